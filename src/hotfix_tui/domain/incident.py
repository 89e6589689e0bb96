"""The incident as a value, and how events make it: `fold` gives the same state for any order and duplication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Literal

from hotfix_tui.domain import events as e
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import (
    Approval,
    Evidence,
    ItemRecord,
    OperationRecord,
    PhaseRecord,
    Sent,
    StepRecord,
)

Status = Literal["active", "resolved", "closed"]


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
    phase: str = ""
    """The id of the phase that runs now; empty between phases."""
    phases: Mapping[str, PhaseRecord] = field(default_factory=dict)
    items: Mapping[str, ItemRecord] = field(default_factory=dict)
    milestones: Mapping[str, datetime] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()
    sent: tuple[Sent, ...] = ()
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
        return self.items.get(id, ItemRecord())

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
            state = _evolve(state, event)
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
        evolved = _evolve(evolved, event)
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
    )


def _evolve(state: Incident, event: e.Event) -> Incident:
    change = _CHANGES.get(type(event.body))
    return change(state, event, event.body) if change else state


def _severity(state: Incident, event: e.Event, body: e.SeverityChanged) -> Incident:
    return replace(
        state, severity=body.severity, severity_since=event.happened_at, severity_reason=body.reason
    )


def _answered(state: Incident, event: e.Event, body: e.TriageAnswered) -> Incident:
    return replace(state, answers=body.answers)


def _enter(state: Incident, event: e.Event, body: e.PhaseEntered) -> Incident:
    at = event.happened_at
    state = _stop(state, state.phase, at)
    old = state.phases.get(body.phase)
    new = (
        replace(old, entered=at, left=None, reason=body.reason or old.reason)
        if old
        else PhaseRecord(at, at, reason=body.reason)
    )
    return replace(state, phase=body.phase, phases={**state.phases, body.phase: new})


def _stop(state: Incident, phase: str, at: datetime) -> Incident:
    record = state.phases.get(phase)
    if record is None or record.entered is None:
        return state
    ended = replace(record, entered=None, left=at, banked=record.spent(at))
    return replace(state, phases={**state.phases, phase: ended})


def _leave(state: Incident, event: e.Event, body: e.PhaseLeft) -> Incident:
    stopped = _stop(state, body.phase, event.happened_at)
    return replace(stopped, phase="") if state.phase == body.phase else stopped


def _mark(state: Incident, event: e.Event, body: e.ItemMarked) -> Incident:
    new = replace(
        state.item(body.item),
        mark=body.mark,
        reason=body.reason,
        value=body.value,
        at=event.happened_at,
        by=event.by,
    )
    return replace(state, items={**state.items, body.item: new})


def _attach(state: Incident, event: e.Event, body: e.EvidenceAttached) -> Incident:
    old = state.item(body.item)
    piece = Evidence(body.form, body.text, body.ok, event.happened_at, event.id)
    return replace(state, items={**state.items, body.item: replace(old, evidence=(*old.evidence, piece))})


def _milestone(state: Incident, event: e.Event, body: e.MilestoneMarked) -> Incident:
    return replace(state, milestones={**state.milestones, body.milestone: event.happened_at})


def _role(state: Incident, event: e.Event, body: e.RoleAssigned) -> Incident:
    return replace(state, roles={**state.roles, body.role: body.person})


def _approve(state: Incident, event: e.Event, body: e.ApprovalGiven) -> Incident:
    given = Approval(body.role, body.person, body.how, event.happened_at)
    return replace(state, approvals=(*state.approvals, given))


def _sent(state: Incident, event: e.Event, body: e.MessageSent) -> Incident:
    return replace(state, sent=(*state.sent, Sent(body.template, body.channel, event.happened_at)))


def _operation(state: Incident, event: e.Event, body: e.OperationStarted) -> Incident:
    record = OperationRecord(
        body.run,
        body.operation,
        body.title,
        body.parameters,
        tuple(StepRecord(step) for step in body.steps),
        body.item,
        event.happened_at,
    )
    return replace(state, operations={**state.operations, body.run: record})


def _change_step(incident: Incident, run: str, step: str, **changes: Any) -> Incident:
    record = incident.operations.get(run)
    if record is None:
        return incident
    known = record.steps if any(s.step == step for s in record.steps) else (*record.steps, StepRecord(step))
    steps = tuple(replace(s, **changes) if s.step == step else s for s in known)
    return replace(incident, operations={**incident.operations, run: replace(record, steps=steps)})


def _step_started(state: Incident, event: e.Event, body: e.StepStarted) -> Incident:
    return _change_step(
        state, body.run, body.step, state="running", argv=body.argv, started=event.happened_at, finished=None
    )


def _step_finished(state: Incident, event: e.Event, body: e.StepFinished) -> Incident:
    return _change_step(
        state, body.run, body.step, state=body.outcome, detail=body.detail, finished=event.happened_at
    )


def _operation_finished(state: Incident, event: e.Event, body: e.OperationFinished) -> Incident:
    record = state.operations.get(body.run)
    if record is None:
        return state
    ended = replace(record, state=body.outcome, detail=body.detail, finished=event.happened_at)
    return replace(state, operations={**state.operations, body.run: ended})


def _resolve(state: Incident, event: e.Event, body: e.Resolved) -> Incident:
    return replace(state, status="resolved", resolved_at=event.happened_at)


def _close(state: Incident, event: e.Event, body: e.Closed) -> Incident:
    stopped = _stop(state, state.phase, event.happened_at)
    return replace(stopped, status="closed", closed_at=event.happened_at, phase="")


def _reopen(state: Incident, event: e.Event, body: e.Reopened) -> Incident:
    return replace(state, status="active", resolved_at=None, closed_at=None, reopened_reason=body.reason)


_CHANGES: dict[type[Any], Callable[[Incident, e.Event, Any], Incident]] = {
    e.SeverityChanged: _severity,
    e.TriageAnswered: _answered,
    e.PhaseEntered: _enter,
    e.PhaseLeft: _leave,
    e.ItemMarked: _mark,
    e.EvidenceAttached: _attach,
    e.MilestoneMarked: _milestone,
    e.RoleAssigned: _role,
    e.ApprovalGiven: _approve,
    e.MessageSent: _sent,
    e.OperationStarted: _operation,
    e.StepStarted: _step_started,
    e.StepFinished: _step_finished,
    e.OperationFinished: _operation_finished,
    e.Resolved: _resolve,
    e.Closed: _close,
    e.Reopened: _reopen,
}
