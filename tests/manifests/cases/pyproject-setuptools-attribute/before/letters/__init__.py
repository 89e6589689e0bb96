"""Letters."""

VERSION: str = "1.2.3"
VERSION_INFO = (1, 2, 3)
