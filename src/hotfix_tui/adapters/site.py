"""A repository with all that operations and checks may use there."""

from __future__ import annotations

from pathlib import Path

from hotfix_tui.adapters.git_environment import GitSettings
from hotfix_tui.adapters.git_history import GitHistory
from hotfix_tui.adapters.git_making import GitMaking
from hotfix_tui.adapters.git_rehearsal import GitRehearsal
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.url_opener import UrlOpener
from hotfix_tui.adapters.work_tree import FileTree
from hotfix_tui.ports import Clock, Site


def find_site(folder: Path, clock: Clock, settings: GitSettings | None = None) -> Site:
    """The site around `folder`. Raises: PortFailure when no repository is there, or no git."""
    return site_of(find_repository(folder, settings), clock)


def site_of(repository: GitRepository, clock: Clock) -> Site:
    """The site of this repository."""
    return Site(
        repository,
        GitHistory(repository),
        FileTree(repository.root),
        LocalShell(),
        clock,
        UrlOpener(),
        GitRehearsal(repository),
        GitMaking(repository),
    )
