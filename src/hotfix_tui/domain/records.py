"""What an incident knows about its parts: frozen rows, each made by one kind of event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class PhaseRecord:
    """The time spent on one phase, over all its visits."""

    first_entered: datetime
    entered: datetime | None
    """When the running visit began; None when it is not running."""
    left: datetime | None = None
    banked: timedelta = timedelta(0)
    """Time of the finished visits."""
    reason: str = ""
    """Why its gate was overridden."""

    def spent(self, now: datetime) -> timedelta:
        """Time spent until `now`; never negative, whatever the clock does."""
        running = max(now - self.entered, timedelta(0)) if self.entered else timedelta(0)
        return self.banked + running


@record(frozen=True, slots=True)
class Evidence:
    """Something that shows an item was really done."""

    form: str
    text: str
    ok: bool
    at: datetime
    event: str


@record(frozen=True, slots=True)
class ItemRecord:
    """What was said about an item: its mark, why, its value and its evidence."""

    mark: str = "open"
    reason: str = ""
    value: str = ""
    at: datetime | None = None
    by: str = ""
    evidence: tuple[Evidence, ...] = ()
    checked: tuple[datetime, ...] = ()
    """When a recurring item was checked, in order."""


@record(frozen=True, slots=True)
class Approval:
    """An approval that was given."""

    role: str
    person: str
    how: str
    at: datetime


@record(frozen=True, slots=True)
class Sent:
    """A message that left."""

    template: str
    channel: str
    at: datetime


@record(frozen=True, slots=True)
class Escalation:
    """A rung that was taken: who was reached, and how."""

    rung: str
    person: str
    how: str
    at: datetime


@record(frozen=True, slots=True)
class Snooze:
    """An alarm's rest: since when it is known, and until when it stays quiet."""

    at: datetime
    until: datetime


@record(frozen=True, slots=True)
class StepRecord:
    """A journalled step: "running" until its outcome was written."""

    step: str
    state: str = "waiting"
    argv: tuple[str, ...] = ()
    detail: str = ""
    started: datetime | None = None
    finished: datetime | None = None


@record(frozen=True, slots=True)
class OperationRecord:
    """A journalled operation; "running" until its outcome was written, also over a crash."""

    run: str
    operation: str
    title: str
    parameters: Mapping[str, str]
    steps: tuple[StepRecord, ...]
    item: str
    started: datetime
    state: str = "running"
    detail: str = ""
    finished: datetime | None = None

    @property
    def last_words(self) -> str:
        """How it ended, else the last line of the step that held it up: one line of untrusted text, or none."""
        told = next(
            (s.detail for s in reversed(self.steps) if s.state in ("failed", "stopped", "unknown")), ""
        )
        return self.detail or (told.splitlines() or [""])[-1]
