"""A program in a pseudo-terminal, timed: nothing is interpreted, so the processor is left to the program."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")
GAP = 0.08
"""Seconds of silence after which a key's output counts as settled."""
SETTLED = 0.25
"""Seconds of silence after which the first screen counts as settled."""
SCREEN, TICK = 3000, 120
"""Bytes that a first screen surely has, and that a tick surely has not."""
CLOCK = re.compile(rb"(?:\x1b\[\?2026h)?\x1b\[1;\d{2,3}H")
"""How the output of a tick begins: the clock stands at the right of the first line."""


PLACED = re.compile(rb"(?=\x1b\[\d+;\d+H)")
WRITES = re.compile(rb"\x1b\[(?!1;)\d+;\d+H.")
"""How it begins that something is written below the first line."""
LOST = 3.0
"""Seconds after which a key is lost."""


class DeadKey(Exception):
    """A key brought nothing, or only the clock's tick: what was measured would not be the key."""


def is_tick(data: bytes) -> bool:
    """Whether this output is the clock's tick and nothing else."""
    return len(data) <= TICK and CLOCK.match(data) is not None


def spots(data: bytes) -> frozenset[bytes]:
    """What is written at each place of the screen; the first line, with the clock, aside."""
    parts = (part.strip() for part in PLACED.split(data))
    return frozenset(part for part in parts if WRITES.match(part))


class Session:
    """One run of a program at 120x36."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], cwd: Path) -> None:
        self.started = time.perf_counter()
        self.pid, self.master = os.forkpty()
        if self.pid == 0:
            os.chdir(cwd)
            os.execve(argv[0], list(argv), dict(environ))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; empty when nothing does."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        try:
            return os.read(self.master, 65536) if ready else b""
        except OSError:
            return b""

    def settle(self) -> float:
        """Milliseconds from the start to the last output before the silence; ticks of a clock do not count."""
        last, count = time.perf_counter(), 0
        while True:
            data = self.read(SETTLED if count > SCREEN else 20)
            count += len(data)
            now = time.perf_counter()
            if len(data) > TICK or count <= SCREEN:
                last = now
            elif not data or now - last > SETTLED:
                return (last - self.started) * 1000

    def quieten(self) -> None:
        """Let pass what comes after the first screen: git, a log; four seconds at most."""
        while self.read(1.5) and time.perf_counter() - self.started < 4:
            pass

    def key(self, keys: bytes) -> tuple[float, int]:
        """Press keys: milliseconds to the last byte before the silence, and the bytes, without a tick's.

        Raises: DeadKey when nothing comes of it within a second.
        """
        began = last = time.perf_counter()
        os.write(self.master, keys)
        count = 0
        while (left := (last + GAP if count else began + 1.0) - time.perf_counter()) > 0:
            data = self.read(left)
            if data and not is_tick(data):
                count += len(data)
                last = time.perf_counter()
        if not count:
            raise DeadKey(f"The key {keys!r} brings nothing but ticks; there is nothing to measure.")
        return (last - began) * 1000, count

    def written(self, keys: bytes) -> frozenset[bytes]:
        """Press keys; what is written where, until it is silent."""
        os.write(self.master, keys)
        data = b""
        while more := self.read(GAP):
            data += more
        return spots(data)

    def wait_for(self, words: bytes) -> None:
        """Until these words were written. Raises: DeadKey when they are not, within twenty seconds."""
        until, data = time.perf_counter() + 20, b""
        while words not in data:
            if time.perf_counter() > until:
                raise DeadKey(f"{words!r} did not come.")
            data += self.read(0.1)

    def waited(self, keys: bytes, wanted: frozenset[bytes]) -> float:
        """Press keys: milliseconds until all of `wanted` has come, whatever else comes with it.

        Raises: DeadKey when it has not come within three seconds.
        """
        began = time.perf_counter()
        os.write(self.master, keys)
        data = b""
        while time.perf_counter() - began < LOST:
            data += self.read(0.05)
            if all(part in data for part in wanted):
                return (time.perf_counter() - began) * 1000
        raise DeadKey(f"The key {keys!r} did not bring what it brought before.")

    def idle(self, seconds: float) -> tuple[list[int], float]:
        """The bytes of each burst while nothing is pressed, and the processor's share in per cent."""
        bursts: list[int] = []
        began, cpu = time.perf_counter(), self.cpu
        while (left := began + seconds - time.perf_counter()) > 0:
            burst = len(self.read(left))
            while data := self.read(0.01):
                burst += len(data)
            if burst:
                bursts.append(burst)
        return bursts, (self.cpu - cpu) / seconds * 100

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def starved(self) -> float:
        """Milliseconds for which it, or we who watch it, could have run and others had the processor, so far."""
        told = (Path(f"/proc/{pid}/schedstat").read_text().split() for pid in (self.pid, os.getpid()))
        return sum(int(fields[1]) for fields in told) / 1e6

    @property
    def peak_mb(self) -> float:
        """The most memory it ever held."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
