"""`hotfix export`: the post-mortem as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, tell
from hotfix_tui.cli.session import current


@click.command(cls=CommandBase, name="export")
@click.argument("id", default="", metavar="[ID]")
@click.option("-o", "--output", "output", default="", metavar="FILE", help="Where to; - is standard output.")
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@click.option("--json", "as_json", is_flag=True, help="Say in one JSON object what was written.")
def export_command(id: str, output: str, force: bool, as_json: bool) -> None:
    """Write the post-mortem as Markdown, to post-mortem-ID.md unless told otherwise.

    Secrets are taken out and counted, best effort: read it before you share it.
    """
    from hotfix_tui.domain.postmortem import render

    session = current()
    case = session.case(id)
    document = render(case.incident, case.playbook, session.now)
    counts = _counts(document.redacted, document.open_questions)
    if output == "-":
        click.echo(document.text, nl=False)
        tell(f"{case.id}: {counts}")
        return
    session.may_write()
    path = session.settings.repository_dir / Path(output or f"post-mortem-{case.id}.md").expanduser()
    from hotfix_tui.wiring import write_text

    write_text(path, document.text, force)
    if as_json:
        emit(id=case.id, file=str(path), redacted=document.redacted, open_questions=document.open_questions)
    else:
        tell(f"{case.id}: written to {path}; {counts}")


def _counts(redacted: int, opened: int) -> str:
    return f"{opened} open question{'' if opened == 1 else 's'}, {redacted} redacted."
