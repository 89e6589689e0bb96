"""Commands of an operation that outlive the console: run under a supervisor, and found again with their outcome."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.exits import how_ended
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.redact import redact
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Ran, Runs

TOLD_LINES = 50
"""How many of a command's last lines are kept in the journal."""


@record(frozen=True, slots=True)
class Heard:
    """How a command ended, and what was heard of it."""

    code: int
    said: str
    """Its last lines."""
    left: str = ""
    """Which processes it left behind, as a line; empty for none."""
    stopped: bool = False
    """Whether somebody stopped it."""
    lost: str = ""
    """Why nobody knows how it ended, as a sentence; empty where it is known."""

    @property
    def told(self) -> str:
        """All of it, as the journal keeps it."""
        return "\n".join(part for part in (self.left, self.said) if part)


class Ear:
    """Keeps the last lines of a command and hands each on."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._lines: deque[str] = deque(maxlen=TOLD_LINES)
        self._on_line = on_line

    def take(self, line: str) -> None:
        """One more line."""
        self._lines.append(line)
        self._on_line(line)

    @property
    def said(self) -> str:
        """The last lines."""
        return "\n".join(self._lines)


def is_supervised(runs: Runs | None, step: PlannedStep, argv: Sequence[str]) -> bool:
    """Whether the command runs under a supervisor: it changes something, and git does not tell whether it did."""
    return runs is not None and step.effect == "writes" and bool(argv) and argv[0] != "git"


def stay(runs: Runs, run: str, step: PlannedStep, ear: Ear, cancelled: Callable[[], bool]) -> Heard:
    """Follow the step's command to its end, hearing all of it. Raises: PortFailure."""
    ran = runs.follow(run, step.id, ear.take, cancelled)
    if ran.state == "never":
        raise PortFailure(step.title, "it was never begun.")
    if ran.state == "lost":
        return Heard(-1, ear.said, lost=lost(ran, ear.said))
    if ran.failure:
        ear.take(ran.failure)
        return Heard(-1, ear.said)
    if ran.why == "timeout":
        last = f" Its last words: {ear.said.splitlines()[-1]}" if ear.said else ""
        ear.take(f"{step.title}: it took longer than {step.timeout:g} s and was ended.{last}")
    elif not ran.why and how_ended(ran.code):
        ear.take(how_ended(ran.code))
    code = ran.code if ran.why != "timeout" else -1
    return Heard(code, ear.said, _left(ran), stopped=ran.why == "stopped")


def _left(ran: Ran) -> str:
    return f"left behind, still holding its output: {', '.join(ran.left)}" if ran.left else ""


def found(runs: Runs | None, record: OperationRecord | None, step: PlannedStep) -> Ran | None:
    """The command of a step that began and has no outcome yet, looked at only. Raises: PortFailure."""
    if runs is None or record is None or not _is_open(record, step):
        return None
    return runs.find(record.run, step.id)


def is_running(runs: Runs | None, record: OperationRecord | None, step: PlannedStep) -> bool:
    """Whether the step's command runs now. Raises: PortFailure."""
    ran = found(runs, record, step)
    return ran is not None and (ran.state == "running" or (ran.state == "never" and ran.followed))


def _is_open(record: OperationRecord, step: PlannedStep) -> bool:
    return any(s.step == step.id and s.state == "running" for s in record.steps) and record.state == "running"


def taken(runs: Runs | None, record: OperationRecord | None, step: PlannedStep) -> Ran | None:
    """The same, whose outcome this process takes; None also where it never began. Raises: PortFailure."""
    if runs is None or record is None or not _is_open(record, step):
        return None
    ran = runs.take(record.run, step.id)
    return None if ran is None or ran.state == "never" else ran


def standing(runs: Runs | None, record: OperationRecord | None, step: PlannedStep) -> Standing | None:
    """Where the step stands by its own command; None where only the site can tell."""
    with suppress(PortFailure):
        ran = found(runs, record, step)
        if ran is not None and (ran.state != "never" or ran.followed):
            return _told(ran)
    before = next((s for s in record.steps if s.step == step.id), None) if record else None
    if step.traceless and before is not None and before.state == "unknown":
        return Standing("unknown", f"{before.detail}; to continue is to run it again")
    return None


def _told(ran: Ran) -> Standing:
    what = "its way back" if ran.back else "it"
    if ran.state == "ended":
        how = ran.failure or f"exit code {ran.code}"
        return Standing("ended", f"{what} has ended{_since(ran)}: {how}{_last(ran.last)}")
    if ran.state == "lost":
        return Standing("lost", lost(ran, ran.last))
    who = "; another hotfix follows it" if ran.followed else ""
    pid = f" (pid {ran.pid})" if ran.pid else ""
    return Standing("running", f"{what} still runs{pid}{_since(ran)}{_last(ran.last)}{who}")


def lost(ran: Ran, said: str) -> str:
    """That nobody knows how it ended: the machine or its supervisor died before it."""
    alive = f", pid {ran.pid} still runs without its supervisor" if ran.pid else ""
    last = said.splitlines()[-1] if said else ""
    return f"outcome unknown{_since(ran)}{_last(last)}{alive}"


def _since(ran: Ran) -> str:
    return f", started {ran.started:%H:%MZ}" if ran.started else ""


def _last(line: str) -> str:
    return f", last line: {clean(redact(line)[0], NAME)}" if line else ", it has said nothing"
