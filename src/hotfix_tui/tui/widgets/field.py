"""A field for one line, after a `>` that shows where to type without colour too."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from hotfix_tui.domain.text import MESSAGE, clean


class Field(Horizontal):
    """Holds an `Input` whose cursor stands still."""

    def __init__(self, value: str = "", *, id: str, placeholder: str = "", most: int = MESSAGE) -> None:
        """`value` is untrusted text; `most` is how many characters it takes."""
        super().__init__(id=id, classes="field")
        self._input = Input(
            clean(value, most), placeholder=placeholder, max_length=most, compact=True, select_on_focus=False
        )
        self._input.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The sign and the input."""
        yield Static("> ", markup=False)
        yield self._input
