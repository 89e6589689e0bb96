"""hotfix's own files are private; what git and commands write has the modes of the user's shell."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.adapters import umask
from hotfix_tui.adapters.local_shell import LocalShell
from tests.git.working import Night
from tests.git_fixtures import git


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a running hotfix whose user has the umask 002."""
    before = os.umask(0o002)
    monkeypatch.setattr(umask, "_FOUND", [])
    umask.keep_private()
    umask.keep_private()
    yield
    os.umask(before)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A repository with a remote, and an incident."""
    night = Night(tmp_path)
    yield night
    night.close()


def mode(path: Path) -> int:
    """Who may do what with it."""
    return stat.S_IMODE(path.stat().st_mode)


def test_its_own_files_are_private(tmp_path: Path) -> None:
    """Whatever writes them, also in another thread."""
    thread = threading.Thread(target=(tmp_path / "note").write_text, args=("x",))
    thread.start()
    thread.join()
    assert mode(tmp_path / "note") == 0o600


def test_a_repository_stays_readable_to_others(night: Night) -> None:
    """A server that serves the work tree, or a group that shares the repository, goes on reading it."""
    night.run("branch")
    branch = git(night.box.root, "for-each-ref", "--format=%(refname)", "refs/heads/hotfix").strip()
    assert mode(night.box.root / ".git" / branch) == 0o664


def test_a_command_writes_as_from_the_users_shell(tmp_path: Path) -> None:
    """Its umask is the one that hotfix was started with."""
    assert LocalShell().run(["sh", "-c", "umask; echo > built"], tmp_path).lines[0] == "0002"
    assert mode(tmp_path / "built") == 0o664


def test_before_anything_is_private_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has asked for private files yet."""
    monkeypatch.setattr(umask, "_FOUND", [])
    assert umask.of_programs() == umask.UNCHANGED
