"""Runs a plan in the background with a journal, and after a crash asks git where each step stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hotfix_tui.operations.plan import Plan, PlannedStep, Standing
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case, IncidentService


@dataclass(frozen=True, slots=True)
class Progress:
    """News of a running plan: a step began or ended, or its command wrote a line."""

    run: str
    step: str
    state: Literal["running", "line", "done", "failed", "cancelled"]
    text: str = ""
    """Untrusted text."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An operation without an outcome, and where git says that each of its steps stands."""

    run: str
    plan: Plan
    standings: tuple[tuple[PlannedStep, Standing], ...]


class OperationRunner:
    """Carries out plans; what it remembers is the journal, what it believes is git."""

    def __init__(self, incidents: IncidentService) -> None:
        """Journal through `incidents`."""
        self._incidents = incidents

    def run(
        self,
        case: Case,
        plan: Plan,
        repository: Repository,
        *,
        item: str = "",
        run: str = "",
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> Case:
        """Run the plan's steps in order, skipping those already done, and return the newest case.

        `run` names an unfinished run to continue. Raises: Refused; PortFailure.
        """
        raise NotImplementedError

    def unfinished(self, case: Case, repository: Repository) -> tuple[Unfinished, ...]:
        """The operations without an outcome, looked up in git now. Raises: PortFailure."""
        raise NotImplementedError

    def undo(
        self, case: Case, left: Unfinished, repository: Repository, *, on_progress: Callable[[Progress], None]
    ) -> Case:
        """Take back the done steps in reverse order by their inverses. Raises: Refused; PortFailure."""
        raise NotImplementedError

    def leave(self, case: Case, left: Unfinished) -> Case:
        """Record that the operation is left as it is. Raises: Refused; PortFailure."""
        raise NotImplementedError
