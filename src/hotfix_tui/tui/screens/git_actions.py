"""Commands about git: any operation, and the commits that may have broken it."""

from __future__ import annotations

from hotfix_tui.domain.applying import labels
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.panes.log import LogPane
from hotfix_tui.tui.screens.item_actions import ItemActions


class GitActions(ItemActions):
    """What is asked of git apart from an item."""

    def action_operations(self) -> None:
        """Choose an operation and plan it."""
        from hotfix_tui.operations import OPERATIONS

        answers = answered(self.present)
        numbers = labels(self.present.incident, self.present.playbook)
        choices = tuple(
            Choice(one.name, one.title, ", ".join(numbers[id] for id in answers.get(one.name, ())))
            for one in OPERATIONS.values()
        )

        def plan(name: str) -> None:
            ids = answers.get(name, ())
            incident = self.present.incident
            waiting = (id for id in ids if incident.item(id).mark != "done")
            self.console_app.work.plan(name, next(waiting, ids[0] if ids else ""))

        self.choice("Which operation? At the right the items that it does", choices, plan)

    def action_suspects(self) -> None:
        """Show the commits that may have broken it; the log's lines in sight are at hand."""
        from hotfix_tui.tui.suspecting import SuspectSearch

        pane = self.pane("log")
        log = pane.visible_text if isinstance(pane, LogPane) else ""
        SuspectSearch(self.console_app, self.present, log).begin()


def answered(case: Case) -> dict[str, tuple[str, ...]]:
    """The ids of the items of this incident that each operation does, by the operation's name."""
    numbers = labels(case.incident, case.playbook)
    found: dict[str, tuple[str, ...]] = {}
    for phase in case.playbook.phases:
        for item in phase.items:
            if item.operation and item.id in numbers:
                found[item.operation] = (*found.get(item.operation, ()), item.id)
    return found
