"""Time, the events' store and logs, as contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from hotfix_tui.domain.events import Event
from hotfix_tui.domain.record import record


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC; never goes back while the process lives."""
        ...

    def drift(self) -> timedelta:
        """How far the machine's wall clock has jumped ahead of this one since the start; negative when back."""
        ...


@record(frozen=True, slots=True)
class Quarantined:
    """A stored entry that could not be read as an event, and why; the rest of its log is usable."""

    incident: str
    position: int
    reason: str
    writer: str = ""
    """Who wrote it, as stored beside it."""
    seq: int = 0
    """Its place among that writer's entries, as stored beside it: the next one comes after it."""
    id: str = ""
    """The hash that its bytes had when they were written."""


@record(frozen=True, slots=True)
class Log:
    """An incident's events as stored, in the order of writing."""

    events: tuple[Event, ...]
    length: int
    """How many entries are stored, the unreadable ones too: what `append` wants as `seen`."""
    quarantined: tuple[Quarantined, ...] = ()


class EventStore(Protocol):
    """Append-only logs of events, one for each incident. Safe to use from any thread."""

    @property
    def writer(self) -> str:
        """The id of this installation, the same for ever."""
        ...

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Store the events, all or none, and return the log's new length; durable once this returns.

        An event whose id is stored already is skipped.
        Raises: StaleWrite when the log's length is not `seen`; PortFailure when they cannot be stored, and none is.
        """
        ...

    def append_decided(self, incident: str, seen: int, decide: Callable[[Log], Sequence[Event]]) -> int:
        """Hand `decide` what was written after the first `seen` entries and store the events that it answers.

        Nobody writes between the reading and the storing, so that this never comes too late. `decide` must be quick
        and ask nothing of the store; what it raises is raised here, and nothing is stored. Else as `append`, and
        StaleWrite only when the log is shorter than `seen`.
        """
        ...

    def read(self, incident: str) -> Log:
        """The incident's log; empty when there is none. Raises: PortFailure."""
        ...

    def incidents(self) -> tuple[str, ...]:
        """The ids of all incidents, oldest first. Raises: PortFailure."""
        ...

    def length(self, incident: str) -> int:
        """How many entries the incident's log has: a cheap question whether somebody wrote. Raises: PortFailure."""
        ...

    def close(self) -> None:
        """Release the store; appends that were acknowledged are kept."""
        ...


class LogSource(Protocol):
    """A growing text that is followed in bounded memory."""

    @property
    def name(self) -> str:
        """What is followed, for showing."""
        ...

    def poll(self) -> tuple[str, ...]:
        """The lines that came since the last call, oldest first, at most a screenful of thousands; never blocks."""
        ...

    def close(self) -> None:
        """Stop following."""
        ...
