"""What stands between the present phase and another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotfix_tui.domain.applying import (
    applies,
    holds_up,
    is_open,
    items,
    labels,
    latest_phase,
    phases,
    section,
    sections,
)
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Field, Gate, Phase, Playbook
from hotfix_tui.domain.returning import not_back
from hotfix_tui.domain.roles import find_role, title_of
from hotfix_tui.domain.windows import event_name, phase_wait, window


def obstacles(incident: Incident, playbook: Playbook, target: str, now: datetime) -> tuple[str, ...]:
    """The sentences that say why the gate before phase `target` is closed; empty when it is open."""
    order = [phase.id for phase in phases(incident, playbook)]
    found: list[str] = []
    current = playbook.phase(incident.phase)
    if current and target in order and current.id in order and order.index(target) > order.index(current.id):
        found += left_behind(incident, playbook, now)
    found += _passed_over(incident, playbook, target)
    found += _blockers(incident, playbook, order, target)
    for gate in gates(incident, playbook, target):
        if gate.level == "refuse":
            found += gate_obstacles(incident, playbook, gate)
    found += _not_yet(incident, playbook, target, now)
    return tuple(dict.fromkeys(found))


def gates(incident: Incident, playbook: Playbook, target: str) -> tuple[Gate, ...]:
    """The gates of phases that entering `target` would pass for the first time."""
    order = [phase.id for phase in phases(incident, playbook)]
    ahead = order[: order.index(target) + 1] if target in order else []
    return tuple(
        gate
        for gate in playbook.gates
        if gate.before in ahead and gate.before not in incident.phases and applies(incident, gate.when)
    )


def warnings(incident: Incident, playbook: Playbook, target: str) -> tuple[str, ...]:
    """What gates that only warn have to say before `target`."""
    return tuple(
        sentence
        for gate in gates(incident, playbook, target)
        if gate.level == "warn"
        for sentence in gate_obstacles(incident, playbook, gate)
    )


def gate_obstacles(incident: Incident, playbook: Playbook, gate: Gate) -> list[str]:
    """What keeps this gate closed: items and approvals (S3.GAT.2, S1.SEV.1-3)."""
    names = labels(incident, playbook)
    found = []
    for id in gate.items:
        item = playbook.item(id)
        held = holds_up(incident, item) if item and id in names else ""
        if item and held:
            found.append(f"{names[id]} {item.text} {held}")
    missing = [
        role for role in wanted_approvals(incident, playbook, gate) if not approved(incident, playbook, role)
    ]
    if missing:
        titles = " and ".join(title_of(playbook, role) for role in missing)
        found.append(f"{gate.title} wants the approval of {titles}")
    return found


def wanted_approvals(incident: Incident, playbook: Playbook, gate: Gate) -> tuple[str, ...]:
    """The roles whose approval the gate wants at this severity."""
    severity = playbook.severity(incident.severity)
    own = severity.approvals if severity and gate.severity_approvals else ()
    return tuple(dict.fromkeys((*gate.approvals, *own)))


def approvers(incident: Incident, playbook: Playbook) -> tuple[str, ...]:
    """Every role whose approval anything wants: the severity, and the gates that apply."""
    severity = playbook.severity(incident.severity)
    wanted = [*(severity.approvals if severity else ())]
    for gate in playbook.gates:
        wanted += gate.approvals if applies(incident, gate.when) else ()
    return tuple(dict.fromkeys(wanted))


def approved(incident: Incident, playbook: Playbook, role: str) -> bool:
    """Whether somebody approved in this role, by its id or its title."""
    wanted = find_role(playbook, role).casefold()
    return any(find_role(playbook, given.role).casefold() == wanted for given in incident.approvals)


def left_behind(incident: Incident, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """The sentences that say what leaving the running phase would leave undone; empty when nothing."""
    current = next((phase for phase in phases(incident, playbook) if phase.id == incident.phase), None)
    if current is None:
        return ()
    names = labels(incident, playbook)
    return (*_left_open(incident, current, names), *_wait(incident, current, now))


def _blockers(incident: Incident, playbook: Playbook, order: list[str], target: str) -> list[str]:
    """What blocks a phase between here and `target`: what was passed over with a reason is not asked again."""
    names = labels(incident, playbook)
    here = _place(incident, order)
    ahead = order[here + 1 : order.index(target) + 1] if target in order else []
    found = []
    for phase in sections(incident, playbook):
        for item in items(incident, phase):
            blocks = item.blocks in ahead
            held = holds_up(incident, item) if blocks else ""
            if held:
                rule = item.rule or "is a blocker"
                said = rule if held == "is open" else f"{held}: {rule}"
                found.append(f"{names[item.id]} {item.text} {said}")
    return found


def _place(incident: Incident, order: list[str]) -> int:
    """The place of the running phase, else of the furthest that was begun; -1 before the first."""
    if incident.phase in order:
        return order.index(incident.phase)
    return max((order.index(id) for id in incident.phases if id in order), default=-1)


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


def _left_open(incident: Incident, phase: Phase, names: Mapping[str, str]) -> list[str]:
    wanted = [i for i in items(incident, phase) if i.required and not i.debt]
    left = [names[i.id] for i in wanted if is_open(incident, i)]
    found = [f"{', '.join(left)} {'is' if len(left) == 1 else 'are'} open"] if left else []
    short = [(i, held) for i in wanted if not is_open(incident, i) and (held := holds_up(incident, i))]
    return [*found, *(f"{names[i.id]} {i.text} {held}" for i, held in short)]


def _wait(incident: Incident, phase: Phase, now: datetime) -> list[str]:
    left, least = phase_wait(incident, phase, now), phase.wait_at(incident.severity)
    return [f"{phase.title} lasts at least {spoken(least)}, {spoken(left)} more"] if left and least else []


def _not_yet(incident: Incident, playbook: Playbook, target: str, now: datetime) -> list[str]:
    """The window of the phase itself: "24 h after release" (S3.PHA.8)."""
    phase = playbook.phase(target)
    if phase is None or phase.opens is None:
        return []
    found = window(incident, phase.opens)
    if found.waits_for:
        return [f"{phase.title} comes after “{event_name(playbook, found.waits_for)}”"]
    if found.opens and now < found.opens:
        return [f"{phase.title} may begin at {found.opens:%H:%M}Z, in {spoken(found.opens - now)}"]
    if found.closes and now > found.closes:
        return [f"{phase.title} was to begin by {found.closes:%H:%M}Z"]
    return []


def unfinished(incident: Incident, playbook: Playbook) -> tuple[str, ...]:
    """The sentences that say what closing would leave undone; empty when nothing."""
    names = labels(incident, playbook)
    left = [
        names[item.id]
        for phase in sections(incident, playbook)
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
    empty = [f"“{field.text}”" for field in open_fields(incident, playbook)]
    if empty:
        found.append(
            f"{', '.join(empty[:3])}{', …' if len(empty) > 3 else ''} {'has' if len(empty) == 1 else 'have'} no answer"
        )
    back = not_back(incident, playbook)
    found += [f"the fix is {back}"] if back else []
    running = [o.title for o in incident.operations.values() if o.state == "running"]
    found += [f"“{title}” has not ended" for title in running]
    return tuple(found)


def open_fields(incident: Incident, playbook: Playbook) -> tuple[Field, ...]:
    """The required fields that apply and are not filled in."""
    return tuple(
        field
        for field in playbook.fields()
        if field.required and applies(incident, field.when) and field.id not in incident.fields
    )


def current_section(incident: Incident, playbook: Playbook, shown: str) -> Phase | None:
    """The phase or procedure with the id `shown`, else the running phase or the one that ran last."""
    return section(incident, playbook, shown) or section(incident, playbook, latest_phase(incident, playbook))
