"""Rows of styled text, drawn without markup, and the least that must be repainted when they change.

A pane is a picture: a pure function from the state to rows. A row has spans from the left and spans that stand at
the right edge; each span is safe text with a role, and what a role looks like stands in styles/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from hotfix_tui.domain.record import record

Span = tuple[str, str]
"""Safe text and its role."""

ROLES = (
    "text",
    "dim",
    "bold",
    "running",
    "failed",
    "waiting",
    "risk",
    "over",
    "good",
    "accent",
    "reverse",
    "unknown",
)
"""Every role; the component class of a role is `row--<role>`, of the cursor's row `row--cursor`."""

COMPONENTS = {f"row--{role}" for role in (*ROLES, "cursor", "match")}

StyleOf = Callable[[str], Style]


@record(frozen=True, slots=True)
class Row:
    """One line of a pane."""

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    key: str = ""
    """What the row stands for; only rows with a key take the cursor."""

    @property
    def text(self) -> str:
        """The row's text, without looks."""
        return "".join(text for text, _ in (*self.left, *self.right))


def row(
    text: str = "", role: str = "text", *, right: str = "", right_role: str = "dim", key: str = ""
) -> Row:
    """A row of one span, and perhaps one at the right edge."""
    return Row(((text, role),) if text else (), ((right, right_role),) if right else (), key)


def width_of(spans: Iterable[Span]) -> int:
    """The spans' width in cells."""
    return sum(cell_len(text) for text, _ in spans)


@lru_cache(maxsize=2048)
def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, ending in "…" when something was cut off."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def fit(given: Row, width: int) -> tuple[Span, ...]:
    """The row's spans over exactly `width` cells: the left is cut before the right gives way."""
    right_width = (
        min(width_of(given.right), max(width - 8, 0)) if given.left else min(width_of(given.right), width)
    )
    gap = 1 if right_width and given.left else 0
    left, right = _crop(given.left, width - right_width - gap), _crop(given.right, right_width)
    filler = " " * (width - width_of(left) - width_of(right))
    role = left[-1][1] if left and left[-1][1] in _QUIET else "text"
    return (*left, (filler, role), *right)


_QUIET = frozenset(ROLES) - {"failed", "reverse"}
"""The roles whose blanks look like any other: filling a row in them costs the terminal no change of style."""


def _crop(spans: Sequence[Span], width: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    for text, role in spans:
        size = cell_len(text)
        if size > width:
            kept.append((cut(text, width), role))
            break
        kept.append((text, role))
        width -= size
    return tuple(kept)


def strip_of(given: Row, width: int, style_of: StyleOf, cursor: Style | None = None) -> Strip:
    """The row as Textual draws it; with `cursor`, as the row under the cursor."""
    segments: list[Segment] = []
    for text, role in fit(given, width):
        style = style_of(role) + cursor if cursor else style_of(role)
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + text, style)
        elif text:
            segments.append(Segment(text, style))
    return Strip(segments, width)


def changed(y: int, old: Strip, new: Strip, width: int) -> Region | None:
    """The part of line `y` that differs between two strips, as a region; None when nothing does."""
    if old is new or old == new:
        return None
    before, after = _cells(old), _cells(new)
    if before is None or after is None or len(before) != len(after):
        return Region(0, y, width, 1)
    if before == after:
        return None
    first = next(x for x, (a, b) in enumerate(zip(before, after, strict=True)) if a != b)
    last = next(x for x in range(len(before) - 1, -1, -1) if before[x] != after[x])
    return Region(first, y, last - first + 1, 1)


def _cells(strip: Strip) -> list[tuple[str, Style | None]] | None:
    """The strip cell by cell, both cells of a wide character; None where a letter has marks, which nothing may part."""
    cells: list[tuple[str, Style | None]] = []
    for text, style, _ in strip:
        if text.isascii():
            cells.extend((character, style) for character in text)
            continue
        sizes = [cell_len(character) for character in text]
        if 0 in sizes or sum(sizes) != cell_len(text):
            return None
        for character, size in zip(text, sizes, strict=True):
            cells.extend((character * part, style) for part in range(1, size + 1))
    return cells
