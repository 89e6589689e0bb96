"""What is doubtful about the base, the version and the branch that somebody names while declaring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.operations.branch import find_base
from hotfix_tui.ports import Repository

if TYPE_CHECKING:
    from hotfix_tui.service.incidents import Case


def doubts(
    repository: Repository, playbook: Playbook, base: str, fix: str, *, found: str = ""
) -> tuple[str, ...]:
    """A sentence for the base and one for the version that were named, where git shows what is wrong with them.

    `found` is the base of a declaration that names none. Where git does not answer nothing is said.
    """
    try:
        return (*_base(repository, playbook, base), *_fix(repository, playbook, base or found, fix))
    except PortFailure:
        return ()


def impossible(repository: Repository, branch: str) -> str:
    """Why no branch can ever have this name; empty where one can, or git does not answer."""
    try:
        possible = not branch or repository.valid_branch(branch)
    except PortFailure:
        return ""
    return "" if possible else f"git takes no branch called “{clean(branch, NAME)}”: choose another name."


def beside(cases: Sequence[Case], repository: str) -> str:
    """That other incidents of this repository are open; empty where none is."""
    every = [case for case in cases if repository and case.incident.declared.repository == repository]
    named = ", ".join(
        f"{case.id} ({clean(case.incident.title, NAME)})"
        for case in every
        if case.incident.status != "closed"
    )
    return f"Open in this repository already: {named}." if named else ""


def _base(repository: Repository, playbook: Playbook, base: str) -> Iterator[str]:
    try:
        if base:
            find_base(repository, playbook, base)
    except Refused as error:
        yield f"--base: {error}"


def _fix(repository: Repository, playbook: Playbook, base: str, fix: str) -> Iterator[str]:
    from hotfix_tui.domain.versions.known import Tags  # late: most declarations name no version
    from hotfix_tui.domain.versions.oracle import judge

    if not fix:
        return
    try:
        traps = judge(playbook, base, Tags(repository.tags(), origin=playbook.git.remote), fix).traps
    except Refused as error:
        yield f"--fix: {error}"
    else:
        worst = sorted(traps, key=lambda trap: trap.level != "refuse")
        yield from (f"--fix {clean(fix, NAME)}: {clean(trap.text, TITLE * 2)}" for trap in worst[:1])
