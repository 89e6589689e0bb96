"""A git repository, as contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from hotfix_tui.domain.record import record

if TYPE_CHECKING:
    from hotfix_tui.domain.suspects import Made


@record(frozen=True, slots=True)
class Commit:
    """A commit for showing."""

    oid: str
    subject: str
    """Untrusted text."""
    author: str
    at: datetime


@record(frozen=True, slots=True)
class Changes:
    """The files in which two commits differ; untrusted text."""

    files: tuple[str, ...] = ()
    formatting: tuple[str, ...] = ()
    """Those of which only white space differs."""
    lines: int = 0
    """How many lines were added or taken away."""
    renamed: tuple[str, ...] = ()
    """The new names of files that were renamed."""


Pending = Literal["", "merge", "rebase", "cherry-pick", "revert", "bisect"]


@record(frozen=True, slots=True)
class RepositoryStatus:
    """Where a work tree stands; names are untrusted text."""

    root: str
    head: str = ""
    """The object id of HEAD; empty when the branch is unborn."""
    branch: str = ""
    """The short branch name; empty when HEAD is detached."""
    pending: Pending = ""
    """The operation that git has begun and not ended."""
    changed: int = 0
    """Paths that differ from HEAD, staged or not, without untracked ones."""
    untracked: int = 0
    unmerged: int = 0
    upstream: str = ""
    ahead: int = 0
    behind: int = 0
    pushed: bool | None = None
    """Whether the remote-tracking branch holds HEAD; None when it was never pushed or HEAD is detached."""
    linked_worktree: bool = False
    shallow: bool = False
    fetched_at: datetime | None = None
    """When this clone last fetched; None when never."""

    @property
    def clean(self) -> bool:
        """Whether no tracked path differs from HEAD."""
        return self.changed == 0 and self.unmerged == 0


@record(frozen=True, slots=True)
class Finished:
    """How a command ended."""

    code: int
    lines: tuple[str, ...]
    """Its last lines, standard output and error together, at most 200; untrusted text."""


class Repository(Protocol):
    """One git work tree. Every method may be slow and runs off the event loop; each raises PortFailure."""

    @property
    def root(self) -> Path:
        """The top of the work tree."""
        ...

    def still(self) -> Repository:
        """The same for the questions of one look, which then cost less; it is not to be kept."""
        ...

    def status(self) -> RepositoryStatus:
        """Where the work tree stands now."""
        ...

    def tags(self) -> tuple[str, ...]:
        """The short names of all tags, in no order."""
        ...

    def resolve(self, ref: str) -> str:
        """The commit that a full ref name, HEAD, MERGE_HEAD and its like or an object id names; empty for none."""
        ...

    def head_ref(self) -> str:
        """The full ref name that HEAD stands for; empty when it is detached."""
        ...

    def default_branch(self, remote: str) -> str:
        """The branch that the remote had as its own when this was cloned; empty where nobody knows."""
        ...

    def valid_branch(self, name: str) -> bool:
        """Whether git would accept this branch name."""
        ...

    def remotes(self) -> tuple[str, ...]:
        """The names of the remotes."""
        ...

    def remote_refs(self, remote: str, pattern: str) -> dict[str, str]:
        """Full ref name to object id, as the remote itself says now; over the network."""
        ...

    def commits(self, base: str, head: str, limit: int = 20) -> tuple[Commit, ...]:
        """The commits in `head` and not in `base`, newest first, at most `limit`."""
        ...

    def count(self, base: str, head: str) -> int:
        """How many commits are in `head` and not in `base`."""
        ...

    def changes(self, base: str, head: str) -> Changes:
        """The files that `head` changed since it left `base`."""
        ...

    def run(
        self,
        argv: Sequence[str],
        on_line: Callable[[str], None] = ...,
        cancelled: Callable[[], bool] = ...,
        timeout: float = 60.0,
    ) -> Finished:
        """Run a git command of a plan (argv[0] is "git"), handing on each line of its output as it comes.

        When `cancelled` answers True, or after `timeout` seconds, the command and its children are ended.
        """
        ...


@record(frozen=True, slots=True)
class Tag:
    """A tag of this clone."""

    name: str
    oid: str
    """The id of the object that the ref names: the tag object's own, or the commit's for a lightweight tag."""
    commit: str
    annotated: bool
    signed: bool = False
    """Whether it carries a signature; whose, nobody has verified."""


class History(Protocol):
    """What a repository's commits and tags say, without touching the work tree.

    A commit is given by its object id, a full ref name or HEAD. Every method may be slow and runs off the event loop;
    each raises PortFailure.
    """

    def still(self) -> History:
        """The same for the questions of one look, which then cost less; it is not to be kept."""
        ...

    def tag(self, name: str) -> Tag | None:
        """The tag of this short name; None when there is none."""
        ...

    def parents(self, commit: str) -> tuple[str, ...]:
        """The object ids of its parents: two or more for a merge."""
        ...

    def message(self, commit: str) -> str:
        """Its whole message; untrusted text."""
        ...

    def contains(self, head: str, commit: str) -> bool:
        """Whether `commit` is `head` or one of its ancestors."""
        ...

    def shared(self, one: str, other: str) -> str:
        """The newest commit that both contain; empty when they share none."""
        ...

    def file(self, commit: str, path: str) -> bytes | None:
        """A file of a commit as it would stand in the work tree, with its line ends; None when it has none."""
        ...

    def paths(self, commit: str) -> tuple[str, ...]:
        """The paths of all files of a commit, in git's order; untrusted text."""
        ...

    def conflicts(self, ours: str, theirs: str) -> tuple[str, ...]:
        """The paths that would be in conflict if the two were merged; nothing is changed."""
        ...

    def made(self, base: str, head: str, limit: int = 500) -> tuple[Made, ...]:
        """The commits in `head` and not in `base` with what each changed, newest first, at most `limit`."""
        ...

    def shown(self, commit: str, limit: int = 400_000) -> str:
        """What the commit says and changes, as text of at most about `limit` bytes; a merge beside its first parent.

        Untrusted text.
        """
        ...

    def unmerged(self) -> tuple[str, ...]:
        """The paths of the index that wait for somebody to solve a conflict."""
        ...
