"""Undo and redo: new events that say which older ones no longer count."""

from __future__ import annotations

from typing import Any

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import Draft, Event
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.proof import CHECK

_UNDOABLE = (
    e.SeverityChanged,
    e.TriageAnswered,
    e.PhaseEntered,
    e.PhaseLeft,
    e.ItemMarked,
    e.EvidenceAttached,
    e.NoteAdded,
    e.MilestoneMarked,
    e.RoleAssigned,
    e.ApprovalGiven,
    e.MessageSent,
    e.FlagChanged,
    e.WayChosen,
    e.ProcedureStarted,
    e.FieldFilled,
    e.Escalated,
    e.AlarmSnoozed,
    e.Resolved,
    e.Closed,
    e.Reopened,
)
_WITH_BEFORE: dict[type[Any], tuple[type[Any], ...]] = {
    e.PhaseEntered: (e.PhaseLeft,),
    e.ItemMarked: (e.ItemMarked, e.MessageSent, e.FlagChanged, e.ApprovalGiven, e.EvidenceAttached),
    e.SeverityChanged: (e.TriageAnswered,),
    e.ProcedureStarted: (e.WayChosen, e.FlagChanged),
}
"""What one intent writes before its last event: undoing that one takes back these, written just before it."""


def _can_be_undone(event: Event) -> bool:
    """Whether it is somebody's record: what a check saw is a fact, and no undo takes it back."""
    seen = isinstance(event.body, e.EvidenceAttached) and event.body.form == CHECK
    return isinstance(event.body, _UNDOABLE) and not seen


def _own(incident: Incident, context: i.Context) -> list[Event]:
    return [event for event in incident.story if event.writer == context.writer]


def undo(incident: Incident, playbook: Playbook, intent: i.Undo, context: i.Context) -> tuple[Draft, ...]:
    """The event that takes back the newest own record, or pair of records.

    Raises: Refused when there is none.
    """
    own = [event for event in _own(incident, context) if _can_be_undone(event)]
    first = _first_own_choice(incident, context)
    candidates = [event for event in own if event.seq > first]
    if not candidates:
        raise Refused("There is nothing of yours to take back.")
    newest = candidates[-1]
    targets = [newest.id]
    for before in reversed(candidates[:-1]):
        if before.seq != newest.seq - len(targets) or not _written_together(before, newest):
            break
        targets.append(before.id)
    return (Draft(e.Undone(tuple(targets))),)


def _written_together(before: Event, newest: Event) -> bool:
    partners = _WITH_BEFORE.get(type(newest.body), ())
    return (
        isinstance(before.body, partners)
        and before.recorded_at == newest.recorded_at
        and _item(before) == _item(newest)
        and (not isinstance(before.body, e.ItemMarked) or bool(before.body.twin_of))
    )


def _item(event: Event) -> str:
    """The item that the event is about; for a twin's mark the item that it follows."""
    return getattr(event.body, "twin_of", "") or getattr(event.body, "item", "")


def _first_own_choice(incident: Incident, context: i.Context) -> int:
    """The sequence number of the last own event that declaring wrote: those stay; 0 when another one declared."""
    start = next(event for event in incident.log if isinstance(event.body, e.Declared))
    if start.writer != context.writer:
        return 0
    written = [
        ev.seq for ev in incident.log if ev.writer == start.writer and ev.recorded_at == start.recorded_at
    ]
    return max(seq for seq in written if seq <= start.seq + 2)


def redo(incident: Incident, playbook: Playbook, intent: i.Redo, context: i.Context) -> tuple[Draft, ...]:
    """The event that takes back the newest undo.

    Raises: Refused when something was recorded since, or nothing was undone.
    """
    own = _own(incident, context)
    undos = [event for event in own if isinstance(event.body, e.Undone) and not _is_redo(incident, event)]
    if not undos or any(_can_be_undone(event) and event.seq > undos[-1].seq for event in own):
        raise Refused("There is nothing to redo.")
    return (Draft(e.Undone((undos[-1].id,))),)


def _is_redo(incident: Incident, event: Event) -> bool:
    assert isinstance(event.body, e.Undone)
    kinds = {other.id: type(other.body) for other in incident.log}
    return any(kinds.get(target) is e.Undone for target in event.body.targets)
