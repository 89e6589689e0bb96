"""What would come of taking commits back, or of picking them, as a contract: neither the work tree, the index nor a ref is touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Taking:
    """A commit that is to be taken back."""

    commit: str
    mainline: int = 0
    """For a merge, the number of the parent that stays, from 1; 0 for any other commit."""


@record(frozen=True, slots=True)
class Stage:
    """A commit on a branch's first-parent line."""

    oid: str
    parents: tuple[str, ...]
    takes: str = ""
    """The commit that it takes back, as its message says; empty for none."""


@record(frozen=True, slots=True)
class Rehearsed:
    """What reverting or picking commits one after the other gives."""

    tree: str
    """The id of the tree at the end; empty when one of them is in conflict."""
    idle: tuple[str, ...] = ()
    """Those that change nothing, since their change is not there any more."""
    stopped: str = ""
    """The first one that is in conflict."""
    conflicts: tuple[str, ...] = ()
    """The paths that it is in conflict about; untrusted text."""


class Rehearsal(Protocol):
    """Tries a way back, or a cherry-pick, in git's object store alone. Each method may be slow, and raises PortFailure."""

    def line(self, base: str, head: str) -> tuple[Stage, ...]:
        """The commits of `head` that are not in `base`, along first parents, newest first; at most 500."""
        ...

    def without(self, head: str, takings: Sequence[Taking]) -> Rehearsed:
        """What is left of `head` once these commits are reverted in this order."""
        ...

    def having(self, head: str, commits: Sequence[str]) -> Rehearsed:
        """What `head` becomes once these commits, no merges, are picked in this order."""
        ...

    def changing(self, head: str, path: str, limit: int) -> tuple[str, ...]:
        """The newest commits of `head` that changed the file."""
        ...
