"""The rules of operations: what the journal takes, and in which order."""

from __future__ import annotations

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.marking import mark_item
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import MESSAGE, TITLE, clean


def start_operation(
    incident: Incident, playbook: Playbook, intent: i.StartOperation, context: i.Context
) -> tuple[Draft, ...]:
    """The event that journals a confirmed plan. Raises: Refused while another operation runs."""
    busy = next(
        (o.title for o in incident.operations.values() if o.state == "running" and o.run != intent.run), None
    )
    if busy is not None:
        raise Refused(f"“{busy}” has not ended; continue, undo or leave it first.")
    if intent.run in incident.operations:
        return ()
    body = e.OperationStarted(
        intent.run,
        intent.operation,
        clean(intent.title, TITLE).strip(),
        dict(intent.parameters),
        intent.steps,
        intent.item,
    )
    return (Draft(body),)


def start_step(
    incident: Incident, playbook: Playbook, intent: i.StartStep, context: i.Context
) -> tuple[Draft, ...]:
    """The event that journals a step before it runs. Raises: Refused when its operation was never started."""
    if intent.run not in incident.operations:
        raise Refused("That operation was never started.")
    return (Draft(e.StepStarted(intent.run, intent.step, intent.argv)),)


def finish_step(
    incident: Incident, playbook: Playbook, intent: i.FinishStep, context: i.Context
) -> tuple[Draft, ...]:
    """The event that journals a step's outcome."""
    detail = clean(intent.detail, MESSAGE, multiline=True)
    return (Draft(e.StepFinished(intent.run, intent.step, intent.outcome, detail)),)


def finish_operation(
    incident: Incident, playbook: Playbook, intent: i.FinishOperation, context: i.Context
) -> tuple[Draft, ...]:
    """The events that journal an operation's outcome; done, it shows and ticks the item that it answers."""
    record = incident.operations.get(intent.run)
    if record is None or record.state == intent.outcome:
        return ()
    finished = Draft(
        e.OperationFinished(intent.run, intent.outcome, clean(intent.detail, MESSAGE, multiline=True))
    )
    item = playbook.item(record.item)
    if intent.outcome != "done" or item is None or incident.item(item.id).mark == "done":
        return (finished,)
    return (
        finished,
        *_answered(incident, playbook, item, clean(intent.detail, MESSAGE).strip() or record.title, context),
    )


def _answered(
    incident: Incident, playbook: Playbook, item: Item, shown: str, context: i.Context
) -> tuple[Draft, ...]:
    """What was seen, as evidence of the item, and its tick; an item that wants more than a tick keeps its question."""
    piece = Draft(e.EvidenceAttached(item.id, "command", shown))
    try:
        drafts = mark_item(incident, playbook, i.MarkItem(item.id, "done", evidence=shown), context)
    except Refused:
        return (piece,)
    return (piece, *(draft for draft in drafts if not isinstance(draft.body, e.EvidenceAttached)))
