"""The terminal is the console's alone: what anything else in the process writes on descriptor 2 goes into the log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_terminal(log: Path) -> Iterator[None]:
    """Give the terminal another descriptor, which `sys.__stderr__` is meanwhile, and 2 to the log (fault row 39).

    A library's C code, the interpreter's last words and a program that inherits our descriptors know only 2.
    """
    before = sys.__stderr__
    assert before is not None
    before.flush()
    with os.fdopen(os.dup(2), "w", encoding=before.encoding, errors=before.errors) as terminal:
        _send(log)
        sys.__stderr__ = terminal  # type: ignore[misc]  # the very name that Textual's driver draws on
        try:
            yield
        finally:
            sys.__stderr__ = before  # type: ignore[misc]
            terminal.flush()
            os.dup2(terminal.fileno(), 2)


def _send(log: Path) -> None:
    """Point descriptor 2 to the log; to nowhere where it cannot be written."""
    try:
        sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 2)
    os.close(sink)
