"""The checklist's commands: mark, skip, open, run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.applying import is_open, labels
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import visible_argv
from hotfix_tui.tui.screens.asking import Asking

if TYPE_CHECKING:
    from hotfix_tui.tui.screens.item import ItemAction


class ItemActions(Asking):
    """What is done with the item under the cursor."""

    @property
    def item(self) -> Item | None:
        """The item under the checklist's cursor."""
        return self.present.playbook.item(self.pane("checklist").key)

    def action_toggle_item(self) -> None:
        """Mark the item done, or open again."""
        if self.item is None:
            self.say("There is no item under the cursor.", bad=True)
        else:
            self._toggle(self.item)

    def _toggle(self, item: Item) -> None:
        if is_open(self.present.incident, item):
            self.ask(i.MarkItem(item.id, "done"), f"done: {item.text}   u undoes")
        else:
            self.ask(i.MarkItem(item.id, "open"), f"open again: {item.text}   u undoes")

    def action_skip(self) -> None:
        """Skip the item; the rules ask for the reason."""
        if self.item:
            self._skip(self.item)

    def _skip(self, item: Item) -> None:
        self.ask(i.MarkItem(item.id, "skipped"), f"skipped: {item.text}   u undoes")

    def action_open(self) -> None:
        """Open the item's details."""
        item = self.item
        if item is not None:
            from hotfix_tui.tui.screens.item import ItemScreen

            now = self.console_app.services.clock.now()
            self.app.push_screen(
                ItemScreen(self.present, item.id, now, console=self), partial(self._after_item, item)
            )

    def _after_item(self, item: Item, action: ItemAction | None) -> None:
        """Do it to the item that was shown: the cursor may have moved on, when somebody else entered a phase."""
        does: dict[ItemAction, Callable[[Item], None]] = {
            "run": self._run,
            "toggle": self._toggle,
            "check": self._check,
            "skip": self._skip,
            "copy": self.copy_item,
        }
        if action:
            self.call_later(does[action], item)

    def action_run(self) -> None:
        """Plan the item's operation or its own command, and run it once it is confirmed."""
        item = self.item
        if item is None or not (item.operation or item.command):
            self.say("This item has no command: do it, then mark it with space.")
        else:
            self._run(item)

    def _run(self, item: Item) -> None:
        self.console_app.work.plan(item.operation or "command", item.id)

    def copy_item(self, item: Item) -> None:
        """Copy its command, or what it says where it has none."""
        if item.command:
            self.hand_over(item)
        else:
            label = labels(self.present.incident, self.present.playbook).get(item.id, "")
            self.console_app.copy(f"{label} {item.text}".strip(), "the line")

    def hand_over(self, item: Item) -> None:
        """Copy the item's exact command, to be run in the person's own shell (`!`)."""
        services = self.console_app.services
        try:
            services.may_run(self.present)
        except Refused as error:
            self.say(str(error), bad=True)
            return
        known = values(self.present.incident, services.clock.now())
        self.console_app.copy(
            visible_argv(tuple(fill(part, known) for part in item.command)),
            "the command for a shell (!)",
        )

    def action_check(self) -> None:
        """Look whether the item under the cursor is done."""
        if self.item:
            self._check(self.item)

    def _check(self, item: Item) -> None:
        self.console_app.work.check(self.present, item)

    def action_check_all(self) -> None:
        """Look at every item that can be proven."""
        self.console_app.work.check_all(self.present)

    def action_branch(self) -> None:
        """Plan the hotfix branch."""
        item = next(
            (x for p in self.present.playbook.phases for x in p.items if x.operation == "branch"), None
        )
        self.console_app.work.plan("branch", item.id if item else "")
