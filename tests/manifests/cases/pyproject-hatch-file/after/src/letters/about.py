"""Letters."""

__title__ = "letters"
__version__ = "1.2.4"  # 1.2.3 was a good year
