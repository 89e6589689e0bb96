"""Forked children of a test: they start warm, in a millisecond, and may be ended at any moment."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from typing import NoReturn


class Child:
    """A forked process that runs `work` and whatever it says through the function that it is given."""

    def __init__(self, work: Callable[[Callable[[str], None]], object]) -> None:
        self._mouth, ear = os.pipe()
        self._heard = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._mouth)
            _live(work, ear)
        os.close(ear)

    def wait_for_a_word(self) -> None:
        """Return once it has said something."""
        self._heard += os.read(self._mouth, 65536)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)

    def rest(self) -> tuple[list[str], int]:
        """Wait for its end: the whole lines that it said, and its exit code (negative: the signal)."""
        with os.fdopen(self._mouth, "rb") as mouth:
            said = self._heard + mouth.read()
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return said.decode().split("\n")[:-1], code


def _live(work: Callable[[Callable[[str], None]], object], ear: int) -> NoReturn:
    code = 1
    try:
        work(lambda text: _say(ear, text))
        code = 0
    except BaseException:  # noqa: BLE001  (nothing may go up into the test that was forked)
        _say(ear, traceback.format_exc())
    finally:
        os._exit(code)


def _say(ear: int, text: str) -> None:
    os.write(ear, text.encode() + b"\n")


def run(work: Callable[[Callable[[str], None]], object]) -> list[str]:
    """What a child says that ends by itself; its failure is the test's."""
    said, code = Child(work).rest()
    assert code == 0, "\n".join(said)
    return said
