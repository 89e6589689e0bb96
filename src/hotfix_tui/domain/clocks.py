"""Every clock of an incident, as pure functions of (incident, playbook, now)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from hotfix_tui.domain.applying import phases
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Phase, Playbook, Severity
from hotfix_tui.domain.promises import UPDATE, Owed, owed
from hotfix_tui.domain.record import record
from hotfix_tui.domain.windows import moment

State = Literal["waiting", "running", "done", "skipped"]
Alarm = Literal["", "soon", "over-target", "over-limit"]

SOON = 0.75
"""The share of a limit after which it is at risk."""


@record(frozen=True, slots=True)
class Countdown:
    """A moment that approaches: what is due, when, and since when it has been counting."""

    name: str
    """What it limits: "respond", "resolve", "update", "target" or "limit"."""
    since: datetime
    due: datetime

    def left(self, now: datetime) -> timedelta:
        """Time left; negative once it has passed."""
        return self.due - now

    def share(self, now: datetime) -> float:
        """The part of it that is used, 0 and up; above 1 once it has passed."""
        whole = (self.due - self.since).total_seconds()
        return max((now - self.since).total_seconds(), 0.0) / whole if whole > 0 else 1.0


@record(frozen=True, slots=True)
class PhaseClock:
    """One phase's time against its target and maximum."""

    phase: Phase
    number: int
    state: State
    spent: timedelta

    @property
    def alarm(self) -> Alarm:
        """How the spent time stands against target and maximum."""
        if self.phase.maximum and self.spent > self.phase.maximum:
            return "over-limit"
        if self.phase.target and self.spent > self.phase.target:
            return "over-target"
        if self.state == "running" and self.phase.target and self.spent >= self.phase.target * SOON:
            return "soon"
        return ""

    @property
    def left(self) -> timedelta | None:
        """Time to the target, or to the maximum once the target has passed; None when it has neither."""
        if self.phase.target is not None and self.spent <= self.phase.target:
            return self.phase.target - self.spent
        limit = self.phase.maximum or self.phase.target
        return None if limit is None else limit - self.spent


@record(frozen=True, slots=True)
class Clocks:
    """All clocks at one moment; they stand still once the incident has ended, those of its phases once it is closed."""

    now: datetime
    elapsed: timedelta
    phases: tuple[PhaseClock, ...]
    respond: Countdown | None
    """Until the first response; None once somebody responded or where none is asked for."""
    resolve: Countdown | None
    target: Countdown | None
    """The total budget's target."""
    limit: Countdown | None
    """The total budget's maximum."""
    update: Countdown | None
    forecast: datetime | None
    """When the last phase ends at the present pace; None without targets or once ended."""
    owed: tuple[Owed, ...] = ()
    """The messages that are owed, the earliest first; these clocks do not stand still."""

    @property
    def next_update(self) -> Countdown | None:
        """What somebody must be told first: the update, what was promised, or what an event made due."""
        found = [Countdown(one.kind, one.since, one.due) for one in self.owed]
        return min((*filter(None, (self.update,)), *found), key=lambda one: one.due, default=None)

    @property
    def current(self) -> PhaseClock | None:
        """The phase that runs now."""
        return next((clock for clock in self.phases if clock.state == "running"), None)

    @property
    def first_limit(self) -> Countdown | None:
        """The limit that hurts first: resolution or the total maximum."""
        limits = [limit for limit in (self.resolve, self.limit) if limit is not None]
        return min(limits, key=lambda limit: limit.due, default=None)


def clocks(incident: Incident, playbook: Playbook, now: datetime) -> Clocks:
    """The clocks at `now` (S2.PHA.1-9, S2.MET.1); no age is negative, whatever the wall clock did."""
    start = incident.started_at
    phase_clocks = _phases(incident, playbook, max(incident.closed_at or now, start))
    now = max(incident.ended_at or now, start)
    severity = playbook.severity(incident.severity)
    respond = _from(start, "respond", severity.respond if severity else None)
    return Clocks(
        now=now,
        elapsed=now - start,
        phases=phase_clocks,
        respond=None if _responded(incident) else respond,
        resolve=None if with_users(incident, playbook) else _resolve(incident, severity),
        target=_from(start, "target", playbook.budget.target if playbook.budget else None),
        limit=_from(start, "limit", playbook.budget.maximum if playbook.budget else None),
        update=_update(incident, severity.update_every if severity else None),
        forecast=None if incident.ended_at else _forecast(phase_clocks, now),
        owed=owed(incident, playbook),
    )


def _resolve(incident: Incident, severity: Severity | None) -> Countdown | None:
    return _from(incident.started_at, "resolve", severity.resolve if severity else None)


def with_users(incident: Incident, playbook: Playbook) -> datetime | None:
    """When the fix came to users, where the playbook names a moment for that before the end (S0.TRP.1)."""
    return moment(incident, playbook.resolved_when) if playbook.resolved_when else None


def _from(start: datetime, name: str, length: timedelta | None) -> Countdown | None:
    return None if length is None else Countdown(name, start, start + length)


def _responded(incident: Incident) -> bool:
    return bool(incident.sent or "acknowledged" in incident.milestones)


def _update(incident: Incident, every: timedelta | None) -> Countdown | None:
    if every is None or incident.ended_at is not None:
        return None
    since = max((sent.at for sent in incident.sent if sent.template == UPDATE), default=incident.declared_at)
    return Countdown("update", since, since + every)


def _phases(incident: Incident, playbook: Playbook, now: datetime) -> tuple[PhaseClock, ...]:
    return tuple(
        PhaseClock(phase, number, _state(incident, phase), _spent(incident, phase, now))
        for number, phase in enumerate(phases(incident, playbook), start=1)
    )


def _state(incident: Incident, phase: Phase) -> State:
    if incident.phase == phase.id:
        return "running"
    return "done" if phase.id in incident.phases else "waiting"


def _spent(incident: Incident, phase: Phase, now: datetime) -> timedelta:
    record = incident.phases.get(phase.id)
    return record.spent(now) if record else timedelta(0)


def _forecast(phase_clocks: tuple[PhaseClock, ...], now: datetime) -> datetime | None:
    timed = [clock for clock in phase_clocks if clock.phase.target is not None]
    if not timed:
        return None
    rate = pace(phase_clocks)
    left = timedelta(0)
    for clock in timed:
        assert clock.phase.target is not None
        if clock.state == "waiting":
            left += clock.phase.target * rate
        elif clock.state == "running":
            left += max(clock.phase.target * rate - clock.spent, timedelta(0))
    return now + left


def pace(phase_clocks: tuple[PhaseClock, ...]) -> float:
    """Time spent over time planned so far, between a quarter and four times; 1 before anything can be said."""
    spent = planned = timedelta(0)
    for clock in phase_clocks:
        if clock.phase.target is None or clock.state == "waiting":
            continue
        if clock.state == "done" or clock.spent > clock.phase.target:
            spent += clock.spent
            planned += clock.phase.target
    return min(max(spent / planned, 0.25), 4.0) if planned else 1.0
