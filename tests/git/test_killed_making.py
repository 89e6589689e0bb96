"""Commit, tag, push and cherry-pick are killed at every action: going on gives what an undisturbed run gives."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.git.killing import Morning, killed
from tests.git_fixtures import Sandbox, commit, git, sandbox


def fixed(folder: Path) -> Sandbox:
    """On a hotfix branch, with one staged and one changed file."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    (box.root / "unlock.py").write_text("fixed\n")
    (box.root / "new.py").write_text("new\n")
    box.git("add", "new.py")
    return box


def committed(folder: Path) -> Sandbox:
    """The fix is committed."""
    box = fixed(folder)
    box.git("commit", "-q", "-a", "-m", "the fix")
    return box


def tagged(folder: Path) -> Sandbox:
    """The fix is committed and tagged."""
    box = committed(folder)
    box.git("tag", "-a", "-m", "x", "v1.0.5")
    return box


def elsewhere(folder: Path) -> Sandbox:
    """Two commits on main, named by branches, and HEAD on the hotfix branch."""
    box = sandbox(folder)
    for name in ("one", "two"):
        commit(box.root, f"{name}.py", "x\n")
        box.git("branch", name)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    return box


@dataclass(frozen=True)
class Case:
    """An operation, and after how many actions it has ended."""

    operation: str
    make: Callable[[Path], Sandbox]
    points: int
    choice: Mapping[str, str] = field(default_factory=dict)


CASES = (
    Case("commit", fixed, 8, {"message": "x"}),
    Case("tag", committed, 5, {"message": "x"}),
    Case("push", tagged, 11),
    Case("cherry-pick", elsewhere, 8, {"commits": "one,two"}),
)
POINTS = [
    pytest.param(case, point, id=f"{case.operation}-{point}")
    for case in CASES
    for point in range(1, case.points + 1)
]


def world(folder: Path) -> dict[str, str]:
    """Everything that may differ: refs here and there, HEAD, and what differs from it."""
    refs = ("for-each-ref", "--format=%(refname) %(objectname) %(upstream)")
    root, remote = folder / "app", folder / "remote.git"
    return {
        "here": git(root, *refs),
        "there": git(remote, *refs),
        "head": git(root, "symbolic-ref", "HEAD"),
        "changed": git(root, "diff", "HEAD", "--stat"),
        "files": "\n".join(sorted(path.name for path in root.iterdir())),
    }


@pytest.fixture
def opened() -> Iterator[list[Morning]]:
    """The databases that were opened; closed at the end."""
    opened: list[Morning] = []
    yield opened
    for morning in opened:
        morning.desk.store.close()


def kill(folder: Path, case: Case, point: int) -> int:
    """Run the case's operation and kill it at this point."""
    return killed(folder, point, case.operation, make=case.make, choice=case.choice)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], tuple[dict[str, str], dict[str, str]]]:
    """What is there before an operation, and after one that nobody disturbed; each is made once."""
    known: dict[str, tuple[dict[str, str], dict[str, str]]] = {}

    def worlds(case: Case) -> tuple[dict[str, str], dict[str, str]]:
        if case.operation not in known:
            before, after = (tmp_path_factory.mktemp(case.operation) for _ in range(2))
            case.make(before)
            assert kill(after, case, case.points + 1) == 0
            known[case.operation] = world(before), world(after)
        return known[case.operation]

    return worlds


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.operation)
def test_the_points_are_all(tmp_path: Path, case: Case) -> None:
    """There is no further point than those below."""
    assert kill(tmp_path / "night", case, case.points + 1) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("case", "point"), POINTS)
def test_killed_at_any_point(
    tmp_path: Path,
    opened: list[Morning],
    calm: Callable[[Case], tuple[dict[str, str], dict[str, str]]],
    case: Case,
    point: int,
) -> None:
    """Going on ends as an undisturbed run does; undo leaves the state before; nothing happens twice."""
    night = tmp_path / "night"
    assert kill(night, case, point) == -signal.SIGKILL
    before, after = calm(case)
    for answer, wanted in (("continue", after), ("undo", before)):
        folder = tmp_path / answer
        shutil.copytree(night, folder, symlinks=True)
        git(folder / "app", "remote", "set-url", "origin", str(folder / "remote.git"))
        git(folder / "app", "update-index", "-q", "--refresh", check=False)  # the copies are other files
        morning = Morning(folder)
        opened.append(morning)
        left = morning.left()
        if point == case.points:
            assert left is None
            assert world(folder) == after
            continue
        assert left is not None
        if answer == "continue":
            morning.resume(left)
        else:
            morning.undo(left)
        assert morning.state() == {"continue": "done", "undo": "undone"}[answer]
        assert world(folder) == wanted
        morning.case = morning.desk.only()
        assert morning.left() is None
