"""Moving about in the listing that has the focus: j k g G / n N, the same on every screen."""

from __future__ import annotations

from typing import ClassVar

from hotfix_tui.tui.screens.appearing import Appearing
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import COMPONENTS


class Moving(Appearing):
    """A screen whose focused listing moves by the commands of the table."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def _listing(self) -> Listing | None:
        return self.focused if isinstance(self.focused, Listing) else None

    def _move(self, by: int) -> None:
        listing = self._listing()
        if listing:
            listing.move(by)

    def _page(self) -> int:
        listing = self._listing()
        return max(listing.size.height // 2, 1) if listing else 1

    def action_down(self) -> None:
        """Move down."""
        self._move(1)

    def action_up(self) -> None:
        """Move up."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Move down half a page."""
        self._move(self._page())

    def action_page_up(self) -> None:
        """Move up half a page."""
        self._move(-self._page())

    def action_top(self) -> None:
        """Go to the first row."""
        listing = self._listing()
        if listing:
            listing.move_to_end(last=False)

    def action_bottom(self) -> None:
        """Go to the last row."""
        listing = self._listing()
        if listing:
            listing.move_to_end(last=True)
