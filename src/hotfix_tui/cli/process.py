"""The way of working without the console: rollback or fix, scenario cards, facts, fields, messages."""

from __future__ import annotations

from collections.abc import Iterable

import click

from hotfix_tui.cli.items import next_words
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.applying import applies, numbers
from hotfix_tui.domain.intents import ChooseWay, FillField, SetFlag, StartProcedure
from hotfix_tui.domain.outgoing import offered, outgoing
from hotfix_tui.domain.playbook import Rollback, Scenario
from hotfix_tui.domain.process_rules import begun_by_way
from hotfix_tui.domain.text import clean

CONFIRM = "The word that starting it wants typed in full."


@click.command(cls=CommandBase, name="way")
@click.argument("way", type=click.Choice(["rollback", "fix"]))
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option("--confirm", default="", metavar="WORD", help=CONFIRM)
def way_command(way: str, reason: str, confirm: str) -> None:
    """Decide whether to roll back first or to fix."""
    session = current()
    case = session.case()
    if way == "rollback":
        _sure(begun_by_way(case.incident, case.playbook), confirm)
    case = session.ask(case, ChooseWay("rollback" if way == "rollback" else "fix", reason))
    tell(f"{case.id}: {way}.", f"Next: {next_words(case)}")


@click.command(cls=CommandBase, name="start")
@click.argument("procedure", default="", metavar="[ID]")
@click.option("--reason", default="", metavar="TEXT", help="Why it is started.")
@click.option("--confirm", default="", metavar="WORD", help=CONFIRM)
def start_command(procedure: str, reason: str, confirm: str) -> None:
    """Start a scenario card or a rollback; without an id, list them."""
    session = current()
    case = session.case()
    if not procedure:
        begun = numbers(case.incident, case.playbook)
        say(*table([(p.id, p.title, begun.get(p.id, "")) for p in case.playbook.procedures()]))
        return
    found = case.playbook.procedure(
        _known(procedure, "scenario or rollback", (p.id for p in case.playbook.procedures()))
    )
    assert found is not None
    _sure(found, confirm)
    case = session.ask(case, StartProcedure(found.id, reason))
    tell(f"{case.id}: started {clean(found.title)}.", f"Next: {next_words(case)}")


def _sure(found: Rollback | Scenario | None, confirm: str) -> None:
    """Raises: UsageError where a rollback begins without the word that it wants typed in full."""
    word = found.confirm if isinstance(found, Rollback) else ""
    if found is not None and word and confirm != word:
        raise click.UsageError(f"{found.title}: confirm it with --confirm {word}.")


@click.command(cls=CommandBase, name="flag")
@click.argument("flag", default="", metavar="[ID]")
@click.option("--off", is_flag=True, help="It proved wrong.")
@click.option("--reason", default="", metavar="TEXT", help="How it is known.")
def flag_command(flag: str, off: bool, reason: str) -> None:
    """Say that a fact became known: items that depend on it appear. Without an id, list the facts."""
    session = current()
    case = session.case()
    if not flag:
        known = case.incident.flags
        say(*table([(f.id, "yes" if f.id in known else "no", f.text) for f in case.playbook.flags]))
        return
    name = _known(flag, "flag", (f.id for f in case.playbook.flags))
    case = session.ask(case, SetFlag(name, not off, reason))
    tell(f"{case.id}: {name} {'no' if off else 'yes'}.", f"Next: {next_words(case)}")


@click.command(cls=CommandBase, name="fill")
@click.argument("field", default="", metavar="[ID]")
@click.argument("value", default="", metavar="[VALUE]")
def fill_command(field: str, value: str) -> None:
    """Fill in a field of the declaration, the post-mortem or the criteria; without an id, list them."""
    session = current()
    case = session.case()
    if not field:
        fields = [f for f in case.playbook.fields() if applies(case.incident, f.when)]
        say(*table([(f.id, case.incident.fields.get(f.id, "-"), f.text) for f in fields]))
        return
    name = _known(field, "field", (f.id for f in case.playbook.fields()))
    case = session.ask(case, FillField(name, value))
    tell(f"{case.id}: {name} is {case.incident.fields.get(name, 'empty')}.")


@click.command(cls=CommandBase, name="template")
@click.argument("template", default="", metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def template_command(template: str, as_json: bool) -> None:
    """Print a message with what is known filled in; without an id, list the templates that fit now."""
    session = current()
    case = session.case()
    if not template:
        fitting = offered(case.incident, case.playbook)
        if as_json:
            emit(
                id=case.id, templates=[{"id": t.id, "title": t.title, "channel": t.channel} for t in fitting]
            )
        else:
            say(*table([(t.id, t.title, t.channel) for t in fitting]))
        return
    found = case.playbook.template(_known(template, "template", (t.id for t in case.playbook.templates)))
    assert found is not None
    message = outgoing(case.incident, found, session.now)
    if as_json:
        emit(
            id=case.id,
            template=found.id,
            subject=message.subject,
            body=message.body,
            missing=list(message.missing),
        )
        return
    say(*message.text.split("\n"))
    if message.missing:
        tell(f"Still to be written: {', '.join(f'${name}' for name in message.missing)}")


def _known(word: str, what: str, known: Iterable[str]) -> str:
    """The id that was meant. Raises: UsageError."""
    names = list(known)
    if word.lower() not in names:
        listed = ", ".join(names) or "none"
        raise click.UsageError(f"There is no {what} “{clean(word, 40)}” in this playbook; it has {listed}.")
    return word.lower()
