"""The rules of items: what marking one asks for, and what goes with it."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.applying import is_open, items, labels, parts, sections
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import accepted_value, question
from hotfix_tui.domain.playbook import Item, Phase, Playbook
from hotfix_tui.domain.text import MESSAGE, one_line
from hotfix_tui.domain.windows import event_name, item_window


def mark_item(
    incident: Incident, playbook: Playbook, intent: i.MarkItem, context: i.Context
) -> tuple[Draft, ...]:
    """The item's mark with what goes with it: evidence, approval, flag, and the marks of its twins."""
    item = playbook.item(intent.item)
    if item is None:
        raise Refused(f"There is no item “{one_line(intent.item, 40)}” in this playbook.")
    item = original(incident, playbook, item)
    told = incident.item(item.id)
    reason, evidence = one_line(intent.reason), one_line(intent.evidence, MESSAGE)
    value = accepted_value(item, one_line(intent.value))
    repeated = item.kind == "recurring" and intent.mark == "done" and told.mark != "done"
    if (told.mark, told.value) == (intent.mark, value or told.value) and not evidence and not repeated:
        return ()
    if intent.mark == "skipped" and not reason:
        raise NeedsAnswer("reason", f"Why is “{item.text}” skipped?")
    if intent.mark != "done":
        return (
            *_twins(incident, playbook, item, intent.mark, reason, value),
            _marked(item, intent.mark, reason, value),
        )
    if question(item) and not value:
        raise NeedsAnswer("value", f"{item.text}: {question(item)}")
    if item.evidence and not evidence and not any(piece.ok for piece in told.evidence):
        raise NeedsAnswer("evidence", f"“{item.text}” wants evidence: {item.evidence}")
    attached = (Draft(e.EvidenceAttached(item.id, "text", evidence)),) if evidence else ()
    section = _home(incident, playbook, item)
    if repeated and section and _runs_on(incident, section, item, context.now):
        return (*attached, _marked(item, "checked", reason, value))
    early = _too_early(incident, playbook, section, item, context.now) if section else ""
    if early and not reason:
        raise NeedsAnswer("reason", f"{early} Why is it done all the same?")
    return (
        *attached,
        *_consequences(incident, playbook, item, value, reason),
        *_twins(incident, playbook, item, "done", reason, value),
        _marked(item, "done", reason, value),
    )


def _marked(item: Item, mark: str, reason: str, value: str) -> Draft:
    return Draft(e.ItemMarked(item.id, mark, reason, value))


def _home(incident: Incident, playbook: Playbook, item: Item) -> Phase | None:
    return next((s for s in sections(incident, playbook) if item in items(incident, s)), None)


def _runs_on(incident: Incident, section: Phase, item: Item, now: datetime) -> bool:
    """Whether the recurring item is to be checked once more after this time: half a round early is not the end."""
    ends = item_window(incident, section, item).opens
    assert item.every is not None
    return ends is None or now + item.every / 2 < ends


def _too_early(incident: Incident, playbook: Playbook, section: Phase, item: Item, now: datetime) -> str:
    """Why the item cannot be done yet, as a sentence; empty when it can."""
    names = labels(incident, playbook)
    left = [
        names[part.id] for part in parts(incident, section, item) if part.required and is_open(incident, part)
    ]
    if left:
        return f"{', '.join(left)} {'is' if len(left) == 1 else 'are'} open."
    if item.kind == "recurring":
        return ""
    found = item_window(incident, section, item)
    if found.waits_for:
        return f"“{item.text}” comes after “{event_name(playbook, found.waits_for)}”."
    opens = found.opens
    if opens and now < opens:
        return f"“{item.text}” is due from {opens:%H:%M}Z, in {spoken(opens - now)}."
    return ""


def _consequences(
    incident: Incident, playbook: Playbook, item: Item, value: str, reason: str
) -> tuple[Draft, ...]:
    """An approval that was given, a message that left, and a fact that became known."""
    found: list[Draft] = []
    if item.kind == "approval":
        found.append(Draft(e.ApprovalGiven(item.role, value, reason, item.id)))
    template = playbook.template(item.template)
    if (
        template
        and (template.channel or template.audience)
        and all(sent.template != template.id for sent in incident.sent)
    ):
        found.append(Draft(e.MessageSent(template.id, template.channel, item.id)))
    if item.sets and (value == "yes") != (item.sets in incident.flags):
        found.append(Draft(e.FlagChanged(item.sets, value == "yes", "", item.id)))
    return tuple(found)


def original(incident: Incident, playbook: Playbook, item: Item) -> Item:
    """The item that this one is a twin of, where it applies: its rules hold for both."""
    here = {i.id: i for section in sections(incident, playbook) for i in items(incident, section)}
    return original(incident, playbook, here[item.twin]) if item.twin in here else item


def twins(playbook: Playbook, item: Item) -> tuple[Item, ...]:
    """Every other item that says the same, however they name each other."""
    every = tuple(playbook.all_items())
    links = [(one.id, one.twin) for one in every if one.twin]
    names = {item.id}
    while more := {end for link in links for end in link if not names.isdisjoint(link)} - names:
        names |= more
    return tuple(other for other in every if other.id in names and other.id != item.id)


def _twins(
    incident: Incident, playbook: Playbook, item: Item, mark: str, reason: str, value: str
) -> tuple[Draft, ...]:
    return tuple(
        Draft(e.ItemMarked(twin.id, mark, reason, value, item.id))
        for twin in twins(playbook, item)
        if incident.item(twin.id).mark != mark
    )
