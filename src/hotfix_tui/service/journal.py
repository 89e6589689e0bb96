"""One run of a plan: each step's intention is durable before it begins, its outcome before anything else is done."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.intents import FinishOperation, FinishStep, Intent, StartStep
from hotfix_tui.domain.record import record
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case, IncidentService

TOLD_LINES = 50
"""How many of a command's last lines are kept in the journal."""

AGAIN = 5.0
"""Seconds between two looks at what may take a while to show."""

Outcome = Literal["done", "failed", "cancelled", "undone", "unknown", "stopped"]


@record(frozen=True, slots=True)
class Progress:
    """News of a running plan: a step began or ended, or its command wrote a line."""

    run: str
    step: str
    state: Literal["running", "line", "done", "failed", "cancelled", "unknown", "stopped"]
    text: str = ""
    """Untrusted text."""


Report = Callable[[Progress], None]


class Journal:
    """Writes one run's journal and tells of it, in this order."""

    def __init__(self, incidents: IncidentService, case: Case, run: str, on_progress: Report) -> None:
        self.case = case
        self.run = run
        known = case.incident.operations.get(run)
        self.begun = known is not None and any(step.argv for step in known.steps)
        """Whether anything of this run was ever begun, so that something may have happened."""
        self._incidents = incidents
        self._report = on_progress

    def begin(self, step: PlannedStep, spoken: Sequence[str]) -> None:
        """The step's intention is durable."""
        self.begun = True
        self._ask(StartStep(self.run, step.id, tuple(spoken)))
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


def carry_out(
    journal: Journal, step: PlannedStep, site: Site, cancelled: Callable[[], bool]
) -> tuple[Outcome, str]:
    """Bring about what the step wants; its outcome as the site shows it, and what was seen. Raises: PortFailure."""
    before = step.look(site)
    if before.state in _SETTLED:
        outcome = _SETTLED[before.state]
        journal.finish(step, outcome, before.observed)
        return outcome, before.observed
    argv = step.proceed if before.state == "ready" else step.exact(site) if step.exact else step.argv
    journal.begin(step, argv or step.spoken)
    if argv:
        code, said = _command(journal, step, argv, site, cancelled)
    else:
        code, said = _edit(journal, step, site)
    return _judge(journal, step, site, code, said, cancelled)


_SETTLED: dict[str, Outcome] = {"done": "done", "conflict": "failed", "stopped": "stopped"}
"""Standing of a step that nothing is run for, to its outcome."""


def take_back(journal: Journal, step: PlannedStep, site: Site, *, halfway: bool) -> None:
    """Undo a step, or end one that stopped halfway. Raises: PortFailure when the site shows that it did not help."""
    argv = step.abort if halfway else step.exact_inverse(site) if step.exact_inverse else step.inverse
    journal.begin(step, argv or step.spoken)
    said = (
        _command(journal, step, argv, site, lambda: False)[1]
        if argv
        else _edit(journal, step, site, back=True)[1]
    )
    after = step.look(site)
    if after.state not in ("not-done", "conflict"):
        journal.finish(step, "failed", said or after.observed)
        last = said.splitlines()[-1] if said else after.observed
        raise PortFailure(f"Undo of “{step.title}”", last, "Repair it and undo again, or leave it.")
    journal.finish(step, "undone", after.observed)


def _judge(
    journal: Journal,
    step: PlannedStep,
    site: Site,
    code: int,
    said: str,
    cancelled: Callable[[], bool],
) -> tuple[Outcome, str]:
    try:
        after = _patiently(step, site, cancelled) if code == 0 else step.look(site)
    except PortFailure as error:
        journal.finish(step, "unknown", f"{said}\n{error}".strip())
        raise
    if after.state == "done":
        journal.finish(step, "done", after.observed)
        return "done", after.observed
    if (step.effect == "reads" or step.traceless) and code == 0:
        seen = said.splitlines()[-1] if said else f"{step.title}: nothing was wrong"
        journal.finish(step, "done", said or seen)
        return "done", f"exit code 0: {seen}" if step.traceless else seen
    if after.state in ("stopped", "ready"):
        journal.finish(step, "stopped", after.observed)
        return "stopped", after.observed
    if cancelled() or (code == 0 and step.patience):
        what = "stopped in the middle" if cancelled() else "its command ended well"
        journal.finish(step, "unknown", f"{what}; {after.observed}")
        return "unknown", after.observed
    if code == 0:  # it says that all is well, and what is there says otherwise
        journal.finish(step, "failed", f"{said}\n{after.observed}".strip())
        return "failed", after.observed
    last = said.splitlines()[-1] if said else after.observed
    journal.finish(step, "failed", said or f"exit code {code}; {after.observed}")
    return "failed", last


def _patiently(step: PlannedStep, site: Site, cancelled: Callable[[], bool]) -> Standing:
    """How it stands, looked at again while it may still come to show. Raises: PortFailure."""
    until, waiting = time.monotonic() + step.patience, threading.Event()
    while (seen := step.look(site)).state == "not-done" and time.monotonic() < until and not cancelled():
        waiting.wait(min(AGAIN, step.patience))
    return seen


def _command(
    journal: Journal, step: PlannedStep, argv: Sequence[str], site: Site, cancelled: Callable[[], bool]
) -> tuple[int, str]:
    """Run a command; its exit code and its last lines. That it could not end is told the same way."""
    lines: deque[str] = deque(maxlen=TOLD_LINES)

    def take(line: str) -> None:
        lines.append(line)
        journal.line(step, line)

    try:
        if argv[0] == "git":
            code = site.repository.run(argv, take, cancelled, step.timeout).code
        else:
            code = site.shell.run(argv, site.repository.root, take, cancelled, step.timeout).code
    except PortFailure as error:
        code = -1
        take(str(error))
    return code, "\n".join(lines)


def _edit(journal: Journal, step: PlannedStep, site: Site, *, back: bool = False) -> tuple[int, str]:
    """Write the step's files, or write them back; a file that is as wanted is left alone."""
    try:
        for edit in step.edits:
            wanted = edit.before if back else edit.after
            if site.tree.read(edit.path) == wanted:
                continue
            if wanted is None:
                site.tree.remove(edit.path)
            else:
                site.tree.write(edit.path, wanted)
            journal.line(step, edit.path)
    except PortFailure as error:
        journal.line(step, str(error))
        return 1, str(error)
    return 0, ""
