"""Moments as people write them: 03:10, @03:10, -12m, 2026-11-21T03:10Z; all in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hotfix_tui.domain.durations import parse_duration
from hotfix_tui.domain.errors import Refused

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)Z?")


def parse_moment(text: str, now: datetime) -> datetime:
    """The moment that `text` names, seen from `now`: a time of day is the last one that has passed.

    Raises: Refused with a sentence when it names none.
    """
    bare = text.strip().removeprefix("@")
    clock = _CLOCK.fullmatch(bare)
    if clock:
        today = now.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
        return today if today <= now + timedelta(minutes=5) else today - timedelta(days=1)
    try:
        if bare.startswith("-"):
            return now - parse_duration(bare[1:])
        moment = datetime.fromisoformat(bare)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"“{text.strip()}” is no time; write 03:10, -12m or 2026-11-21T03:10Z.") from None


_LEADING = re.compile(r"\s*(@\S+|-\d+[smhd](?:\d+[smhd])*)\s+(.*)", re.DOTALL)


def note_moment(text: str, now: datetime) -> tuple[str, datetime | None]:
    """A note's words, and the moment that `@03:10` or `-12m` at its beginning dates it back to.

    Raises: Refused when what follows "@" is no time.
    """
    match = _LEADING.fullmatch(text)
    if match is None:
        return text, None
    return match[2], parse_moment(match[1], now)
