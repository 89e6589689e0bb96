"""A real pseudo-terminal around a program: what it sends is interpreted as a terminal would, keys are bytes."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

DEADLINE = 20.0
"""Seconds after which a condition that never came true fails the test."""


class Terminal:
    """One program on its own controlling terminal."""

    def __init__(
        self, argv: Sequence[str], environ: Mapping[str, str], *, size: tuple[int, int] = (120, 36), cwd: Path
    ) -> None:
        self.columns, self.lines = size
        self.screen = pyte.Screen(self.columns, self.lines)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        """Everything the program wrote."""
        self.master, slave = os.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.pid = os.fork()
        if self.pid == 0:
            _become(argv, environ, slave, cwd)
        self.status: int | None = None
        self._closed: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.status is None and not self._reap():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for handle in (self.master, self._slave):
            if handle not in self._closed:
                os.close(handle)

    # --- what a person does

    def press(self, keys: bytes | str) -> None:
        """Type these keys."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def pour(self, data: bytes, seconds: float = DEADLINE) -> None:
        """Send a lot, taking in what the program writes meanwhile, as a terminal does."""
        end = time.monotonic() + seconds
        left = memoryview(data)
        os.set_blocking(self.master, False)
        try:
            while left:
                assert time.monotonic() < end, f"{len(left)} bytes were not taken within {seconds} s"
                select.select([self.master], [self.master], [], 0.1)
                left = left[self._write(left[:4096]) :]
                self.read(0)
        finally:
            os.set_blocking(self.master, True)

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self.master, data)
        except BlockingIOError:
            return 0

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.columns, self.lines = columns, lines
        self.screen.resize(max(lines, 1), max(columns, 1))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the window."""
        for handle in (self._slave, self.master):
            os.close(handle)
            self._closed.add(handle)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    # --- what is seen

    def read(self, seconds: float = 0.05) -> bytes:
        """Take in what the program wrote, waiting so long for it at most."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        self.sent += data
        self._stream.feed(data)
        return data

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def wait_for(self, wanted: str | Callable[[], bool], seconds: float = DEADLINE) -> None:
        """Read until the text is on the screen, or the condition holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            if wanted in self.text if isinstance(wanted, str) else wanted():
                return
        raise AssertionError(f"{wanted!r} did not come:\n{self.text}")

    def press_until(self, keys: str, wanted: str, often: int = 4) -> None:
        """Type these keys until the text is on the screen: once more after a few seconds in which it did not come."""
        for _ in range(often - 1):
            self.press(keys)
            try:
                self.wait_for(wanted, DEADLINE / often)
            except AssertionError:
                continue
            return
        self.press(keys)
        self.wait_for(wanted)

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing came for so long."""
        end = time.monotonic() + DEADLINE
        while self.read(quiet) and time.monotonic() < end:
            pass

    def wait_end(self, seconds: float = DEADLINE, *, reading: bool = True) -> int:
        """The exit status, 128 + n when it died of signal n, within so many seconds."""
        end = time.monotonic() + seconds
        while not self._reap():
            if time.monotonic() > end:
                raise AssertionError(f"it did not end within {seconds} s:\n{self.text}")
            if reading:
                self.read(0.02)
            else:
                select.select([], [], [], 0.02)
        while reading and self.read(0.05):
            pass
        assert self.status is not None
        return self.status

    def _reap(self) -> bool:
        if self.status is None:
            pid, raw = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(raw)
                self.status = code if code >= 0 else 128 - code
        return self.status is not None

    def attributes(self) -> list[Any]:
        """The terminal's settings now."""
        return termios.tcgetattr(self._slave)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: settings, screen, mouse, cursor."""
        data = bytes(self.sent)
        left = data.rfind(b"\x1b[?1049l") > data.rfind(b"\x1b[?1049h")
        mouse = data.rfind(b"\x1b[?1003l") >= data.rfind(b"\x1b[?1003h")
        return left and mouse and self.attributes() == self.before

    @property
    def stopped(self) -> bool:
        """Whether the program was stopped, and waits to be continued."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def threads(self) -> int:
        """How many threads the program has."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))


def _become(argv: Sequence[str], environ: Mapping[str, str], slave: int, cwd: Path) -> None:
    """In the child: take the terminal and become the program."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for handle in (0, 1, 2):
        os.dup2(slave, handle)
    os.closerange(3, 256)
    os.chdir(cwd)
    os.execve(argv[0], list(argv), dict(environ))


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with these arguments."""
    return [sys.executable, *arguments]
