"""People and what they are told: roles, contacts, escalation and templates."""

from __future__ import annotations

from datetime import date, timedelta

from hotfix_tui.domain.playbook.levels import Condition
from hotfix_tui.domain.playbook.work import Due
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Role:
    """A part in the incident, and who plays it where nobody was named (S1.ESC.5)."""

    id: str
    title: str
    text: str = ""
    delegate: str = ""
    """Who has it by default: a person, a rota, or an assistant such as "@builder" (S4.ESC.4)."""
    required: bool = False
    """Whether somebody must be named (S4.ESC.2)."""


@record(frozen=True, slots=True)
class Contact:
    """Somebody to reach, where, and when."""

    role: str
    """The role, or what they are for."""
    name: str = ""
    """Who it is."""
    address: str = ""
    """A mail, a channel or a page."""
    phone: str = ""
    """The telephone number."""
    available: str = ""
    """"always", or days and hours such as "Mon-Fri 09:00-17:00"; empty when nobody said (S0.ESC.1)."""
    timezone: str = "UTC"
    """The IANA name of the zone that the hours are in."""
    valid_from: date | None = None
    """The first day on which it holds."""
    valid_until: date | None = None
    """The last day on which it holds (S3.ESC.3)."""
    when: Condition = Condition()
    note: str = ""


@record(frozen=True, slots=True)
class Rung:
    """One rung of escalation: due so long after the declaration (S1.ESC.1-4)."""

    id: str
    title: str
    after: timedelta | None = None
    """None for at once."""
    role: str = ""
    """The role to reach."""
    channel: str = ""
    template: str = ""
    """The id of the template to send."""
    when: Condition = Condition()
    text: str = ""


@record(frozen=True, slots=True)
class Template:
    """A message or document to send, with `$placeholders`."""

    id: str
    title: str
    body: str
    """The text."""
    subject: str = ""
    """The subject line."""
    audience: str = ""
    """Who reads it."""
    channel: str = ""
    """Where it is sent."""
    phase: str = ""
    """Offered while this phase runs; empty for always."""
    when: Condition = Condition()
    due: Due | None = None
    """When it must have been sent (S3.COM.1)."""
    promise: timedelta | None = None
    """The next update it promises."""


@record(frozen=True, slots=True)
class Alarms:
    """How insistent the clocks are."""

    nag_every: timedelta = timedelta(minutes=10)
    """The time between two rings."""
    nags: int = 3
    """How often an alarm that nobody answers is repeated."""
    snooze: timedelta = timedelta(minutes=10)
    """How long an alarm is quiet when somebody says so."""
