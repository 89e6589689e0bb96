"""The full-screen console: the only code that imports Textual or Rich."""
