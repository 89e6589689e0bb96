"""The four answers of one glance: where are we, what is next, how much time is left, what is at risk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from hotfix_tui.domain.alarms import people_alarms
from hotfix_tui.domain.applying import holds_up, is_open, items, labels, phases, procedures, sections
from hotfix_tui.domain.clocks import SOON, Clocks, Countdown, clocks
from hotfix_tui.domain.contacts import outdated_lists
from hotfix_tui.domain.deadlines import deadlines
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.gates import open_fields, warnings
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.proof import told_evidence
from hotfix_tui.domain.record import record
from hotfix_tui.domain.returning import not_back
from hotfix_tui.domain.roles import unfilled
from hotfix_tui.domain.templates import told, values
from hotfix_tui.domain.windows import lasts_until, waits

Step = Literal["", "enter", "decide", "resolve", "close", "export"]
"""The steps between items; empty for an item, and for what can only be waited for."""


@record(frozen=True, slots=True)
class Risk:
    """Something that may go wrong, and what shows it."""

    text: str
    level: Literal["soon", "over"]


@record(frozen=True, slots=True)
class Next:
    """The next thing to do: an item, or a step between items."""

    label: str
    """The item's number, such as "3.4"; empty when it is not an item."""
    text: str
    item: str = ""
    command: tuple[str, ...] = ()
    operation: str = ""
    step: Step = ""
    """What it is where it is no item."""


@record(frozen=True, slots=True)
class Glance:
    """The four answers at one moment."""

    phase_number: int
    """0 when no phase runs."""
    phase_count: int
    phase_title: str
    left: timedelta | None
    """Time to the limit that hurts first; negative once passed, None without one."""
    limit: Countdown | None
    next: Next
    risks: tuple[Risk, ...]
    clocks: Clocks
    now: datetime
    """The moment itself: `clocks.now` stands still once the incident has ended."""


def glance(incident: Incident, playbook: Playbook, now: datetime, facts: tuple[Risk, ...] = ()) -> Glance:
    """The four answers; `facts` are risks that were seen outside, in git for example."""
    times = clocks(incident, playbook, now)
    current = times.current
    limit = times.first_limit
    return Glance(
        phase_number=current.number if current else 0,
        phase_count=len(times.phases),
        phase_title=current.phase.title if current else "",
        left=limit.left(times.now) if limit else None,
        limit=limit,
        next=next_step(incident, playbook, now),
        risks=(*_risks(incident, playbook, times, now), *_people(incident, playbook, now), *facts),
        clocks=times,
        now=now,
    )


def next_step(incident: Incident, playbook: Playbook, now: datetime) -> Next:
    """The first open item of the running phase, else the next phase, else resolve or close."""
    if incident.status == "closed":
        return Next("", "Export the post-mortem", step="export")
    names = labels(incident, playbook)
    order = phases(incident, playbook)
    for procedure in procedures(incident, playbook):
        first = next((i for i in items(incident, procedure) if i.required and is_open(incident, i)), None)
        if first is not None:
            return _do(names[first.id], told(first, values(incident, now)))
    if playbook.rollback_first and not incident.way and incident.status == "active":
        return Next("", playbook.rollback_first.question, step="decide")
    current = next((phase for phase in order if phase.id == incident.phase), None)
    if current is not None:
        left = [item for item in items(incident, current) if is_open(incident, item)]
        if left:
            first = next((item for item in left if not waits(incident, current, item)), left[0])
            return _do(names[first.id], told(first, values(incident, now)))
        until = lasts_until(incident, current)
        if until and now < until:
            return Next("", f"Wait until {until:%m-%d %H:%M}Z: {current.title} lasts at least so long")
        later = order[order.index(current) + 1 :]
        if later:
            return Next("", f"Enter phase {order.index(current) + 2}, {later[0].title}", step="enter")
    else:
        waiting = next((phase for phase in order if phase.id not in incident.phases), None)
        if waiting is not None:
            return Next("", f"Enter phase {order.index(waiting) + 1}, {waiting.title}", step="enter")
    return _LAST[incident.status == "resolved"]


_LAST = (Next("", "Mark it resolved", step="resolve"), Next("", "Close the incident", step="close"))
"""What is left once every phase is through: while it is active, and once it is resolved."""


def _do(label: str, item: Item) -> Next:
    return Next(label, item.text, item.id, item.command, item.operation)


def _risks(incident: Incident, playbook: Playbook, times: Clocks, now: datetime) -> tuple[Risk, ...]:
    found = [*_operations(incident)]
    if incident.ended_at is None:
        found += [*_limits(times, playbook), *_phase(times), *_countdown("update", times.update, times.now)]
        found += _countdown("first response", times.respond, times.now)
    if incident.status != "closed":
        for due in deadlines(incident, playbook):
            found += _countdown(due.name, due, now)
        found += [*_shortfalls(incident, playbook), *_ahead(incident, playbook)]
        found += _empty(incident, playbook)
    found += [*_evidence(incident, playbook), *_blockers(incident, playbook)]
    found += _returning(incident, playbook)
    return tuple(found)


def _people(incident: Incident, playbook: Playbook, now: datetime) -> tuple[Risk, ...]:
    """Whom nobody told or reached, who is not named, and lists of contacts that hold no more."""
    waiting = [
        Risk(alarm.text, "soon" if alarm.level == "soon" else "over")
        for alarm in people_alarms(incident, playbook, now)
    ]
    holes = [*unfilled(incident, playbook)]
    if incident.ended_at is None:
        holes += outdated_lists(playbook, now.date())
    return (*waiting, *(Risk(text, "soon") for text in holes))


def _operations(incident: Incident) -> list[Risk]:
    newest = {record.operation: record for record in incident.operations.values()}
    return [Risk(f"{record.title} failed", "over") for record in newest.values() if record.state == "failed"]


def _limits(times: Clocks, playbook: Playbook) -> list[Risk]:
    found = _countdown("resolution", times.resolve, times.now)
    if times.limit and times.limit.left(times.now) < timedelta(0):
        question = playbook.budget.question if playbook.budget else ""
        found.append(
            Risk(
                f"over the total of {spoken(times.limit.due - times.limit.since)}. {question}".strip(), "over"
            )
        )
    elif times.target and times.target.left(times.now) < timedelta(0):
        found.append(Risk("over the total target", "soon"))
    if times.resolve and times.forecast and times.now <= times.resolve.due < times.forecast:
        found.append(Risk(f"at this pace resolution is passed at {times.resolve.due:%H:%M}Z", "soon"))
    return found


def _phase(times: Clocks) -> list[Risk]:
    current = times.current
    if current is None or current.alarm in ("", "soon"):
        return []
    if current.alarm == "over-limit":
        return [Risk(f"phase {current.number} is over its maximum", "over")]
    return [Risk(f"phase {current.number} is over its target", "soon")]


def _countdown(name: str, countdown: Countdown | None, now: datetime) -> list[Risk]:
    if countdown is None:
        return []
    left = countdown.left(now)
    if left < timedelta(0):
        return [Risk(f"{name} is overdue by {spoken(-left)}", "over")]
    return [Risk(f"{name} due in {spoken(left)}", "soon")] if countdown.share(now) >= SOON else []


@lately()
def _evidence(incident: Incident, playbook: Playbook) -> tuple[Risk, ...]:
    names = labels(incident, playbook)
    return tuple(
        Risk(f"{names[id]} is ticked, but its evidence failed", "over")
        for id, record in incident.items.items()
        if id in names and record.mark == "done" and (given := told_evidence(record)) and not given[-1].ok
    )


def _returning(incident: Incident, playbook: Playbook) -> list[Risk]:
    """That the next release would lose the fix; once nobody works on it any more, it is lost."""
    left = not_back(incident, playbook)
    return [Risk(left, "soon" if incident.status == "active" else "over")] if left else []


@lately()
def _blockers(incident: Incident, playbook: Playbook) -> tuple[Risk, ...]:
    """Open blockers of the running phase and those before it."""
    names = labels(incident, playbook)
    order = phases(incident, playbook)
    numbers = {phase.id: number for number, phase in enumerate(order, start=1)}
    here = numbers.get(incident.phase, 0)
    return tuple(
        Risk(f"{names[item.id]} blocks phase {numbers[item.blocks]}", "soon")
        for phase in order[:here]
        for item in items(incident, phase)
        if item.blocks in numbers and is_open(incident, item)
    )


@lately()
def _shortfalls(incident: Incident, playbook: Playbook) -> tuple[Risk, ...]:
    """Answers that are not what they must be (S3.GAT.3, S4.GAT.6)."""
    names = labels(incident, playbook)
    return tuple(
        Risk(f"{names[item.id]} {item.text} {held}", "over")
        for section in sections(incident, playbook)
        for item in items(incident, section)
        if not is_open(incident, item) and (held := holds_up(incident, item))
    )


def _empty(incident: Incident, playbook: Playbook) -> list[Risk]:
    """What the declaration asks for and nobody filled in (S0.CHK.5)."""
    asked = {field.id for field in playbook.intake}
    left = [field.text for field in open_fields(incident, playbook) if field.id in asked]
    return [Risk(f"not filled in: {', '.join(left)}", "soon")] if left else []


def _ahead(incident: Incident, playbook: Playbook) -> list[Risk]:
    """What gates that only warn say before the next phase."""
    order = [phase.id for phase in phases(incident, playbook)]
    here = order.index(incident.phase) if incident.phase in order else -1
    return [
        Risk(text, "soon")
        for target in order[here + 1 : here + 2]
        for text in warnings(incident, playbook, target)
    ]
