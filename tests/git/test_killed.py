from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import OperationStarted
from tests.git.killing import Morning, killed
from tests.git_fixtures import sandbox

POINTS = 8
"""The operation writes five times to the journal besides its start, and runs two commands."""


def dies(folder: Path, point: int) -> int:
    """Make the hotfix branch in another process, and kill it after its n-th action; its exit code."""
    return killed(folder, point, "branch", make=sandbox, item="make-branch")


@pytest.fixture
def mornings(tmp_path: Path) -> Iterator[list[Morning]]:
    """Those that were opened; closed at the end."""
    opened: list[Morning] = []
    yield opened
    for morning in opened:
        morning.desk.store.close()


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_any_point(tmp_path: Path, mornings: list[Morning], point: int) -> None:
    """Wherever it is killed: going on gives one branch, undo gives none, leaving changes nothing."""
    night = tmp_path / "night"
    assert dies(night, point) == -signal.SIGKILL
    for answer in ("continue", "undo", "leave"):
        shutil.copytree(night, tmp_path / answer, symlinks=True)
        morning = Morning(tmp_path / answer)
        mornings.append(morning)
        before = morning.box.branches(), morning.box.git("symbolic-ref", "HEAD")
        left = morning.left()
        if point == POINTS:
            assert left is None
            assert morning.state() == "done"
            continue
        assert left is not None
        if answer == "continue":
            morning.resume(left, "make-branch")
            assert morning.state() == "done"
            assert morning.box.git("symbolic-ref", "--short", "HEAD") == "hotfix/v1.0.5"
            assert f"hotfix/v1.0.5 {morning.release}" in morning.box.branches()
            assert len(morning.box.branches()) == 2
            assert morning.desk.only().incident.item("make-branch").mark == "done"
        elif answer == "undo":
            morning.undo(left)
            assert morning.state() == "undone"
            assert morning.box.git("symbolic-ref", "--short", "HEAD") == "main"
            assert len(morning.box.branches()) == 1
        else:
            morning.runner.leave(morning.case, left)
            assert morning.state() == "left"
            assert (morning.box.branches(), morning.box.git("symbolic-ref", "HEAD")) == before
        assert morning.box.git("status", "--porcelain") == ""
        started = [e for e in morning.desk.only().incident.log if isinstance(e.body, OperationStarted)]
        assert len(started) == 1
        morning.case = morning.desk.only()
        assert morning.left() is None


def test_the_points_are_all(tmp_path: Path) -> None:
    """There is no further point than those above: the next one lets the operation end by itself."""
    assert dies(tmp_path / "night", POINTS + 1) == 0


def test_undo_loses_no_commit(tmp_path: Path, mornings: list[Morning]) -> None:
    """A branch on which somebody has worked since is not taken back."""
    assert dies(tmp_path / "night", 6) == -signal.SIGKILL
    morning = Morning(tmp_path / "night")
    mornings.append(morning)
    morning.box.git("commit", "-q", "--allow-empty", "-m", "the fix")
    fix = morning.box.git("rev-parse", "HEAD")
    left = morning.left()
    assert left is not None
    assert [standing.state for _, standing in left.standings] == ["conflict", "done"]
    with pytest.raises(Refused, match="nothing was taken back"):
        morning.undo(left)
    assert morning.box.git("rev-parse", "hotfix/v1.0.5") == fix
    morning.runner.leave(morning.case, left)
    assert morning.state() == "left"


def test_undo_touches_only_what_it_made(tmp_path: Path, mornings: list[Morning]) -> None:
    """A branch that was there before the operation stays when the operation is taken back."""
    night = tmp_path / "night"

    def with_the_branch(folder: Path) -> None:
        box = sandbox(folder)
        box.git("branch", "hotfix/v1.0.5", box.release)

    assert killed(night, 4, "branch", make=with_the_branch, item="make-branch") == -signal.SIGKILL
    morning = Morning(night)
    mornings.append(morning)
    left = morning.left()
    assert left is not None
    morning.undo(left)
    assert morning.box.git("symbolic-ref", "--short", "HEAD") == "main"
    assert f"hotfix/v1.0.5 {morning.release}" in morning.box.branches()
