"""A view of plain lines: only what is visible is drawn, so that ten thousand lines open at once."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.tui.widgets.rows import cut

MOST = 10_000
"""Lines kept; older ones give way."""


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows untrusted lines, folded to the width; it follows the end while it stands there, if it may."""

    BINDINGS = [
        ("j,down", "by(1)", "Down"),
        ("k,up", "by(-1)", "Up"),
        ("g,home", "end(False)", "Top"),
        ("G,end", "end(True)", "End"),
        ("ctrl+d,pagedown,space", "page(1)", "Page down"),
        ("ctrl+u,pageup", "page(-1)", "Page up"),
    ]

    def __init__(self, lines: Iterable[str] = (), *, follow: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = [clean(line, LINE) for line in list(lines)[-MOST:]]
        self._folded: list[str] = []
        self._width = 0
        self._follow = follow

    @property
    def text(self) -> str:
        """The lines as they are shown."""
        return "\n".join(self._lines)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    def add(self, lines: Iterable[str]) -> None:
        """Show these lines below the others."""
        new = [clean(line, LINE) for line in lines]
        self._lines = [*self._lines, *new][-MOST:]
        stays = self._follow and self.at_end
        self._fold_all()
        if stays:
            self.scroll_end(animate=False)

    def on_resize(self) -> None:
        """Fold to the new width."""
        if self.size.width != self._width:
            first = not self._width
            self._fold_all()
            if first and self._follow:
                self.scroll_end(animate=False)

    def _fold_all(self) -> None:
        self._width = self.scrollable_content_region.width
        if not self._width:
            return
        self._folded = [part for line in self._lines for part in _fold(line, self._width)]
        self.virtual_size = Size(self._width, len(self._folded))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of the line `y` of what is visible."""
        line, width, style = y + self.scroll_offset.y, self.size.width, self.rich_style
        if line >= len(self._folded):
            return Strip.blank(width, style)
        text = cut(self._folded[line], width)
        strip = Strip([Segment(text, style)]).extend_cell_length(width, style)
        return strip.apply_offsets(0, line)

    def action_by(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by so many pages."""
        self.scroll_relative(y=pages * max(self.size.height - 1, 1), animate=False)

    def action_end(self, last: bool) -> None:  # noqa: FBT001 - an action passes it so
        """Scroll to the first or the last line."""
        if last:
            self.scroll_end(animate=False)
        else:
            self.scroll_home(animate=False)


def _fold(line: str, width: int) -> tuple[str, ...]:
    """The line in pieces of at most `width` cells, broken at spaces; nearly every line is one piece."""
    if len(line) <= width // 2 or cell_len(line) <= width:
        return (line,)
    if not line.isascii():
        return tuple(part.plain.rstrip() for part in Content(line).wrap(width)) or ("",)
    pieces = []
    while len(line) > width:
        at = line.rfind(" ", 1, width + 1)
        cut_at = at if at > 0 else width
        pieces.append(line[:cut_at].rstrip())
        line = line[cut_at:].lstrip()
    return (*pieces, line) if line else tuple(pieces)
