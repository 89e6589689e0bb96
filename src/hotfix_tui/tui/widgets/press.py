"""A button in one line: `>[ Cancel ]<` while it has the focus, ` [ Cancel ] ` otherwise."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from hotfix_tui.tui.text import plain


class Press(Static, can_focus=True):
    """Says `Pressed` on enter, or when clicked; what that means is the screen's business."""

    ALLOW_SELECT = False
    BINDINGS = [("enter", "press", "Press")]

    locked: reactive[bool] = reactive(False, toggle_class="-locked")
    """Whether it cannot be used now; it is shown in parentheses."""

    class Pressed(Message):
        """The button was pressed with enter or clicked."""

        def __init__(self, press: Press, *, by_key: bool) -> None:
            super().__init__()
            self.press = press
            self.by_key = by_key

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id)
        self._label = label

    def render(self) -> Content:
        """The label in its brackets."""
        inner = f"( {self._label} )" if self.locked else f"[ {self._label} ]"
        return plain(f">{inner}<" if self.has_focus else f" {inner} ")

    def action_press(self) -> None:
        """Say that it was pressed."""
        self.post_message(self.Pressed(self, by_key=True))

    def on_click(self) -> None:
        """Say that it was clicked."""
        self.post_message(self.Pressed(self, by_key=False))
