"""Runs a plan in the background with a journal, and after a crash asks git where each step stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cached_property

from hotfix_tui.domain.errors import HotfixError, PortFailure, Refused
from hotfix_tui.domain.intents import FinishOperation, StartOperation
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.redact import redact
from hotfix_tui.operations.plan import Level, Plan
from hotfix_tui.ports import Runs, Site
from hotfix_tui.service.incidents import Case, IncidentService, NoSuchIncident
from hotfix_tui.service.journal import Journal, Report, carry_out, settle, stop, take_back
from hotfix_tui.service.supervised import is_running, standing
from hotfix_tui.service.unfinished import (
    Unfinished,
    began,
    going_on,
    how_undone,
    looked,
    may_stand,
    rebuilt,
)

MUST_CONFIRM = 2
"""From this confirm level on also the ways on from an unfinished operation are confirmed (SCREENS.md §1.3)."""
KEPT = timedelta(days=30)
"""How long the output of a closed incident's commands is kept after they ran."""


def new_run() -> str:
    """The id of a run that has not begun."""
    return uuid.uuid4().hex[:12]


class OperationRunner:
    """Carries out plans; what it remembers is the journal, what it believes is git."""

    def __init__(
        self,
        incidents: IncidentService,
        may_run: Callable[[Case], None] = lambda case: None,
        open_runs: Callable[[], Runs | None] = lambda: None,
    ) -> None:
        """Journal through `incidents`; `may_run` refuses what carries a playbook that nobody trusted.

        What changes something, and is not git, runs where `open_runs` says and outlives this process; where that is nowhere, it does not.
        """
        self._incidents = incidents
        self._may_run = may_run
        self._open_runs = open_runs

    @cached_property
    def _runs(self) -> Runs | None:
        """Opened when a command runs or is looked for: most starts do neither."""
        return self._open_runs()

    def let_run(self) -> None:
        """This process ends: nobody here waits any more for a command, which runs on and is found again."""
        if "_runs" in self.__dict__ and self._runs is not None:
            self._runs.leave()

    def run(
        self,
        case: Case,
        plan: Plan,
        site: Site,
        *,
        item: str = "",
        run: str = "",
        on_progress: Report,
        cancelled: Callable[[], bool],
    ) -> Case:
        """Run the plan's steps in order, skipping those already done, and return the newest case.

        `run` names an unfinished run to continue, or is a `new_run` by which the caller finds its record. A step that fails ends the operation as failed, without an error.
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
        run = run or new_run()
        steps = tuple(step.id for step in plan.steps)
        start = StartOperation(run, plan.operation, plan.title, dict(plan.parameters), steps, item)
        journal = self._journal(self._incidents.ask(case, start), run, on_progress)
        try:
            return self._carry_out(journal, plan, site, cancelled)
        finally:
            self._tidy()

    def _journal(self, case: Case, run: str, on_progress: Report) -> Journal:
        return Journal(self._incidents, case, run, on_progress, self._runs)

    def _tidy(self) -> None:
        """Old output of closed incidents goes away; that this fails matters to nobody now."""
        if self._runs is not None:
            with suppress(PortFailure):
                self._runs.tidy(self._incidents.now - KEPT, self._is_open)

    def _is_open(self, id: str) -> bool:
        try:
            return self._incidents.open(id).incident.status != "closed"
        except NoSuchIncident:
            return False
        except HotfixError:
            return True

    def _carry_out(self, journal: Journal, plan: Plan, site: Site, cancelled: Callable[[], bool]) -> Case:
        told: list[tuple[Level, str]] = []
        for step in plan.steps:
            if cancelled():
                stopped = f"stopped before: {step.title}"
                return journal.case if journal.begun else journal.end("cancelled", stopped)
            outcome, seen = carry_out(journal, step, site, cancelled)
            if outcome in ("unknown", "stopped"):
                return journal.case
            if outcome == "failed":
                return self._failed(journal, plan, site, f"{step.title}: {seen}")
            told.append((step.level, seen))
        return journal.end("done", _outcome(told))

    @staticmethod
    def _failed(journal: Journal, plan: Plan, site: Site, why: str) -> Case:
        """What failed with nothing to take back has ended; else it stays open, so that nothing is half done unseen."""
        record = journal.case.incident.operations[journal.run]
        ours = began(record) - {step.step for step in record.steps if step.state == "failed"}
        writes = (step for step in plan.steps if step.id in ours and step.effect == "writes")
        return journal.case if any(may_stand(step, site) for step in writes) else journal.end("failed", why)

    def unfinished(self, case: Case, site: Site) -> tuple[Unfinished, ...]:
        """The operations without an outcome, looked up in git now; a remote that does not answer leaves its steps unknown.

        Raises: PortFailure when the repository itself cannot be read.
        """
        running = (run for run in case.incident.operations.values() if run.state == "running")
        found = []
        for run in running:
            plan = rebuilt(run, site)
            standings = tuple(
                (step, standing(self._runs, run, step) or looked(step, site)) for step in plan.steps
            )
            plan = going_on(plan, standings)
            seen = (standing for _, standing in standings)
            found.append(Unfinished(run.run, plan, tuple(zip(plan.steps, seen, strict=True))))
        return tuple(found)

    def undo(self, case: Case, left: Unfinished, site: Site, *, on_progress: Report) -> Case:
        """Take back, in reverse order, the steps that this run began and that the site shows as begun or done.

        Raises: Refused when one of them has no way back, or was changed by somebody since; PortFailure.
        """
        case, record = self._still_running(case, left)
        journal = self._journal(case, left.run, on_progress)
        for step in left.plan.steps:
            settle(journal, step)
        ours = began(record)
        steps = [step for step in reversed(left.plan.steps) if step.id in ours and step.effect == "writes"]
        found = [(step, way) for step in steps if (way := how_undone(step, site))]
        for step, way in found:
            take_back(journal, step, site, halfway=way == "abort")
        names = ", ".join(step.title for step, _ in found) or "nothing had happened yet"
        return journal.end("undone", f"taken back: {names}")

    def abort(self, case: Case, left: Unfinished, site: Site, *, on_progress: Report) -> Case:
        """End the step that stopped halfway, or stop the one whose command still runs, and the operation with it.

        What was done before stays. Raises: Refused when there is no such step; PortFailure.
        """
        case, record = self._still_running(case, left)
        running = [step for step in left.plan.steps if is_running(self._runs, record, step)]
        if running:
            journal = self._journal(case, left.run, on_progress)
            return journal.end("cancelled", stop(journal, running[0]))
        halfway = [step for step in left.plan.steps if how_undone(step, site) == "abort"]
        if not halfway:
            raise Refused(f"No step of “{left.plan.title}” stopped halfway; undo, continue or leave it.")
        journal = self._journal(case, left.run, on_progress)
        take_back(journal, halfway[0], site, halfway=True)
        return journal.end("cancelled", f"aborted: {halfway[0].title}")

    def _still_running(self, case: Case, left: Unfinished) -> tuple[Case, OperationRecord]:
        """The newest case and the run's record. Raises: Refused when it has ended."""
        case = self._incidents.refresh(case)
        record = case.incident.operations.get(left.run)
        if record is None or record.state != "running":
            raise Refused(f"“{left.plan.title}” has ended already.")
        return case, record

    def leave(self, case: Case, left: Unfinished) -> Case:
        """Record that the operation is left as it is. Raises: Refused; PortFailure."""
        seen = "; ".join(standing.observed for _, standing in left.standings)
        return self._incidents.ask(case, FinishOperation(left.run, "left", redact(seen)[0]))


def _outcome(told: list[tuple[Level, str]]) -> str:
    """What came of it: all that left the machine, else what the last step saw; going back to a branch is no outcome."""
    far = max((level for level, _ in told), default=0)
    if far < MUST_CONFIRM:
        return told[-1][1] if told else ""
    return "; ".join(dict.fromkeys(seen.partition("\n")[0] for level, seen in told if level >= MUST_CONFIRM))
