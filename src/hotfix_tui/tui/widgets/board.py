"""A board: a few fixed rows, such as the header; only the cells that change are repainted."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from hotfix_tui.tui.widgets.roles import role_style
from hotfix_tui.tui.widgets.rows import Row, changed, strip_of


class Board(Widget):
    """Draws the rows it is given, each over its whole width."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._strips: tuple[Strip, ...] = ()
        self._drawn_width = 0

    def show(self, rows: tuple[Row, ...]) -> None:
        """Draw these rows from now on."""
        if rows == self._rows:
            return
        grown = len(rows) != len(self._rows)
        self._rows = rows
        width, before = self.size.width, self._strips
        if not width or self._drawn_width != width:
            self._drawn_width = 0
            self.refresh(layout=grown)
            return
        self._draw_strips(width)
        if grown:
            self.refresh(layout=True)
            return
        regions = [
            region
            for y, (old, new) in enumerate(zip(before, self._strips, strict=True))
            if (region := changed(y, old, new, width))
        ]
        if regions:
            self.refresh(*regions)

    def _draw_strips(self, width: int) -> None:
        self._strips = tuple(strip_of(row, width, self._style_of) for row in self._rows)
        self._drawn_width = width

    def notify_style_update(self) -> None:
        """Draw anew in the new looks."""
        super().notify_style_update()
        self._drawn_width = 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of line `y`."""
        width = self.size.width
        if self._drawn_width != width:
            self._draw_strips(width)
        return self._strips[y] if y < len(self._strips) else Strip.blank(width, self.rich_style)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for each row."""
        return len(self._rows)

    def _style_of(self, role: str) -> Style:
        return role_style(self, role)

    @property
    def text(self) -> str:
        """What is written on it, for tests and for copying."""
        return "\n".join(row.text.rstrip() for row in self._rows)
