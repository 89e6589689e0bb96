"""The clocks: the system's, and one that stands still for pictures and demonstrations."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hotfix_tui.domain.errors import Refused
from hotfix_tui.ports import Clock

_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The counter that no wall-clock change touches; it goes on while the machine sleeps, where there is such a one."""


class SystemClock:
    """Wall time at the start plus what has passed since: a wall clock that jumps moves nothing here."""

    def __init__(self) -> None:
        self._wall = datetime.now(UTC)
        self._start = time.clock_gettime(_COUNTER)

    def now(self) -> datetime:
        """The present moment in UTC."""
        return self._wall + timedelta(seconds=time.clock_gettime(_COUNTER) - self._start)

    def drift(self) -> timedelta:
        """How far the machine's wall clock has jumped ahead of ours since the start."""
        return datetime.now(UTC) - self.now()


class FrozenClock:
    """A clock that shows one moment until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)
        self._drift = timedelta(0)

    def now(self) -> datetime:
        """The moment it shows."""
        return self._moment

    def move(self, by: timedelta) -> None:
        """Show a later moment."""
        self._moment += by

    def drift(self) -> timedelta:
        """How far the machine's clock was set away from it."""
        return self._drift

    def set_wall(self, by: timedelta) -> None:
        """The machine's clock was changed by so much; this one goes on as it was."""
        self._drift += by


def clock_from(environ: Mapping[str, str]) -> Clock:
    """The clock that HOTFIX_NOW asks for, else the system's. Raises: Refused when HOTFIX_NOW is no time."""
    text = environ.get("HOTFIX_NOW", "")
    if not text:
        return SystemClock()
    try:
        moment = datetime.fromisoformat(text)
        if not 1971 <= moment.year < 2199:  # what an event can say, and room to count from there
            raise ValueError
    except ValueError:
        raise Refused(f"HOTFIX_NOW is “{text}”; write a moment such as 2026-11-21T03:14:00Z.") from None
    return FrozenClock(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
