"""What is committed on the base, as the guards look at it."""

from __future__ import annotations

from hotfix_tui.domain.guards import Change
from hotfix_tui.ports import Repository

LOOKED_AT = 200
"""How many commits the guards look at, the newest ones."""


def change(repository: Repository, branch: str, base: str, head: str) -> Change:
    """The change of `head` on `base`, both commits. Raises: PortFailure."""
    made = repository.changes(base, head)
    subjects = tuple(commit.subject for commit in repository.commits(base, head, LOOKED_AT))
    return Change(branch, subjects, made.files, made.formatting, made.lines, made.renamed)
