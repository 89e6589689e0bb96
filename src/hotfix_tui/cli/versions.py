"""`hotfix version`: which versions may carry the fix, where each stands, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import complain, emit, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import Refused

if TYPE_CHECKING:
    from hotfix_tui.domain.playbook import Playbook
    from hotfix_tui.domain.versions.oracle import Candidate
    from hotfix_tui.service.incidents import Case
    from hotfix_tui.service.versions import Answer

_LEVELS = {"warn": "warning", "refuse": "refused"}


@click.command(cls=CommandBase, name="version")
@click.argument("version", default="", metavar="[VERSION]")
@click.option("--base", default="", metavar="TAG", help="The release that is repaired.")
@click.option("--local", is_flag=True, help="Do not ask the remote for its tags.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def version_command(version: str, base: str, local: bool, as_json: bool) -> int:
    """Show the versions that may carry the fix, best first, or what is to be said of VERSION.

    Each stands with its place among the tags here and on the remote, and with what goes wrong with it: the tag exists,
    it sorts below what it repairs, ranges skip it. A VERSION that cannot be used ends with 1. Works without an
    incident, too.
    """
    from hotfix_tui.service.versions import ask

    session = current()
    case = here(session)
    playbook, folder, declared = placed(session, case)
    base = base or declared[0]
    repository = session.services.find_site(folder).repository
    answer = ask(repository, playbook, base, remote=not local, version=version or declared[1])
    if version and answer.refused:
        raise click.UsageError(answer.refused)
    if not version and not answer.choice.candidates and not answer.failure:
        shape = f"{playbook.git.tag_prefix}1.2.3"
        raise Refused(f"There is no release tag like {shape} here; fetch them with git fetch --tags.")
    _show(answer, case, version, as_json=as_json)
    notes = (*answer.notes, *((answer.refused,) if answer.refused else ()))
    if local:
        notes = (*notes, f"{answer.remote} was not asked: a tag that is only there is not seen here.")
    tell(*notes)
    if answer.failure:
        complain(f"hotfix: {answer.failure}")
        return codes.code_of(answer.failure)
    return codes.FAILED if version and answer.named and not answer.named.usable else codes.OK


def here(session: Session) -> Case | None:
    """The incident that was named, else the open one of this repository, if there is one. Raises: PortFailure."""
    try:
        return session.case()
    except codes.NoIncident:
        return None


def placed(session: Session, case: Case | None) -> tuple[Playbook, Path, tuple[str, str]]:
    """The playbook, the repository, and the base and version that the incident declared."""
    if case is None:
        loaded = session.services.library.load(session.settings.playbook)
        if loaded.passed_over:
            tell(loaded.broken)
        return loaded.playbook, session.settings.repository_dir, ("", "")
    declared = case.incident.declared
    folder = Path(declared.repository or session.settings.repository_dir)
    return case.playbook, folder, (declared.base, declared.fix)


def _show(answer: Answer, case: Case | None, version: str, *, as_json: bool) -> None:
    """What was named alone; else every candidate, the incident's own version among them."""
    fix = case.incident.declared.fix if case else ""
    named = answer.named
    candidates = answer.choice.candidates
    if named is not None:
        others = () if version else tuple(one for one in candidates if one.tag != named.tag)
        candidates = (named, *others)
    if as_json:
        emit(
            id=case.id if case else "",
            base=answer.choice.base,
            standard=answer.choice.standard,
            remote=answer.remote,
            remote_asked=answer.choice.asked,
            declared=fix,
            candidates=[_data(one) for one in candidates],
        )
        return
    for one in candidates:
        mine = named is not None and not version and one.tag == named.tag
        _say(one, "as declared" if mine else one.why)


def _say(one: Candidate, why: str) -> None:
    say(f"{one.tag}  {why}; {one.order}")
    say(*(f"  {_LEVELS[trap.level]}: {trap.text}" for trap in one.traps))


def _data(one: Candidate) -> dict[str, object]:
    traps = [{"id": trap.id, "level": trap.level, "text": trap.text} for trap in one.traps]
    return {
        "version": one.version,
        "tag": one.tag,
        "why": one.why,
        "order": one.order,
        "final": one.final,
        "usable": one.usable,
        "traps": traps,
    }
