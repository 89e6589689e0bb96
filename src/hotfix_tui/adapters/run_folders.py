"""The commands of operations' runs: a private folder and a supervisor each, found again by whoever comes next."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from hotfix_tui.adapters.local_shell import QUIET
from hotfix_tui.adapters.locks import is_locked
from hotfix_tui.adapters.processes import Lines
from hotfix_tui.adapters.run_places import Caps, State, is_alive, seen, written
from hotfix_tui.adapters.spool import Spooled
from hotfix_tui.adapters.starting import check_words
from hotfix_tui.adapters.supervisor import GRACE, claim
from hotfix_tui.adapters.umask import of_programs
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Asked, LeftRunning, Ran

SUPERVISOR = Path(__file__).with_name("supervisor.py")
QUICK, SLOW = 0.005, 0.05
"""Seconds between two looks at a command that has just begun, and at one that takes its time."""
PATIENCE = GRACE + 5.0
"""Seconds after which it is told that a command does not end though it was killed."""
_RUN = re.compile(r"[A-Za-z0-9-]{1,64}")


class RunFolders:
    """Commands under supervisors, in `runs/` of the data folder."""

    def __init__(self, folder: Path, caps: Caps | None = None) -> None:
        """Keep everything below `folder`, which is made when it is wanted."""
        self._root = folder
        self._caps = caps or Caps()
        self._locks: dict[Path, int] = {}
        self._supervisors: dict[Path, subprocess.Popen[bytes]] = {}
        self._leaving = False

    def prepare(self, asked: Asked) -> None:
        """Make its folder, and take its outcome. Raises: PortFailure."""
        check_words(asked.argv)
        if not _RUN.fullmatch(asked.run):
            raise PortFailure("Command", f"{clean(asked.run, 80)} is no run of ours.")
        steps = self._root / asked.run
        self._let_go(*(place for place in self._locks if place.parent == steps))
        try:
            self._root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._root.mkdir(mode=0o700, exist_ok=True)
            steps.mkdir(mode=0o700, exist_ok=True)
            number = max((n for n, _ in _numbered(steps, asked.step)), default=0) + 1
            place = steps / f"{quote(asked.step, safe='')}.{number}"
            place.mkdir(mode=0o700)
            written(place / "asked.json", State.of(asked, self._caps))
        except OSError as error:
            raise _broken(error) from error
        self._lock(place)

    def begin(self, run: str, step: str) -> None:
        """Start its supervisor. Raises: PortFailure."""
        place = self._wanted(run, step)
        for old in [old for old, one in self._supervisors.items() if one.poll() is not None]:
            del self._supervisors[old]
        try:
            log = os.open(place / "supervisor.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(log, "wb") as told:
                self._supervisors[place] = subprocess.Popen(
                    [sys.executable, "-I", "-S", str(SUPERVISOR), str(place)],
                    env={**os.environ, **QUIET},
                    stdin=subprocess.DEVNULL,
                    stdout=told,
                    stderr=told,
                    start_new_session=True,
                    umask=of_programs(),
                )
        except OSError as error:
            raise _broken(error) from error

    def take(self, run: str, step: str) -> Ran | None:
        """Take its outcome; what had not begun never will. Raises: PortFailure."""
        place = self._newest(run, step)
        if place is None:
            return None
        self._lock(place)
        try:
            claim(place, 0, "")
        except OSError as error:
            raise _broken(error) from error
        return seen(place)

    def find(self, run: str, step: str) -> Ran | None:
        """Look at it only. Raises: PortFailure."""
        place = self._newest(run, step)
        if place is None:
            return None
        return seen(place, followed=place not in self._locks and is_locked(place / "follower"), last=True)

    def follow(
        self, run: str, step: str, on_line: Callable[[str], None], cancelled: Callable[[], bool]
    ) -> Ran:
        """Stay with it, and read what it writes. Raises: PortFailure when it cannot be stopped; LeftRunning."""
        place = self._wanted(run, step)
        spooled, lines = Spooled(place), Lines(on_line)
        until, wait = 0.0, QUICK
        while True:
            ran = seen(place)
            over = ran.state != "running" and not self._beginning(place, ran)
            _hand_on(spooled, lines, place, on_line, ended=over)
            if over:
                return ran
            if self._leaving:
                raise LeftRunning
            if cancelled() and not until:
                until = time.monotonic() + PATIENCE if self._stop(place) else 0.0
            if until and time.monotonic() > until:
                raise PortFailure("Command", "it was killed and does not end.", f"Look at pid {ran.pid}.")
            time.sleep(wait)
            wait = min(wait * 1.2, SLOW)

    def settled(self, run: str, step: str) -> None:
        """Its outcome is recorded, or nobody here waits for it any more."""
        place = self._newest(run, step)
        if place is not None:
            self._let_go(place)

    def _beginning(self, place: Path, ran: Ran) -> bool:
        """Whether its supervisor is on its way. Raises: PortFailure when it cannot run."""
        child = self._supervisors.get(place)
        if ran.state != "never" or child is None:
            return False
        if child.poll() is None:
            return True
        if seen(place).state != "never":
            return True  # it has come and gone since
        told = (place / "supervisor.log").read_text(errors="replace").strip().splitlines()
        why = clean(told[-1]) if told else f"exit code {child.returncode}"
        raise PortFailure("Command", f"its supervisor cannot run: {why}.", "Nothing was begun.")

    @staticmethod
    def _stop(place: Path) -> bool:
        """Ask the supervisor to stop it; whether there is one that could be asked."""
        state = State.read(place / "claim")
        if not is_alive(state.number("pid"), state.text("start")) or not (place / "started.json").exists():
            return False
        with suppress(ProcessLookupError, PermissionError):
            os.kill(state.number("pid"), signal.SIGTERM)
        return True

    def leave(self) -> None:
        """The console ends: nobody waits any more, and the commands run on."""
        self._leaving = True

    def tidy(self, before: datetime, is_kept: Callable[[str], bool]) -> None:
        """Take away what ended before `before`, of incidents that are not kept. Raises: PortFailure."""
        try:
            for steps in self._root.glob("*"):
                places = [place for place in steps.glob("*.*") if (place / "asked.json").exists()]
                if any(_newer(place, before) or seen(place).state == "running" for place in places):
                    continue
                if not any(is_kept(State.read(place / "asked.json").text("incident")) for place in places):
                    shutil.rmtree(steps)
        except OSError as error:
            raise _broken(error) from error

    # --- places

    def _newest(self, run: str, step: str) -> Path | None:
        if not _RUN.fullmatch(run):
            return None
        return max(_numbered(self._root / run, step), default=(0, None))[1]

    def _wanted(self, run: str, step: str) -> Path:
        place = self._newest(run, step)
        if place is None:
            raise PortFailure("Command", "its folder is not here any more.", "Look yourself what it did.")
        return place

    def _lock(self, place: Path) -> None:
        if place in self._locks:
            return
        try:
            handle = os.open(place / "follower", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _broken(error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise PortFailure(
                "Command", "another hotfix follows it and takes its outcome.", "Look there, or wait for it."
            ) from None
        self._locks[place] = handle

    def _let_go(self, *places: Path) -> None:
        for place in places:
            handle = self._locks.pop(place, -1)
            if handle >= 0:
                os.close(handle)


def _numbered(steps: Path, step: str) -> list[tuple[int, Path]]:
    """The folders of this step's commands with their numbers; the highest is the newest."""
    name = re.compile(re.escape(quote(step, safe="")) + r"\.(\d{1,9})")
    found = ((name.fullmatch(path.name), path) for path in steps.glob("*"))
    return [(int(match[1]), path) for match, path in found if match]


def _newer(place: Path, before: datetime) -> bool:
    return any(path.stat().st_mtime >= before.timestamp() for path in (place, place / "asked.json"))


def _hand_on(
    spooled: Spooled, lines: Lines, place: Path, on_line: Callable[[str], None], *, ended: bool
) -> None:
    """What was written since; of more than anybody reads, the end."""
    told = State.read(place / "exit.json") if ended else State({})
    end = told.number("size") if told else spooled.size()
    spooled.skip(end)
    while piece := spooled.read(end):
        if spooled.passed:
            lines.flush()
            on_line(f"… {spooled.passed:,} bytes are not shown here …")
            spooled.passed = 0
        lines.feed("out", piece)
    if ended:
        lines.flush()
    if told.number("lost"):
        on_line(f"… {told.number('lost'):,} bytes were not kept: the disk took no more …")


def _broken(error: OSError) -> PortFailure:
    why = (error.strerror or str(error)).lower()
    return PortFailure("Command", f"its folder cannot be used: {why}.", "See: hotfix doctor")
