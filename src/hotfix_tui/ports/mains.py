"""The main branch by the name that it has here: a playbook says "main", and many a repository has "master"."""

from __future__ import annotations

import sys
from dataclasses import replace

from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.ports.git import Repository

OTHERS = ("main", "master", "trunk")
"""What it is called where the remote does not say."""


def at_home(playbook: Playbook, repository: Repository) -> Playbook:
    """The playbook with this repository's name for its main branch, also among the branches to come back to.

    Nothing changes where a branch of the playbook's name exists, here or as fetched, or where no other is known.
    Raises: PortFailure.
    """
    git = playbook.git
    if _exists(repository, git.remote, git.main):
        return playbook
    said = repository.default_branch(git.remote)
    names = (said, *OTHERS) if said and repository.valid_branch(said) else OTHERS
    found = next((name for name in names if _exists(repository, git.remote, name)), "")
    return _called(playbook, sys.intern(found)) if found else playbook


def _exists(repository: Repository, remote: str, name: str) -> bool:
    forms = (f"refs/heads/{name}", f"refs/remotes/{remote}/{name}")
    return any(repository.resolve(form) for form in forms)


@lately()
def _called(playbook: Playbook, main: str) -> Playbook:
    """The same object for the same question: what was worked out for it stays known."""
    git = playbook.git
    back = tuple(main if one == git.main else one for one in git.merge_back)
    return replace(playbook, git=replace(git, main=main, merge_back=tuple(dict.fromkeys(back))))
