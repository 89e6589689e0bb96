"""Which phases, procedures and items apply to an incident, in what order, and what people call them."""

from __future__ import annotations

from string import ascii_uppercase

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import shortfall
from hotfix_tui.domain.playbook import Condition, Item, Phase, Playbook, Rollback

CLOSED_MARKS = frozenset({"done", "skipped"})
"""The marks that let an item's gate pass."""


def applies(incident: Incident, when: Condition) -> bool:
    """Whether something with this condition is part of the incident now."""
    return when.holds(incident.severity, incident.flags)


def phases(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """The phases that apply to this incident, in order."""
    return tuple(p for p in playbook.phases if applies(incident, p.when))


def procedures(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """The rollbacks and scenario cards that were started, each as a list of its own, oldest first."""
    started = sorted(incident.procedures.items(), key=lambda one: one[1])
    found = (playbook.procedure(id) for id, _ in started)
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
    own = {i.id for i in phase.items if applies(incident, i.when)}
    return tuple(
        i for i in phase.items if i.id in own and (not i.under or i.under in own) and i.twin not in own
    )


def parts(incident: Incident, phase: Phase, item: Item) -> tuple[Item, ...]:
    """The items that are parts of this one."""
    return tuple(i for i in items(incident, phase) if i.under == item.id)


def numbers(incident: Incident, playbook: Playbook) -> dict[str, str]:
    """Phase or procedure to what it is called before its title: "3" is the third phase, "A" the first procedure."""
    ordered = {p.id: str(n) for n, p in enumerate(phases(incident, playbook), start=1)}
    for n, procedure in enumerate(procedures(incident, playbook)):
        ordered.setdefault(procedure.id, ascii_uppercase[n % 26] * (n // 26 + 1))
    return ordered


def labels(incident: Incident, playbook: Playbook) -> dict[str, str]:
    """Item id to the number people say aloud: "3.4" is the fourth item of the third phase, "3.4.1" its first part."""
    found: dict[str, str] = {}
    called = numbers(incident, playbook)
    for phase in sections(incident, playbook):
        place = part = 0
        for item in items(incident, phase):
            place, part = (place, part + 1) if item.under else (place + 1, 0)
            found[item.id] = f"{called[phase.id]}.{place}" + (f".{part}" if part else "")
    return found


def is_open(incident: Incident, item: Item) -> bool:
    """Whether the item was neither done nor skipped."""
    return incident.item(item.id).mark not in CLOSED_MARKS


def holds_up(incident: Incident, item: Item) -> str:
    """Why the item does not let anything pass: "is open", or how its answer falls short; empty when it does."""
    told = incident.item(item.id)
    if told.mark not in CLOSED_MARKS:
        return "is open"
    return shortfall(item, told.value) if told.mark == "done" else ""
