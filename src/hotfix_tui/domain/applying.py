"""Which phases and items apply to an incident, in what order, and what people call them."""

from __future__ import annotations

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Phase, Playbook

CLOSED_MARKS = frozenset({"done", "skipped"})
"""The marks that let an item's gate pass."""


def phases(incident: Incident, playbook: Playbook) -> tuple[Phase, ...]:
    """The phases that apply to this incident, in order."""
    return tuple(p for p in playbook.phases if p.when.holds(incident.severity, incident.declared.flags))


def items(incident: Incident, phase: Phase) -> tuple[Item, ...]:
    """The items of the phase that apply to this incident, in order."""
    return tuple(i for i in phase.items if i.when.holds(incident.severity, incident.declared.flags))


def labels(incident: Incident, playbook: Playbook) -> dict[str, str]:
    """Item id to the number people say aloud: "3.4" is the fourth item of the third phase."""
    return {
        item.id: f"{number}.{place}"
        for number, phase in enumerate(phases(incident, playbook), start=1)
        for place, item in enumerate(items(incident, phase), start=1)
    }


def is_open(incident: Incident, item: Item) -> bool:
    """Whether the item was neither done nor skipped."""
    return incident.item(item.id).mark not in CLOSED_MARKS
