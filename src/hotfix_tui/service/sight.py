"""What git says of an incident's work tree: where it stands, what is at risk there, the commits on the base."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hotfix_tui.checks.change import change
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.glance import Risk
from hotfix_tui.domain.guards import Caught, caught
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Commit, Repository, RepositoryStatus, Site, at_home
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.placing import free_place, place_of
from hotfix_tui.service.safestep import SafeStep, safe_step
from hotfix_tui.service.whereabouts import Whereabouts, whereabouts

if TYPE_CHECKING:
    from hotfix_tui.service.services import Services

SHOWN_COMMITS = 10
"""How many of the commits on the base are listed; all are counted."""


@record(frozen=True, slots=True)
class Sight:
    """One look at the incident's repository."""

    status: RepositoryStatus
    where: Whereabouts
    commits: tuple[Commit, ...] = ()
    """The newest commits on the base, at most SHOWN_COMMITS."""
    step: SafeStep | None = None
    """What to do next; None where git has nothing left to do."""


def look(repository: Repository, case: Case, *, remote: bool = False) -> Sight:
    """What git says now of this incident; the remote itself is asked for the tag only when `remote` says so.

    What others committed on main since the release is no change of this incident, so there the guards are silent.
    Raises: PortFailure.
    """
    repository = repository.still()
    case = replace(case, playbook=at_home(case.playbook, repository))
    declared = case.incident.declared
    status = repository.status()
    base = base_commit(repository, case.playbook, declared.base) if declared.base and status.head else ""
    exists = bool(declared.branch and repository.resolve(f"refs/heads/{declared.branch}"))
    commits = repository.commits(base, status.head, SHOWN_COMMITS) if base else ()
    more = len(commits) == SHOWN_COMMITS
    count = repository.count(base, status.head) if more else len(commits)
    where = whereabouts(
        status,
        base=declared.base,
        branch=declared.branch,
        count=count if base else None,
        branch_exists=exists,
    )
    if base and commits and case.playbook.guards and status.branch != case.playbook.git.main:
        held = caught(case.incident, case.playbook, change(repository, status.branch, base, status.head))
        risks = (Risk(one.text, "over" if one.guard.level == "refuse" else "soon") for one in held)
        where = Whereabouts(where.lines, (*where.risks, *risks))
    step = safe_step(
        place_of(repository, case, status, own=count if base else 0, exists=exists, remote=remote, base=base)
    )
    return Sight(status, where, commits, step)


def look_at(services: Services, case: Case) -> tuple[Site, Sight]:
    """The incident's repository and what git says there now. Raises: PortFailure."""
    declared = case.incident.declared.repository
    site = services.find_site(Path(declared) if declared else services.settings.repository_dir)
    return site, look(site.repository, case)


def look_around(repository: Repository, playbook: Playbook) -> Sight:
    """What git says where there is no incident. Raises: PortFailure."""
    repository = repository.still()
    status = repository.status()
    step = safe_step(free_place(repository, at_home(playbook, repository), status))
    return Sight(status, whereabouts(status, base="", branch=""), step=step)


def held_against(repository: Repository, case: Case) -> tuple[Caught, ...]:
    """The guards that what is committed on the incident's base does not pass.

    Raises: Refused when the base is not known; PortFailure.
    """
    declared, repository = case.incident.declared, repository.still()
    base = base_commit(repository, case.playbook, declared.base) if declared.base else ""
    if not base:
        raise Refused(
            f"The base {declared.base or 'of the fix'} is not known here, so there is no change to look at."
        )
    status = repository.status()
    return caught(case.incident, case.playbook, change(repository, status.branch, base, status.head))


def base_commit(repository: Repository, playbook: Playbook, base: str) -> str:
    """The commit behind a base as people write it; empty when there is none here.

    That is "main", "latest-release", a tag, else a branch of this machine or of the playbook's remote, else a commit.
    Raises: PortFailure.
    """
    found = f"refs/tags/{base}"
    if base in {"main", playbook.git.main, "latest-release"}:
        from hotfix_tui.operations.branch import find_base  # late: a tag says it all

        try:
            _, found = find_base(repository, playbook, base)
        except Refused:
            found = ""
    forms = (found, f"refs/heads/{base}", f"refs/remotes/{playbook.git.remote}/{base}", base)
    commits = (repository.resolve(form) for form in forms if form)
    return next((commit for commit in commits if commit), "")
