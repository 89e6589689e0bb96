"""A listing: rows with a cursor, and find."""

from __future__ import annotations

from textual.message import Message

from hotfix_tui.tui.widgets.rows import Row
from hotfix_tui.tui.widgets.rowview import RowView


class Listing(RowView, can_focus=True):
    """Shows rows; the cursor stands on one that has a key."""

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
        self._key = ""
        self._needle = ""

    @property
    def key(self) -> str:
        """What the row under the cursor stands for; empty when no row has a key."""
        return self._key

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these rows from now on; the cursor stays with its key where it can, and in sight where it cannot."""
        if rows == self._rows:
            return
        before = self._key, self._cursor_row
        self._key = self.key_for(rows, self._cursor_row)
        super().show(rows)
        if (self._key, self._cursor_row) != before:  # lines that came above it push it out of sight, too
            self._reveal()

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """Where the cursor stands among new rows: it stays with its key, else with its place `at`."""
        stays = self._key and any(row.key == self._key for row in rows)
        return self._key if stays else _nearest(rows, at)

    def look_of(self, row: Row) -> str:
        """The cursor while the listing has the focus, else a match."""
        if row.key and row.key == self._key and self.has_focus:
            return "cursor"
        return "match" if self._needle and self._needle in row.text.lower() else ""

    def draw_for_size(self) -> None:
        """Keep the cursor in sight at the new size."""
        super().draw_for_size()
        self._reveal()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

    @property
    def _cursor_row(self) -> int:
        return next((y for y, row in enumerate(self._rows) if row.key and row.key == self._key), 0)

    def go(self, key: str) -> None:
        """Put the cursor on the row with this key, if there is one."""
        if key == self._key or all(row.key != key for row in self._rows):
            return
        self._key = key
        self.redraw()
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
        if last:  # what stands below the last row with a key comes into sight as far as that stays there
            end = self.max_scroll_y
            self.scroll_to(y=min(end, self._cursor_row) if keys else end, animate=False)
        else:
            self.scroll_home(animate=False)

    def _reveal(self) -> None:
        y, top, height = self._cursor_row, self.scroll_offset.y, self.size.height
        if height and self._key and not top <= y < top + height:
            self.scroll_to(y=y if y < top else y - height + 1, animate=False)

    def find(self, needle: str) -> bool:
        """Mark the rows that hold `needle` and go to the first one; whether there is one."""
        self._needle = needle.lower()
        self.redraw()
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
