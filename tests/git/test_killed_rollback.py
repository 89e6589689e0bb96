"""A way back is killed at every action: going on gives what an undisturbed run gives, undo what was before."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from tests.git.killing import Morning, killed
from tests.git.rollback_fixtures import BRANCH, beta
from tests.git_fixtures import git

PLAYBOOK = "tests.git.rollback_fixtures:NIGHTLY"
CHOICE = {"bad": "v1.1.1-beta.1", "branch": BRANCH}
POINTS = 24
"""Two reverts, two files, a commit, a tag, two pushes: eight actions, each between two entries of the journal."""


def dies(folder: Path, point: int) -> int:
    """Roll back in another process, and kill it after its n-th action; its exit code."""
    return killed(folder, point, "rollback", make=beta, playbook=PLAYBOOK, choice=CHOICE)


def world(folder: Path) -> dict[str, str]:
    """Everything that may differ: refs here and there, HEAD, and what differs from it."""
    root, remote = folder / "app", folder / "remote.git"
    refs = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
    return {
        "here": git(root, *refs),
        "there": git(remote, *refs),
        "head": git(root, "symbolic-ref", "HEAD"),
        "changed": git(root, "status", "--porcelain"),
    }


@pytest.fixture
def opened() -> Iterator[list[Morning]]:
    """The databases that were opened; closed at the end."""
    opened: list[Morning] = []
    yield opened
    for morning in opened:
        morning.desk.store.close()


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The world before, and after an undisturbed run."""
    folder = tmp_path_factory.mktemp("undisturbed")
    beta(folder / "before")
    assert dies(folder / "night", POINTS + 1) == 0
    return world(folder / "before"), world(folder / "night")


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_any_point(
    tmp_path: Path, opened: list[Morning], wanted: tuple[dict[str, str], dict[str, str]], point: int
) -> None:
    """Wherever it dies: going on gives the same commits, tag and remote; undo gives the state before, as long as
    nothing has left the machine (X.8).
    """
    before, after = wanted
    night = tmp_path / "night"
    assert dies(night, point) == -signal.SIGKILL
    for answer in ("continue", "undo"):
        folder = tmp_path / answer
        shutil.copytree(night, folder, symlinks=True)
        git(folder / "app", "remote", "set-url", "origin", str(folder / "remote.git"))
        git(folder / "app", "update-index", "-q", "--refresh", check=False)
        morning = Morning(folder, PLAYBOOK)
        opened.append(morning)
        left = morning.left()
        if left is None:
            assert point == POINTS
            assert world(folder) == after
        elif answer == "continue":
            morning.resume(left)
            assert morning.state() == "done"
            assert world(folder) == after
        elif world(folder)["there"] == before["there"]:
            morning.undo(left)
            assert morning.state() == "undone"
            assert world(folder) == before
        else:
            there = world(folder)["there"]
            with pytest.raises(Refused, match="has no way back"):
                morning.undo(left)
            assert world(folder)["there"] == there
