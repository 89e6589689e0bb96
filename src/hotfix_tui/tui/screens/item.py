"""One item in full: why, how, when it is done, its exact command, its evidence, its notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.templates import missing, told, values
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens import itempicture
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.rows import Row, Span, row
from hotfix_tui.tui.widgets.sheet import Sheet

ItemAction = Literal["run", "toggle", "check", "skip", "copy"]
"""The ids of the commands that it can be left with."""


class ItemScreen(Dialog[ItemAction]):
    """Leaves with what shall be done to the item; the application does it, with its questions and confirmations."""

    BINDINGS = [
        ("r", "take('run')", "Run"),
        ("space", "take('toggle')", "Done"),
        ("v", "take('check')", "Look"),
        ("s", "take('skip')", "Skip"),
        ("y", "take('copy')", "Copy"),
        ("o", "link", "Link"),
        ("j,down", "scroll(1)", "Down"),
        ("k,up", "scroll(-1)", "Up"),
        ("ctrl+d,pagedown", "scroll(10)", "Page down"),
        ("ctrl+u,pageup", "scroll(-10)", "Page up"),
        ("q", "leave", "Back"),
    ]

    def __init__(self, case: Case, id: str, now: datetime, *, console: Screen[None] | None = None) -> None:
        """`id` is the item's; `now` fills the times in its command; the case of `console` is followed."""
        item = case.playbook.item(id)
        assert item is not None, "only an item of the case's own playbook is opened"
        super().__init__(f"Item {labels(case.incident, case.playbook).get(id, '')}".strip(), "esc closes")
        self._item = item
        self._now = now
        self._of = console
        self._said = ""
        self._take(case)

    def _take(self, case: Case) -> None:
        known = values(case.incident, self._now)
        self._case = case
        self._label = labels(case.incident, case.playbook).get(self._item.id, "")
        self._told = told(self._item, known)
        self._argv = self._told.command
        self._missing = tuple(name for part in self._argv for name in missing(part, known))

    def on_mount(self) -> None:
        """From now on it shows what others record, too: a key does what it says."""
        super().on_mount()
        if self._of is not None:
            self.watch(self._of, "case", self.follow, init=False)

    def follow(self, case: Case) -> None:
        """Show the newest state of the case."""
        self._take(case)
        for sheet in self.query(Sheet):
            sheet.redraw()

    def body(self) -> Iterable[Widget]:
        """The item, and what can be done."""
        with VerticalScroll(can_focus=False):
            yield Sheet(self._picture)
        yield Sheet(self._keys, id="keys")

    def _picture(self, width: int) -> tuple[Row, ...]:
        return itempicture.rows(self._case, self._told, self._label, self._argv, self._missing, width)

    def why_not(self, action: ItemAction) -> str:
        """Why this cannot be done to the item, as a sentence; empty when it can."""
        if action == "check" and not self._item.check:
            return "It names no check: nobody but you can say whether it is done."
        if action == "run" and not (self._item.command or self._item.operation):
            return "It has no command: do it by hand, then mark it done with space."
        if action == "run" and self._missing:
            return f"Its command waits for {', '.join(self._missing)}; run it in a shell (!) with the value in place."
        return ""

    def _keys(self, _: int) -> tuple[Row, ...]:
        done = self._case.incident.item(self._item.id).mark == "done"
        offered: list[tuple[str, str]] = [("space", "open again" if done else "done"), ("s", "skip")]
        if not self.why_not("run"):
            offered.insert(0, ("r", "run" if self._item.operation else "copy it"))
        if self._item.check:
            offered.append(("v", "look"))
        offered.append(("y", "copy"))
        if self._item.link:
            offered.append(("o", "copy link"))
        spans: list[Span] = [
            part for key, word in offered for part in ((key, "accent"), (f" {word}   ", "text"))
        ]
        return (row(), Row(tuple(spans), (("esc back", "dim"),)), row(self._said, "waiting"))

    def action_take(self, action: ItemAction) -> None:
        """Leave with this, or say why not."""
        self._said = self.why_not(action)
        if self._said:
            self.query_one("#keys", Sheet).redraw()
        else:
            self.dismiss(action)

    def action_link(self) -> None:
        """Copy the link: opening it is the business of the operator's own machine."""
        if self._item.link:
            self.post_message(CopyWanted(self._item.link))
        self._said = "" if self._item.link else "It has no link."
        self.query_one("#keys", Sheet).redraw()

    def action_scroll(self, by: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
