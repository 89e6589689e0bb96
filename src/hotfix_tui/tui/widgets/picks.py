"""A listing whose cursor always shows, also while a field beside it has the focus."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import Row, strip_of

MARGIN = 2
"""Cells at the left for the cursor's sign."""


class Picks(Listing):
    """Shows rows to pick from; the sign before the row says where the cursor is, without colour too."""

    sign = ">"
    """The cursor's sign."""

    def _strip(self, row: Row, width: int) -> Strip:
        here = bool(row.key) and row.key == self.key
        looks = self._style("cursor") if here and self.has_focus else None
        before = Segment(f"{self.sign if here else ' '} ", self._style_of("bold"))
        return Strip([before, *strip_of(row, max(width - MARGIN, 1), self._style_of, looks)], width)
