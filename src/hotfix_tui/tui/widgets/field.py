"""A field for one line, after a `>` that shows where to type without colour too."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from hotfix_tui.domain.text import MESSAGE, clean
from hotfix_tui.tui.safe_app import SafeApp

EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action not in {"submit", "copy"}
    for key in binding.key.split(",")
}
"""What the keys that move and correct do in an input."""


class Line(Input):
    """An input that edits in the order in which the keys came.

    Textual's own lets a key such as backspace climb to the application first; what was typed after it, in the same
    burst of a slow link, would be written before it. Enter still climbs: it must not overtake a screen's own arrows.
    """

    _entered = False
    """Whether enter is on its way up: what was typed behind it climbs after it, and is not for this line."""

    def takes_late(self, event: events.Key) -> bool:
        """Take a key that climbs past while this line has the focus: it was typed behind the one that opened the line.

        What this line itself lets climb is never taken again.
        """
        ours = event.is_printable or event.key == "enter" or event.key in EDITING
        if self.screen.focused is not self or self._entered or not ours:
            return False
        event.stop()
        event.prevent_default()
        key = events.Key(event.key, event.character)
        key.set_sender(self)
        if isinstance(self.app, SafeApp):
            self.app.let_climb(key)
        self._forward_event(key)
        return True

    async def _on_key(self, event: events.Key) -> None:
        if self._entered or self.app.screen is not self.screen:
            event.prevent_default()
            return
        self._entered = event.key == "enter"
        action = EDITING.get(event.key)
        if action:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def on_focus(self) -> None:
        """Somebody types here again."""
        self._entered = False

    async def action_submit(self) -> None:
        """Enter has arrived."""
        self._entered = False
        await super().action_submit()


class Field(Horizontal):
    """Holds an `Input` whose cursor stands still."""

    def __init__(self, value: str = "", *, id: str, placeholder: str = "", most: int = MESSAGE) -> None:
        """`value` is untrusted text; `most` is how many characters it takes."""
        super().__init__(id=id, classes="field")
        self._input = Line(
            clean(value, most), placeholder=placeholder, max_length=most, compact=True, select_on_focus=False
        )
        self._input.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The sign and the input."""
        yield Static("> ", markup=False)
        yield self._input
