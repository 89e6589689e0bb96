"""What stands between the present phase and another one."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain.applying import is_open, items, labels, phases
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Phase, Playbook


def obstacles(incident: Incident, playbook: Playbook, target: str, now: datetime) -> tuple[str, ...]:
    """The sentences that say why the gate before phase `target` is closed; empty when it is open."""
    order = [phase.id for phase in phases(incident, playbook)]
    names = labels(incident, playbook)
    found: list[str] = []
    current = playbook.phase(incident.phase)
    if current and target in order and current.id in order and order.index(target) > order.index(current.id):
        found += left_behind(incident, playbook, now)
    found += _passed_over(incident, playbook, target)
    for phase in phases(incident, playbook):
        for item in items(incident, phase):
            blocks = (
                item.blocks in order and target in order and order.index(item.blocks) <= order.index(target)
            )
            if blocks and is_open(incident, item):
                found.append(f"{names[item.id]} {item.text} is a blocker")
    return tuple(dict.fromkeys(found))


def left_behind(incident: Incident, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """The sentences that say what leaving the running phase would leave undone; empty when nothing."""
    current = next((phase for phase in phases(incident, playbook) if phase.id == incident.phase), None)
    if current is None:
        return ()
    names = labels(incident, playbook)
    return (*_left_open(incident, current, names), *_wait(incident, current, now))


def _passed_over(incident: Incident, playbook: Playbook, target: str) -> list[str]:
    """Whole phases with required items that lie between what was begun and `target`."""
    order = phases(incident, playbook)
    places = {phase.id: number for number, phase in enumerate(order)}
    furthest = max((places[id] for id in incident.phases if id in places), default=-1)
    return [
        f"phase {places[phase.id] + 1} {phase.title} is passed over"
        for phase in order[furthest + 1 : places.get(target, 0)]
        if any(item.required and is_open(incident, item) for item in items(incident, phase))
    ]


def _left_open(incident: Incident, phase: Phase, names: dict[str, str]) -> list[str]:
    open_items = [names[i.id] for i in items(incident, phase) if i.required and is_open(incident, i)]
    if not open_items:
        return []
    verb = "is" if len(open_items) == 1 else "are"
    return [f"{', '.join(open_items)} {verb} open"]


def _wait(incident: Incident, phase: Phase, now: datetime) -> list[str]:
    record = incident.phases.get(phase.id)
    if phase.minimum_wait is None or record is None:
        return []
    left = phase.minimum_wait - record.spent(now)
    return (
        [f"{phase.title} lasts at least {spoken(phase.minimum_wait)}, {spoken(left)} more"]
        if left.total_seconds() > 0
        else []
    )


def unfinished(incident: Incident, playbook: Playbook) -> tuple[str, ...]:
    """The sentences that say what closing would leave undone; empty when nothing."""
    names = labels(incident, playbook)
    left = [
        names[item.id]
        for phase in phases(incident, playbook)
        for item in items(incident, phase)
        if item.required and is_open(incident, item)
    ]
    found = []
    if incident.status == "active":
        found.append("it is not resolved")
    if left:
        how_many = "1 required item is" if len(left) == 1 else f"{len(left)} required items are"
        found.append(f"{how_many} open ({', '.join(left[:4])}{', …' if len(left) > 4 else ''})")
    found += [
        f"the milestone “{m.title}” is not marked"
        for m in playbook.milestones
        if m.required and m.id not in incident.milestones
    ]
    running = [o.title for o in incident.operations.values() if o.state == "running"]
    found += [f"“{title}” has not ended" for title in running]
    return tuple(found)
