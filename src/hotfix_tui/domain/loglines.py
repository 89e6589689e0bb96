"""What a log line tells: its level, and how many errors the last minutes had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from hotfix_tui.domain.record import record

Level = Literal["error", "warn", ""]

WINDOW = timedelta(minutes=5)
_ERROR = re.compile(
    r"""\b(?:ERROR|FATAL|CRITICAL|SEVERE|EMERG|PANIC|panicked|Traceback)\b
      | \[(?:error|fatal|crit)\] | \blevel=(?:error|fatal|critical)\b | "level":\s?"(?:error|fatal|critical)"
      | ^(?:error|fatal)(?:\[|:)""",
    re.VERBOSE,
)
_WARN = re.compile(
    r"""\b(?:WARN|WARNING)\b|\[warn(?:ing)?\]|\blevel=warn|"level":\s?"warn|^warning(?:\[|:)"""
)
_READ = 400
"""The characters at the beginning of a line in which its level is looked for."""
_STAMP = re.compile(r"\W?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d)?")
_ANY_ZONE = timedelta(hours=14)
"""How far from UTC a clock on a wall can be."""


def level(line: str) -> Level:
    """The level that a line carries by one of the usual words; empty for none."""
    head = line[:_READ]
    if _ERROR.search(head):
        return "error"
    return "warn" if _WARN.search(head) else ""


def is_old(line: str, now: datetime) -> bool:
    """Whether the line itself says that it was written before the last five minutes.

    A time without a zone may be anybody's; such a line is old only when it is so everywhere.
    """
    found = _STAMP.match(line)
    if found is None:
        return False
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC) + _ANY_ZONE
    return moment <= now - WINDOW


@record(frozen=True, slots=True)
class Tally:
    """How many errors came when; only the last five minutes are kept."""

    counts: tuple[tuple[datetime, int], ...] = ()

    def add(self, lines: Sequence[str], now: datetime) -> Tally:
        """The tally after these lines came at `now`; old ones, such as the first ones of a file, do not count."""
        kept = tuple(entry for entry in self.counts if entry[0] > now - WINDOW)
        errors = sum(level(line) == "error" and not is_old(line, now) for line in lines)
        return Tally((*kept, (now, errors))) if errors else Tally(kept)

    def errors(self, now: datetime) -> int:
        """The errors of the five minutes before `now`."""
        return sum(count for at, count in self.counts if at > now - WINDOW)


_DATE = re.compile(r"\d{4}-\d\d-\d\d[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\s+")


def brief(line: str) -> str:
    """The line with a leading date and time cut to the time: a narrow pane needs the words."""
    found = _DATE.match(line)
    return f"{found[1]} {line[found.end() :]}" if found else line
