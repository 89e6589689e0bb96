"""The one safe next command, from where the work tree is: none of these loses a change or a commit, or forces anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean, visible_argv
from hotfix_tui.ports import RepositoryStatus

Tagged = Literal["", "unasked", "here", "there"]
"""Where the tag of the fix is: nowhere; here, and the remote was not asked; only here; on the remote as well."""


FROM_PLAYBOOK = ("hotfix", "status")
"""What is next where git has nothing left to do: the playbook says."""


@record(frozen=True, slots=True)
class Place:
    """All that the next command depends on; names are untrusted text."""

    status: RepositoryStatus
    incident: bool = False
    """Whether there is an incident whose fix this is about."""
    branch: str = ""
    """The incident's branch."""
    branch_is: Literal["", "here", "there"] = ""
    """Where that branch is: nowhere, here, or only on the remote."""
    remote: str = "origin"
    own: int = 0
    """How many commits HEAD has on the base."""
    kept: bool = True
    """Whether a branch or the base holds HEAD; commits on a detached HEAD may be held by nothing."""
    written: bool = False
    """Whether the version or the changelog was written and not committed yet."""
    unfinished: str = ""
    """The title of the operation that has not ended."""
    main: str = "main"
    tag: str = ""
    """The tag of the fix, whether it is there or not."""
    tagged: Tagged = ""
    back: bool = False
    """Whether the remote's main branch holds the tag and all of the fix's branch, as far as was fetched."""
    unpublished: bool = False
    """Whether the fix is still to be published or released, by an operation: its branch is needed for that."""

    @property
    def elsewhere(self) -> bool:
        """Whether the incident has a branch, and HEAD is not on it."""
        return bool(self.branch) and self.status.branch != self.branch

    @property
    def over(self) -> bool:
        """Whether nobody needs the fix's branch any more, once its tag is on the remote."""
        return self.back and bool(self.branch_is) and not self.unpublished


@record(frozen=True, slots=True)
class SafeStep:
    """A command, and why it is the next one."""

    argv: tuple[str, ...]
    why: str
    """Safe to show."""

    @property
    def command(self) -> str:
        """The command as a person types it; safe to show."""
        return visible_argv(self.argv)


def safe_step(place: Place) -> SafeStep | None:
    """The first rule that fits says what to do next; None where git has nothing left to do."""
    return next((make(place) for fits, make in RULES if fits(place)), None)


def _says(*argv: str, why: str) -> Callable[[Place], SafeStep]:
    return lambda _: SafeStep(argv, why)


def _unmerged(place: Place) -> SafeStep:
    pending = place.status.pending or "merge"
    why = f"it lists the files in conflict; solve them and git add them, or git {pending} --abort"
    return SafeStep(("git", "diff", "--name-only", "--diff-filter=U"), why)


def _pending(place: Place) -> SafeStep:
    pending = place.status.pending
    if pending == "bisect":
        return SafeStep(("git", "bisect", "reset"), "a bisect has begun; this goes back to where it began")
    return SafeStep(
        ("git", pending, "--continue"), f"a {pending} has begun and nothing is in conflict: this ends it"
    )


def _lost(place: Place) -> SafeStep:
    name = f"kept-{place.status.head[:7]}"
    return SafeStep(
        ("git", "branch", name, place.status.head), "no branch holds the commits here; this keeps them"
    )


def _switch(place: Place) -> SafeStep:
    words = {
        "here": ("git", "switch", place.branch),
        "there": ("git", "switch", "--track", f"{place.remote}/{place.branch}"),
    }
    carried = "" if place.status.clean else "; git refuses rather than lose a change"
    return SafeStep(words[place.branch_is or "here"], f"the fix is on {clean(place.branch, NAME)}{carried}")


def _diverged(place: Place) -> SafeStep:
    why = f"{clean(place.status.upstream, NAME)} has commits that are not here, and the other way round; never force"
    return SafeStep(("git", "log", "--oneline", "--left-right", "HEAD...@{upstream}"), why)


def _behind(place: Place) -> SafeStep:
    why = f"{place.status.behind} behind {clean(place.status.upstream, NAME)}; this only moves forward"
    return SafeStep(("git", "pull", "--ff-only"), why)


def _ask(place: Place) -> SafeStep:
    return SafeStep(("hotfix", "where"), f"it asks {clean(place.remote, NAME)} for {clean(place.tag, NAME)}")


RULES: tuple[tuple[Callable[[Place], bool], Callable[[Place], SafeStep]], ...] = (
    (
        lambda p: bool(p.unfinished),
        lambda p: SafeStep(("hotfix", "op", "unfinished"), f"“{clean(p.unfinished, NAME)}” has not ended"),
    ),
    (lambda p: p.status.unmerged > 0, _unmerged),
    (lambda p: bool(p.status.pending), _pending),
    (lambda p: not p.status.head, _says("git", "status", why="there is no commit here yet")),
    (lambda p: not p.status.branch and not p.kept, _lost),
    (lambda p: p.tagged == "unasked" and p.over, _ask),
    (
        lambda p: p.tagged == "there" and p.over,
        _says("hotfix", "op", "run", "clean-up", why="the fix is out and back: its branch can go"),
    ),
    (lambda p: p.elsewhere and bool(p.branch_is), _switch),
    (
        lambda p: not p.status.branch and not p.incident,
        lambda p: SafeStep(("git", "switch", p.main), "HEAD is on no branch, and nothing is lost by leaving"),
    ),
    (lambda p: p.status.ahead > 0 and p.status.behind > 0, _diverged),
    (lambda p: p.status.behind > 0, _behind),
    (
        lambda p: p.elsewhere and not p.tagged and not p.status.clean,
        _says("git", "stash", "push", why="put the changes aside first; git stash pop brings them back"),
    ),
    (
        lambda p: p.elsewhere and not p.tagged,
        _says("hotfix", "op", "run", "branch", why="the hotfix branch is not made yet"),
    ),
    (
        lambda p: p.incident and not p.status.clean and p.written,
        _says("hotfix", "op", "run", "commit-version", why="the version is written, and not committed"),
    ),
    (
        lambda p: p.incident and not p.status.clean,
        _says("hotfix", "op", "run", "commit", why="the fix is not committed"),
    ),
    (lambda p: not p.status.clean, _says("git", "diff", "HEAD", why="there are changes; look at them first")),
    (
        lambda p: p.incident and bool(p.status.branch) and p.own > 0 and not p.status.pushed,
        _says("hotfix", "op", "run", "push", why="only this machine has the commits"),
    ),
    (
        lambda p: p.tagged == "here",
        lambda p: SafeStep(
            ("hotfix", "op", "run", "push"), f"{clean(p.tag, NAME)} is not on {clean(p.remote, NAME)} yet"
        ),
    ),
    (lambda p: p.tagged == "unasked" and not p.back, _ask),
    (
        lambda p: p.tagged == "there" and not p.back,
        _says("hotfix", "op", "run", "merge-back", why="the tag is out: bring the fix back"),
    ),
    (lambda p: p.incident, _says(*FROM_PLAYBOOK, why="nothing is left over in git; go on in the playbook")),
    (
        lambda p: bool(p.status.branch) and p.status.ahead > 0,
        _says(
            "git", "log", "--oneline", "@{upstream}..HEAD", why="these commits are not pushed; look at them"
        ),
    ),
)
"""When, and what then; the first that fits."""
