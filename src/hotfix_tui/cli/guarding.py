"""`hotfix guard`: the change held against the playbook's guards, before it goes out."""

from __future__ import annotations

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, say, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.guards import Caught
from hotfix_tui.domain.text import MESSAGE, clean

WORDS = {"warn": "warning", "refuse": "refused"}


@click.command(cls=CommandBase, name="guard")
@click.option("--strict", is_flag=True, help="A warning fails, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def guard_command(strict: bool, as_json: bool) -> int:
    """Hold the committed change against the playbook's guards: files, branch, messages, paths.

    What is refused ends with 1. A warning is asked about where somebody can answer; the default is no.
    """
    from hotfix_tui.service.sight import held_against

    session = current()
    case = session.case()
    found = held_against(session.site(case).repository, case)
    if as_json:
        emit(id=case.id, guards=[{"id": c.guard.id, "level": c.guard.level, "text": c.text} for c in found])
    elif found:
        say(*(f"{WORDS[c.guard.level]}: {clean(c.text, MESSAGE)}" for c in found))
    else:
        tell(f"{case.id}: the change passes every guard.")
    return 0 if _passes(found, strict=strict, ask=not as_json) else 1


def _passes(found: tuple[Caught, ...], *, strict: bool, ask: bool) -> bool:
    if not found:
        return True
    if strict or any(one.guard.level == "refuse" for one in found):
        return False
    return not (ask and interactive()) or click.confirm("Go on all the same?", default=False, err=True)
