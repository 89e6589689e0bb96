"""The rules of evidence: what somebody attaches is kept, and what a check saw, once for each thing that it saw."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.proof import CHECK, looks
from hotfix_tui.domain.text import MESSAGE, clean, one_line

AGAIN = timedelta(minutes=5)
"""How long the same sight of a check is no news."""


def attach_evidence(
    incident: Incident, playbook: Playbook, intent: i.AttachEvidence, context: i.Context
) -> tuple[Draft, ...]:
    """The evidence, if it says something new. Raises: Refused for an unknown item, or without a text."""
    if playbook.item(intent.item) is None:
        raise Refused(f"There is no item “{one_line(intent.item, 40)}” in this playbook.")
    text = clean(intent.text, MESSAGE, multiline=True).strip()
    if not text:
        raise Refused("Evidence needs some text.")
    if intent.form == CHECK and _as_before(incident, intent, text, context):
        return ()
    return (Draft(e.EvidenceAttached(intent.item, intent.form, text, intent.ok)),)


def _as_before(incident: Incident, intent: i.AttachEvidence, text: str, context: i.Context) -> bool:
    """Whether a check saw the very same a moment ago: who asks again and again fills no log."""
    last = next(looks(incident.item(intent.item)), None)
    if last is None or (last.ok, last.text) != (intent.ok, text):
        return False
    return context.now - last.at < AGAIN
