"""A listing whose cursor always shows, also while a field beside it has the focus."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import Row

MARGIN = 2
"""Cells at the left for the cursor's sign."""


class Picks(Listing):
    """Shows rows to pick from; the sign before the row says where the cursor is, without colour too."""

    sign = ">"
    """The cursor's sign."""

    def reveal(self) -> None:
        """Bring the row under the cursor into sight, with the rows that belong to it."""
        keys = [row.key for row in self.rows]
        if not self.key or self.key not in keys or not self.size.height:
            return
        first = keys.index(self.key)
        last = next((y for y in range(first + 1, len(keys)) if keys[y]), len(keys)) - 1
        top, height = self.scroll_offset.y, self.size.height
        if first < top or last >= top + height:
            self.scroll_to(y=first if first < top else min(first, last - height + 1), animate=False)

    def look_of(self, row: Row) -> str:
        """The cursor, brighter while the listing has the focus."""
        if not row.key or row.key != self.key:
            return ""
        return "cursor" if self.has_focus else "here"

    def strip_for(self, row: Row, width: int, look: str) -> Strip:
        """The row with the cursor's sign, or room for it, before it."""
        before = Segment(f"{self.sign if look else ' '} ", self.style_of("bold"))
        drawn = super().strip_for(row, max(width - MARGIN, 1), look if look == "cursor" else "")
        return Strip([before, *drawn], width)
