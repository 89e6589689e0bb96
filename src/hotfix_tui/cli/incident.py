"""Commands on the incident as a whole: its severity, its end, and taking records back."""

from __future__ import annotations

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.events import Undone
from hotfix_tui.domain.intents import ChangeSeverity, Close, Redo, Reopen, Resolve, Undo
from hotfix_tui.domain.story import story
from hotfix_tui.service.incidents import Case


@click.command(cls=CommandBase, name="severity")
@click.argument("level", metavar="LEVEL")
@click.option("--reason", default="", metavar="TEXT", help="Why it changes.")
def severity_command(level: str, reason: str) -> None:
    """Change the severity, with a reason; the clocks follow."""
    session = current()
    case = session.case()
    known = [one.id for one in case.playbook.severities]
    if level.lower() not in {id.lower() for id in known}:
        raise click.UsageError(f"There is no severity “{level}” in this playbook; it has {', '.join(known)}.")
    case = session.ask(case, ChangeSeverity(level, reason))
    tell(f"{case.id}: severity is {case.incident.severity}.")


@click.command(cls=CommandBase, name="resolve")
@click.argument("words", nargs=-1, metavar="[NOTE]")
def resolve_command(words: tuple[str, ...]) -> None:
    """Say that users are well again: the resolution clock stops."""
    session = current()
    case = session.ask(session.case(), Resolve(" ".join(words)))
    tell(f"{case.id}: resolved. Next: hotfix close")


@click.command(cls=CommandBase, name="close")
@click.option("--reason", default="", metavar="TEXT", help="Why, when something required is still open.")
def close_command(reason: str) -> None:
    """Close the incident."""
    session = current()
    case = session.ask(session.case(), Close(reason))
    tell(f"{case.id}: closed. Next: hotfix export {case.id}")


@click.command(cls=CommandBase, name="reopen")
@click.argument("id", metavar="[ID]", default="")
@click.option("--reason", default="", metavar="TEXT", help="Why it is active again.")
def reopen_command(id: str, reason: str) -> None:
    """Make a resolved or closed incident active again, with a reason."""
    session = current()
    case = session.ask(session.case(id), Reopen(reason))
    tell(f"{case.id}: active again.")


@click.command(cls=CommandBase, name="undo")
def undo_command() -> None:
    """Take back your last record; nothing is erased, and `hotfix redo` brings it back."""
    session = current()
    case = session.ask(session.case(), Undo())
    tell(f"{case.id}: taken back: {_last_undone(case)}")


@click.command(cls=CommandBase, name="redo")
def redo_command() -> None:
    """Take back the last undo."""
    session = current()
    case = session.ask(session.case(), Redo())
    tell(f"{case.id}: brought back.")


def _last_undone(case: Case) -> str:
    newest = case.incident.log[-1].body
    targets = newest.targets if isinstance(newest, Undone) else ()
    told = [line.text for line in story(case.incident, case.playbook) if line.event in targets]
    return "; ".join(told) or "the last record"
