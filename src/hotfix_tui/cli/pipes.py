"""A reader that has gone away is no failure."""

from __future__ import annotations

import os
import sys


def let_go_of_stdout() -> None:
    """Nobody reads any more: what is still buffered goes nowhere, quietly."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
