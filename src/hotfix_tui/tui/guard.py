"""Ends the console cleanly on signals and when the terminal vanishes, and hard when it does not end by itself."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable
from typing import Any, NoReturn

GRACE_SECONDS = 3.0
OUTPUT_THREAD = "textual-output"
"""The name of the thread that writes to the terminal; alive after the end only when it is stuck."""
SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
LEAVE = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse off
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?7h"  # focus, paste, resize, keyboard, wrap
    "\x1b[?1049l\x1b[?25h\x1b[0m"  # the screen from before, the cursor, no colour
)
"""Everything that gives the terminal back as it was (RELIABILITY.md §7.1)."""


class ExitGuard:
    """Watches from the start of the console to its end."""

    def __init__(self, request_exit: Callable[[int], None]) -> None:
        """`request_exit` is called with the signal's number, once, from any thread."""
        self._request_exit = request_exit
        self._done = threading.Event()
        self.signal = 0
        """The signal that ended the console; 0 for none."""
        self._saved: list[Any] | None = None

    def install(self) -> None:
        """Take the signals and watch the terminal; ignored signals are taken too."""
        try:
            self._saved = termios.tcgetattr(0)
        except (termios.error, OSError):
            self._saved = None
        for number in SIGNALS:
            signal.signal(number, lambda signum, _: self.fire(signum))
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        threading.Thread(target=self._watch, name="terminal-watch", daemon=True).start()

    def end(self) -> None:
        """The console has ended by itself: nothing is left to guard."""
        self._done.set()

    def leave(self) -> NoReturn:
        """End the process at once: a terminal that takes nothing would hold the interpreter's own farewell."""
        if any(thread.name == OUTPUT_THREAD and thread.is_alive() for thread in threading.enumerate()):
            give_terminal_back(self._saved)
        os._exit(128 + self.signal)

    def fire(self, signum: int) -> None:
        """Ask the console to end, and begin the countdown to a hard end."""
        if self.signal:
            return
        self.signal = signum
        threading.Thread(target=self._deadline, name="exit-deadline", daemon=True).start()
        self._request_exit(signum)

    def gone(self) -> None:
        """The terminal has vanished."""
        self.fire(signal.SIGHUP)

    def _watch(self) -> None:
        poll = select.poll()
        poll.register(0, 0)
        lost = select.POLLHUP | select.POLLERR | select.POLLNVAL
        while not self._done.is_set():
            if any(event & lost for _, event in poll.poll(1000)):
                self.gone()
                return

    def _deadline(self) -> None:
        if not self._done.wait(GRACE_SECONDS):
            give_terminal_back(self._saved)
            os._exit(128 + self.signal)


def give_terminal_back(saved: list[Any] | None) -> None:
    """Restore the terminal without waiting for it: it may take nothing any more."""
    try:
        termios.tcflush(0, termios.TCOFLUSH)
        if saved is not None:
            termios.tcsetattr(0, termios.TCSANOW, saved)
        assert sys.__stderr__ is not None
        handle = sys.__stderr__.fileno()
        os.set_blocking(handle, False)
        os.write(handle, LEAVE.encode())
    except (termios.error, OSError):
        return
