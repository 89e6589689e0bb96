"""What the repository suggests while an incident is declared: base, version and branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import fill, missing, slug
from hotfix_tui.operations.branch import find_base
from hotfix_tui.ports import Repository

if TYPE_CHECKING:
    from hotfix_tui.domain.versions.oracle import Candidate


@record(frozen=True, slots=True)
class Suggestion:
    """Answers that a person may take or change; empty where nothing is known."""

    base: str = ""
    fix: str = ""
    branch: str = ""
    repository: str = ""
    versions: tuple[Candidate, ...] = ()
    """What may be taken instead of `fix`, which is among them; best first, from the tags of this machine."""
    warnings: tuple[str, ...] = ()
    """Sentences; untrusted text."""


def suggest(repository: Repository | None, playbook: Playbook, title: str) -> Suggestion:
    """The playbook's base, the version that repairs it and the branch's name; never an error."""
    from hotfix_tui.domain.versions.known import Tags  # late: the console starts without them
    from hotfix_tui.domain.versions.oracle import choose

    if repository is None:
        return Suggestion(warnings=("No repository here: name the base and the branch yourself.",))
    root = str(repository.root)
    try:
        base, _ = find_base(repository, playbook, "")
        choice = choose(playbook, base, Tags(repository.tags(), origin=playbook.git.remote))
    except (Refused, PortFailure) as error:
        return Suggestion(repository=root, warnings=(str(error),))
    fix = choice.declared.version if choice.declared else ""
    branch, usable = branch_for(playbook, title, base, fix), (one for one in choice.candidates if one.usable)
    return Suggestion(base, fix, branch, root, tuple(usable), _warnings(repository))


def branch_for(playbook: Playbook, title: str, base: str, fix: str) -> str:
    """The branch's name as far as it is known before the declaration, by the playbook's template; else empty.

    What only the incident will know (its id, its time) is filled when the branch is made.
    """
    given = {"title": title, "slug": slug(title) if title else "", "base": base, "fix": fix}
    known = {name: value for name, value in given.items() if value}
    return "" if missing(playbook.git.branch, known) else fill(playbook.git.branch, known)


def _warnings(repository: Repository) -> tuple[str, ...]:
    try:
        status = repository.status()
    except PortFailure as error:
        return (str(error),)
    told = []
    if not status.clean:
        told.append("The tree is not clean: commit or stash before the branch is made.")
    if status.pending:
        told.append(f"A {status.pending} has begun: finish or abort it first.")
    if status.shallow:
        told.append("This clone is shallow: older tags may be missing (git fetch --unshallow --tags).")
    return tuple(told)
