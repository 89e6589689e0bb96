"""What git prints for programs, as values: porcelain=v2, -z and NUL-separated fields only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from hotfix_tui.adapters.git_environment import Setting
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.suspects import Made
from hotfix_tui.ports import Commit, Pending, RepositoryStatus

P = ParamSpec("P")
T = TypeVar("T")

PENDING: tuple[tuple[str, Pending], ...] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("MERGE_HEAD", "merge"),
    ("BISECT_LOG", "bisect"),
)
"""What lies in git's folder while an operation waits to be ended; a rebase may leave the others' marks too."""


@record(frozen=True, slots=True)
class Places:
    """The folders of a repository."""

    root: Path
    git: Path
    common: Path
    """The folder that linked worktrees share; the same as `git` when there are none."""


def text(raw: bytes) -> str:
    """Git's bytes as text that `os.fsencode` turns back into the same bytes."""
    return raw.decode("utf-8", "surrogateescape")


def understood(parse: Callable[P, T]) -> Callable[P, T]:
    """The same reader, for which an answer that is none of git's is a failure of the world and not of ours."""

    @wraps(parse)
    def read(*args: P.args, **more: P.kwargs) -> T:
        try:
            return parse(*args, **more)
        except (ValueError, IndexError, RuntimeError) as error:
            raise PortFailure(
                "Git", "it answers what no git does.", "Look which one it is: git --version"
            ) from error

    return read


def moment(seconds: str) -> datetime:
    """When a commit says it was made; far away where it says something absurd, as anybody may. Raises: ValueError."""
    number = int(seconds)
    try:
        return datetime.fromtimestamp(number, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime(9998, 12, 31, tzinfo=UTC)


@understood
def parse_config(raw: bytes) -> tuple[Setting, ...]:
    """What `git config --list --show-scope -z` prints: scope, NUL, key, newline, value, NUL."""
    parts = text(raw).split("\0")
    pairs = zip(parts[0::2], parts[1::2], strict=False)
    entries = ((scope, *entry.partition("\n")) for scope, entry in pairs)
    return tuple(Setting(scope, key, value) for scope, key, _, value in entries)


@understood
def parse_status(raw: bytes, root: str) -> RepositoryStatus:
    """What `git status --porcelain=v2 --branch -z` prints."""
    status = RepositoryStatus(root)
    changed = untracked = unmerged = 0
    entries = iter(text(raw).split("\0"))
    for entry in entries:
        match entry[:2]:
            case "# ":
                status = _header(status, entry[2:])
            case "1 ":
                changed += 1
            case "2 ":
                changed += 1
                next(entries, "")  # the path it was renamed from
            case "u ":
                unmerged += 1
            case "? ":
                untracked += 1
    return replace(status, changed=changed, untracked=untracked, unmerged=unmerged)


def _header(status: RepositoryStatus, line: str) -> RepositoryStatus:
    name, _, value = line.partition(" ")
    match name:
        case "branch.oid":
            return replace(status, head="" if value == "(initial)" else value)
        case "branch.head":
            return replace(status, branch="" if value == "(detached)" else value)
        case "branch.upstream":
            return replace(status, upstream=value)
        case "branch.ab":
            ahead, _, behind = value.partition(" ")
            return replace(status, ahead=abs(int(ahead)), behind=abs(int(behind)))
    return status


@understood
def parse_commits(raw: bytes) -> tuple[Commit, ...]:
    """What `git log -z` prints with the format %H %s %an %ct, each ended by NUL."""
    parts = raw.decode("utf-8", "replace").split("\0")
    rows = zip(parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=False)
    return tuple(Commit(oid, subject, author, moment(at)) for oid, subject, author, at in rows)


@understood
def parse_made(raw: bytes) -> tuple[Made, ...]:
    """What `git log -z --numstat` prints with the format %H %P %s %an %ct, each ended by NUL."""
    found: list[tuple[Made, list[tuple[str, int]]]] = []
    words = iter(raw.decode("utf-8", "replace").split("\0"))
    for word in words:
        start = word.lstrip("\n")
        if start.count("\t") >= 2:
            added, removed, path = start.split("\t", 2)
            lines = 1 if added == "-" else int(added) + int(removed)
            found[-1][1].append((path, lines))
        elif start:
            parents, subject, author, at = (next(words) for _ in range(4))
            found.append((Made(start, subject, author, moment(at), len(parents.split())), []))
    return tuple(replace(made, files=tuple(files)) for made, files in found)


@understood
def parse_numstat(raw: bytes) -> dict[str, int]:
    """What `git diff --numstat -z --no-renames` prints: path to how many lines differ; a binary file counts as one."""
    found = {}
    for entry in raw.decode("utf-8", "replace").split("\0"):
        if entry.count("\t") >= 2:
            added, removed, path = entry.split("\t", 2)
            found[path] = 1 if added == "-" else int(added) + int(removed)
    return found


@understood
def parse_count(raw: bytes) -> int:
    """What `git rev-list --count` prints."""
    return int(raw)


def parse_refs(raw: bytes) -> dict[str, str]:
    """What `git ls-remote` prints: object id, tab, full ref name."""
    rows = (line.partition("\t") for line in text(raw).splitlines())
    return {ref: oid for oid, _, ref in rows if ref}


def pending(folder: Path) -> Pending:
    """The operation that git has begun and not ended, by what lies in its folder."""
    return next((name for mark, name in PENDING if (folder / mark).exists()), "")


def fetched_at(places: Places) -> datetime | None:
    """When this clone last fetched, by the file that every fetch writes; None when never."""
    times = []
    for folder in (places.git, places.common):
        try:
            times.append((folder / "FETCH_HEAD").stat().st_mtime)
        except OSError:
            continue
    return datetime.fromtimestamp(max(times), UTC) if times else None
