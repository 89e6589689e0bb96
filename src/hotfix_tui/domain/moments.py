"""Moments as people write them: 03:10, @03:10, -12m, 2026-11-21T03:10Z; all in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hotfix_tui.domain.durations import parse_duration, spoken
from hotfix_tui.domain.errors import Refused

SKEW = timedelta(minutes=5)
"""How far in the future a person may place a moment: clocks differ a little."""
LONG_AGO = timedelta(days=366)
"""How far back a person may place a moment: anything older is a slip of the pen."""

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)Z?")


def parse_moment(text: str, now: datetime) -> datetime:
    """The moment that `text` names, seen from `now`: a time of day is the last one that has passed.

    Raises: Refused with a sentence when it names none.
    """
    bare = text.strip().removeprefix("@")
    clock = _CLOCK.fullmatch(bare)
    if clock:
        today = now.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
        return today if today <= now + SKEW else today - timedelta(days=1)
    try:
        if bare.startswith("-"):
            return now - parse_duration(bare[1:])
        moment = datetime.fromisoformat(bare)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"“{text.strip()}” is no time; write 03:10, -12m or 2026-11-21T03:10Z.") from None


_LEADING = re.compile(r"\s*(@\S+|-\d+[smhd](?:\d+[smhd])*)\s+(.*)", re.DOTALL)
_ALONE = re.compile(r"\s*(@\S+|-\d+[smhd](?:\d+[smhd])*)\s*")


def note_moment(text: str, now: datetime) -> tuple[str, datetime | None]:
    """A note's words, and the moment that `@03:10` or `-12m` at its beginning dates it back to.

    Raises: Refused when what follows "@" is no time.
    """
    match = _LEADING.fullmatch(text)
    if match is None:
        return text, None
    return match[2], parse_moment(match[1], now)


def moment_of(text: str, now: datetime) -> datetime | None:
    """The moment that a text names; None for "now". Raises: Refused when it is none, or an impossible one."""
    if text.strip().casefold() == "now":
        return None
    moment = parse_moment(text, now)
    possible(moment, now)
    return moment


def possible(
    at: datetime | None,
    now: datetime,
    what: str = "That moment",
    hint: str = "give the time when it happened",
) -> None:
    """Raises: Refused when something cannot have happened at this moment: ahead of us, or more than a year ago."""
    if at is not None and at > now + SKEW:
        raise Refused(f"{what} lies in the future; {hint}.")
    if at is not None and at < now - LONG_AGO:
        raise Refused(f"{what} lies more than a year back; {hint}.")


def understood(text: str, now: datetime) -> str:
    """When a note will be written down as having happened: "will be written at 03:10Z, 4m ago".

    Raises: Refused when what it begins with is no possible time, or no words follow.
    """
    alone = _ALONE.fullmatch(text)
    moment = parse_moment(alone[1], now) if alone else note_moment(text, now)[1]
    possible(moment, now)
    said = f"will be written at {told(moment or now, now)}"
    if alone:
        raise Refused(f"{said}; now write the words.")
    return said


def told(moment: datetime, now: datetime) -> str:
    """A moment as people say it: the time, the day where it is another one, and how long ago."""
    ago = f"{spoken(now - moment)} ago" if now - moment >= timedelta(minutes=1) else "now"
    return f"{clock(moment, now)}, {ago}"


def clock(moment: datetime, now: datetime) -> str:
    """The time of day, with the day where it is another one: "23:59Z yesterday"."""
    days = (now.date() - moment.date()).days
    day = {0: "", 1: " yesterday", -1: " tomorrow"}.get(days, f" on {moment:%Y-%m-%d}")
    return f"{moment:%H:%MZ}{day}"
