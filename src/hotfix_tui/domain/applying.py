"""Which phases, procedures and items apply to an incident, in what order, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from string import ascii_uppercase

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import shortfall
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Condition, Item, Phase, Playbook, Rollback
from hotfix_tui.domain.proof import contradiction

CLOSED_MARKS = frozenset({"done", "skipped"})
"""The marks that let an item's gate pass."""


def applies(incident: Incident, when: Condition) -> bool:
    """Whether something with this condition is part of the incident now."""
    return when.holds(incident.severity, incident.flags)


def phases(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """The phases that apply to this incident, in order."""
    return _phases(playbook, incident.severity, incident.flags)


@lately()
def _phases(playbook: Playbook, severity: str, flags: tuple[str, ...]) -> tuple[Phase, ...]:
    return tuple(p for p in playbook.phases if p.when.holds(severity, flags))


def latest_phase(incident: Incident, playbook: Playbook) -> str:
    """The id of the phase that runs, else of the one that ran last, else of the first one; empty without phases."""
    if incident.phase:
        return incident.phase
    ran = [(record.left, id) for id, record in incident.phases.items() if record.left is not None]
    order = phases(incident, playbook)
    return max(ran)[1] if ran else order[0].id if order else ""


def procedures(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """The rollbacks and scenario cards that were started, each as a list of its own, oldest first."""
    return _procedures(playbook, incident.procedures)


@lately()
def _procedures(playbook: Playbook, when: Mapping[str, datetime]) -> tuple[Phase, ...]:
    found = (playbook.procedure(id) for id, _ in sorted(when.items(), key=lambda one: one[1]))
    return tuple(
        Phase(p.id, p.title, items=p.steps)
        if isinstance(p, Rollback)
        else Phase(p.id, p.title, maximum=p.first_within, items=p.actions)
        for p in found
        if p is not None
    )


def sections(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """Everything that has a checklist now: the phases, then the procedures."""
    return (*phases(incident, playbook), *procedures(incident, playbook))


def section(incident: Incident, playbook: Playbook, id: str) -> Phase | None:
    """The phase or started procedure with this id."""
    return next((s for s in sections(incident, playbook) if s.id == id), None)


def items(incident: Incident, phase: Phase) -> tuple[Item, ...]:
    """The items of the phase that apply to this incident, in order.

    Parts of one that does not apply go with it; of twins in one phase only the one that is named is asked.
    """
    return _items(phase, incident.severity, incident.flags)


@lately(2048)
def _items(phase: Phase, severity: str, flags: tuple[str, ...]) -> tuple[Item, ...]:
    """Of a phase at a severity: who marks an item asks for the same again."""
    own = {i.id for i in phase.items if i.when.holds(severity, flags)}
    return tuple(
        i for i in phase.items if i.id in own and (not i.under or i.under in own) and i.twin not in own
    )


def parts(incident: Incident, phase: Phase, item: Item) -> tuple[Item, ...]:
    """The items that are parts of this one."""
    return tuple(i for i in items(incident, phase) if i.under == item.id)


def numbers(incident: Incident, playbook: Playbook) -> Mapping[str, str]:
    """Phase or procedure to what it is called before its title: "3" is the third phase, "A" the first procedure."""
    return _numbers(phases(incident, playbook), procedures(incident, playbook))


@lately()
def _numbers(order: tuple[Phase, ...], begun: tuple[Phase, ...]) -> Mapping[str, str]:
    ordered = {p.id: str(n) for n, p in enumerate(order, start=1)}
    for n, procedure in enumerate(begun):
        ordered.setdefault(procedure.id, ascii_uppercase[n % 26] * (n // 26 + 1))
    return ordered


def labels(incident: Incident, playbook: Playbook) -> Mapping[str, str]:
    """Item id to the number people say aloud: "3.4" is the fourth item of the third phase, "3.4.1" its first part."""
    order, begun = phases(incident, playbook), procedures(incident, playbook)
    return _labels(order, begun, incident.severity, incident.flags)


@lately()
def _labels(
    order: tuple[Phase, ...], begun: tuple[Phase, ...], severity: str, flags: tuple[str, ...]
) -> Mapping[str, str]:
    found: dict[str, str] = {}
    called = _numbers(order, begun)
    for phase in (*order, *begun):
        place = part = 0
        for item in _items(phase, severity, flags):
            place, part = (place, part + 1) if item.under else (place + 1, 0)
            found[item.id] = f"{called[phase.id]}.{place}" + (f".{part}" if part else "")
    return found


def is_open(incident: Incident, item: Item) -> bool:
    """Whether the item was neither done nor skipped."""
    return incident.item(item.id).mark not in CLOSED_MARKS


def provable(incident: Incident, playbook: Playbook) -> tuple[Item, ...]:
    """The items that apply and name a check, in order, each once."""
    listed = (item for section in sections(incident, playbook) for item in items(incident, section))
    return tuple({item.id: item for item in listed if item.check}.values())


def holds_up(incident: Incident, item: Item) -> str:
    """Why the item lets nothing pass: it is open, its answer falls short, a check contradicts it; empty when it does."""
    told = incident.item(item.id)
    if told.mark not in CLOSED_MARKS:
        return "is open"
    return (shortfall(item, told.value) or contradiction(item, told)) if told.mark == "done" else ""
