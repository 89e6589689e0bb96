"""Letters."""

VERSION: str = "1.2.4"
VERSION_INFO = (1, 2, 3)
