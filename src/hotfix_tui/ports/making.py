"""What operations ask of a work tree before they commit, tag or pick, as contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from hotfix_tui.domain.record import record
from hotfix_tui.ports.git import Commit


@record(frozen=True, slots=True)
class Habits:
    """How the operator's git is set, and what of the repository's own it may start."""

    identity: str = ""
    """Who a new commit would be by, "Name <address>"; empty where git would refuse. Untrusted text."""
    signs_commits: bool = False
    """Whether the operator's own settings, not the repository's, sign every commit."""
    signs_tags: bool = False
    programs: tuple[str, ...] = ()
    """Hooks and programs that the repository's own folder and settings name, one line each; untrusted text."""
    digest: str = ""
    """The hash of all of them and of where the repository lies: what is trusted."""
    trusted: bool = False
    """Whether the operator trusts them, so that they run."""


Content = Mapping[str, str]
"""Path to "mode object-id"; "" where the path is gone. Untrusted text."""


class Making(Protocol):
    """What stands in the index and the work tree, and what a person's words name.

    Every method may be slow and runs off the event loop; each raises PortFailure.
    """

    def habits(self) -> Habits:
        """How the operator's git is set here."""
        ...

    def staged(self) -> Content:
        """What the index holds otherwise than HEAD."""
        ...

    def index(self, paths: Sequence[str]) -> Content:
        """What the index holds at each of these paths."""
        ...

    def changed(self, paths: Sequence[str] = ()) -> Content:
        """What the work tree holds otherwise than HEAD among what git tracks, and `paths` even where it does not.

        The object ids are those that staging would give; nothing is written.
        """
        ...

    def untracked(self) -> tuple[str, ...]:
        """The paths that git neither tracks nor ignores, at most 100; a folder ends with "/"."""
        ...

    def difference(self, old: str, new: str) -> Content:
        """What the commit `new` holds otherwise than the commit `old`."""
        ...

    def upstream(self, branch: str) -> str:
        """The full name of the ref that a branch of this machine follows; empty for none."""
        ...

    def named(self, word: str) -> str:
        """The commit that a person's word names: a branch, a remote's branch, a tag, an id or its beginning."""
        ...

    def picked(self, head: str, commit: str) -> str:
        """The commit of `head` that holds the change of `commit`: itself, by its -x line, or with the same patch."""
        ...

    def fork(self, one: str, other: str) -> str:
        """The newest commit that both have; empty when they have none."""
        ...

    def touching(self, base: str, head: str, paths: Sequence[str]) -> tuple[Commit, ...]:
        """The commits in `head`, not in `base`, without merges, that changed these paths; oldest first, at most 20."""
        ...

    def tags_at(self, commit: str) -> tuple[str, ...]:
        """The tags that name this very commit."""
        ...

    def described(self, commit: str) -> str:
        """The nearest tag at or before the commit; empty when there is none."""
        ...
