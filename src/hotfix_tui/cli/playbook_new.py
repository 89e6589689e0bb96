"""`hotfix playbook new`: a commented playbook to start from."""

from __future__ import annotations

import shlex

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import say, tell
from hotfix_tui.cli.session import current


@click.command(cls=CommandBase, name="new")
@click.argument("file", default="", metavar="[FILE]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new_command(file: str, force: bool) -> int:
    """Write a commented playbook to start from: to FILE, else to .hotfix/playbook.toml of the repository.

    It works as it stands, and shows every key at least as a comment. "-" prints it.
    """
    session = current()
    from hotfix_tui.adapters.starting_file import starting_text, write_starting_file

    if file == "-":
        say(starting_text().rstrip("\n"))
        return codes.OK
    session.may_write()
    target = write_starting_file(session.settings.repository_dir, file, replace=force)
    say(str(target))
    name = shlex.quote(str(target))
    tell(
        "Next:",
        f"  $EDITOR {name}",
        f"  hotfix playbook check {name}",
        f"  hotfix playbook show {name}",
        f"  hotfix playbook trust {name}    # a repository's playbook runs nothing before",
        "  hotfix drill --playbook our-team",
    )
    return codes.OK
