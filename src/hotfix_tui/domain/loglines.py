"""What a log line tells: its level, and how many errors the last minutes had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Level = Literal["error", "warn", ""]

WINDOW = timedelta(minutes=5)
_ERROR = re.compile(r"\b(?:ERROR|FATAL|CRITICAL|PANIC|panicked|Traceback|level=error)\b")
_WARN = re.compile(r"\b(?:WARN|WARNING|level=warn(?:ing)?)\b")
_READ = 400
"""The characters at the beginning of a line in which its level is looked for."""


def level(line: str) -> Level:
    """The level that a line carries by one of the usual words; empty for none."""
    head = line[:_READ]
    if _ERROR.search(head):
        return "error"
    return "warn" if _WARN.search(head) else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many errors came when; only the last five minutes are kept."""

    counts: tuple[tuple[datetime, int], ...] = ()

    def add(self, lines: Sequence[str], now: datetime) -> Tally:
        """The tally after these lines came at `now`."""
        kept = tuple(entry for entry in self.counts if entry[0] > now - WINDOW)
        errors = sum(level(line) == "error" for line in lines)
        return Tally((*kept, (now, errors))) if errors else Tally(kept)

    def errors(self, now: datetime) -> int:
        """The errors of the five minutes before `now`."""
        return sum(count for at, count in self.counts if at > now - WINDOW)
