"""The marks that say a state in ASCII brackets, in every mode, and the few signs that only decorate (SCREENS.md §1.1)."""

from __future__ import annotations

from hotfix_tui.domain.record import record

MARKS = {"done": "[x]", "open": "[ ]", "running": "[>]", "failed": "[!]", "skipped": "[-]", "waiting": "[?]"}
"""State to mark."""

MARK_ROLES = {
    "done": "dim",
    "open": "text",
    "running": "running",
    "failed": "failed",
    "skipped": "dim",
    "waiting": "waiting",
}
"""State to the role of its row."""


@record(frozen=True, slots=True)
class Signs:
    """Signs that decorate."""

    risk: str
    full: str
    empty: str
    limit: str
    dot: str
    cursor: str
    arrow: str
    ellipsis: str


UNICODE = Signs("▲", "▓", "░", "┊", "·", "▶", "→", "…")
ASCII = Signs("!", "#", "-", "|", "-", ">", "->", "...")


def signs(*, ascii: bool) -> Signs:
    """The signs of this mode."""
    return ASCII if ascii else UNICODE


def bar(share: float, width: int, marks: Signs) -> str:
    """A bar of `width` cells, filled by `share` (0 to 1, cut off beyond)."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return marks.full * filled + marks.empty * (width - filled)
