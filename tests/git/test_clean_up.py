"""The hotfix branch goes away only when every target has it, as the remote itself says; on real repositories."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import GitRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git.killing import Morning, killed
from tests.git_fixtures import Sandbox, commit, git, sandbox

CLEAN_UP = OPERATIONS["clean-up"]
BRANCH = "hotfix/v1.0.5"
KEPT = replace(PLAYBOOK, git=GitRules(merge_back=("main", "develop")))
POINTS = 11


def merged(folder: Path) -> Sandbox:
    """A pushed fix that main has, and develop is not there."""
    box = fixed(folder)
    box.git("switch", "-q", "main")
    box.git("merge", "-q", "--no-ff", "-m", "merge", BRANCH)
    box.git("push", "-q", "origin", "main")
    box.git("switch", "-q", BRANCH)
    return box


def fixed(folder: Path) -> Sandbox:
    """A pushed fix that nothing has."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", BRANCH, "v1.0.4")
    commit(box.root, "fix.py", "fixed\n", "the fix")
    box.git("push", "-q", "--set-upstream", "origin", BRANCH)
    return box


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", KEPT)
    yield desk
    desk.store.close()


def planned(desk: Desk, box: Sandbox, case: Case, **choice: str) -> Plan:
    """The plan for these choices."""
    return CLEAN_UP.plan(CLEAN_UP.prepare(box.site, case.incident, desk.playbook, choice), box.site)


def there(box: Sandbox) -> list[str]:
    """The remote's branches with their commits."""
    return git(
        box.remote, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads"
    ).splitlines()


def run(desk: Desk, box: Sandbox, case: Case, plan: Plan) -> Case:
    """The case after running the plan."""
    runner = OperationRunner(desk.incidents)
    return runner.run(case, plan, box.site, on_progress=lambda p: None, cancelled=lambda: False)


def test_it_goes_there_and_here_and_the_way_back_is_exact(desk: Desk, tmp_path: Path) -> None:
    """The work tree is on main afterwards, and the command that brings the branch back names its commit (S0.TRP.4, S1.GIT.4, S2.BRA.3, S4.GIT.5)."""
    box = merged(tmp_path / "box")
    oid = box.git("rev-parse", BRANCH)
    plan = planned(desk, box, desk.declare())
    assert (plan.blocked, plan.level) == ((), 2)
    assert [step.id for step in plan.steps] == ["leave", "delete-there", "delete-here"]
    assert plan.steps[-1].way_back == f"git branch {BRANCH} {oid}"
    case = run(desk, box, desk.only(), plan)
    assert [one.state for one in case.incident.operations.values()] == ["done"]
    assert [line.split()[0] for line in box.branches()] == ["main"]
    assert [line.split()[0] for line in there(box)] == ["main"]
    assert box.git("symbolic-ref", "--short", "HEAD") == "main"
    with pytest.raises(Refused, match="any more"):
        planned(desk, box, case)


def test_it_stays_while_a_target_lacks_it(desk: Desk, tmp_path: Path) -> None:
    """Main here is no proof: what counts is what the remote has."""
    box = fixed(tmp_path / "box")
    case = desk.declare()
    assert "origin’s main does not have" in planned(desk, box, case).blocked[0]
    box.git("switch", "-q", "main")
    box.git("merge", "-q", "--no-ff", "-m", "merge", BRANCH)
    assert "merge it back first" in planned(desk, box, case, branch=BRANCH).blocked[0]
    box.git("push", "-q", "origin", "main")
    assert not planned(desk, box, case, branch=BRANCH).blocked
    box.git("push", "-q", "origin", "v1.0.4^{commit}:refs/heads/develop")
    assert "origin’s develop does not have" in planned(desk, box, case, branch=BRANCH).blocked[0]


def test_what_somebody_pushed_onto_it_is_not_lost(desk: Desk, tmp_path: Path) -> None:
    """Before the plan it is seen; between plan and push the remote refuses to delete another commit than was shown."""
    box = merged(tmp_path / "box")
    case = desk.declare()
    plan = planned(desk, box, case)
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "-b", BRANCH, str(box.remote), str(other))
    theirs = commit(other, "more.py", "x\n")
    git(other, "push", "-q", "origin", BRANCH)
    assert "(stale info)" in box.git(*plan.steps[1].argv[1:], check=False)
    assert f"{BRANCH} {theirs}" in there(box)
    case = run(desk, box, case, plan)
    assert f"{BRANCH} {theirs}" in there(box)
    assert any(line.startswith(BRANCH) for line in box.branches())
    assert "which is not here: git fetch origin" in planned(desk, box, case).blocked[0]
    box.git("fetch", "-q")
    assert "does not have" in planned(desk, box, case).blocked[0]


def test_main_itself_is_never_deleted(desk: Desk, tmp_path: Path) -> None:
    """Nor any other branch that the fix comes back to."""
    box = merged(tmp_path / "box")
    case = desk.declare()
    for name in ("main", "develop"):
        with pytest.raises(Refused, match="Which branch holds the fix"):
            planned(desk, box, case, branch=name)


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_any_point(tmp_path: Path, point: int) -> None:
    """Going on deletes it in both places; undo brings it back in both, at its very commit."""
    night, where = tmp_path / "night", "tests.git.test_clean_up:KEPT"
    assert killed(night, point, "clean-up", make=merged, playbook=where) == -signal.SIGKILL
    for answer in ("continue", "undo"):
        shutil.copytree(night, tmp_path / answer, symlinks=True)
        git(tmp_path / answer / "app", "remote", "set-url", "origin", str(tmp_path / answer / "remote.git"))
        morning = Morning(tmp_path / answer, where)
        oid = git(morning.box.root, "rev-parse", "main^2")
        left = morning.left()
        assert (left is None) == (point == POINTS)
        if left and answer == "undo":
            morning.undo(left)
            assert f"{BRANCH} {oid}" in morning.box.branches()
            assert f"{BRANCH} {oid}" in there(morning.box)
            assert morning.box.git("symbolic-ref", "--short", "HEAD") == BRANCH
        else:
            if left:
                morning.resume(left)
            assert morning.state() == "done"
            assert len(morning.box.branches()) == len(there(morning.box)) == 1
        morning.desk.store.close()


def test_the_points_are_all(tmp_path: Path) -> None:
    """The next point lets the operation end by itself."""
    where = "tests.git.test_clean_up:KEPT"
    assert killed(tmp_path / "n", POINTS + 1, "clean-up", make=merged, playbook=where) == 0
