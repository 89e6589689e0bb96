"""A listing: rows that scroll, with a cursor, find, and repainting of what changed only."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hotfix_tui.tui.text import plain
from hotfix_tui.tui.widgets.roles import role_style
from hotfix_tui.tui.widgets.rows import Row, changed, strip_of


class Listing(ScrollView, can_focus=True):
    """Shows rows; the cursor stands on one that has a key."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, listing: Listing, key: str) -> None:
            super().__init__()
            self.listing = listing
            self.key = key

    class Chosen(Message):
        """A row was clicked while the cursor stood on it."""

        def __init__(self, listing: Listing, key: str) -> None:
            super().__init__()
            self.listing = listing
            self.key = key

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._strips: list[Strip] = []
        self._drawn_width = 0
        self._key = ""
        self._needle = ""
        self._rest = ""
        self._cache: dict[tuple[Row, str], Strip] = {}

    # --- what is shown

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return self._rows

    @property
    def key(self) -> str:
        """What the row under the cursor stands for; empty when no row has a key."""
        return self._key

    @property
    def text(self) -> str:
        """What is written on it, for tests and for copying."""
        return "\n".join(row.text.rstrip() for row in self._rows)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows from now on; the cursor stays with its key where it can."""
        if rows == self._rows:
            return
        at = self._cursor_row
        self._rows = rows
        self._key = self.key_for(rows, at)
        self._redraw()

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """Where the cursor stands among new rows: it stays with its key, else with its place `at`."""
        return self._key if any(row.key == self._key for row in rows) else _nearest(rows, at)

    def _redraw(self) -> None:
        """Paint what differs from what is in sight; before the first layout there is nothing to paint."""
        width = self.size.width
        if not width or self._drawn_width != width:
            self._drawn_width = 0
            self.refresh()
            return
        before = self._strips
        self._draw_strips(width)
        if len(before) != len(self._strips):
            self.refresh()
        else:
            top, height = self.scroll_offset.y, self.size.height
            regions = [
                region
                for y in range(top, min(top + height, len(before)))
                if (region := changed(y - top, before[y], self._strips[y], width))
            ]
            if regions:
                self.refresh(*regions)
        self._tell_rest()

    def _draw_strips(self, width: int) -> None:
        """Draw every row at this width; rows that look as before keep their strips."""
        if self._drawn_width != width:
            self._cache.clear()
        kept, self._cache = self._cache, {}
        self._strips = [self._cached(row, width, kept) for row in self._rows]
        self._drawn_width = width
        self.measure(len(self._rows))

    def measure(self, height: int) -> None:
        """Say how many lines there are; without a scroll bar to show no layout has to follow."""
        size = Size(self.size.width, height)
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

    def _cached(self, row: Row, width: int, kept: dict[tuple[Row, str], Strip]) -> Strip:
        """The row's strip, the same object as before when nothing about it changed."""
        look = ""
        if row.key and row.key == self._key and self.has_focus:
            look = "cursor"
        elif self._needle and self._needle in row.text.lower():
            look = "match"
        strip = kept.get((row, look))
        if strip is None:
            strip = strip_of(row, width, self._style_of, self._style(look) if look else None)
        self._cache[row, look] = strip
        return strip

    def _style_of(self, role: str) -> Style:
        return role_style(self, role)

    def _style(self, role: str) -> Style:
        return role_style(self, role, partial=True)

    def render_line(self, y: int) -> Strip:
        """The strip of the line `y` of what is visible."""
        width = self.size.width
        if self._drawn_width != width:
            self._draw_strips(width)
        line = y + self.scroll_offset.y
        return self._strips[line] if line < len(self._strips) else Strip.blank(width, self.rich_style)

    def on_resize(self) -> None:
        """Keep the cursor in sight at the new size; the rows are drawn when they are painted."""
        if self._drawn_width != self.size.width and self.size.width:
            self._draw_strips(self.size.width)
        self._tell_rest()
        self._reveal()

    def notify_style_update(self) -> None:
        """Draw anew in the new looks."""
        super().notify_style_update()
        self._drawn_width = 0
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self._redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._redraw()

    # --- the cursor

    @property
    def _cursor_row(self) -> int:
        return next((y for y, row in enumerate(self._rows) if row.key and row.key == self._key), 0)

    def go(self, key: str) -> None:
        """Put the cursor on the row with this key, if there is one."""
        if key == self._key or all(row.key != key for row in self._rows):
            return
        self._key = key
        self._redraw()
        self._reveal()
        self.post_message(self.Moved(self, key))

    def move(self, by: int) -> None:
        """Move the cursor by so many rows with a key, or scroll where no row has one."""
        keys = [row.key for row in self._rows if row.key]
        if not keys:
            self.scroll_relative(y=by, animate=False)
            return
        at = keys.index(self._key) if self._key in keys else 0
        target = min(max(at + by, 0), len(keys) - 1)
        self.go(keys[target])
        if target == at:
            self.scroll_relative(y=by, animate=False)

    def move_to_end(self, *, last: bool) -> None:
        """Move to the first or the last row."""
        keys = [row.key for row in self._rows if row.key]
        if keys:
            self.go(keys[-1 if last else 0])
        if last:
            self.scroll_end(animate=False)
        else:
            self.scroll_home(animate=False)

    def _reveal(self) -> None:
        y, top, height = self._cursor_row, self.scroll_offset.y, self.size.height
        if height and self._key and not top <= y < top + height:
            self.scroll_to(y=y if y < top else y - height + 1, animate=False)

    def find(self, needle: str) -> bool:
        """Mark the rows that hold `needle` and go to the first one; whether there is one."""
        self._needle = needle.lower()
        self._redraw()
        return not needle or self.find_again(1, include_here=True)

    def find_again(self, direction: int, *, include_here: bool = False) -> bool:
        """Go to the next match (1) or the previous one (-1), around the end; whether there is one."""
        hits = [y for y, row in enumerate(self._rows) if self._needle and self._needle in row.text.lower()]
        if not hits:
            return False
        keyed = any(row.key for row in self._rows)
        here = self._cursor_row if keyed else self.scroll_offset.y
        ahead = [y for y in hits if (y - here) * direction > 0 or (include_here and y == here)]
        target = (
            (ahead[0] if direction > 0 else ahead[-1]) if ahead else (hits[0] if direction > 0 else hits[-1])
        )
        if self._rows[target].key:
            self.go(self._rows[target].key)
        else:
            self.scroll_to(y=target, animate=False)
        return True

    @property
    def finding(self) -> bool:
        """Whether a search is on."""
        return bool(self._needle)

    def on_click(self, event: object) -> None:
        """Put the cursor where somebody clicked; a click on the cursor chooses."""
        y = getattr(event, "y", 0) - self.gutter.top + self.scroll_offset.y
        if not 0 <= y < len(self._rows) or not self._rows[y].key:
            return
        if self._rows[y].key == self._key:
            self.post_message(self.Chosen(self, self._key))
        self.go(self._rows[y].key)


def _nearest(rows: tuple[Row, ...], at: int) -> str:
    """The key of the first row from `at` on that has one, else of the last one before."""
    after = next((row.key for row in rows[at:] if row.key), "")
    return after or next((row.key for row in reversed(rows[:at]) if row.key), "")
