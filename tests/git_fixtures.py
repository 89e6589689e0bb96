"""Real repositories for tests: fixed people and dates, real tags, a real bare remote."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.site import site_of
from hotfix_tui.ports import Finished, Site

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
TAGS = ("v1.0.3", "v1.0.4", "v1.1.0-beta.1", "light", "v20240115_0915", "api/v2.3.0")
"""Releases, a pre-release, a lightweight tag, a date that is no version, and a tag of a monorepo."""


def git(folder: Path, *words: str, check: bool = True) -> str:
    """What the command prints; the date is the fixed one of conftest.py."""
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=20, errors="replace"
    )
    assert not check or done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
    return done.stdout.strip()


def commit(folder: Path, name: str, text: str, subject: str = "") -> str:
    """Write a file and commit it; the new commit's object id."""
    (folder / name).write_text(text)
    git(folder, "add", name)
    git(folder, "commit", "-q", "-m", subject or f"change {name}")
    return git(folder, "rev-parse", "HEAD")


@dataclass(frozen=True)
class Sandbox:
    """A work tree on `main` with a bare remote `origin`."""

    root: Path
    remote: Path
    release: str
    """The commit of v1.0.4."""

    @property
    def repository(self) -> GitRepository:
        """The product's view of it."""
        return find_repository(self.root)

    @property
    def site(self) -> Site:
        """The same with all that operations may use there."""
        return site_of(self.repository, FrozenClock(START))

    def git(self, *words: str, check: bool = True) -> str:
        """What git prints in the work tree."""
        return git(self.root, *words, check=check)

    def branches(self) -> list[str]:
        """The local branches with their commits."""
        return self.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads").splitlines()


class SlowRepository(GitRepository):
    """A real repository whose commands write a line, and then end only when they are stopped."""

    def run(
        self,
        argv: Sequence[str],
        on_line: Callable[[str], None] = lambda line: None,
        cancelled: Callable[[], bool] = lambda: False,
        timeout: float = 60.0,
    ) -> Finished:
        """Like a push to a remote that does not answer."""
        on_line("waiting for the remote")
        until = time.monotonic() + timeout
        while not cancelled() and time.monotonic() < until:
            time.sleep(0.005)
        return Finished(-15, ("waiting for the remote",))


_first: list[Sandbox] = []
"""The first one that was made: the others are copies, which is much quicker."""


def sandbox(folder: Path) -> Sandbox:
    """A repository with two releases, a commit after them, the tags of `TAGS` and a remote that has all of it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _first:
        template = folder.with_name(f"{folder.name}-template")
        _first.append(_made(template / "app", template / "remote.git"))
    first = _first[0]
    root, remote = folder / "app", folder / "remote.git"
    shutil.copytree(first.root, root, symlinks=True)
    shutil.copytree(first.remote, remote, symlinks=True)
    git(root, "remote", "set-url", "origin", str(remote))
    git(root, "update-index", "-q", "--refresh")
    return Sandbox(root, remote, first.release)


def _made(root: Path, remote: Path) -> Sandbox:
    root.mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "init", "-q", "--bare", "-b", "main", str(remote))
    commit(root, "unlock.py", "one\n", "first")
    git(root, "tag", "-a", "-m", "1.0.3", "v1.0.3")
    release = commit(root, "unlock.py", "two\n", "unlock twice")
    git(root, "tag", "-a", "-m", "1.0.4", "v1.0.4")
    commit(root, "unlock.py", "three\n", "unfinished work")
    for tag in TAGS[2:]:
        git(root, "tag", tag)
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "-q", "--set-upstream", "origin", "main", "--tags")
    return Sandbox(root, remote, release)
