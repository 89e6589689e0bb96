"""One run of a plan: each step's intention is durable before it begins, its outcome before anything else is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.intents import FinishOperation, FinishStep, Intent, StartStep
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.redact import redact
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Asked, Runs, Site
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.service.supervised import Ear, Heard, is_running, is_supervised, stay, taken

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

    def __init__(
        self,
        incidents: IncidentService,
        case: Case,
        run: str,
        on_progress: Report,
        runs: Runs | None = None,
    ) -> None:
        """Write through `incidents`; `runs` has the commands that outlive the console."""
        self.case = case
        self.run = run
        self.runs = runs
        self.begun = self.record is not None and any(step.argv for step in self.record.steps)
        """Whether anything of this run was ever begun, so that something may have happened."""
        self._incidents = incidents
        self._report = on_progress

    @property
    def record(self) -> OperationRecord | None:
        """What is written of the run; None before it is."""
        return self.case.incident.operations.get(self.run)

    def begin(self, step: PlannedStep, spoken: Sequence[str]) -> None:
        """The step's intention is durable."""
        self.begun = True
        self._ask(StartStep(self.run, step.id, tuple(spoken)))
        self.again(step)

    def again(self, step: PlannedStep) -> None:
        """The step goes on."""
        self._report(Progress(self.run, step.id, "running", step.title))

    def line(self, step: PlannedStep, text: str) -> None:
        """A line of the step's command is shown, without the secrets in it: others may look at the same screen."""
        self._report(Progress(self.run, step.id, "line", redact(text)[0]))

    def finish(self, step: PlannedStep, outcome: Outcome, detail: str) -> None:
        """The step's outcome is durable, without the secrets that were said."""
        detail, _ = redact(detail)
        self._ask(FinishStep(self.run, step.id, outcome, detail))
        if self.runs is not None:
            self.runs.settled(self.run, step.id)
        self._report(Progress(self.run, step.id, "done" if outcome == "undone" else outcome, detail))

    def end(self, outcome: Literal["done", "failed", "cancelled", "undone"], detail: str) -> Case:
        """The operation's outcome is durable."""
        self._ask(FinishOperation(self.run, outcome, redact(detail.partition("\n")[0])[0]))
        return self.case

    def _ask(self, intent: Intent) -> None:
        self.case = self._incidents.ask(self.case, intent)


def carry_out(
    journal: Journal, step: PlannedStep, site: Site, cancelled: Callable[[], bool]
) -> tuple[Outcome, str]:
    """Bring about what the step wants; its outcome as the site shows it, and what was seen. Raises: PortFailure.

    A command that was begun before, and of which nobody wrote how it ended, is not begun again: its end is the outcome.
    """
    ran = taken(journal.runs, journal.record, step)
    if ran is not None:
        heard = _followed(journal, step, cancelled)
        if not ran.back:
            return _judge(journal, step, site, heard, cancelled)
    before = step.look(site)
    if before.state in _SETTLED:
        outcome = _SETTLED[before.state]
        journal.finish(step, outcome, before.observed)
        return outcome, before.observed
    argv = step.proceed if before.state == "ready" else step.exact(site) if step.exact else step.argv
    heard = _command(journal, step, argv, site, cancelled) if argv else _edit(journal, step, site)
    return _judge(journal, step, site, heard, cancelled)


_SETTLED: dict[str, Outcome] = {"done": "done", "conflict": "failed", "stopped": "stopped"}
"""Standing of a step that nothing is run for, to its outcome."""


def take_back(journal: Journal, step: PlannedStep, site: Site, *, halfway: bool) -> None:
    """Undo a step, or end one that stopped halfway. Raises: PortFailure when the site shows that it did not help."""
    argv = step.abort if halfway else step.exact_inverse(site) if step.exact_inverse else step.inverse
    said = (
        _command(journal, step, argv, site, lambda: False, back=True)
        if argv
        else _edit(journal, step, site, back=True)
    ).said
    after = step.look(site)
    if after.state not in ("not-done", "conflict"):
        journal.finish(step, "failed", said or after.observed)
        last = said.splitlines()[-1] if said else after.observed
        raise PortFailure(f"Undo of “{step.title}”", last, "Repair it and undo again, or leave it.")
    journal.finish(step, "undone", after.observed)


def settle(journal: Journal, step: PlannedStep) -> None:
    """Nothing of the step runs any more: a way back that goes on is waited for.

    Raises: Refused while its command runs; PortFailure.
    """
    if not is_running(journal.runs, journal.record, step):
        return
    ran = taken(journal.runs, journal.record, step)
    if ran is not None and ran.back:
        _followed(journal, step, lambda: False)
    elif ran is not None and ran.state == "running":
        assert journal.runs is not None
        journal.runs.settled(journal.run, step.id)
        raise Refused(
            f"“{step.title}” still runs: stop it first (abort), or follow it to its end (continue)."
        )


def stop(journal: Journal, step: PlannedStep) -> str:
    """Stop the step's command, which runs; what is told of it. Raises: Refused when it ended meanwhile; PortFailure."""
    if taken(journal.runs, journal.record, step) is None:
        raise Refused(f"“{step.title}” never began; continue, or leave it.")
    heard = _followed(journal, step, lambda: True)
    if not heard.stopped and journal.runs is not None:
        journal.runs.settled(journal.run, step.id)
        raise Refused(f"“{step.title}” ended by itself; continue, and its outcome is taken.")
    journal.finish(step, "cancelled", f"{heard.told}\nstopped".strip())
    return "; ".join(part for part in (f"{step.title}: stopped", heard.left) if part)


def _judge(
    journal: Journal,
    step: PlannedStep,
    site: Site,
    heard: Heard,
    cancelled: Callable[[], bool],
) -> tuple[Outcome, str]:
    code, said = heard.code, heard.said
    try:
        after = _patiently(step, site, cancelled) if code == 0 else step.look(site)
    except PortFailure as error:
        journal.finish(step, "unknown", f"{heard.told}\n{error}".strip())
        raise
    if after.state == "done":
        journal.finish(step, "done", after.observed)
        return "done", after.observed
    if (step.effect == "reads" or step.traceless) and code == 0:
        seen = said.splitlines()[-1] if said else f"{step.title}: nothing was wrong"
        journal.finish(step, "done", heard.told or seen)
        return "done", f"exit code 0: {seen}" if step.traceless else seen
    if after.state in ("stopped", "ready"):
        journal.finish(step, "stopped", after.observed)
        return "stopped", after.observed
    stopped = cancelled() or heard.stopped
    if stopped or heard.lost or (code == 0 and step.patience):
        what = heard.lost or ("stopped in the middle" if stopped else "its command ended well")
        seen = what if heard.lost else f"{what}; {after.observed}"
        journal.finish(step, "unknown", f"{heard.left}\n{seen}".strip())
        return "unknown", after.observed
    if code == 0:  # it says that all is well, and what is there says otherwise
        journal.finish(step, "failed", f"{heard.told}\n{after.observed}".strip())
        return "failed", after.observed
    last = said.splitlines()[-1] if said else after.observed
    journal.finish(step, "failed", heard.told or f"exit code {code}; {after.observed}")
    return "failed", last


def _patiently(step: PlannedStep, site: Site, cancelled: Callable[[], bool]) -> Standing:
    """How it stands, looked at again while it may still come to show. Raises: PortFailure."""
    until, waiting = time.monotonic() + step.patience, threading.Event()
    while (seen := step.look(site)).state == "not-done" and time.monotonic() < until and not cancelled():
        waiting.wait(min(AGAIN, step.patience))
    return seen


def _command(
    journal: Journal,
    step: PlannedStep,
    argv: Sequence[str],
    site: Site,
    cancelled: Callable[[], bool],
    *,
    back: bool = False,
) -> Heard:
    """Run a command, its intention written first; how it ended. That it could not begin or end is told the same way."""
    ear, root, runs = Ear(partial(journal.line, step)), site.repository.root, journal.runs
    hinders: PortFailure | None = None
    supervised = runs if is_supervised(runs, step, argv) else None
    if supervised is not None:  # before it is written that it begins: its folder is then the newest one
        asked = Asked(journal.run, step.id, tuple(argv), root, step.timeout, journal.case.id, back)
        try:
            supervised.prepare(asked)
        except PortFailure as error:
            hinders = error
    journal.begin(step, argv)
    try:
        if hinders is not None:
            raise hinders
        if supervised is not None:
            supervised.begin(journal.run, step.id)
            return stay(supervised, journal.run, step, ear, cancelled)
        if argv[0] == "git":
            code = site.repository.run(argv, ear.take, cancelled, step.timeout).code
        else:
            code = site.shell.run(argv, root, ear.take, cancelled, step.timeout).code
    except PortFailure as error:
        ear.take(str(error))
        return Heard(-1, ear.said)
    return Heard(code, ear.said)


def _followed(journal: Journal, step: PlannedStep, cancelled: Callable[[], bool]) -> Heard:
    """Stay with a command that was begun before, and hear all of it. Raises: PortFailure."""
    assert journal.runs is not None
    journal.again(step)
    return stay(journal.runs, journal.run, step, Ear(partial(journal.line, step)), cancelled)


def _edit(journal: Journal, step: PlannedStep, site: Site, *, back: bool = False) -> Heard:
    """Write the step's files, or write them back; a file that is as wanted is left alone."""
    journal.begin(step, step.spoken)
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
        return Heard(1, str(error))
    return Heard(0, "")
