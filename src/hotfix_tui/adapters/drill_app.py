"""The application of a drill: it writes a log like that of a small service with a fault, and ends by itself.

Run as `python -m hotfix_tui.adapters.drill_app LOG SECONDS PARENT`; PARENT is 0 when nobody is waited for.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

LOCK = "keyhole.lock"
PAUSE = 0.7
"""Seconds between two lines."""
BEFORE = 24
"""How many lines tell of the time before the drill, so that the log does not begin empty."""

USUAL = (
    ("INFO", "agent: unlocked /home/ana/.keyhole in 41 ms"),
    ("INFO", "agent: get TOKEN ok 3 ms"),
    ("DEBUG", "cache: 12 entries, 0 stale"),
    ("INFO", "agent: list ok 2 ms, 12 names"),
    ("INFO", "agent: healthy, 4 clients"),
)
FAULT = (
    ("INFO", "agent: set TOKEN, vault “/home/bo/My Vault/secrets”"),
    ("WARN", "path: “/home/bo/My Vault/secrets” was cut at its first space"),
    ("ERROR", "vault: wrote 212 bytes to /home/bo/My, which is no vault (#42)"),
)
HOSTILE = (
    "WARN",
    "agent: name from a client: \x1b]52;c;cHduZWQ=\x07\x1b[31m[@click=app.quit]press here[/] <b>bold</b> \u202egnp.exe",
)
"""What a stranger can make an application write; the console shows it as text."""

FAULT_EVERY, HOSTILE_EVERY = 12, 40


def lines() -> Iterator[tuple[str, str]]:
    """Level and text of every line, for ever."""
    for number in count(1):
        if number % HOSTILE_EVERY == 20:
            yield HOSTILE
        elif number % FAULT_EVERY == 0:
            yield from FAULT
        else:
            yield USUAL[number % len(USUAL)]


def stamped(at: datetime, level: str, text: str) -> bytes:
    """The line as it stands in the log."""
    return f"{at:%Y-%m-%dT%H:%M:%S}Z {level:<5} {text}\n".encode()


def run(log: Path, seconds: float, parent: int) -> None:
    """Write until the time is over, the log is gone, or `parent` (0 for nobody) is."""
    from hotfix_tui.adapters.clock import clock_from

    clock, ends = clock_from(os.environ), time.monotonic() + seconds
    source = lines()
    with log.open("ab", buffering=0) as file:
        now = clock.now()
        for number in range(BEFORE, 0, -1):
            file.write(stamped(now - timedelta(seconds=number * 9), *next(source)))
        while time.monotonic() < ends and log.exists() and parent in (0, os.getppid()):
            file.write(stamped(clock.now(), *next(source)))
            time.sleep(PAUSE)


def main() -> None:
    """Run unless another application of the same drill does."""
    log, seconds, parent = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    handle = os.open(log.with_name(LOCK), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        run(log, seconds, parent)
    except OSError:  # another one runs, or the sandbox is gone: either way there is nothing to do
        return


if __name__ == "__main__":
    main()
