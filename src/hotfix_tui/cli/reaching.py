"""`hotfix escalate`, `hotfix contacts`, `hotfix snooze`: whom to reach, and what to be quiet about for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hotfix_tui.cli.codes import NoIncident
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.alarms import alarms, ringing
from hotfix_tui.domain.contacts import Entry, contacts, entry, outdated_lists
from hotfix_tui.domain.escalation import LadderStep, find_step, ladder, standing, to_reach
from hotfix_tui.domain.intents import Escalate, MarkSent, Snooze
from hotfix_tui.domain.moments import clock
from hotfix_tui.domain.templates import fill, values

if TYPE_CHECKING:
    from hotfix_tui.domain.incident import Incident
    from hotfix_tui.domain.playbook import Playbook
    from hotfix_tui.service.incidents import Case


@click.command(cls=CommandBase, name="escalate")
@click.argument("rung", default="", metavar="[RUNG]")
@click.argument("person", default="", metavar="[PERSON]")
@click.option("--how", default="", metavar="TEXT", help="How you reached them: “by phone”, a link.")
@click.option("--sent", is_flag=True, help="Record that its message was sent, too.")
@click.option(
    "--text", "only_text", is_flag=True, help="Print the rung's message, filled in; record nothing."
)
@click.option("--json", "as_json", is_flag=True, help="Without RUNG: one JSON object.")
def escalate_command(rung: str, person: str, how: str, sent: bool, only_text: bool, as_json: bool) -> None:
    """Record that a rung of escalation was taken; without a rung, show the ladder and whom to reach.

    RUNG is its number, id or title. PERSON is who was reached; else the contact that the playbook names.
    """
    session = current()
    case = session.case()
    if only_text and rung:
        _print_text(case, session, rung)
    elif rung:
        _escalate(case, session, Escalate(rung, how, person), sent=sent)
    elif as_json:
        emit(id=case.id, rungs=[_rung_data(case, session, step) for step in _ladder(case)])
    else:
        _show_ladder(case, session)


def _escalate(case: Case, session: Session, intent: Escalate, *, sent: bool) -> None:
    case = session.ask(case, intent)
    taken = case.incident.escalations[-1]
    step = find_step(case.incident, case.playbook, taken.rung)
    assert step is not None
    who = f" to {taken.person}" if taken.person else ""
    tell(f"{case.id}: escalated{who}: {step.rung.title}.")
    if sent and step.rung.template:
        session.ask(case, MarkSent(step.rung.template, step.rung.channel))
        tell(f"{case.id}: {step.rung.template} sent.")


def _ladder(case: Case) -> tuple[LadderStep, ...]:
    return ladder(case.incident, case.playbook)


def _print_text(case: Case, session: Session, rung: str) -> None:
    step = find_step(case.incident, case.playbook, rung)
    template = case.playbook.template(step.rung.template) if step else None
    if template is None:
        raise click.UsageError("That rung has no message.")
    known = values(case.incident, session.now)
    say(*(fill(text, known).rstrip("\n") for text in (template.subject, template.body) if text))


def _show_ladder(case: Case, session: Session) -> None:
    steps = _ladder(case)
    if not steps:
        tell("This playbook has no escalation.")
        return
    rows = []
    for number, step in enumerate(steps, start=1):
        found = to_reach(case.incident, case.playbook, step.rung)
        who = "; ".join(
            _reach_words(entry(contact, session.now, case.incident, case.playbook)) for contact in found
        )
        rows.append((str(number), step.rung.id, standing(step, case.incident, session.now), step.rung.title))
        rows += [("", "", "", f"  {who}")] if who else []
        rows += [("", "", "", f"  {step.rung.channel}")] if step.rung.channel and not who else []
    say(*table(rows))


def _reach_words(found: Entry) -> str:
    contact = found.contact
    where = ", ".join(part for part in (contact.phone, contact.address) if part)
    return f"{found.name}{f' ({where})' if where else ''}: {found.told}"


def _rung_data(case: Case, session: Session, step: LadderStep) -> dict[str, object]:
    rung = step.rung
    found = to_reach(case.incident, case.playbook, rung)
    return {
        "id": rung.id,
        "title": rung.title,
        "due": step.due.isoformat(),
        "is_due": case.incident.ended_at is None and step.is_due(session.now),
        "taken": [{"at": t.at.isoformat(), "person": t.person, "how": t.how} for t in step.taken],
        "role": rung.role,
        "channel": rung.channel,
        "template": rung.template,
        "contacts": [
            _contact_data(entry(contact, session.now, case.incident, case.playbook)) for contact in found
        ],
    }


@click.command(cls=CommandBase, name="contacts")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def contacts_command(as_json: bool) -> None:
    """List whom to reach, whether they can be reached now, and what to have at hand.

    Without an open incident: those of the playbook.
    """
    session = current()
    incident, playbook = _incident_or_playbook(session)
    found = contacts(incident, playbook, session.now)
    old = outdated_lists(playbook, session.now.date())
    if as_json:
        links = [{"title": one.title, "target": one.target, "note": one.note} for one in playbook.references]
        people = [_contact_data(one) for one in found]
        emit(playbook=playbook.id, contacts=people, references=links, warnings=list(old))
        return
    if not found:
        tell("This playbook names no contacts.")
    say(*table([_contact_row(one) for one in found]))
    if playbook.references:
        say("", *table([(one.title, one.target) for one in playbook.references]))
    tell(*(f"Warning: {words}." for words in old))


def _incident_or_playbook(session: Session) -> tuple[Incident | None, Playbook]:
    try:
        case = session.case()
    except NoIncident:
        if session.settings.incident:
            raise
        from hotfix_tui.wiring import open_library

        return None, open_library(session.settings).load(session.settings.playbook).playbook
    return case.incident, case.playbook


def _contact_row(found: Entry) -> tuple[str, ...]:
    contact = found.contact
    told = f"{found.told} ({found.local})" if found.local else found.told
    return (found.name, found.role or "-", told, contact.phone or "-", contact.address or contact.note)


def _contact_data(found: Entry) -> dict[str, object]:
    contact = found.contact
    return {
        "role": contact.role,
        "name": contact.name,
        "shown_as": found.name,
        "address": contact.address,
        "phone": contact.phone,
        "reach": found.reach,
        "told": found.told,
        "local_time": found.local,
        "note": contact.note,
    }


@click.command(cls=CommandBase, name="snooze")
@click.argument("alarm", default="", metavar="[ALARM]")
@click.option("--minutes", default=0, metavar="N", help="For how long; else as the playbook says.")
@click.option("--list", "only_list", is_flag=True, help="Show the alarms; snooze none.")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
def snooze_command(alarm: str, minutes: int, only_list: bool, as_json: bool) -> None:
    """Keep an alarm quiet for a while, on every console; without a name, all that ring."""
    session = current()
    case = session.case()
    if only_list or as_json:
        _show_alarms(case, session, as_json=as_json)
        return
    before = set(case.incident.snoozes.items())
    case = session.ask(case, Snooze(alarm, minutes))
    rests = sorted(set(case.incident.snoozes.items()) - before)
    for id, rest in rests:
        tell(f"{case.id}: {id.rpartition(':')[0]} is quiet until {clock(rest.until, session.now)}.")


def _show_alarms(case: Case, session: Session, *, as_json: bool) -> None:
    loud = {ring.alarm.id for ring in ringing(case.incident, case.playbook, session.now)}
    found = alarms(case.incident, case.playbook, session.now)
    rests = {a.id: case.incident.snoozes[a.id].until for a in found if a.id not in loud}
    if as_json:
        data = [
            {
                "alarm": a.clock,
                "level": a.level,
                "text": a.text,
                "since": a.since.isoformat(),
                "quiet_until": rests[a.id].isoformat() if a.id in rests else None,
            }
            for a in found
        ]
        emit(id=case.id, alarms=data)
    elif not found:
        tell("No alarm rings.")
    else:
        quiet = {id: f"quiet until {clock(until, session.now)}" for id, until in rests.items()}
        say(*table([(a.clock, a.level, quiet.get(a.id, "rings"), a.text) for a in found]))
