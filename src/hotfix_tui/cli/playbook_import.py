"""`hotfix playbook import`: the team's own markdown document becomes a playbook, also when it has changed since."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.service.imports import came_from

if TYPE_CHECKING:
    from hotfix_tui.service.importing import Imported


@click.command(cls=CommandBase, name="import")
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "--output", "out", default="", metavar="OUT", help="Write to this file; “-” prints the TOML."
)
@click.option("--user", "own", is_flag=True, help="Write to your own playbooks, not to the repository's.")
@click.option(
    "--accept", type=click.Choice(("ours", "theirs", "ask")), help="Who is right where both changed the same."
)
@click.option("--force", is_flag=True, help="Write anew over what is there; hand edits are lost.")
@click.option("--show", is_flag=True, help="Only show what was understood.")
@click.option("--review", is_flag=True, help="Look through it in the console before it is written.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; written only with -o.")
def import_command(
    file: str, out: str, own: bool, accept: str | None, force: bool, show: bool, review: bool, as_json: bool
) -> int:
    """Make a playbook of a markdown document: show what was understood, with its lines, and write it as TOML.

    FILE is read, "-" is standard input. It is written to .hotfix/playbook.toml of the repository, else to your own
    playbooks. Nothing in it is run. When the document has changed, import it again: what you edited stays.
    """
    session = current()
    files = session.import_files
    if review:
        return _review(session, file, out)
    data = files.document(file)
    from hotfix_tui.importing import report
    from hotfix_tui.importing.understanding import understand
    from hotfix_tui.service.importing import imported

    found = understand(data)
    if as_json:
        emit(**report.data(found))
    if show or (as_json and out in ("", "-")):
        say(*([] if as_json else report.lines(found)))
        return codes.OK
    new = imported(found, data, file)
    if out == "-":
        say(new.text.rstrip("\n"))
        return codes.OK
    session.may_write()
    target = files.place(out, new.playbook.id, own=own)
    there = None if force else files.lying(target)
    if there is None:
        say(*([] if as_json else report.lines(found, sum(1 for _ in new.playbook.all_items()))))
        files.put(target, new.text, new.text, replace=force)
        tell("", f"Written: {target}")
    elif not _merge(session, new, target, there, accept or "", as_json=as_json):
        return codes.OK
    return _next(session, target)


def _review(session: Session, file: str, out: str) -> int:
    if file == "-":
        raise Refused("The review reads a file, not standard input.")
    session.may_write()
    from hotfix_tui.tui.launch import run_console

    return run_console(session.services, None, review=(file, out))


def _next(session: Session, target: Path) -> int:
    """Say what is unwise in what was written, and what comes next."""
    from hotfix_tui.cli.playbook_check import checked

    sound = checked(session, str(target))
    name = shlex.quote(str(target))
    tell(
        "",
        "Next:",
        f"  $EDITOR {name}",
        f"  hotfix playbook trust {name}    # shows its commands; none runs before",
        *([] if _is_found(session, target) else [f"  hotfix --playbook {name}    # declares with it"]),
    )
    return codes.OK if sound else codes.FAILED


def _is_found(session: Session, target: Path) -> bool:
    """Whether the playbook is among those that are found by themselves."""
    shown = {str(Path(entry.path).resolve()) for entry in session.services.library.entries()}
    return str(target.resolve()) in shown


def _merge(
    session: Session, new: Imported, target: Path, there: tuple[str, str], accept: str, *, as_json: bool
) -> bool:
    """Hold the document against what lies there; whether anything was written."""
    from hotfix_tui.cli.playbook_merge import show, taken

    document = came_from(there[0])
    if not document:
        raise Refused(
            f"{target} is no imported playbook and was left as it is. Give another name with -o, or --force."
        )
    if document != new.document:
        raise Refused(
            f"{target} was imported from {clean(document, NAME)}, not from {clean(new.document, NAME)}. "
            "Give another name with -o, or --force."
        )
    from hotfix_tui.service.importing import again, settled

    case = again(new, *there)
    if not case.wanted and there[1] == case.new.text:
        tell(f"{target} says what the document says, but for {case.by_hand} hand edits; nothing was written.")
        return False
    show(case, tell if as_json else say)
    chosen = taken(case, accept)
    if (
        not accept
        and interactive()
        and case.wanted
        and not click.confirm(f"Write this to {target}", default=True, err=True)
    ):
        tell("Nothing was written.")
        return False
    session.import_files.put(target, settled(case, chosen), case.new.text, replace=True)
    tell(f"Written: {target}")
    return True
