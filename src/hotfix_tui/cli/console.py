"""`hotfix` itself, `hotfix open` and `hotfix drill`: into the full screen."""

from __future__ import annotations

import os

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.codes import NoIncident
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.service.incidents import Case


def start(ctx: click.Context) -> int:
    """The console on this repository's one open incident, else on the list of incidents."""
    session = current()
    _needs_a_terminal()
    try:
        case: Case | None = session.case()
    except NoIncident:
        case = None
    return _show(session, case)


@click.command(cls=CommandBase, name="open")
@click.argument("id", default="", metavar="[ID]")
def open_command(id: str) -> int:
    """Open an incident in the console; without an id, the one that is open."""
    session = current()
    case = session.case(id)
    _needs_a_terminal()
    return _show(session, case)


@click.command(cls=CommandBase, name="drill")
@click.option("--no-ui", is_flag=True, help="Prepare the sandbox and print where it is.")
@click.option("--json", "as_json", is_flag=True, help="With --no-ui: one JSON object.")
def drill_command(no_ui: bool, as_json: bool) -> int:
    """Make a sandbox and open a practice incident on it: nothing outside the sandbox is touched."""
    session = current()
    session.may_write()
    if not no_ui:
        _needs_a_terminal()
    _tell_broken(session)
    tell("Making a sandbox: a repository, a remote and an application that writes a log …")
    case = session.services.start_drill()
    if not no_ui:
        return _show(session, case)
    root = case.incident.declared.repository
    if as_json:
        emit(id=case.id, repository=root, title=case.incident.title, drill=True)
    else:
        say(case.id, root)
        tell(f"Go there with: cd {root}    Open it with: hotfix open {case.id}")
    return codes.OK


def _tell_broken(session: Session) -> None:
    """Say that the playbook at hand is broken, and with which one is practised."""
    warning = session.services.library.load(session.settings.playbook).warning
    if warning:
        tell(warning)


def _show(session: Session, case: Case | None) -> int:
    from hotfix_tui.tui.launch import run_console

    return run_console(session.services, case)


def _needs_a_terminal() -> None:
    """Raises: UsageError where no console can be shown, before anything is opened or made."""
    import sys

    from hotfix_tui.tui.environment import unusable

    trouble = unusable(os.environ, stdin_tty=sys.stdin.isatty(), stderr_tty=sys.stderr.isatty())
    if trouble:
        raise click.UsageError(trouble)
