"""The workflows that a pushed tag has started are watched in the background, and told when they are slow (S2.CMD.1)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.domain.glance import Risk
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.workflows import WorkflowRun, expected, pace
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case

EVERY = timedelta(seconds=10)
"""The shortest time between two questions to the forge."""
SELDOM = timedelta(minutes=5)
"""The longest time between two, where the forge does not answer: it doubles each time."""
LONGEST = timedelta(hours=6)
"""How long after the push somebody still looks."""


@record(frozen=True, slots=True)
class Watched:
    """What is known of the workflows."""

    lines: tuple[str, ...] = ()
    """One line a workflow; untrusted text."""
    risks: tuple[Risk, ...] = ()


class WorkflowWatch:
    """Asks the forge at most every ten seconds, each time in a thread of its own, until every workflow has ended."""

    def __init__(self) -> None:
        self._asked: datetime | None = None
        self._commit = ""
        self._runs: tuple[WorkflowRun, ...] = ()
        self._trouble = ""
        self._failed = 0
        self._thread: threading.Thread | None = None

    def look(self, site: Site, case: Case) -> Watched:
        """What is known by now; it never waits for the forge."""
        now, commit = site.clock.now(), watched_commit(case.incident, case.playbook, site.clock.now())
        if not commit or not site.shell.which("gh"):
            return Watched()
        if commit != self._commit:
            self._commit, self._runs, self._asked, self._trouble = commit, (), None, ""
            self._failed = 0
        if self._due(now):
            self._asked = now
            self._thread = threading.Thread(
                target=self._ask, args=(site, commit), name="workflows", daemon=True
            )
            self._thread.start()
        return told(self._runs, case.playbook, now, self._trouble, commit)

    def wait(self, seconds: float) -> None:
        """Wait until the question that is under way has its answer, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _due(self, now: datetime) -> bool:
        busy = self._thread is not None and self._thread.is_alive()
        over = bool(self._runs) and not any(run.going for run in self._runs)
        wait = min(EVERY * 2 ** min(self._failed, 9), SELDOM)
        return not busy and not over and (self._asked is None or now - self._asked >= wait)

    def _ask(self, site: Site, commit: str) -> None:
        from hotfix_tui.forge.runs import runs  # late: only a pushed tag needs it

        try:
            found, trouble = runs(site, commit), ""
        except HotfixError as error:
            found, trouble = self._runs, str(error)
        if commit == self._commit:
            self._runs, self._trouble = found, trouble
            self._failed = self._failed + 1 if trouble else 0


def watched_commit(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The commit of the newest tag that was pushed and starts something; empty when there is none to watch."""
    asks = playbook.git.tag_push_triggers or any(
        item.check == "workflow-green" for item in playbook.all_items()
    )
    if not asks:
        return ""
    pushed = [_tagged(run) for run in incident.operations.values() if _lately(run, now)]
    return next((commit for commit in reversed(pushed) if commit), "")


def _lately(run: OperationRecord, now: datetime) -> bool:
    return run.state == "done" and run.finished is not None and now - run.finished <= LONGEST


def _tagged(run: OperationRecord) -> str:
    """The commit of the tag that the run has pushed; empty when it pushed none."""
    names = {"push": "tagged", "promote": "oid"}
    return run.parameters.get(names[run.operation], "") if run.operation in names else ""


def told(
    runs: tuple[WorkflowRun, ...], playbook: Playbook, now: datetime, trouble: str, commit: str
) -> Watched:
    """The runs in words, and those that are late or failed as risks."""
    times = expected(playbook)
    paces = tuple(pace(run, times, now) for run in runs)
    lines = tuple(one.text for one in paces) or (f"no workflow has run for {commit[:7]} yet",)
    risks = tuple(Risk(one.text, "soon" if one.late == "slow" else "over") for one in paces if one.late)
    return Watched((*lines, *((f"workflows: {trouble}",) if trouble else ())), risks)
