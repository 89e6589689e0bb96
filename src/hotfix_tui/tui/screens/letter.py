"""A rung to take: whom to reach, and its message, ready to be copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from textual.containers import VerticalScroll
from textual.widget import Widget

from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet


class LetterScreen(Dialog[Literal["record", "sent"]]):
    """`enter` leaves to record that it was done, and sent once `y` copied the message; esc records nothing."""

    BINDINGS = [
        ("enter", "record", "Record"),
        ("y", "copy", "Copy"),
        ("j,down", "scroll(1)", "Down"),
        ("k,up", "scroll(-1)", "Up"),
        ("ctrl+d,pagedown", "scroll(10)", "Page down"),
        ("ctrl+u,pageup", "scroll(-10)", "Page up"),
        ("q", "leave", "Back"),
    ]

    def __init__(
        self, heading: str, picture: Callable[[int], tuple[Row, ...]], text: str, *, record: str
    ) -> None:
        """`text` is what is copied, empty for nothing; `record` says what enter records."""
        super().__init__(heading, "esc records nothing")
        self._picture = picture
        self._text = text
        self._record = record
        self._copied = False

    def body(self) -> Iterable[Widget]:
        """The picture, and what can be done."""
        with VerticalScroll(can_focus=False):
            yield Sheet(self._picture)
        yield Sheet(self._keys, id="keys")

    def _keys(self, _: int) -> tuple[Row, ...]:
        copy = (("y", "accent"), (" copy the message   ", "text")) if self._text else ()
        sent = " and sent the message" if self._copied else ""
        return (row(), Row((("enter", "accent"), (f" {self._record}{sent}   ", "text"), *copy)))

    def action_record(self) -> None:
        """Leave to record it."""
        self.dismiss("sent" if self._copied else "record")

    def action_copy(self) -> None:
        """Copy the message."""
        if self._text:
            self._copied = True
            self.query_one("#keys", Sheet).redraw()
            self.post_message(CopyWanted(self._text))

    def action_scroll(self, by: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
