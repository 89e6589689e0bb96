"""Where the work tree is, in words."""

from __future__ import annotations

from hotfix_tui.domain.glance import Risk
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.ports import RepositoryStatus


@record(frozen=True, slots=True)
class Whereabouts:
    """The answer to "where am I", and what is at risk there."""

    lines: tuple[str, ...]
    """The first one says where; safe to show."""
    risks: tuple[Risk, ...] = ()


def whereabouts(
    status: RepositoryStatus,
    *,
    base: str,
    branch: str,
    count: int | None = None,
    branch_exists: bool = False,
) -> Whereabouts:
    """What to tell of `status`; `base` and `branch` are the incident's.

    `count` is how many commits are on the base, None where it is not here; `branch_exists` tells whether the incident's branch is there already.
    """
    on_it = bool(branch) and status.branch == branch
    lines = (
        _where(status, base, count),
        *_unknown_base(status, base, count),
        *_pending(status),
        _tree(status),
        *_pushed(status, count),
        *_kind(status),
    )
    risks: list[Risk] = []
    if status.pending:
        risks.append(Risk(f"a {status.pending} has begun", "over"))
    if not status.clean:
        risks.append(Risk("tree not clean", "soon"))
    if on_it and not status.pushed and count != 0:
        risks.append(Risk("not pushed", "soon"))
    if branch_exists and not on_it:
        risks.append(Risk(f"not on {clean(branch, NAME)}", "soon"))
    return Whereabouts(lines, tuple(risks))


def _where(status: RepositoryStatus, base: str, count: int | None) -> str:
    if not status.head:
        return f"no commits yet on {clean(status.branch, NAME)}" if status.branch else "no commits yet"
    on_base = f", {_count(count, 'commit')} on {clean(base, NAME)}" if base and count is not None else ""
    if not status.branch:
        return f"HEAD is detached at {status.head[:7]}{on_base}"
    return f"{clean(status.branch, NAME)}{on_base}"


def _unknown_base(status: RepositoryStatus, base: str, count: int | None) -> tuple[str, ...]:
    if not status.head or not base or count is not None:
        return ()
    return (f"there is no {clean(base, NAME)} here; fetch it: git fetch --tags",)


def _pending(status: RepositoryStatus) -> tuple[str, ...]:
    if not status.pending:
        return ()
    end = "end it first (git bisect reset)" if status.pending == "bisect" else "finish or abort it first"
    return (f"a {status.pending} has begun: {end}",)


def _tree(status: RepositoryStatus) -> str:
    told = [
        _count(status.unmerged, "file") + " in conflict" if status.unmerged else "",
        _count(status.changed, "changed file") if status.changed else "",
        _count(status.untracked, "untracked path") if status.untracked else "",
    ]
    known = ", ".join(part for part in told if part)
    if status.clean:
        return f"tree clean, {known}" if known else "tree clean"
    return f"tree not clean: {known}"


def _pushed(status: RepositoryStatus, count: int | None) -> tuple[str, ...]:
    """Only a branch with a commit can be pushed, and one without a commit of its own holds nothing that could be lost."""
    if not status.head or not status.branch:
        return ()
    behind = f", {status.behind} behind {clean(status.upstream, NAME)}" if status.behind else ""
    if status.pushed:
        return (f"pushed{behind}",)
    ahead = f", {status.ahead} ahead of {clean(status.upstream, NAME)}" if status.ahead else ""
    return (f"{'nothing to push yet' if count == 0 and not ahead else 'not pushed'}{ahead}{behind}",)


def _kind(status: RepositoryStatus) -> tuple[str, ...]:
    told = ["this is a linked worktree"] if status.linked_worktree else []
    if status.shallow:
        told.append("this clone is shallow: older tags and commits are missing")
    return tuple(told)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
