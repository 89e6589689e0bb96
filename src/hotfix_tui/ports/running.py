"""Commands that outlive the console, as a contract: begun under a supervisor, followed, found again, stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Asked:
    """A command that a step of an operation's run wants."""

    run: str
    step: str
    argv: Sequence[str]
    folder: Path
    seconds: float
    """After how many seconds it is stopped."""
    incident: str = ""
    back: bool = False
    """Whether it takes the step back."""


@record(frozen=True, slots=True)
class Ran:
    """A step's newest command, as it is found. Texts are untrusted."""

    state: Literal["never", "running", "ended", "lost"]
    """It never began; it runs under its supervisor; it ended, and how is known; it began, and nobody knows how it ended."""
    back: bool = False
    pid: int = 0
    """Its process while that lives, else 0."""
    started: datetime | None = None
    code: int = 0
    """Its exit code, -n after signal n."""
    why: Literal["", "stopped", "timeout"] = ""
    """Why it was ended from outside; empty when it ended by itself."""
    failure: str = ""
    """Why it could not begin, as a sentence; empty when it could."""
    left: tuple[str, ...] = ()
    """The processes that still held its output when it had ended."""
    last: str = ""
    """The last line of its output."""
    followed: bool = False
    """Whether another process takes its outcome."""


class LeftRunning(BaseException):
    """This process ends while a command runs on: nobody waits for it, and nobody says how it ended."""


class Runs(Protocol):
    """The commands of operations' runs on this machine. Each method raises PortFailure. Runs off the event loop."""

    def prepare(self, asked: Asked) -> None:
        """It can begin: what may be said against its words is said now, and this process takes its outcome."""
        ...

    def begin(self, run: str, step: str) -> None:
        """Start what was prepared, under its supervisor; it begins at most once."""
        ...

    def take(self, run: str, step: str) -> Ran | None:
        """The newest command of this step, whose outcome this process takes from now on; None where none was prepared.

        One that had not begun never will. Raises: PortFailure when another process takes its outcome.
        """
        ...

    def follow(
        self, run: str, step: str, on_line: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Ran:
        """Its lines from the first on, until it has ended; it is stopped when `cancelled` answers True.

        Raises: LeftRunning after `leave`.
        """
        ...

    def find(self, run: str, step: str) -> Ran | None:
        """The newest command of this step, looked at only."""
        ...

    def settled(self, run: str, step: str) -> None:
        """Its outcome is recorded, or this process does not take it any more."""
        ...

    def leave(self) -> None:
        """Whoever follows a command goes; the commands run on."""
        ...

    def tidy(self, before: datetime, is_kept: Callable[[str], bool]) -> None:
        """Take the output of runs away that ended before that moment, where their incident, by its id, is not kept."""
        ...
