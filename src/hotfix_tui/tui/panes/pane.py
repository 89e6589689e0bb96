"""A pane: a listing that is a picture of one part of the view, with a number and a title."""

from __future__ import annotations

from typing import ClassVar

from textual.reactive import reactive

from hotfix_tui.tui.text import plain
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import Row

NOMINAL_WIDTH = 45
"""The width that is drawn for before the first layout."""


class Pane(Listing):
    """Draws `rows(view, width)` again when what it depends on changes."""

    NUMBER: ClassVar[str] = ""
    """The key that goes to it."""
    NAME: ClassVar[str] = ""
    """What its title and its tab call it."""
    SCOPE: ClassVar[str] = ""
    """The scope of its commands."""

    MEASURES: ClassVar[bool] = False
    """Whether its picture depends on its width."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__(id=f"pane-{self.SCOPE}", classes="pane")
        self._drawn: tuple[object, ...] = ()
        self._heading = ""

    def depends(self, view: View) -> tuple[object, ...]:
        """What the picture is made from; it is drawn again only when one of these changes."""
        return (view.case, view.minute, view.ascii)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The picture itself."""
        raise NotImplementedError

    def heading(self, view: View) -> str:
        """The title beside the pane's number; untrusted text."""
        return self.NAME

    def alarm(self, view: View) -> str:
        """What its tab carries when something is wrong there; empty for nothing."""
        return ""

    def subheading(self, view: View) -> str:
        """The words after the title; untrusted text."""
        return ""

    def watch_view(self, view: View | None) -> None:
        """Draw what changed."""
        if view is not None:
            self._draw(view)

    def draw_for_size(self) -> None:
        """Draw for the new width."""
        super().draw_for_size()
        if self.view is not None:
            self._draw(self.view)

    def _draw(self, view: View) -> None:
        width = self.size.width or NOMINAL_WIDTH
        depends = (width if self.MEASURES else 0, *self.depends(view))
        if depends == self._drawn:
            return
        self._drawn = depends
        self._title(view)
        self.show(self.rows_of(view, width))

    def _title(self, view: View) -> None:
        """Set the border's words; only a change is painted."""
        heading = f"{self.NUMBER} {self.heading(view)}"
        words = "  ".join(part for part in (heading, self.subheading(view)) if part)
        if words != self._heading:
            self._heading = words
            self.border_title = plain(words)
