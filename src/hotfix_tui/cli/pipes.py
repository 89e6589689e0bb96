"""The streams of a process, and the signals that end it: a reader that has gone away is no failure."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn


def let_go_of_stdout() -> None:
    """Nobody reads any more: what is still buffered goes nowhere, quietly."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return


def prepare_streams() -> None:
    """Characters that a stream cannot carry are replaced, and an ending signal leaves by the usual door."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL and _on_main_thread():
            signal.signal(number, _leave)


def _on_main_thread() -> bool:
    import threading

    return threading.current_thread() is threading.main_thread()


def _leave(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)
