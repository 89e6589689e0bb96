"""The only way in which strings become screen text: never through markup."""

from __future__ import annotations

from textual.content import Content

from hotfix_tui.domain.text import LINE, clean


def plain(value: str, style: str = "") -> Content:
    """The cleaned text as content that no markup can touch."""
    text = clean(value, LINE)
    return Content.styled(text, style) if style else Content(text)
