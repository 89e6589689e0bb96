"""The incident as a value, and how events make it: `fold` gives the same state for any order and duplication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Literal

from hotfix_tui.domain import events as e
from hotfix_tui.domain.evolution import evolve
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import (
    Approval,
    Escalation,
    ItemRecord,
    OperationRecord,
    PhaseRecord,
    Sent,
    Snooze,
)

Status = Literal["active", "resolved", "closed"]
_OPEN = ItemRecord()
"""Of an item nothing was said."""


@record(frozen=True, slots=True)
class Incident:
    """Everything known about one incident; panes are pictures of it."""

    id: str
    declared: e.Declared
    started_at: datetime
    """When it began, for the clocks; may be before it was declared."""
    declared_at: datetime
    declared_by: str
    severity: str
    status: Status = "active"
    severity_since: datetime | None = None
    severity_reason: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Triage question to the key of its newest answer."""
    flags: tuple[str, ...] = ()
    """The facts that hold now, in the order in which they became known."""
    way: str = ""
    """"rollback" or "fix"; empty while nobody decided."""
    procedures: Mapping[str, datetime] = field(default_factory=dict)
    """Rollbacks and scenario cards that were started, with the moment of their first start."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What was filled in, by the field's id."""
    phase: str = ""
    """The id of the phase that runs now; empty between phases."""
    phases: Mapping[str, PhaseRecord] = field(default_factory=dict)
    items: Mapping[str, ItemRecord] = field(default_factory=dict)
    milestones: Mapping[str, datetime] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()
    sent: tuple[Sent, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    snoozes: Mapping[str, Snooze] = field(default_factory=dict)
    """Alarm to its newest rest."""
    operations: Mapping[str, OperationRecord] = field(default_factory=dict)
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_reason: str = ""
    log: tuple[e.Event, ...] = ()
    """Every event in order, also those that were undone."""
    undone: frozenset[str] = frozenset()
    """The ids of events that no longer count."""

    @property
    def title(self) -> str:
        """The incident's title, untrusted text."""
        return self.declared.title

    def item(self, id: str) -> ItemRecord:
        """What was said about this item; open when nothing was."""
        return self.items.get(id, _OPEN)

    @property
    def story(self) -> tuple[e.Event, ...]:
        """The events that count, in order."""
        return tuple(event for event in self.log if event.id not in self.undone)

    @property
    def ended_at(self) -> datetime | None:
        """When the clocks stopped: at resolution, else at closing; None while they run."""
        return self.resolved_at or self.closed_at


def fold(log: Iterable[e.Event]) -> Incident | None:
    """The state that these events make; None when nobody declared it."""
    ordered = tuple(sorted({event.id: event for event in log}.values(), key=lambda event: event.order))
    first = next((event for event in ordered if isinstance(event.body, e.Declared)), None)
    if first is None:
        return None
    undone = _undone(ordered)
    state = _declare(first)
    for event in ordered:
        if event.id not in undone:
            state = evolve(state, event)
    return replace(state, log=ordered, undone=undone)


def extend(state: Incident, new: tuple[e.Event, ...]) -> Incident:
    """The same as folding everything, without folding again what new, later, ordinary events cannot change."""
    in_order = all(a.order < b.order for a, b in zip((state.log[-1], *new), new, strict=False))
    ordinary = not any(
        isinstance(event.body, e.Undone | e.Declared) or event.id in state.undone for event in new
    )
    if not in_order or not ordinary:
        folded = fold((*state.log, *new))
        assert folded is not None
        return folded
    evolved = state
    for event in new:
        evolved = evolve(evolved, event)
    return replace(evolved, log=(*state.log, *new))


def _undone(ordered: tuple[e.Event, ...]) -> frozenset[str]:
    """The ids that no longer count: each `Undone` cancels its targets, unless it was cancelled by a later one."""
    cancelled: set[str] = set()
    fixed = {event.id for event in ordered if isinstance(event.body, e.Declared)}
    for event in reversed(ordered):
        if isinstance(event.body, e.Undone) and event.id not in cancelled:
            cancelled.update(target for target in event.body.targets if target not in fixed)
    return frozenset(cancelled)


def _declare(event: e.Event) -> Incident:
    assert isinstance(event.body, e.Declared)
    return Incident(
        id=event.incident,
        declared=event.body,
        started_at=event.happened_at,
        declared_at=event.recorded_at,
        declared_by=event.by,
        severity=event.body.severity,
        severity_since=event.happened_at,
        severity_reason=event.body.reason or event.body.rule,
        answers=event.body.answers,
        flags=event.body.flags,
    )
