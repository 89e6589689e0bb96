"""A sheet: rows drawn for the width at hand, as high as they are, without markup."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from hotfix_tui.domain.text import MESSAGE, clean
from hotfix_tui.tui.widgets.roles import role_style
from hotfix_tui.tui.widgets.rows import Row, Span, row, strip_of

Draw = Callable[[int], tuple[Row, ...]]
"""The picture: rows for a width in cells."""


class Sheet(Widget):
    """Draws `draw(width)`; `redraw()` does so again, and grows or shrinks with it."""

    ALLOW_SELECT = False

    def __init__(self, draw: Draw, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._rows: tuple[Row, ...] = ()

    def redraw(self) -> None:
        """Draw again what may have changed; the layout moves only when the height does."""
        if not self.size.width:
            return
        before, self._rows = self._rows, self._draw(self.size.width)
        if self._rows != before:
            self.refresh(layout=len(before) != len(self._rows))

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for each row."""
        return len(self._draw(width))

    def render_line(self, y: int) -> Strip:
        """The strip of line `y`."""
        width = self.size.width
        if y < len(self._rows):
            return strip_of(self._rows[y], width, self._style_of)
        return Strip.blank(width, self.rich_style)

    def _style_of(self, role: str) -> Style:
        return role_style(self, role)

    @property
    def text(self) -> str:
        """What is written on it, for tests and for copying."""
        return "\n".join(given.text.rstrip() for given in self._rows)


@lru_cache(maxsize=2048)
def folded(text: str, width: int) -> tuple[str, ...]:
    """Untrusted text made safe and broken between words into lines of at most `width` cells; at least one line."""
    lines: list[str] = []
    width = max(width, 4)
    for line in clean(text, MESSAGE, multiline=True).split("\n"):
        fits = line.isprintable() and line.isascii() and len(line) <= width
        lines += [line.rstrip()] if fits else [p.plain.rstrip() for p in Content(line).wrap(width)]
    return tuple(lines)


def paragraph(label: str, text: str, width: int, *, role: str = "text", indent: int = 10) -> tuple[Row, ...]:
    """Untrusted text beside a label, its further lines standing under the first one."""
    first, *rest = folded(text, width - indent)
    head: tuple[Span, ...] = ((label.ljust(indent), "dim"), (first, role))
    return (Row(head), *(row(" " * indent + line, role) for line in rest))
