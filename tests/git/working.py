"""A night's work on a real repository: an incident, its playbook, and operations that are planned and run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hotfix_tui.domain.playbook import Formats, GitRules, Playbook
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.journal import Progress
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.unfinished import Unfinished
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git_fixtures import Sandbox, sandbox

FORMATS = Formats(
    commit="hotfix: $summary\n\nFixes #$issue\nSeverity: $severity\n\nCause: $cause\n\nRollback: git revert $commit\n",
    tag="Hotfix: $summary (#$issue)",
)


def playbook_of(git: GitRules | None = None, formats: Formats = FORMATS) -> Playbook:
    """A playbook with formats for its texts."""
    return replace(PLAYBOOK, git=git or GitRules(), formats=formats)


class Night:
    """A repository with a remote, an incident, and whoever works on it."""

    def __init__(self, folder: Path, playbook: Playbook | None = None, site: Site | None = None) -> None:
        self.box: Sandbox = sandbox(folder) if not (folder / "app").exists() else reopened(folder)
        self.site = site or self.box.site
        self.playbook = playbook or playbook_of()
        self.desk = Desk(folder / "data", self.playbook)
        self.runner = OperationRunner(self.desk.incidents, open_runs=self.desk.open_runs)
        if not self.desk.store.incidents():
            self.desk.declare(base="v1.0.4")
        self.case = self.desk.only()
        self.told: list[Progress] = []

    def plan(self, name: str, **choice: str) -> Plan:
        """The plan of an operation."""
        operation = OPERATIONS[name]
        given = operation.prepare(self.site, self.case.incident, self.playbook, choice)
        return operation.plan(given, self.site)

    def run(self, name: str, **choice: str) -> OperationRecord:
        """Plan it and run it."""
        return self.carry_out(self.plan(name, **choice))

    def carry_out(self, plan: Plan, run: str = "") -> OperationRecord:
        """Run a plan; how it stands afterwards, on disk."""
        self.told.clear()
        self.case = self.runner.run(
            self.case, plan, self.site, run=run, on_progress=self.told.append, cancelled=lambda: False
        )
        return self.record()

    def record(self) -> OperationRecord:
        """The newest operation, on disk."""
        return list(self.desk.only().incident.operations.values())[-1]

    def left(self) -> Unfinished:
        """The one unfinished operation."""
        self.case = self.desk.only()
        (found,) = self.runner.unfinished(self.case, self.site)
        return found

    def resume(self) -> OperationRecord:
        """Go on with the unfinished operation."""
        left = self.left()
        return self.carry_out(left.plan, left.run)

    def undo(self) -> OperationRecord:
        """Take the unfinished operation back."""
        self.case = self.runner.undo(self.case, self.left(), self.site, on_progress=self.told.append)
        return self.record()

    def abort(self) -> OperationRecord:
        """End the step that stopped halfway."""
        self.case = self.runner.abort(self.case, self.left(), self.site, on_progress=self.told.append)
        return self.record()

    def close(self) -> None:
        """Let go of the database."""
        self.desk.store.close()


def reopened(folder: Path) -> Sandbox:
    """The sandbox that was made in this folder before."""
    found = Sandbox(folder / "app", folder / "remote.git", "")
    return replace(found, release=found.git("rev-parse", "v1.0.4^{commit}"))


def states(plan: Plan, site: Site) -> list[str]:
    """Where each step stands now."""
    return [step.look(site).state for step in plan.steps]
