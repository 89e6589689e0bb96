"""Runs a plan in the background with a journal, and after a crash asks git where each step stands."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.intents import FinishOperation, FinishStep, Intent, StartOperation, StartStep
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan, PlannedStep, Standing
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case, IncidentService

TOLD_LINES = 20
"""How many of a failed command's last lines are kept in the journal."""


@record(frozen=True, slots=True)
class Progress:
    """News of a running plan: a step began or ended, or its command wrote a line."""

    run: str
    step: str
    state: Literal["running", "line", "done", "failed", "cancelled", "unknown"]
    text: str = ""
    """Untrusted text."""


@record(frozen=True, slots=True)
class Unfinished:
    """An operation without an outcome, and where git says that each of its steps stands."""

    run: str
    plan: Plan
    standings: tuple[tuple[PlannedStep, Standing], ...]


Report = Callable[[Progress], None]
Outcome = Literal["done", "failed", "cancelled", "undone", "unknown"]


class OperationRunner:
    """Carries out plans; what it remembers is the journal, what it believes is git."""

    def __init__(
        self, incidents: IncidentService, may_run: Callable[[Case], None] = lambda case: None
    ) -> None:
        """Journal through `incidents`; `may_run` refuses what carries a playbook that nobody trusted."""
        self._incidents = incidents
        self._may_run = may_run

    def run(
        self,
        case: Case,
        plan: Plan,
        repository: Repository,
        *,
        item: str = "",
        run: str = "",
        on_progress: Report,
        cancelled: Callable[[], bool],
    ) -> Case:
        """Run the plan's steps in order, skipping those already done, and return the newest case.

        `run` names an unfinished run to continue. A step that fails ends the operation as failed, without an error.
        When `cancelled` answers True after a step began, the operation stays without an outcome: it is unfinished,
        and can be continued, undone or left.
        Raises: Refused when the plan is blocked or has ended, or the playbook is not trusted; PortFailure when nothing can be said about the outcome.
        """
        if plan.blocked:
            raise Refused(f"{plan.title}: {'; '.join(plan.blocked)}.")
        self._may_run(case)
        case = self._incidents.refresh(case)
        known = case.incident.operations.get(run) if run else None
        if known is not None and known.state != "running":
            raise Refused(f"“{plan.title}” has ended already.")
        run = run or uuid.uuid4().hex[:12]
        steps = tuple(step.id for step in plan.steps)
        start = StartOperation(run, plan.operation, plan.title, dict(plan.parameters), steps, item)
        journal = _Journal(self._incidents, self._incidents.ask(case, start), run, on_progress)
        return self._carry_out(journal, plan, repository, cancelled)

    def _carry_out(
        self, journal: _Journal, plan: Plan, repository: Repository, cancelled: Callable[[], bool]
    ) -> Case:
        seen = ""
        for step in plan.steps:
            if cancelled():
                stopped = f"stopped before: {step.title}"
                return journal.case if journal.begun else journal.end("cancelled", stopped)
            outcome, seen = _step(journal, step, repository, cancelled)
            if outcome == "unknown":
                return journal.case
            if outcome == "failed":
                return journal.end("failed", f"{step.title}: {seen}")
        return journal.end("done", seen)

    def unfinished(self, case: Case, repository: Repository) -> tuple[Unfinished, ...]:
        """The operations without an outcome, looked up in git now. Raises: PortFailure."""
        running = (run for run in case.incident.operations.values() if run.state == "running")
        found = []
        for run in running:
            plan = _rebuilt(run, repository)
            standings = tuple((step, step.look(repository)) for step in plan.steps)
            found.append(Unfinished(run.run, plan, standings))
        return tuple(found)

    def undo(self, case: Case, left: Unfinished, repository: Repository, *, on_progress: Report) -> Case:
        """Take back, in reverse order, the steps that this run began and that git shows as done.

        Raises: Refused when one of them has no way back, or was changed by somebody since; PortFailure.
        """
        case = self._incidents.refresh(case)
        record = case.incident.operations.get(left.run)
        if record is None or record.state != "running":
            raise Refused(f"“{left.plan.title}” has ended already.")
        ours = {step.step for step in record.steps if step.argv}
        steps = [step for step in reversed(left.plan.steps) if step.id in ours and step.effect == "writes"]
        done = [step for step in steps if _may_be_undone(step, repository)]
        journal = _Journal(self._incidents, case, left.run, on_progress)
        for step in done:
            _take_back(journal, step, repository)
        names = ", ".join(step.title for step in done) or "nothing had happened yet"
        return journal.end("undone", f"taken back: {names}")

    def leave(self, case: Case, left: Unfinished) -> Case:
        """Record that the operation is left as it is. Raises: Refused; PortFailure."""
        seen = "; ".join(standing.observed for _, standing in left.standings)
        return self._incidents.ask(case, FinishOperation(left.run, "left", seen))


class _Journal:
    """Writes one run's journal and tells of it, in this order."""

    def __init__(self, incidents: IncidentService, case: Case, run: str, on_progress: Report) -> None:
        self.case = case
        self.run = run
        known = case.incident.operations.get(run)
        self.begun = known is not None and any(step.argv for step in known.steps)
        """Whether a command of this run was ever started, so that something may have happened."""
        self._incidents = incidents
        self._report = on_progress

    def begin(self, step: PlannedStep, argv: Sequence[str]) -> None:
        """The step's intention is durable."""
        self.begun = True
        self._ask(StartStep(self.run, step.id, tuple(argv)))
        self._report(Progress(self.run, step.id, "running", step.title))

    def line(self, step: PlannedStep, text: str) -> None:
        """A line of the step's command is shown."""
        self._report(Progress(self.run, step.id, "line", text))

    def finish(self, step: PlannedStep, outcome: Outcome, detail: str) -> None:
        """The step's outcome is durable."""
        self._ask(FinishStep(self.run, step.id, outcome, detail))
        self._report(Progress(self.run, step.id, "done" if outcome == "undone" else outcome, detail))

    def end(self, outcome: Literal["done", "failed", "cancelled", "undone"], detail: str) -> Case:
        """The operation's outcome is durable."""
        self._ask(FinishOperation(self.run, outcome, detail.partition("\n")[0]))
        return self.case

    def _ask(self, intent: Intent) -> None:
        self.case = self._incidents.ask(self.case, intent)


def _step(
    journal: _Journal, step: PlannedStep, repository: Repository, cancelled: Callable[[], bool]
) -> tuple[Outcome, str]:
    """Bring about what the step wants; its outcome as git shows it, and what was seen."""
    before = step.look(repository)
    if before.state == "done":
        journal.finish(step, "done", before.observed)
        return "done", before.observed
    if before.state == "conflict":
        journal.finish(step, "failed", before.observed)
        return "failed", before.observed
    journal.begin(step, step.argv)
    code, said = _command(journal, step, step.argv, repository, cancelled)
    return _judge(journal, step, repository, code, said, cancelled=cancelled())


def _judge(
    journal: _Journal, step: PlannedStep, repository: Repository, code: int, said: str, *, cancelled: bool
) -> tuple[Outcome, str]:
    try:
        after = step.look(repository)
    except PortFailure as error:
        journal.finish(step, "unknown", f"{said}\n{error}".strip())
        raise
    if after.state == "done":
        journal.finish(step, "done", after.observed)
        return "done", after.observed
    if cancelled:
        journal.finish(step, "unknown", f"stopped in the middle; {after.observed}")
        return "unknown", after.observed
    last = said.splitlines()[-1] if said else after.observed
    journal.finish(step, "failed", said or f"exit code {code}; {after.observed}")
    return "failed", last


def _command(
    journal: _Journal,
    step: PlannedStep,
    argv: Sequence[str],
    repository: Repository,
    cancelled: Callable[[], bool],
) -> tuple[int, str]:
    """Run a command; its exit code and its last lines. That it could not end is told the same way."""
    lines: deque[str] = deque(maxlen=TOLD_LINES)

    def take(line: str) -> None:
        lines.append(line)
        journal.line(step, line)

    try:
        code = repository.run(argv, take, cancelled).code
    except PortFailure as error:
        code = -1
        take(str(error))
    return code, "\n".join(lines)


def _may_be_undone(step: PlannedStep, repository: Repository) -> bool:
    """Whether there is something to take back. Raises: Refused when it cannot be."""
    standing = step.look(repository)
    if standing.state == "conflict":
        raise Refused(f"{standing.observed}; nothing was taken back. Leave it, and look yourself.")
    if standing.state == "done" and not step.inverse:
        raise Refused(f"“{step.title}” has no way back ({step.way_back}); nothing was taken back.")
    return standing.state == "done"


def _take_back(journal: _Journal, step: PlannedStep, repository: Repository) -> None:
    """Run the step's inverse. Raises: PortFailure when git shows that it did not help."""
    journal.begin(step, step.inverse)
    _, said = _command(journal, step, step.inverse, repository, lambda: False)
    after = step.look(repository)
    if after.state == "done":
        journal.finish(step, "failed", said or after.observed)
        last = said.splitlines()[-1] if said else after.observed
        raise PortFailure(f"Undo of “{step.title}”", last, "Repair it and undo again, or leave it.")
    journal.finish(step, "undone", after.observed)


def _rebuilt(record: OperationRecord, repository: Repository) -> Plan:
    """The very plan that was journalled; without steps when this console does not know the operation."""
    operation = OPERATIONS.get(record.operation)
    if operation is None:
        why = "This console does not know the operation; a newer one does."
        return Plan(record.operation, record.title, why, record.parameters, ())
    return operation.plan(record.parameters, repository)
