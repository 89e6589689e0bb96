"""A field for one line, after a `>` that shows where to type without colour too."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from hotfix_tui.domain.text import MESSAGE, clean


class Line(Input):
    """An input that takes keys in the order in which they came.

    Textual's own lets a key such as backspace climb to the application first; what was typed after it, in the same
    burst of a slow link, would be written before it.
    """

    async def _on_key(self, event: events.Key) -> None:
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound:
            event.stop()
            event.prevent_default()
            await self.run_action(bound[0].action)


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
