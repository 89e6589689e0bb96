"""A message before it is sent: the template filled in, what is still to be written, to whom it goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual.widget import Widget

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.outgoing import Outgoing
from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.lineview import LineView
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded


class MessageScreen(Dialog[Literal["sent"]]):
    """`y` copies it, `S` leaves to record that it was sent, esc goes back.

    It stays open behind `y`: the same `S` is another message's record on the console.
    """

    BINDINGS = [("y", "copy", "Copy"), ("S", "sent", "Sent"), ("q", "leave", "Back")]

    def __init__(self, message: Outgoing) -> None:
        """All of it is untrusted text."""
        template = message.template
        promise = f"promises the next within {spoken(template.promise)}" if template.promise else ""
        where = " · ".join(part for part in (template.channel, template.audience, promise) if part)
        super().__init__(template.title, where)
        self._message = message
        self._copied = False
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """The text, then what is missing and the keys."""
        yield LineView(self._message.text.split("\n"))
        yield Sheet(self._state, id="keys")

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()

    def _state(self, width: int) -> tuple[Row, ...]:
        left = ", ".join(f"${name}" for name in self._message.missing)
        told = f"still to be written: {left}" if left else "everything is filled in"
        state = tuple(row(line, "risk" if left else "good") for line in folded(told, width))
        copied = (row("copied: once you sent it, S records that", "accent"),) if self._copied else ()
        return (
            *state,
            *copied,
            row("y copies   S records that it was sent   j k scroll   esc goes back", "dim"),
        )

    def action_copy(self) -> None:
        """Copy the message, and say so."""
        self._copied = True
        self.query_one("#keys", Sheet).redraw()
        self.post_message(CopyWanted(self._message.text))

    def action_sent(self) -> None:
        """Leave to record that it was sent."""
        self.dismiss("sent")
