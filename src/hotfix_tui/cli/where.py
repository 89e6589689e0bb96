"""`hotfix where`: where the work tree stands, in words, and the one safe next command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import MESSAGE, clean

if TYPE_CHECKING:
    from hotfix_tui.ports import Repository
    from hotfix_tui.service.incidents import Case
    from hotfix_tui.service.sight import Sight


@click.command(cls=CommandBase, name="where")
@click.option("--local", is_flag=True, help="Do not ask the remote whether it has the tag.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def where_command(local: bool, as_json: bool) -> None:
    """Say where you are in git, what is at risk, and the one safe next command.

    The command never loses a change or a commit and never forces anything; it is shown, not run. Works without an
    incident, too.
    """
    from hotfix_tui.cli.versions import here

    session = current()
    case = here(session)
    seen = _seen(session, case, local=local)
    if as_json:
        emit(**_data(seen, case))
        return
    say(*(clean(line, MESSAGE) for line in seen.where.lines))
    told = {line for line in seen.where.lines if line}
    say(*(f"RISK   {clean(risk.text, MESSAGE)}" for risk in seen.where.risks if risk.text not in told))
    if seen.step is None:
        say("NEXT   nothing is left over in git")
    else:
        say(f"NEXT   {seen.step.command}", f"       {seen.step.why}")


def _seen(session: Session, case: Case | None, *, local: bool) -> Sight:
    """What git says; a remote that does not answer is told, and the rest is said without it. Raises: PortFailure."""
    from hotfix_tui.service.sight import look, look_around

    if case is None:
        playbook = session.services.library.load(session.settings.playbook).playbook
        return look_around(_repository(session, None), playbook)
    repository = _repository(session, case)
    if local:
        return look(repository, case)
    try:
        return look(repository, case, remote=True)
    except PortFailure as error:
        seen = look(repository, case)
        tell(f"The remote was not asked: {error}")
        return seen


def _repository(session: Session, case: Case | None) -> Repository:
    declared = case.incident.declared.repository if case else ""
    return session.services.find_site(Path(declared or session.settings.repository_dir)).repository


def _data(seen: Sight, case: Case | None) -> dict[str, object]:
    status, step = seen.status, seen.step
    return {
        "id": case.id if case else "",
        "root": status.root,
        "branch": status.branch,
        "head": status.head,
        "pending": status.pending,
        "clean": status.clean,
        "pushed": status.pushed,
        "upstream": status.upstream,
        "ahead": status.ahead,
        "behind": status.behind,
        "lines": list(seen.where.lines),
        "risks": [{"text": risk.text, "level": risk.level} for risk in seen.where.risks],
        "next": {"argv": list(step.argv), "command": step.command, "why": step.why} if step else None,
    }
