"""Commands about git: any operation, and the commits that may have broken it."""

from __future__ import annotations

from hotfix_tui.domain.applying import labels
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.safestep import FROM_PLAYBOOK
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

        self.choice("Which operation, which item?", choices, self._plan)

    def _plan(self, name: str) -> None:
        """Plan an operation for the first of its items that waits."""
        ids, incident = answered(self.present).get(name, ()), self.present.incident
        waiting = (id for id in ids if incident.item(id).mark != "done")
        self.console_app.work.plan(name, next(waiting, ids[0] if ids else ""))

    def action_next_step(self) -> None:
        """Plan the safe next step; a command that is no operation of ours is copied, for a shell."""
        view = self.pane("git").view
        step = view.git.step if view is not None else None
        if step is None or step.argv == FROM_PLAYBOOK:
            self.say("Nothing is left over in git; go on in the playbook.")
        elif step.argv[:3] == ("hotfix", "op", "run"):
            self._plan(step.argv[3])
        elif step.argv[:3] == ("hotfix", "op", "unfinished"):
            self.console_app.work.look_for_unfinished(self.present, say_none=True)
        else:
            self.console_app.copy(step.command, "the command for a shell (!)")

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
