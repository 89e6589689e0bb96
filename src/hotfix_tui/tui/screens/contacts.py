"""Whom to reach, and whether they can be reached now; `y` copies where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens import peoplepicture
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet


class ContactsScreen(Dialog[None]):
    """The playbook's contacts as they stand at one moment, and its references (S0.ESC.1, S3.ESC.1, S4.ESC.3)."""

    BINDINGS = [
        ("j,down", "move(1)", "Down"),
        ("k,up", "move(-1)", "Up"),
        ("g,home", "ends(False)", "Top"),
        ("G,end", "ends(True)", "End"),
        ("y,enter", "copy", "Copy"),
        ("q,C", "leave", "Back"),
    ]

    def __init__(self, case: Case, now: datetime) -> None:
        super().__init__("Contacts", f"as of {now:%a %H:%M}Z")
        self._case = case
        self._now = now

    def body(self) -> Iterable[Widget]:
        """The list, and what can be done."""
        picks = Picks(id="people")
        picks.sign = self.signs.cursor
        yield picks
        yield Sheet(self._keys, id="keys")

    def on_mount(self) -> None:
        """Show everybody."""
        super().on_mount()
        self._show()
        self.query_one(Picks).focus()

    def on_resize(self) -> None:
        """Show as many as fit."""
        super().on_resize()
        self._show()

    def _show(self) -> None:
        picks = self.query_one(Picks)
        rows = peoplepicture.contact_rows(self._case, self._now)
        picks.styles.height = max(min(len(rows), self.app.size.height - 6), 1)
        picks.show(rows)

    def _keys(self, _: int) -> tuple[Row, ...]:
        return (row(), Row((("y", "accent"), (" copy where to reach them", "text")), (("esc back", "dim"),)))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        picks = self.query_one(Picks)
        picks.move(by)
        picks.reveal()

    def action_ends(self, last: bool) -> None:  # noqa: FBT001 - an action passes it so
        """Move to the first or the last one."""
        self.query_one(Picks).move_to_end(last=last)

    def action_copy(self) -> None:
        """Copy where to reach the one under the cursor."""
        if text := peoplepicture.to_copy(self._case, self._now, self.query_one(Picks).key):
            self.post_message(CopyWanted(text))
