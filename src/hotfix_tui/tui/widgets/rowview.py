"""Rows that scroll: only those in sight are drawn, and repainted only where they change."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hotfix_tui.tui.text import plain
from hotfix_tui.tui.widgets.roles import role_style
from hotfix_tui.tui.widgets.rows import Row, changed, strip_of


class RowView(ScrollView, inherit_bindings=False):
    """Shows rows; what one of them looks like beyond its roles is for subclasses to say."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._strips: dict[int, Strip] = {}
        """The lines that were drawn since the rows last changed."""
        self._count = 0
        """How many rows there were then."""
        self._drawn_width = 0
        self._drawn_for = Size(0, 0)
        """The size that was last drawn for."""
        self._rest = ""
        self._cache: dict[tuple[Row, str], Strip] = {}
        self._kept: dict[tuple[Row, str], Strip] = {}
        """What was drawn before that: a row that looks the same keeps its strip."""

    @property
    def room(self) -> int:
        """The cells that a row has beside the scroll bar, which Textual counts in the widget's size."""
        return max(self.size.width - self.scrollbar_size_vertical, 0)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    @property
    def allow_vertical_scroll(self) -> bool:
        """It scrolls without a bar too: each bar would be one more widget to make, to style and to lay out."""
        return super().allow_vertical_scroll or (not self.disabled and self.styles.overflow_y == "hidden")

    @property
    def text(self) -> str:
        """What is written on it, for tests and for copying."""
        return "\n".join(row.text.rstrip() for row in self._rows)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows from now on."""
        if rows != self._rows:
            self._rows = rows
            self.redraw()

    def look_of(self, row: Row) -> str:
        """The role laid over the whole row, such as "cursor"; empty for none."""
        return ""

    def strip_for(self, row: Row, width: int, look: str) -> Strip:
        """The row as it is drawn with this look."""
        over = role_style(self, look, partial=True) if look else None
        return strip_of(row, width, self.style_of, over)

    def style_of(self, role: str) -> Style:
        """How a role looks here."""
        return role_style(self, role)

    def redraw(self) -> None:
        """Paint what differs from what is in sight; before the first layout there is nothing to paint."""
        width = self.room
        if not width or self._drawn_width != width:
            self._drawn_width = 0
            self.refresh()
            return
        before, count = self._strips, self._count
        self._begin(width)
        if count != len(self._rows):
            self.refresh()
        else:
            top, height = self.scroll_offset.y, self.size.height
            regions = [
                region
                for y in range(top, min(top + height, count))
                if y in before and (region := changed(y - top, before[y], self._strip(y), width))
            ]  # what is in sight and was not drawn is about to be
            if regions:
                self.refresh(*regions)
        self._tell_rest()

    def _begin(self, width: int) -> None:
        """From now on lines are drawn from these rows at this width."""
        if self._drawn_width != width:
            self._cache.clear()
        self._kept, self._cache, self._strips = self._cache, {}, {}
        self._count, self._drawn_width = len(self._rows), width
        self.measure(self._count)

    def measure(self, height: int) -> None:
        """Say how many lines there are; without a scroll bar to show no layout has to follow."""
        size = Size(self.room, height)
        if self.styles.scrollbar_size_vertical:
            self.virtual_size = size
        else:
            self.set_reactive(ScrollView.virtual_size, size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell how much is left below."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_rest()

    def _tell_rest(self) -> None:
        """Say in the frame how many lines stand below; a change only is painted."""
        below = self.virtual_size.height - self.size.height - self.scroll_offset.y
        words = f"{below} more below" if below > 0 else ""
        if words != self._rest:
            self._rest = words
            self.border_subtitle = plain(words)

    def _strip(self, line: int) -> Strip:
        """The strip of a row, the same object as before when nothing about it changed."""
        strip = self._strips.get(line)
        if strip is None:
            row = self._rows[line]
            key = (row, self.look_of(row))
            strip = (
                self._cache.get(key) or self._kept.get(key) or self.strip_for(row, self._drawn_width, key[1])
            )
            self._strips[line] = self._cache[key] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """The strip of the line `y` of what is visible."""
        width = self.room
        if self._drawn_width != width:
            self._begin(width)
        line = y + self.scroll_offset.y
        return self._strip(line) if line < self._count else Strip.blank(width, self.rich_style)

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  (Textual's signature)
    ) -> bool:
        """Draw for a new size while it is laid out: the event that tells of it comes when all was painted already."""
        told = super()._size_updated(size, virtual_size, container_size, layout)
        if self.size != self._drawn_for:
            self._drawn_for = self.size
            self.draw_for_size()
        return told

    def draw_for_size(self) -> None:
        """Draw for the new size."""
        if self._drawn_width != self.room and self.room:
            self._begin(self.room)
        self._tell_rest()

    def notify_style_update(self) -> None:
        """Draw anew in the new looks."""
        super().notify_style_update()
        self._drawn_width = 0
        self.refresh()
