"""Messages that are owed: updates that a sent message promised, and messages that an event makes due (S3.COM.1-3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.events import SeverityChanged
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Playbook, Template
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import Sent
from hotfix_tui.domain.windows import moment

UPDATE = "update"
"""The template whose sending restarts the update clock and keeps every promise."""


@record(frozen=True, slots=True)
class Owed:
    """A message that must be sent by a moment."""

    kind: Literal["promise", "due"]
    key: str
    """Tells it from the others of its kind: the audience that was promised something, or the template."""
    text: str
    """What is owed, in words such as "update to users"; untrusted text."""
    since: datetime
    due: datetime

    @property
    def id(self) -> str:
        """The name of its alarm."""
        return f"{self.kind}.{self.key}" if self.key else self.kind


def owed(incident: Incident, playbook: Playbook) -> tuple[Owed, ...]:
    """Every message that is owed, the earliest first; none of an incident that was never a hotfix."""
    if incident.declared.decision != "hotfix":
        return ()
    found = [*_promises(incident, playbook), *_dues(incident, playbook)]
    closed = incident.closed_at
    if closed is not None:  # what was overdue at closing was closed with it; what comes later is still owed
        found = [one for one in found if one.kind == "due" and one.due > closed]
    return tuple(sorted(found, key=lambda one: (one.due, one.id)))


def owed_words(incident: Incident, playbook: Playbook, template: Template, now: datetime) -> str:
    """Until when this message, or any to its audience, is owed: "due in 5m"; empty when it is not."""
    for one in owed(incident, playbook):
        if one.key == (template.id if one.kind == "due" else template.audience):
            return f"due {spoken(now - one.due)} ago" if now >= one.due else f"due in {spoken(one.due - now)}"
    return ""


def _promises(incident: Incident, playbook: Playbook) -> list[Owed]:
    """What the newest message to each audience promised (S0.COM.1); any message to them keeps it, so does an update."""
    known = {template.id: template for template in playbook.templates}
    running: dict[str, Owed] = {}
    for sent in sorted(incident.sent, key=lambda sent: sent.at):
        template = known.get(sent.template)
        audience = template.audience if template else ""
        running.pop(audience, None)
        if sent.template == UPDATE:
            running.clear()
        promised = _promised(incident, playbook, template)
        if promised:
            told = f"update to {audience}" if audience else "update"
            running[audience] = Owed("promise", audience, told, sent.at, sent.at + promised)
    return list(running.values())


def _promised(incident: Incident, playbook: Playbook, template: Template | None) -> timedelta | None:
    """How soon the message promises the next one; for an update the severity's own clock counts where it is as quick."""
    if template is None or template.promise is None:
        return None
    severity = playbook.severity(incident.severity)
    every = severity.update_every if severity else None
    same = template.id == UPDATE and every is not None and every <= template.promise
    return None if same else template.promise


@lately()
def _dues(incident: Incident, playbook: Playbook) -> tuple[Owed, ...]:
    """Messages that an event made due and that nobody sent yet; an item that is ticked sent the one that it names."""
    already = {sent.template for sent in incident.sent}
    items = (item for item in playbook.all_items() if item.template)
    already |= {item.template for item in items if incident.item(item.id).mark == "done"}
    found = []
    for template in playbook.templates:
        due = template.due
        if due is None or template.id in already:
            continue
        if not applies(incident, template.when):
            continue
        begun, limit = moment(incident, due.after), due.within or due.wait
        if begun is not None and limit is not None:
            told = f"{template.title} to {template.audience}" if template.audience else template.title
            found.append(Owed("due", template.id, told, begun, begun + limit))
    return tuple(found)


Kept = Literal["", "kept", "broken"]


def kept(incident: Incident, playbook: Playbook, now: datetime) -> tuple[tuple[Sent, Kept], ...]:
    """Every message that was sent, the earliest first, and what became of the next one that it promised.

    Empty where it promised none, or where its time was not over before users were well or the incident was closed.
    """
    known = {template.id: template for template in playbook.templates}
    ordered = sorted(incident.sent, key=lambda sent: sent.at)
    return tuple(
        (sent, _fate(incident, playbook, known, sent, ordered[place + 1 :], now))
        for place, sent in enumerate(ordered)
    )


def _fate(
    incident: Incident,
    playbook: Playbook,
    known: dict[str, Template],
    sent: Sent,
    later: list[Sent],
    now: datetime,
) -> Kept:
    template = known.get(sent.template)
    every = _cadence(incident, playbook, sent)
    promised = min(filter(None, (template.promise if template else None, every)), default=None)
    if promised is None:
        return ""
    audience = template.audience if template else ""
    answers = (one.at for one in later if one.template == UPDATE or _audience(known, one) == audience)
    answered, due = next(answers, None), sent.at + promised
    if answered is not None:
        return "kept" if answered <= due else "broken"
    return "broken" if (incident.ended_at or now) > due else ""


def _audience(known: dict[str, Template], sent: Sent) -> str:
    return known[sent.template].audience if sent.template in known else ""


def _cadence(incident: Incident, playbook: Playbook, sent: Sent) -> timedelta | None:
    """How often the severity that held when the message left wants an update; None for other messages."""
    if sent.template != UPDATE:
        return None
    level = incident.declared.severity
    for event in incident.story:
        if isinstance(event.body, SeverityChanged) and event.happened_at <= sent.at:
            level = event.body.severity
    severity = playbook.severity(level)
    return severity.update_every if severity else None
