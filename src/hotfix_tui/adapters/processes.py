"""One process, started in a session of its own: read as it writes, and always ended, with its children."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal, cast

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean

GRACE = 2.0
"""How long, in seconds, a process may take to end after it was asked to."""
ORPHANS = 0.2
"""How long, in seconds, its children may take after it; dead ones stay listed where nobody collects them."""
GLANCE = 0.05
"""How often, in seconds, a silent process is looked at."""

POLITE = 10
"""How much nicer than we are what may take minutes runs."""

Stream = Literal["out", "err"]


@record(frozen=True, slots=True)
class Limits:
    """When a process is ended before it ends by itself."""

    seconds: float
    size: int = 0
    """The most bytes it may write; 0 for any number."""
    cancelled: Callable[[], bool] = lambda: False


@record(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    code: int
    why: Literal["", "cancelled", "timeout", "size"] = ""
    """Why it was ended from outside; empty when it ended by itself."""


def follow(
    process: subprocess.Popen[bytes], limits: Limits, on_chunk: Callable[[Stream, bytes], None]
) -> Ended:
    """Stay with the process until it has ended, handing on what it writes."""
    why: Literal["", "cancelled", "timeout", "size"] = "cancelled"
    try:
        why = _pump(process, limits, on_chunk)
    finally:
        code = _end(process, patient=not why)
    return Ended(code, why)


def _pump(
    process: subprocess.Popen[bytes], limits: Limits, on_chunk: Callable[[Stream, bytes], None]
) -> Literal["", "cancelled", "timeout", "size"]:
    """Hand on all output until both streams close; why it stopped early, if it did."""
    deadline = time.monotonic() + limits.seconds
    size = 0
    with selectors.DefaultSelector() as selector:
        for name, stream in (("out", process.stdout), ("err", process.stderr)):
            selector.register(cast("IO[bytes]", stream), selectors.EVENT_READ, name)
        while selector.get_map():
            if limits.cancelled():
                return "cancelled"
            if time.monotonic() > deadline:
                return "timeout"
            for key, _ in selector.select(GLANCE):
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                    continue
                size += len(chunk)
                on_chunk(key.data, chunk)
            if limits.size and size > limits.size:
                return "size"
    return ""


def _end(process: subprocess.Popen[bytes], *, patient: bool) -> int:
    """The process, its children and its pipes are gone; its exit code."""
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    if patient:
        try:
            return process.wait(GRACE)  # it has closed its output, so it is about to end
        except subprocess.TimeoutExpired:
            pass
    _signal(process.pid, signal.SIGTERM)
    _wait_for(lambda: process.poll() is not None, GRACE)
    _wait_for(lambda: not _signal(process.pid, 0), ORPHANS)
    _signal(process.pid, signal.SIGKILL)
    return process.wait()


def _wait_for(is_so: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)


def _signal(group: int, sign: int) -> bool:
    """Send the signal to the process group; whether there still is one."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def give_way(pid: int) -> None:
    """What began a session of its own lets everybody else go first: keys are answered while all cores are busy.

    Where Linux groups processes by session, the group's own niceness is what counts (sched(7), autogroup).
    """
    nicer = min(os.getpriority(os.PRIO_PROCESS, 0) + POLITE, 19)
    with suppress(OSError):
        os.setpriority(os.PRIO_PGRP, pid, nicer)
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(f"{nicer}\n")


def working_in(folder: Path, name: str) -> tuple[int, ...]:
    """The processes of this name whose working folder is `folder` or one below it, as far as this user can see."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text().strip() == name and (process / "cwd").readlink().is_relative_to(
                folder
            ):
                found.append(int(process.name))
        except OSError:
            continue
    return tuple(sorted(found))


class Lines:
    """Output cut into clean lines as it comes; an endless line is cut, and a progress line counts as one."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._on_line = on_line
        self._rest: dict[Stream, bytes] = {"out": b"", "err": b""}

    def feed(self, stream: Stream, chunk: bytes) -> None:
        """Take what was written and hand on each line that is whole."""
        text = self._rest[stream] + chunk.replace(b"\r", b"\n")
        *whole, rest = text.split(b"\n")
        self._rest[stream] = rest[-16_000:]
        for line in whole:
            if line.strip():
                self._on_line(clean(line))

    def flush(self) -> None:
        """Hand on what was left without a line's end."""
        for stream in self._rest:
            self.feed(stream, b"\n")
