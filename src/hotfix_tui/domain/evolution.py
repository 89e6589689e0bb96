"""How each kind of event changes the incident: one small function a kind, all in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hotfix_tui.domain import events as e
from hotfix_tui.domain.records import (
    Approval,
    Escalation,
    Evidence,
    OperationRecord,
    PhaseRecord,
    Sent,
    Snooze,
    StepRecord,
)

if TYPE_CHECKING:
    from hotfix_tui.domain.incident import Incident


def evolve(state: Incident, event: e.Event) -> Incident:
    """The state after this event; an unknown kind changes nothing."""
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
    old = state.item(body.item)
    if body.mark == "checked":
        new = replace(
            old, value=body.value or old.value, checked=(*old.checked, event.happened_at), by=event.by
        )
        return replace(state, items={**state.items, body.item: new})
    new = replace(
        old,
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


def _escalated(state: Incident, event: e.Event, body: e.Escalated) -> Incident:
    taken = Escalation(body.rung, body.person, body.how, event.happened_at)
    return replace(state, escalations=(*state.escalations, taken))


def _snoozed(state: Incident, event: e.Event, body: e.AlarmSnoozed) -> Incident:
    minutes = min(max(body.minutes, 0), 24 * 60)
    rest = Snooze(event.happened_at, event.happened_at + timedelta(minutes=minutes))
    return replace(state, snoozes={**state.snoozes, **dict.fromkeys(body.alarms, rest)})


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


def _flag(state: Incident, event: e.Event, body: e.FlagChanged) -> Incident:
    others = tuple(flag for flag in state.flags if flag != body.flag)
    return replace(state, flags=(*others, body.flag) if body.on else others)


def _way(state: Incident, event: e.Event, body: e.WayChosen) -> Incident:
    return replace(state, way=body.way)


def _procedure(state: Incident, event: e.Event, body: e.ProcedureStarted) -> Incident:
    return replace(state, procedures={body.procedure: event.happened_at, **state.procedures})


def _fill(state: Incident, event: e.Event, body: e.FieldFilled) -> Incident:
    others = {id: value for id, value in state.fields.items() if id != body.field}
    return replace(state, fields={**others, body.field: body.value} if body.value else others)


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
    e.Escalated: _escalated,
    e.AlarmSnoozed: _snoozed,
    e.OperationStarted: _operation,
    e.StepStarted: _step_started,
    e.StepFinished: _step_finished,
    e.OperationFinished: _operation_finished,
    e.FlagChanged: _flag,
    e.WayChosen: _way,
    e.ProcedureStarted: _procedure,
    e.FieldFilled: _fill,
    e.Resolved: _resolve,
    e.Closed: _close,
    e.Reopened: _reopen,
}
