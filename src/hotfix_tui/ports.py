"""What the core needs of the world, as contracts. Every implementation passes tests/contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from hotfix_tui.domain.events import Event
from hotfix_tui.domain.record import record


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC; never goes back while the process lives."""
        ...

    def drift(self) -> timedelta:
        """How far the machine's wall clock has jumped ahead of this one since the start; negative when back."""
        ...


@record(frozen=True, slots=True)
class Quarantined:
    """A stored entry that could not be read as an event, and why; the rest of its log is usable."""

    incident: str
    position: int
    reason: str
    writer: str = ""
    """Who wrote it, as stored beside it."""
    seq: int = 0
    """Its place among that writer's entries, as stored beside it: the next one comes after it."""
    id: str = ""
    """The hash that its bytes had when they were written."""


@record(frozen=True, slots=True)
class Log:
    """An incident's events as stored, in the order of writing."""

    events: tuple[Event, ...]
    length: int
    """How many entries are stored, the unreadable ones too: what `append` wants as `seen`."""
    quarantined: tuple[Quarantined, ...] = ()


class EventStore(Protocol):
    """Append-only logs of events, one for each incident. Safe to use from any thread."""

    @property
    def writer(self) -> str:
        """The id of this installation, the same for ever."""
        ...

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Store the events, all or none, and return the log's new length; durable once this returns.

        An event whose id is stored already is skipped.
        Raises: StaleWrite when the log's length is not `seen`; PortFailure when they cannot be stored, and none is.
        """
        ...

    def append_decided(self, incident: str, seen: int, decide: Callable[[Log], Sequence[Event]]) -> int:
        """Hand `decide` what was written after the first `seen` entries and store the events that it answers.

        Nobody writes between the reading and the storing, so that this never comes too late. `decide` must be quick
        and ask nothing of the store; what it raises is raised here, and nothing is stored. Else as `append`, and
        StaleWrite only when the log is shorter than `seen`.
        """
        ...

    def read(self, incident: str) -> Log:
        """The incident's log; empty when there is none. Raises: PortFailure."""
        ...

    def incidents(self) -> tuple[str, ...]:
        """The ids of all incidents, oldest first. Raises: PortFailure."""
        ...

    def length(self, incident: str) -> int:
        """How many entries the incident's log has: a cheap question whether somebody wrote. Raises: PortFailure."""
        ...

    def close(self) -> None:
        """Release the store; appends that were acknowledged are kept."""
        ...


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
        """The commit that a full ref name or an object id names; empty when there is none."""
        ...

    def head_ref(self) -> str:
        """The full ref name that HEAD stands for; empty when it is detached."""
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


class LogSource(Protocol):
    """A growing text that is followed in bounded memory."""

    @property
    def name(self) -> str:
        """What is followed, for showing."""
        ...

    def poll(self) -> tuple[str, ...]:
        """The lines that came since the last call, oldest first, at most a screenful of thousands; never blocks."""
        ...

    def close(self) -> None:
        """Stop following."""
        ...
