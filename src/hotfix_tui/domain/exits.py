"""How a command ended, where its exit code says more than that it failed (RELIABILITY.md row 50)."""

from __future__ import annotations

import signal

_CODES = {
    126: "exit code 126: it, or what it starts, is here and must not be executed",
    127: "exit code 127: it, or what it starts, was not found",
    -signal.SIGKILL: "killed by signal 9: by somebody, or for want of memory",
}


def how_ended(code: int) -> str:
    """What an exit code means that says more than that it failed; else empty."""
    if code in _CODES:
        return _CODES[code]
    if code >= 0:
        return ""
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown"
    return f"ended by signal {-code} ({name})"
