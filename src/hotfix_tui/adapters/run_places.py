"""What the folder of a command says: what was asked for, whether it runs, how it ended, what it said last."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hotfix_tui.adapters.processes import Lines
from hotfix_tui.adapters.spool import HEAD, TAIL, Spooled
from hotfix_tui.adapters.starting import why_not
from hotfix_tui.adapters.supervisor import GRACE, start_of
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Asked, Ran

LAST = 16_000
"""Bytes in which the last line is looked for."""


@record(frozen=True, slots=True)
class Caps:
    """How many bytes are kept of what a command writes, and how many seconds it has to end when it is asked to."""

    head: int = HEAD
    tail: int = TAIL
    grace: float = GRACE


class State(dict[str, Any]):
    """One small file of a command's folder; empty when it is not there, or not whole."""

    @classmethod
    def read(cls, path: Path) -> State:
        """What stands in it."""
        try:
            found = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return cls()
        return cls(found) if isinstance(found, dict) else cls()

    @classmethod
    def of(cls, asked: Asked, caps: Caps) -> State:
        """What the supervisor is told; bytes travel as Latin-1, so that none is changed."""
        return cls(
            argv=[os.fsencode(word).decode("latin-1") for word in asked.argv],
            folder=os.fsencode(asked.folder).decode("latin-1"),
            seconds=asked.seconds,
            head=caps.head,
            tail=caps.tail,
            grace=caps.grace,
            incident=asked.incident,
            back=asked.back,
        )

    def number(self, name: str) -> int:
        """A whole number; 0 where there is none."""
        value = self.get(name)
        return value if isinstance(value, int) else 0

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        value = self.get(name)
        return value if isinstance(value, str) else ""


def can_supervise() -> bool:
    """Whether this system tells one process from another that had its number before (proc(5)); no run is found again without."""
    return bool(start_of(os.getpid()))


def written(path: Path, state: State) -> None:
    """Write the file. Raises: OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(state).encode())
        file.flush()
        os.fsync(handle)


def is_alive(pid: int, start: str) -> bool:
    """Whether the process lives that had this number and began then, since this boot of the machine."""
    return bool(pid and start) and start_of(pid) == start


def seen(place: Path, *, followed: bool = False, last: bool = False) -> Ran:
    """How the command in this folder stands; its last line only when it is asked for."""
    claim = State.read(place / "claim")
    lives = is_alive(claim.number("pid"), claim.text("start"))  # before the rest: what is dead writes no more
    ended, started = State.read(place / "exit.json"), State.read(place / "started.json")
    asked = State.read(place / "asked.json")
    process = started.number("pid")
    at = started.get("at")
    why = ended.text("why")
    return Ran(
        "ended" if ended else "running" if lives else "lost" if started else "never",
        back=bool(asked.get("back")),
        pid=process if not ended and is_alive(process, started.text("start")) else 0,
        started=datetime.fromtimestamp(at, UTC) if isinstance(at, float) else None,
        code=ended.number("code"),
        why="stopped" if why == "stopped" else "timeout" if why == "timeout" else "",
        failure=_failure(asked, ended),
        left=tuple(f"pid {pid} ({name})" for pid, name in ended.get("left", ())),
        last=_last(place, ended) if last else "",
        followed=followed,
    )


def _failure(asked: State, ended: State) -> str:
    failure = State(ended.get("failure") or {})
    if not failure:
        return ""
    argv = [os.fsdecode(word.encode("latin-1")) for word in asked["argv"]]
    folder = Path(os.fsdecode(asked.text("folder").encode("latin-1")))
    return str(why_not(argv, folder, failure.number("errno"), entered=failure.text("stage") == "program"))


def _last(place: Path, ended: State) -> str:
    """The last line of what was kept."""
    spooled = Spooled(place)
    end = ended.number("size") if ended else spooled.size()
    spooled.skip(end, behind=LAST, close=LAST)
    lines: list[str] = []
    cut = Lines(lines.append)
    while piece := spooled.read(end):
        cut.feed("out", piece)
    cut.flush()
    return lines[-1] if lines else ""
