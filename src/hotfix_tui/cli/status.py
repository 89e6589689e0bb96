"""`hotfix status`: where are we, what is next, what time is left, what is at risk."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.codes import NoIncident
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, safe, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.cli.statuswords import answers_data, over_limits, status_line, status_words
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.glance import Glance, Risk, glance
from hotfix_tui.service.incidents import Case, NoSuchIncident

EVERY = 1.0
"""Seconds between two looks of `--watch`."""


@click.command(cls=CommandBase, name="status")
@click.argument("id", default="", metavar="[ID]")
@click.option(
    "--line", "one_line", is_flag=True, help="One short line for tmux or a prompt; git is not asked."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--watch", is_flag=True, help="The short line again whenever it changes, until ctrl+c.")
@click.option("--check", is_flag=True, help=f"Exit with {codes.OVER_LIMIT} when a limit has passed.")
@click.option("--no-git", is_flag=True, help="Do not ask git.")
def status_command(id: str, one_line: bool, as_json: bool, watch: bool, check: bool, no_git: bool) -> int:
    """Where we are, what is next, what time is left, what is at risk."""
    session = current()
    if one_line or watch:
        return _short(session, id, watch=watch, check=check)
    case = session.case(id)
    lines, risks = ((), ()) if no_git else git_facts(case, session)
    seen = glance(case.incident, case.playbook, session.now, risks)
    if as_json:
        emit(**answers_data(case, seen), git=list(lines))
    else:
        say(*status_words(case, seen, lines))
    return _checked(seen, check=check)


def _checked(seen: Glance, *, check: bool) -> int:
    over = over_limits(seen) if check else ()
    tell(*(f"over the limit: {name}" for name in over))
    return codes.OVER_LIMIT if over else codes.OK


def _short(session: Session, id: str, *, watch: bool, check: bool) -> int:
    """The short line; without an incident an empty answer, since nobody reads a prompt's errors."""
    session.hurried = True
    try:
        case = session.case(id)
    except (NoIncident, NoSuchIncident):
        if watch or id:
            raise
        return codes.NO_INCIDENT
    if watch:
        return _watch(session, case)
    seen = glance(case.incident, case.playbook, session.now)
    say(status_line(case, seen))
    return _checked(seen, check=check)


def _watch(session: Session, case: Case) -> int:
    """Print the line whenever it changes: over itself on a terminal, below itself elsewhere."""
    show = _over_itself() if sys.stdout.isatty() else say
    pause = threading.Event()
    last = ""
    while True:
        case = session.incidents.refresh(case)
        line = status_line(case, glance(case.incident, case.playbook, session.now))
        if line != last:
            show(line)
            sys.stdout.flush()
        last = line
        pause.wait(EVERY)


def _over_itself() -> Callable[[str], None]:
    """Prints a line over the one before, with spaces where the old one was longer."""
    width = 0

    def show(line: str) -> None:
        nonlocal width
        text = safe(line)
        click.echo("\r" + text.ljust(width), nl=False)
        width = len(text)

    return show


def git_facts(case: Case, session: Session) -> tuple[tuple[str, ...], tuple[Risk, ...]]:
    """What git says of the incident's repository, in words, and the risks there."""
    from hotfix_tui.service.sight import look
    from hotfix_tui.wiring import find_repository

    try:
        folder = Path(case.incident.declared.repository or session.settings.repository_dir)
        seen = look(find_repository(folder), case).where
    except PortFailure as error:
        return ((f"{error.message} {error.hint}".strip(),), ())
    return seen.lines, seen.risks
