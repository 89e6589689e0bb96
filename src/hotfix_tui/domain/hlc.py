"""The hybrid logical clock: order that survives wrong wall clocks (RELIABILITY.md §6)."""

from __future__ import annotations

from hotfix_tui.domain.record import record

MAX_AHEAD_MS = 300_000
"""A stamp further ahead of our wall clock than this does not move our clock (milliseconds)."""


@record(frozen=True, slots=True, order=True)
class Stamp:
    """A moment in causal order: wall milliseconds since 1970 UTC, then a counter."""

    ms: int = 0
    counter: int = 0


def tick(last: Stamp, wall_ms: int) -> Stamp:
    """The stamp of the next local event: never before `last`, whatever the wall clock says."""
    return Stamp(wall_ms) if wall_ms > last.ms else Stamp(last.ms, last.counter + 1)


def witness(last: Stamp, seen: Stamp, wall_ms: int) -> Stamp:
    """The newest stamp to tick from after seeing `seen`, ignoring one too far in the future."""
    return last if seen.ms > wall_ms + MAX_AHEAD_MS else max(last, seen)
