"""What the next command depends on, as git says it now."""

from __future__ import annotations

from hotfix_tui.domain.applying import items, phases
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.ports import Repository, RepositoryStatus
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.safestep import Place, Tagged


def free_place(repository: Repository, playbook: Playbook, status: RepositoryStatus) -> Place:
    """The same where there is no incident. Raises: PortFailure."""
    git = playbook.git
    mains = (f"refs/heads/{git.main}", f"refs/remotes/{git.remote}/{git.main}")
    heads = () if status.branch else tuple(repository.resolve(ref) for ref in mains)
    kept = bool(status.branch) or _held(repository, status.head, heads)
    return Place(status, remote=git.remote, main=git.main, kept=kept)


def place_of(
    repository: Repository,
    case: Case,
    status: RepositoryStatus,
    *,
    base: str,
    own: int,
    exists: bool,
    remote: bool,
) -> Place:
    """What the next command depends on. Raises: PortFailure."""
    git, declared = case.playbook.git, case.incident.declared
    running = (run.title for run in case.incident.operations.values() if run.state == "running")
    there = f"refs/remotes/{git.remote}/"
    branch_there = bool(declared.branch and not exists and repository.resolve(there + declared.branch))
    tag = git.tag_prefix + declared.fix if declared.fix else ""
    tagged, commit = _tagged(repository, git.remote, tag, remote_too=remote)
    main = repository.resolve(there + git.main) if commit or not status.branch else ""
    here = repository.resolve(f"refs/heads/{declared.branch}") if exists else ""
    fix = (commit, here, repository.resolve(there + declared.branch) if commit and declared.branch else "")
    return Place(
        status,
        incident=True,
        branch=declared.branch,
        branch_is="here" if exists else "there" if branch_there else "",
        remote=git.remote,
        main=git.main,
        own=own,
        kept=bool(status.branch) or _held(repository, status.head, (base, main, here)),
        written=_written(case),
        unfinished=next(running, ""),
        tag=tag,
        tagged=tagged,
        back=bool(commit and main) and all(_held(repository, one, (main,)) for one in dict.fromkeys(fix)),
        unpublished=_unpublished(case),
    )


def _unpublished(case: Case) -> bool:
    """Whether the playbook has it published or released by an operation, and neither a run nor a person says that it is."""
    incident, runs = case.incident, case.incident.operations.values()
    done = {run.operation for run in runs if run.state == "done"}
    left = (
        item
        for phase in phases(incident, case.playbook)
        for item in items(incident, phase)
        if item.operation in _LETS_OUT - done
    )
    return any(incident.item(item.id).mark == "open" for item in left)


def _written(case: Case) -> bool:
    """Whether the newest operation that wrote or committed files wrote the version or the changelog."""
    names = [run.operation for run in case.incident.operations.values() if run.state == "done"]
    return next((name in _WRITES for name in reversed(names) if name in _WRITES | _COMMITS), False)


_WRITES = frozenset({"bump", "changelog"})
_LETS_OUT = frozenset({"publish", "release"})
_COMMITS = frozenset({"commit", "commit-version", "cherry-pick"})


def _tagged(repository: Repository, remote: str, tag: str, *, remote_too: bool) -> tuple[Tagged, str]:
    """Where the tag is, and its commit. Raises: PortFailure."""
    commit = repository.resolve(f"refs/tags/{tag}") if tag else ""
    if not commit:
        return "", ""
    if not remote_too or remote not in repository.remotes():
        return "unasked", commit
    ref = f"refs/tags/{tag}"
    return ("there" if ref in repository.remote_refs(remote, ref) else "here"), commit


def _held(repository: Repository, commit: str, holders: tuple[str, ...]) -> bool:
    """Whether one of these commits has it in its past. Raises: PortFailure."""
    return not commit or any(one and repository.count(one, commit) == 0 for one in holders)
