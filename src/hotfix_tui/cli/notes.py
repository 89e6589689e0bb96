"""`hotfix note` and `hotfix milestone`: what happened, and when."""

from __future__ import annotations

from datetime import datetime

import click

from hotfix_tui.cli.arguments import find_item, moment
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.intents import AddNote, MarkMilestone
from hotfix_tui.domain.moments import clock, note_moment


@click.command(cls=CommandBase, name="note")
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.option(
    "--at", "at", metavar="TIME", default="", help="When it happened: 03:10, -12m or 2026-11-21T03:10Z."
)
@click.option("--item", "item", metavar="ITEM", default="", help="The item it is about.")
def note_command(words: tuple[str, ...], at: str, item: str) -> None:
    """Write a line into the story.

    A text that begins with @03:10 or -12m is dated back to then. Times are UTC.
    """
    session = current()
    case = session.case()
    text, leading = _dated(" ".join(words).strip(), session.now)
    when = moment(at, session.now) or leading
    about = find_item(case, item).id if item else ""
    session.ask(case, AddNote(text, when, about))
    tell(f"{case.id}: noted{f' at {clock(when, session.now)}' if when else ''}.")


def _dated(text: str, now: datetime) -> tuple[str, datetime | None]:
    try:
        return note_moment(text, now)
    except Refused as error:
        raise click.UsageError(str(error)) from error


@click.command(cls=CommandBase, name="milestone")
@click.argument("milestone", metavar="ID")
@click.option("--at", "at", metavar="TIME", default="", help="When: 03:10, -12m or 2026-11-21T03:10Z.")
def milestone_command(milestone: str, at: str) -> None:
    """Say that a milestone was reached: detected, cause-found, … (each playbook has its own)."""
    session = current()
    case = session.case()
    known = [one.id for one in case.playbook.milestones]
    if milestone not in known:
        raise click.UsageError(
            f"There is no milestone “{milestone}”; this playbook has {', '.join(known) or 'none'}."
        )
    when = moment(at, session.now)
    session.ask(case, MarkMilestone(milestone, when))
    tell(f"{case.id}: {milestone} at {clock(when or session.now, session.now)}.")
