"""The rules: `decide` turns an intent into events or refuses with a sentence. Nothing else makes events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.applying import phases
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.evidence import attach_evidence
from hotfix_tui.domain.gates import gates, left_behind, obstacles, unfinished
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.marking import mark_item
from hotfix_tui.domain.moments import possible
from hotfix_tui.domain.operation_rules import finish_operation, finish_step, start_operation, start_step
from hotfix_tui.domain.people_rules import escalate, snooze
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.process_rules import choose_way, fill_field, set_flag, start_procedure
from hotfix_tui.domain.text import MESSAGE, clean, one_line
from hotfix_tui.domain.triage import answered_again, judge
from hotfix_tui.domain.undo import redo, undo


def declare(playbook: Playbook, intent: i.Declare, context: i.Context) -> tuple[Draft, ...]:
    """The first events of an incident.

    Raises: Refused without a title, for an unknown severity, or for an override without a reason.
    """
    title = one_line(intent.title)
    if not title:
        raise Refused("An incident needs a title: say in one line what users see.")
    verdict = judge(playbook, intent.answers)
    level = _severity(playbook, intent.severity or verdict.severity)
    overridden = level != verdict.severity
    if overridden and not intent.reason.strip():
        raise NeedsAnswer("reason", f"The rules say {verdict.severity}. Why is it {level}?")
    chosen = playbook.severity(level)
    assert chosen is not None
    decision = chosen.decision if overridden else verdict.decision
    at = intent.started_at or context.now
    possible(at, context.now, "The start", "give the time when it began")
    first = e.Declared(
        title=title,
        playbook=playbook.id,
        digest=intent.digest,
        source=intent.source,
        severity=level,
        decision=decision,
        rule=verdict.rule,
        reason=one_line(intent.reason),
        answers=dict(intent.answers),
        flags=intent.flags,
        base=intent.base,
        fix=intent.fix,
        branch=intent.branch,
        repository=intent.repository,
        drill=intent.drill,
    )
    drafts = [Draft(first, at), Draft(e.RoleAssigned("lead", one_line(intent.lead) or context.by))]
    if decision != "hotfix":
        why = one_line(intent.reason) or verdict.rule
        return (*drafts, Draft(e.Closed(f"{_DECISIONS[decision]}: {why}")))
    begun = next((p for p in playbook.phases if p.when.holds(level, intent.flags)), None)
    return (*drafts, Draft(e.PhaseEntered(begun.id))) if begun else tuple(drafts)


_DECISIONS = {"next-release": "Not a hotfix, next release", "backlog": "Not a hotfix, backlog"}


def decide(incident: Incident, playbook: Playbook, intent: i.Intent, context: i.Context) -> tuple[Draft, ...]:
    """The events that carry out `intent`; none when it already holds.

    Raises: Refused when a rule says no; NeedsAnswer when one more thing, such as a reason, would make it a yes.
    """
    if isinstance(intent, i.Declare):
        raise Refused(f"{incident.id} is declared already.")
    if incident.status == "closed" and not isinstance(intent, _AFTER_CLOSING):
        raise Refused(f"{incident.id} is closed. Reopen it first, with a reason.")
    return _RULES[type(intent)](incident, playbook, intent, context)


_AFTER_CLOSING = (
    i.Reopen,
    i.AddNote,
    i.AttachEvidence,
    i.MarkMilestone,
    i.MarkSent,
    i.Snooze,
    i.FinishStep,
    i.FinishOperation,
    i.FillField,
    i.Undo,
    i.Redo,
)


def _severity(playbook: Playbook, id: str) -> str:
    match = next((s.id for s in playbook.severities if s.id.lower() == id.lower()), None)
    if match is None:
        known = ", ".join(s.id for s in playbook.severities)
        raise Refused(f"There is no severity “{one_line(id, 20)}” in this playbook; it has {known}.")
    return match


def _change_severity(
    incident: Incident, playbook: Playbook, intent: i.ChangeSeverity, context: i.Context
) -> tuple[Draft, ...]:
    level = _severity(playbook, intent.severity)
    answers = answered_again(playbook, incident.answers, intent.answers)
    answered = (Draft(e.TriageAnswered(answers)),) if answers else ()
    if level == incident.severity:
        return answered
    if not intent.reason.strip():
        raise NeedsAnswer("reason", f"Why does it change from {incident.severity} to {level}?")
    return (*answered, Draft(e.SeverityChanged(level, one_line(intent.reason))))


def _enter_phase(
    incident: Incident, playbook: Playbook, intent: i.EnterPhase, context: i.Context
) -> tuple[Draft, ...]:
    phase = playbook.phase(intent.phase)
    if phase is None:
        raise Refused(f"There is no phase “{one_line(intent.phase, 40)}” in this playbook.")
    if phase.id == incident.phase:
        return ()
    if phase not in phases(incident, playbook):
        raise Refused(f"Phase {phase.title} is not part of this incident at {incident.severity}.")
    closed = obstacles(incident, playbook, phase.id, context.now)
    reason = one_line(intent.reason)
    if closed and not reason:
        raise NeedsAnswer("reason", f"Before {phase.title}: {'; '.join(closed)}. Why go on all the same?")
    for gate in gates(incident, playbook, phase.id):
        if gate.confirm and intent.confirm.strip() != gate.confirm:
            raise NeedsAnswer(
                "confirm", f"{gate.title}: {gate.why or 'sure?'} Type “{gate.confirm}” in full."
            )
    entered = Draft(e.PhaseEntered(phase.id, reason if closed else ""))
    return (Draft(e.PhaseLeft(incident.phase)), entered) if incident.phase else (entered,)


def _leave_phase(
    incident: Incident, playbook: Playbook, intent: i.LeavePhase, context: i.Context
) -> tuple[Draft, ...]:
    if not incident.phase:
        return ()
    behind, reason = left_behind(incident, playbook, context.now), one_line(intent.reason)
    if behind and not reason:
        raise NeedsAnswer("reason", f"Before leaving: {'; '.join(behind)}. Why leave it all the same?")
    return (Draft(e.PhaseLeft(incident.phase, reason)),)


def _add_note(
    incident: Incident, playbook: Playbook, intent: i.AddNote, context: i.Context
) -> tuple[Draft, ...]:
    text = clean(intent.text, MESSAGE, multiline=True).strip()
    if not text:
        raise Refused("A note needs some text.")
    if intent.item and playbook.item(intent.item) is None:
        raise Refused(f"There is no item “{one_line(intent.item, 40)}” in this playbook.")
    possible(intent.at, context.now)
    return (Draft(e.NoteAdded(text, intent.item), intent.at),)


def _milestone(
    incident: Incident, playbook: Playbook, intent: i.MarkMilestone, context: i.Context
) -> tuple[Draft, ...]:
    if all(m.id != intent.milestone for m in playbook.milestones):
        known = ", ".join(m.id for m in playbook.milestones) or "none"
        raise Refused(f"There is no milestone “{one_line(intent.milestone, 40)}”; this playbook has {known}.")
    possible(intent.at, context.now)
    return (Draft(e.MilestoneMarked(intent.milestone), intent.at),)


def _role(
    incident: Incident, playbook: Playbook, intent: i.AssignRole, context: i.Context
) -> tuple[Draft, ...]:
    role, person = one_line(intent.role, 100), one_line(intent.person, 100)
    if not role or not person:
        raise Refused("Say which role, and who has it.")
    return () if incident.roles.get(role) == person else (Draft(e.RoleAssigned(role, person)),)


def _approve(
    incident: Incident, playbook: Playbook, intent: i.GiveApproval, context: i.Context
) -> tuple[Draft, ...]:
    role, person = one_line(intent.role, 100), one_line(intent.person, 100)
    if not role or not person:
        raise Refused("Say which role approved, and who it was.")
    return (Draft(e.ApprovalGiven(role, person, one_line(intent.how))),)


def _sent(
    incident: Incident, playbook: Playbook, intent: i.MarkSent, context: i.Context
) -> tuple[Draft, ...]:
    return (Draft(e.MessageSent(one_line(intent.template, 100), one_line(intent.channel, 100))),)


def _resolve(
    incident: Incident, playbook: Playbook, intent: i.Resolve, context: i.Context
) -> tuple[Draft, ...]:
    return () if incident.status == "resolved" else (Draft(e.Resolved(one_line(intent.note))),)


def _close(incident: Incident, playbook: Playbook, intent: i.Close, context: i.Context) -> tuple[Draft, ...]:
    left = unfinished(incident, playbook)
    reason = one_line(intent.reason)
    if left and not reason:
        raise NeedsAnswer("reason", f"Before closing: {'; '.join(left)}. Why close it all the same?")
    return (Draft(e.Closed(reason if left else "")),)


def _reopen(
    incident: Incident, playbook: Playbook, intent: i.Reopen, context: i.Context
) -> tuple[Draft, ...]:
    if incident.status == "active":
        raise Refused(f"{incident.id} is active already.")
    if not intent.reason.strip():
        raise NeedsAnswer("reason", f"Why is {incident.id} reopened?")
    return (Draft(e.Reopened(one_line(intent.reason))),)


_RULES: dict[type[Any], Callable[[Incident, Playbook, Any, i.Context], tuple[Draft, ...]]] = {
    i.ChangeSeverity: _change_severity,
    i.EnterPhase: _enter_phase,
    i.LeavePhase: _leave_phase,
    i.MarkItem: mark_item,
    i.AttachEvidence: attach_evidence,
    i.AddNote: _add_note,
    i.MarkMilestone: _milestone,
    i.AssignRole: _role,
    i.GiveApproval: _approve,
    i.MarkSent: _sent,
    i.Escalate: escalate,
    i.Snooze: snooze,
    i.StartOperation: start_operation,
    i.StartStep: start_step,
    i.FinishStep: finish_step,
    i.FinishOperation: finish_operation,
    i.SetFlag: set_flag,
    i.ChooseWay: choose_way,
    i.StartProcedure: start_procedure,
    i.FillField: fill_field,
    i.Resolve: _resolve,
    i.Close: _close,
    i.Reopen: _reopen,
    i.Undo: undo,
    i.Redo: redo,
}
