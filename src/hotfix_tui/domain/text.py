"""Untrusted text made safe to show (stands in until the full rules land)."""

from __future__ import annotations

TITLE, NAME, LINE, MESSAGE = 200, 100, 4000, 20_000


def clean(value: str | bytes, limit: int = LINE, *, multiline: bool = False) -> str:
    """The text without anything that a terminal would obey, at most `limit` characters."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    kept = "".join(c for c in text if c.isprintable() or (multiline and c == "\n"))
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"
