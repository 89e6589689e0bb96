"""Workflow runs of the forge: which have ended well, and which take longer than they should (S2.CMD.1, S2.CMD.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record

PASSED = frozenset({"success", "skipped", "neutral"})
STUCK = 2
"""How many times its expected time a run takes when it is called stuck."""


@record(frozen=True, slots=True)
class WorkflowRun:
    """One run as the forge tells it; untrusted text."""

    name: str
    status: str
    """"completed" when it has ended; else queued, in_progress and the like."""
    conclusion: str
    """How it ended."""
    began: datetime | None
    url: str

    @property
    def going(self) -> bool:
        """Whether it has not ended."""
        return self.status != "completed"

    @property
    def failed(self) -> bool:
        """Whether it has ended, and not well."""
        return not self.going and self.conclusion not in PASSED


@record(frozen=True, slots=True)
class Pace:
    """How a run stands against the time that it should take."""

    text: str
    """One line; untrusted text."""
    late: str = ""
    """"slow" or "stuck" while it runs longer than it should, "failed" when it did."""


def newest(runs: Iterable[WorkflowRun]) -> tuple[WorkflowRun, ...]:
    """Of each workflow the newest run, which stands first: one that was run again counts once."""
    first: dict[str, WorkflowRun] = {}
    for run in runs:
        first.setdefault(run.name, run)
    return tuple(first.values())


def expected(playbook: Playbook) -> dict[str, timedelta]:
    """How long workflows should take: the file of `--workflow=…` without its ending, to its item's estimate.

    The key "" is for all others: the longest of them.
    """
    found: dict[str, timedelta] = {}
    for item in playbook.all_items():
        if item.check != "workflow-green" or item.estimate is None:
            continue
        named = (part.partition("=")[2] for part in item.command if part.startswith("--workflow="))
        for name in (PurePosixPath(next(named, "")).stem.lower(), ""):
            found[name] = max(item.estimate, found.get(name, item.estimate))
    return found


def pace(run: WorkflowRun, times: Mapping[str, timedelta], now: datetime) -> Pace:
    """How the run stands now."""
    if not run.going:
        return Pace(f"{run.name}: {run.conclusion or 'failed'}", "failed" if run.failed else "")
    if run.began is None:
        return Pace(f"{run.name}: {run.status}")
    took, name = max(now - run.began, timedelta()), run.name.lower()
    limit = next((time for word, time in times.items() if word and word in name), times.get(""))
    if limit is None:
        return Pace(f"{run.name}: {run.status}, {spoken(took)}")
    late = "stuck" if took > STUCK * limit else "slow" if took > limit else ""
    return Pace(
        f"{run.name}: {run.status}, {spoken(took)} of {spoken(limit)}{f', {late}' if late else ''}", late
    )
