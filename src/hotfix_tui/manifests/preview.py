"""The changed lines of a text as a unified diff without context, short enough to be looked at."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from hotfix_tui.domain.text import NAME, clean

WIDEST = 160
"""The longest line that is shown, in characters; of a longer one the changed part."""


def diff(path: str, before: str, after: str) -> str:
    """What becomes of the file, safe to show; empty when nothing does."""
    if before == after:
        return ""
    old, new = before.split("\n"), after.split("\n")
    lines = _pairs(old, new) if len(old) == len(new) else _inserted(old, new)
    name = clean(path, NAME)
    return "\n".join((f"--- {name}", f"+++ {name}", *lines))


def _pairs(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines that became others."""
    for number, (before, after) in enumerate(zip(old, new, strict=True), 1):
        if before != after:
            start = max(0, _differ_from(before, after) - WIDEST // 2)
            yield f"@@ -{number} +{number} @@"
            yield f"-{_window(before, start)}"
            yield f"+{_window(after, start)}"


def _differ_from(before: str, after: str) -> int:
    """The first character that is not the same."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(before), len(after)))


def _window(line: str, start: int) -> str:
    """The line, or of a long one what stands around the change."""
    line = line.removesuffix("\r")
    if len(line) <= WIDEST:
        return clean(line)
    part = line[start : start + WIDEST]
    return clean(f"{'…' if start else ''}{part}{'…' if start + WIDEST < len(line) else ''}")


def _inserted(old: list[str], new: list[str]) -> Iterator[str]:
    """Lines that came to be, or went."""
    for line in list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]:
        yield line if line.startswith("@@") else line[0] + _window(line[1:], 0)
