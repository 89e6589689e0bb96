"""The post-mortem before it is exported: the markdown as plain lines, what was redacted, what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual.widget import Widget

from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.lineview import LineView
from hotfix_tui.tui.widgets.rows import Row
from hotfix_tui.tui.widgets.sheet import Sheet

Wanted = Literal["export", "copy"]


class PostmortemScreen(Dialog[Wanted]):
    """`x` exports, `y` copies, esc goes back."""

    BINDINGS = [("x", "take('export')", "Export"), ("y", "take('copy')", "Copy"), ("q,p", "leave", "Back")]

    def __init__(
        self, title: str, text: str, *, redacted: int = 0, open_questions: int = 0, due: str = ""
    ) -> None:
        """`text` is the whole document; `due` says until when it is wanted, empty when nobody asked for one."""
        super().__init__(f"Post-mortem  {title}", f"due {due}" if due else "")
        self._text = text
        self._redacted = redacted
        self._open = open_questions
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """The document and its state."""
        yield LineView(self._text.split("\n"))
        yield Sheet(self._state)

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()

    def _state(self, width: int) -> tuple[Row, ...]:
        asked = _count(
            self._open, "question is still open", "questions are still open", "every question is answered"
        )
        hidden = _count(self._redacted, "value redacted", "values redacted", "nothing redacted")
        state: tuple[tuple[str, str], ...] = (
            (asked, "risk" if self._open else "good"),
            (f"   {hidden}", "text"),
        )
        keys = (("x export .md  y copy  j k g G scroll  esc back", "dim"),)
        return (Row(state, keys),) if width >= 100 else (Row(state), Row(keys))

    def action_take(self, wanted: Wanted) -> None:
        """Leave with what is wanted."""
        self.dismiss(wanted)


def _count(number: int, one: str, more: str, none: str) -> str:
    return none if number == 0 else f"1 {one}" if number == 1 else f"{number} {more}"
