"""Whom to reach, when to go up a rung, and what is sent."""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.domain.availability import parse_hours
from hotfix_tui.importing.understood import Contact, Template
from hotfix_tui.importing.writing.ids import Ids
from hotfix_tui.importing.writing.items import plain
from hotfix_tui.importing.writing.plan import Plan, line, span
from hotfix_tui.importing.writing.texts import filled_in
from hotfix_tui.importing.writing.toml import Table, table

_ALWAYS = ("24/7", "24x7", "24×7", "always", "24/7/365")


def people(plan: Plan) -> Iterator[Table]:
    """Contacts and rungs of escalation."""
    own = Ids()
    yield from (_contact(plan, one) for one in plan.found.contacts)
    for rung in plan.found.rungs:
        yield table(
            "escalation",
            plan.beside(rung.origin),
            id=own.new(rung.text, "rung"),
            title=line(rung.text) or "escalate",
            after=span(rung.after),
        )


def _contact(plan: Plan, one: Contact) -> Table:
    hours = _hours(one.available)
    return table(
        "contact",
        plan.beside(one.origin),
        role=line(one.role) or line(one.name) or line(one.address) or "contact",
        name=line(one.name),
        address=line(one.address),
        phone=line(one.phone),
        available=hours,
        note=line(one.available) if line(one.available) != hours else "",
    )


def _hours(said: str) -> str:
    """The hours where they are written as a playbook has them; "24/7" is always."""
    text = line(said)
    if text.lower() in _ALWAYS:
        return "always"
    try:
        parse_hours(text)
    except ValueError:
        return ""
    return text


def templates(plan: Plan) -> Iterator[Table]:
    """Every text to send or fill in, whole."""
    own = Ids()
    yield from (
        _template(plan, one, own.new(one.title or one.id, "template")) for one in plan.found.templates
    )


def _template(plan: Plan, one: Template, id: str) -> Table:
    return table(
        "template",
        plan.beside(one.origin),
        id=id,
        title=plain(one.title) or id,
        subject=filled_in(line(one.subject), one.placeholders),
        audience=line(one.audience),
        channel=line(one.channel),
        promise=span(one.promise),
        body=filled_in(one.body, one.placeholders) or id,
    )
