from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import OperationStarted
from hotfix_tui.service.operations import OperationRunner, Unfinished
from tests.case_fixtures import Desk
from tests.git_fixtures import Sandbox, sandbox

POINTS = 8
"""The operation writes five times to the journal besides its start, and runs two commands."""

DIES = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.site import site_of
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.operations import OperationRunner
from tests import case_fixtures

left = int(sys.argv[3])

def tick():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

class DyingStore(SqliteStore):
    def append(self, *args, **more):
        length = super().append(*args, **more)
        tick()
        return length

class DyingRepository(GitRepository):
    def run(self, *args, **more):
        ended = super().run(*args, **more)
        tick()
        return ended

case_fixtures.SqliteStore = DyingStore
desk = case_fixtures.Desk(Path(sys.argv[2]))
site = site_of(DyingRepository(find_repository(Path(sys.argv[1])).places), FrozenClock(case_fixtures.START))
operation = OPERATIONS["branch"]
case = desk.only()
plan = operation.plan(operation.prepare(site, case.incident, desk.playbook, {}), site)
OperationRunner(desk.incidents).run(
    case, plan, site, item="make-branch", on_progress=lambda p: None, cancelled=lambda: False
)
print("done")
"""


def killed(folder: Path, point: int) -> int:
    """Declare in `folder`, run the operation in another process, kill it after its n-th action; its exit code."""
    sandbox(folder)
    desk = Desk(folder / "data")
    desk.declare()
    desk.store.close()
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(folder / "app"), str(folder / "data"), str(point), str(root)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


class Morning:
    """The morning after: the same repository and database in a new process."""

    def __init__(self, folder: Path) -> None:
        self.box = Sandbox(folder / "app", folder / "remote.git", "")
        self.site = self.box.site
        self.desk = Desk(folder / "data")
        self.runner = OperationRunner(self.desk.incidents)
        self.case = self.desk.only()
        self.release = self.box.git("rev-parse", "v1.0.4^{commit}")

    def left(self) -> Unfinished | None:
        """The one unfinished operation."""
        found = self.runner.unfinished(self.case, self.site)
        return found[0] if found else None

    def resume(self, left: Unfinished) -> None:
        """Go on with it."""
        self.case = self.runner.run(
            self.case,
            left.plan,
            self.site,
            item="make-branch",
            run=left.run,
            on_progress=lambda p: None,
            cancelled=lambda: False,
        )

    def undo(self, left: Unfinished) -> None:
        """Take it back."""
        self.case = self.runner.undo(self.case, left, self.site, on_progress=lambda p: None)

    def state(self) -> str:
        """How the one operation stands, on disk."""
        (record,) = self.desk.only().incident.operations.values()
        return record.state


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
    assert killed(night, point) == -signal.SIGKILL
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
            morning.resume(left)
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
    assert killed(tmp_path / "night", POINTS + 1) == 0


def test_undo_loses_no_commit(tmp_path: Path, mornings: list[Morning]) -> None:
    """A branch on which somebody has worked since is not taken back."""
    assert killed(tmp_path / "night", 6) == -signal.SIGKILL
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
    box = sandbox(night)
    box.git("branch", "hotfix/v1.0.5", box.release)
    desk = Desk(night / "data")
    desk.declare()
    desk.store.close()
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", DIES, str(box.root), str(night / "data"), "4", str(root)]
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    morning = Morning(night)
    mornings.append(morning)
    left = morning.left()
    assert left is not None
    morning.undo(left)
    assert morning.box.git("symbolic-ref", "--short", "HEAD") == "main"
    assert f"hotfix/v1.0.5 {morning.release}" in morning.box.branches()
