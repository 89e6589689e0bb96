"""`hotfix playbook import`: the team's own markdown document, understood."""

from __future__ import annotations

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say
from hotfix_tui.cli.session import current


@click.command(cls=CommandBase, name="import")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def import_command(file: str, as_json: bool) -> int:
    """Understand a markdown playbook: show its severities, phases, items and texts, with their lines.

    FILE is read, "-" is standard input. Nothing in it is run.
    """
    from hotfix_tui.importing import report
    from hotfix_tui.importing.understanding import understand

    understood = understand(_read(file))
    if as_json:
        emit(**report.data(understood))
    else:
        say(*report.lines(understood))
    return codes.OK


def _read(file: str) -> bytes:
    """The document's bytes. Raises: PortFailure."""
    from hotfix_tui.adapters.documents import read_document

    return read_document(current().settings.repository_dir, file)
