"""The people to reach, each with whether they can be reached now, in words (S0.ESC.1, S3.ESC.1, S3.ESC.3)."""

from __future__ import annotations

from datetime import date, datetime

from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.availability import Reach, opens_at, outdated, reach, zone
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Contact, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.roles import find_role, title_of


@record(frozen=True, slots=True)
class Entry:
    """A contact at one moment."""

    contact: Contact
    name: str
    """The contact's name, else the person who has the role, else the role; untrusted text."""
    role: str
    """The role's title; empty where `name` says it already."""
    reach: Reach
    told: str
    """"reachable now", "not now until Mon 09:00", "list outdated since 24 Jan"."""
    local: str
    """The time where they are, such as "04:14 Europe/Berlin"; empty when nobody said, or it is UTC."""


def contacts(incident: Incident | None, playbook: Playbook, now: datetime) -> tuple[Entry, ...]:
    """The contacts that apply, in the playbook's order; all of them where there is no incident."""
    return tuple(
        entry(contact, now, incident, playbook)
        for contact in playbook.contacts
        if incident is None or applies(incident, contact.when)
    )


def entry(contact: Contact, now: datetime, incident: Incident | None, playbook: Playbook) -> Entry:
    """Who it is, and whether and when they can be reached."""
    state, id = reach(contact, now), find_role(playbook, contact.role)
    title = title_of(playbook, contact.role)
    name = contact.name or (incident.roles.get(id, "") if incident else "")
    told, local = _told(contact, state, now), _local(contact, now)
    return Entry(contact, name or title, title if name else "", state, told, local)


def _told(contact: Contact, state: Reach, now: datetime) -> str:
    if state == "yes":
        return "reachable now"
    if state == "outdated":
        return f"list {outdated_words(contact, now.date())}"
    if state == "unknown":
        return "nobody said when"
    opens = opens_at(contact, now)
    if opens is None:
        return "not now"
    today = opens.date() == now.astimezone(opens.tzinfo).date()
    return f"not now until {opens:%H:%M}" if today else f"not now until {opens:%a %H:%M}"


def outdated_words(contact: Contact, today: date) -> str:
    """Since when it holds no more, or from when it will: "outdated since 24 Jan", "valid only from 13 Jan"."""
    if contact.valid_from and today < contact.valid_from:
        return f"valid only from {_day(contact.valid_from, today)}"
    return f"outdated since {_day(contact.valid_until, today)}" if contact.valid_until else "outdated"


def _day(day: date, today: date) -> str:
    year = f" {day.year}" if abs((day - today).days) > 300 else ""
    return f"{day.day} {day:%b}{year}"


def _local(contact: Contact, now: datetime) -> str:
    if contact.timezone == "UTC":
        return ""
    return f"{now.astimezone(zone(contact.timezone)):%H:%M} {contact.timezone}"


def outdated_lists(playbook: Playbook, today: date) -> tuple[str, ...]:
    """A sentence for each date since which contacts do not hold: "the contacts are outdated since 24 Jan (Kim, Robin)"."""
    groups: dict[str, list[str]] = {}
    for contact in playbook.contacts:
        if outdated(contact, today):
            name = contact.name or title_of(playbook, contact.role)
            groups.setdefault(outdated_words(contact, today), []).append(name)
    return tuple(f"contact list {words} ({', '.join(names)})" for words, names in groups.items())
