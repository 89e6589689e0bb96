"""How the console's panes share the screen: all at once, or one at a time."""

from __future__ import annotations

from textual import events

from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.screens.asking import Asking

WIDE, HIGH = 110, 30
"""From this size on all panes are shown at once."""
LEAST_WIDTH, LEAST_HEIGHT = 60, 16


class Arranging(Asking):
    """Sets the classes that styles/panes.tcss knows: -wide, -one, -small, and -current for the pane in sight."""

    @property
    def one_pane(self) -> bool:
        """Whether one pane has the whole body: on a small screen, or zoomed."""
        return self.zoomed or not self.has_class("-wide")

    def arrange_screen(self) -> None:
        """Set the classes of the screen itself, by its size."""
        width, height = self.app.size
        self.set_class(width < LEAST_WIDTH or height < LEAST_HEIGHT, "-small")
        self.set_class(width >= WIDE and height >= HIGH, "-wide")
        self.set_class(self.one_pane, "-one")

    def rearrange(self) -> None:
        """Set the classes that the styles know; with all panes in sight none of them is special."""
        self.arrange_screen()
        shown = self.current if self.one_pane else ""
        for pane in self.panes:
            pane.set_class(shown == pane.SCOPE, "-current")
        for column in self.query(".column, #below"):
            column.set_class(any(shown == pane.SCOPE for pane in column.query(Pane)), "-current")
        self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        """A window that was too small hid every pane, and took the keys away from all of them."""
        if self.is_mounted and self.focused is None and not self.has_class("-small"):
            self.set_focus(self.pane(self.current), scroll_visible=False)

    def show_pane(self, scope: str) -> None:
        """Bring a pane into sight and give it the keys."""
        self.current = scope
        if self.one_pane or self.has_class("-one"):  # or it was zoomed until now
            self.rearrange()
        self.set_focus(self.pane(scope), scroll_visible=False)  # at once: the next key is for this pane
        self.tick()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that got the keys, by mouse too, is the current one."""
        late = (
            event.widget is not self.focused
        )  # two keys in one burst: the news of the first comes after the second
        if isinstance(event.widget, Pane) and self.current != event.widget.SCOPE and not late:
            self.show_pane(event.widget.SCOPE)
