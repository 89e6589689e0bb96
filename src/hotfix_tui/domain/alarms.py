"""Alarms: clocks that near or pass their limits ring, again and again, until somebody answers or snoozes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from hotfix_tui.domain.clocks import SOON, Countdown, PhaseClock, clocks
from hotfix_tui.domain.deadlines import deadlines
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.escalation import untaken
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.promises import owed
from hotfix_tui.domain.record import record

Level = Literal["soon", "over-target", "over-limit", "promise-due", "escalation-due"]
ORDER: tuple[Level, ...] = ("over-limit", "escalation-due", "promise-due", "over-target", "soon")
"""The levels, the worst first."""


@record(frozen=True, slots=True)
class Alarm:
    """A clock that wants somebody's attention."""

    clock: str
    """What it is about: "update", "phase.fix", "promise.users", "escalate.team"."""
    level: Level
    text: str
    """The sentence that says it; untrusted text."""
    since: datetime
    """When it came to this level."""

    @property
    def id(self) -> str:
        """Its name when it is snoozed: a worse level is another alarm, and rings again."""
        return f"{self.clock}:{self.level}"


@record(frozen=True, slots=True)
class Ring:
    """An alarm that is not snoozed, and how often it has rung: 0 for the first time, then once a nag."""

    alarm: Alarm
    since: datetime
    """Since when it counts its nags: its beginning, or the end of its rest."""
    nag: int


def alarms(incident: Incident, playbook: Playbook, now: datetime) -> tuple[Alarm, ...]:
    """Every alarm at `now`, snoozed or not, the worst first; of a resolved incident only what it still owes."""
    found = [*people_alarms(incident, playbook, now)]
    if incident.status != "closed":
        for one in deadlines(incident, playbook):
            found += _limit(f"item.{one.name.partition(' ')[0]}", one.name, one, now)
    if incident.ended_at is None:
        times = clocks(incident, playbook, now)
        found += _limit("respond", "first response", times.respond, now)
        found += _limit("resolve", "resolution", times.resolve, now)
        found += _limit("limit", "the total", times.limit, now)
        found += _limit("target", "the total target", times.target, now, over="over-target")
        found += _limit("update", "update", times.update, now, over="promise-due")
        found += _phase(times.current, now)
    return tuple(sorted(found, key=lambda alarm: (ORDER.index(alarm.level), alarm.since)))


def people_alarms(incident: Incident, playbook: Playbook, now: datetime) -> tuple[Alarm, ...]:
    """The alarms of messages that are owed and of rungs that nobody took; they are risks, too."""
    found: list[Alarm] = []
    for one in owed(incident, playbook):
        found += _near(one.id, "promise-due", one.text, one.since, one.due, now)
    for step in untaken(incident, playbook):
        told = f"escalate: {step.rung.title},"
        found += _near(f"escalate.{step.rung.id}", "escalation-due", told, step.since, step.due, now)
    return tuple(found)


def _near(
    clock: str, over: Level, told: str, since: datetime, due: datetime, now: datetime
) -> tuple[Alarm, ...]:
    """The alarm of something that must be done by a moment, told by when it is due."""
    if now >= due:
        late = now - due
        ago = f"{spoken(late)} ago" if late >= timedelta(minutes=1) else "now"
        return (Alarm(clock, over, f"{told} due {ago}", due),)
    soon = since + (due - since) * SOON
    return (Alarm(clock, "soon", f"{told} due in {spoken(due - now)}", soon),) if now >= soon else ()


def _limit(
    clock: str, name: str, countdown: Countdown | None, now: datetime, *, over: Level = "over-limit"
) -> tuple[Alarm, ...]:
    if countdown is None:
        return ()
    if now >= countdown.due:
        return (Alarm(clock, over, f"{name} is overdue by {spoken(now - countdown.due)}", countdown.due),)
    soon = countdown.since + (countdown.due - countdown.since) * SOON
    left = spoken(countdown.due - now)
    return (Alarm(clock, "soon", f"{name} due in {left}", soon),) if now >= soon else ()


def _phase(current: PhaseClock | None, now: datetime) -> tuple[Alarm, ...]:
    if current is None or not current.alarm:
        return ()
    phase = current.phase
    target, maximum = phase.target or timedelta(0), phase.maximum or timedelta(0)
    words: dict[Level, tuple[str, timedelta]] = {
        "soon": ("is near its target", target * SOON),
        "over-target": ("is over its target", target),
        "over-limit": ("is over its maximum", maximum),
    }
    told, limit = words[current.alarm]
    since = now - (current.spent - limit)
    return (Alarm(f"phase.{phase.id}", current.alarm, f"phase {current.number} {told}", since),)


def ringing(incident: Incident, playbook: Playbook, now: datetime) -> tuple[Ring, ...]:
    """The alarms that are not snoozed, the worst first.

    One rings when it begins, then every `nag_every`, at most `nags` times more; a rest begins that count anew.
    """
    every = max(playbook.alarms.nag_every, timedelta(minutes=1))
    found = []
    for alarm in alarms(incident, playbook, now):
        since, rest = alarm.since, incident.snoozes.get(alarm.id)
        if rest is not None and rest.at >= alarm.since:
            if now < rest.until:
                continue
            since = rest.until
        found.append(Ring(alarm, since, min(max((now - since) // every, 0), playbook.alarms.nags)))
    return tuple(found)
