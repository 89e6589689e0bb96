"""Durations as people write and read them: "30m", "2h", "48h", "7d"; "3h31m", "-0h12m"."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PART = re.compile(r"(\d{1,6})([smhd])")
_WHOLE = re.compile(r"(?:\d{1,6}[smhd])+")
LONGEST = timedelta(days=366)


def parse_duration(text: str) -> timedelta:
    """The duration written as `text`, for example "90m" or "1h30m".

    Raises: ValueError with a sentence when it is not one, is zero, or is longer than a year.
    """
    if not _WHOLE.fullmatch(text):
        raise ValueError('write a duration such as "30m", "2h", "1h30m" or "7d"')
    total = timedelta(seconds=sum(int(n) * _UNITS[unit] for n, unit in _PART.findall(text)))
    if not timedelta(0) < total <= LONGEST:
        raise ValueError("a duration is longer than zero and at most 366 days")
    return total


def spoken(duration: timedelta) -> str:
    """The duration in at most two units, rounded down to minutes: "0m", "59m", "3h31m", "2d4h"; "-" when negative."""
    seconds = int(duration.total_seconds())
    sign, minutes = ("-", -seconds // 60) if seconds < 0 else ("", seconds // 60)
    if minutes < 60:
        return f"{sign}{minutes}m"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{sign}{hours}h{rest:02d}m" if rest else f"{sign}{hours}h"
    days, rest = divmod(minutes, 24 * 60)
    return f"{sign}{days}d{rest // 60}h" if rest >= 60 else f"{sign}{days}d"
