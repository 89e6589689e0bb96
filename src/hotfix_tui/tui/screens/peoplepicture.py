"""Pictures of people to reach: the contacts, a rung of escalation with its message."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain.contacts import Entry, contacts, entry
from hotfix_tui.domain.escalation import LadderStep, standing, to_reach
from hotfix_tui.domain.outgoing import Outgoing, outgoing
from hotfix_tui.domain.playbook import Reference
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded, paragraph

REACH_ROLES = {"yes": "good", "no": "waiting", "outdated": "risk", "unknown": "dim"}
"""How the words of each state look."""


def _part(label: str, text: str, width: int, *, role: str = "text") -> tuple[Row, ...]:
    return paragraph(label, text, width, role=role, indent=11) if text else ()


# --- contacts


def contact_rows(case: Case, now: datetime) -> tuple[Row, ...]:
    """Everybody who can be reached, then what to have at hand; the rows with keys can be copied."""
    people = contacts(case.incident, case.playbook, now)
    rows = [line for n, one in enumerate(people) for line in _contact(one, f"contact {n}")]
    links = [line for n, one in enumerate(case.playbook.references) for line in _reference(one, f"link {n}")]
    if not rows and not links:
        return (row("this playbook names no contacts", "dim"),)
    return (*rows, *((row("At hand", "bold"), *links) if links else ()))


def _contact(found: Entry, key: str) -> tuple[Row, ...]:
    contact = found.contact
    name, role = clean(found.name, NAME), f"  {clean(found.role, NAME)}" if found.role else ""
    head = Row(((name, "bold"), (role, "text")), ((clean(found.told, NAME), REACH_ROLES[found.reach]),), key)
    where = "  ".join(clean(part, NAME) for part in (contact.phone, contact.address) if part)
    local = ((f"{clean(found.local, NAME)} there", "dim"),) if found.local else ()
    lines = [Row((("  ", "text"), (where, "accent")), local)] if where or local else []
    if contact.note:
        lines.append(row(f"  {clean(contact.note, TITLE)}", "dim"))
    return (head, *lines)


def _reference(one: Reference, key: str) -> tuple[Row, ...]:
    head = Row(((clean(one.title, NAME), "text"),), ((clean(one.target, NAME), "accent"),), key)
    return (head, row(f"  {clean(one.note, TITLE)}", "dim")) if one.note else (head,)


def to_copy(case: Case, now: datetime, key: str) -> str:
    """What copying this row gives: where to reach somebody, or where to find something."""
    kind, _, number = key.partition(" ")
    if kind == "link":
        return case.playbook.references[int(number)].target
    if kind != "contact":
        return ""
    contact = contacts(case.incident, case.playbook, now)[int(number)].contact
    return contact.phone or contact.address or contact.name


# --- a rung


def rung_rows(case: Case, step: LadderStep, now: datetime, width: int) -> tuple[Row, ...]:
    """A rung: whom to reach where, whether they can be reached now, how it stands, and its message."""
    rung = step.rung
    people = [
        entry(contact, now, case.incident, case.playbook)
        for contact in to_reach(case.incident, case.playbook, rung)
    ]
    due = step.is_due(now) and case.incident.ended_at is None
    lines = [row(line, "bold") for line in folded(rung.title, width)]
    lines += [
        row(),
        *_part("Stands", standing(step, case.incident, now), width, role="over" if due else "text"),
    ]
    for n, one in enumerate(people):
        lines += _part("" if n else "Reach", _who(one), width)
        lines += _part("", _when(one), width, role=REACH_ROLES[one.reach])
    lines += _part("Role", "" if people else rung.role, width)
    lines += _part("Channel", rung.channel, width)
    lines += _part("How", rung.text, width)
    template = case.playbook.template(rung.template)
    return (*lines, *(letter_rows(outgoing(case.incident, template, now), width) if template else ()))


def _who(found: Entry) -> str:
    contact = found.contact
    return "  ".join(part for part in (found.name, contact.phone, contact.address) if part)


def _when(found: Entry) -> str:
    return f"{found.told}, {found.local} there" if found.local else found.told


# --- its message


def letter_rows(letter: Outgoing, width: int) -> tuple[Row, ...]:
    """The message of a rung, filled in as far as the incident knows."""
    names = ", ".join(f"${name}" for name in letter.missing)
    gaps = (row(), row(f"fill in {clean(names, TITLE)} yourself", "waiting")) if names else ()
    return (row(), *(row(f"  {line}", "text") for line in folded(letter.text, width - 2)), *gaps)
