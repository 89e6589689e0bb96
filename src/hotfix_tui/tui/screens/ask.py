"""Asks for one line: a reason, evidence, a value, a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.field import Field
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

Reading = Callable[[str], str]
"""Says in a few words what a text will be taken as, such as "03:10Z, 32m ago".

Raises: HotfixError or ValueError with a sentence when it cannot be taken.
"""


class AskScreen(Dialog[str]):
    """One line of text; enter answers, esc leaves without an answer."""

    def __init__(
        self,
        question: str,
        wanted: str = "answer",
        *,
        initial: str = "",
        hint: str = "",
        reading: Reading | None = None,
        may_be_empty: bool = False,
    ) -> None:
        """`question` and `initial` are untrusted text; `wanted` names what is asked for in one word; `reading` is shown while somebody types."""
        super().__init__(wanted.capitalize(), "enter takes it  esc leaves")
        self._question = question
        self._wanted = wanted
        self._initial = initial
        self._hint = hint
        self._reading = reading
        self._may_be_empty = may_be_empty
        self._trouble = ""

    def body(self) -> Iterable[Widget]:
        """The question, the field, and what it is taken as."""
        yield Sheet(self._above, id="question")
        yield Field(self._initial, id="answer")
        yield Sheet(self._below, id="reading")

    def on_mount(self) -> None:
        """Type at once."""
        super().on_mount()
        self.set_focus(self.query_one(Input))

    def _above(self, width: int) -> tuple[Row, ...]:
        return (*(row(line, "bold") for line in folded(self._question, width)), row())

    def _below(self, width: int) -> tuple[Row, ...]:
        said, role = self._said()
        hint = [row(line, "dim") for line in folded(self._hint, width)] if self._hint else []
        return (*(row(line, role) for line in folded(said, width)), *hint)

    def _said(self) -> tuple[str, str]:
        """What stands below the field, and its role."""
        if self._trouble:
            return self._trouble, "over"
        text = self._value
        if self._reading is None or not text:
            return "", "text"
        try:
            return self._reading(text), "accent"
        except (HotfixError, ValueError) as error:
            return str(error), "waiting"

    @property
    def _value(self) -> str:
        found = self.query(Input)
        return found.first().value.strip() if found else self._initial

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._trouble = ""
        self.query_one("#reading", Sheet).redraw()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        self._trouble = self._why_not(text)
        if self._trouble:
            self.query_one("#reading", Sheet).redraw()
            return
        self.dismiss(text)

    def _why_not(self, text: str) -> str:
        """Why this text is no answer; empty when it is one."""
        if not text and not self._may_be_empty:
            return f"Write the {self._wanted}, or leave with esc."
        if self._reading is not None and text:
            try:
                self._reading(text)
            except (HotfixError, ValueError) as error:
                return str(error)
        return ""
