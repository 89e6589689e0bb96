"""Names that must lead somewhere: which field of which table names what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hotfix_tui.domain.playbook import (
    Condition,
    Due,
    Example,
    Gate,
    Item,
    Metric,
    Phase,
    Playbook,
    PostMortem,
    RollbackFirst,
    Rule,
    Rung,
    Scenario,
    Template,
)
from hotfix_tui.loading.problems import Path, hint
from hotfix_tui.loading.structure import Note

REFERENCES: dict[type, tuple[tuple[str, str], ...]] = {
    Condition: (("severities", "severity"), ("flags", "flag")),
    Due: (("after", "moment"),),
    Example: (("severity", "severity"),),
    Gate: (("before", "phase"), ("items", "item")),
    Item: (
        ("blocks", "phase"),
        ("checklist", "checklist"),
        ("under", "item"),
        ("twin", "item"),
        ("sets", "flag"),
        ("template", "template"),
    ),
    Metric: (("since", "moment"), ("until", "moment")),
    Phase: (("minimum_wait_by", "severity"),),
    Playbook: (("resolved_when", "moment"),),
    PostMortem: (("severities", "severity"),),
    RollbackFirst: (("rollback", "rollback"),),
    Rule: (("severity", "severity"),),
    Rung: (("template", "template"),),
    Scenario: (("severity", "severity"), ("flags", "flag")),
    Template: (("phase", "phase"),),
}
"""Table to its fields that name something, each with what it names; empty names are none."""

MOMENTS = ("declared", "resolved", "closed")
"""Moments that every incident has; milestones, phases and items are moments too."""


def known_names(playbook: Playbook) -> dict[str, dict[str, None]]:
    """What can be named, by kind."""
    phases = dict.fromkeys(phase.id for phase in playbook.phases)
    items = dict.fromkeys(item.id for item in playbook.all_items())
    items |= dict.fromkeys(item.id for item in playbook.readiness.items)
    milestones = dict.fromkeys(milestone.id for milestone in playbook.milestones)
    return {
        "severity": dict.fromkeys(severity.id for severity in playbook.severities),
        "flag": dict.fromkeys(flag.id for flag in playbook.flags),
        "phase": phases,
        "item": items,
        "checklist": dict.fromkeys(checklist.id for checklist in playbook.checklists),
        "template": dict.fromkeys(template.id for template in playbook.templates),
        "rollback": dict.fromkeys(rollback.id for rollback in playbook.rollbacks),
        "moment": {**dict.fromkeys(MOMENTS), **milestones, **phases, **items},
    }


def refers(name: str, known: Iterable[str], path: Path, what: str, note: Note) -> None:
    """Note a name that leads nowhere."""
    if name not in known:
        note(path, f"there is no {what} “{name}”.{hint(name, known)}")


def references(playbook: Playbook, records: Iterable[tuple[Path, Any]], note: Note) -> None:
    """Note every name that leads nowhere."""
    known = known_names(playbook)
    for path, record in records:
        for field, what in REFERENCES.get(type(record), ()):
            said = getattr(record, field)
            for name in (said,) if isinstance(said, str) else said or ():
                if name:
                    refers(name, known[what], (*path, field), what, note)
