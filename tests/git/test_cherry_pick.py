"""The operation `cherry-pick`: each commit once, a conflict told with what is missing, and a way back."""

from __future__ import annotations

import pytest

from hotfix_tui.domain.errors import PortFailure, Refused
from tests.git.working import Night, states
from tests.git_fixtures import commit


@pytest.fixture
def elsewhere(night: Night) -> tuple[str, str, str]:
    """Three commits on main: a file, the fix of that file, and another file; then HEAD is on the hotfix branch."""
    root = night.box.root
    first = commit(root, "lock.py", "a\nb\nc\n", "a lock")
    second = commit(root, "lock.py", "a\nB\nc\n", "mend the lock")
    third = commit(root, "door.py", "door\n", "a door \x1b[31mred")
    night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    return first, second, third


def test_each_is_picked_once(night: Night, elsewhere: tuple[str, str, str]) -> None:
    """In order, with the line that says where it comes from; once more changes nothing (S2.BRA.2, S2.GIT.1)."""
    first, second, third = elsewhere
    plan = night.plan("cherry-pick", commits=f"{first[:8]}, {second} main")
    assert [step.argv for step in plan.steps] == [
        ("git", "cherry-pick", "-x", "--no-gpg-sign", oid) for oid in (first, second, third)
    ]
    assert plan.blocked == ()
    assert any(f.text == "no conflict is foreseen" for f in plan.findings)
    assert "\x1b" not in "".join(step.title for step in plan.steps)
    assert night.carry_out(plan).state == "done"
    head = night.box.git("rev-parse", "HEAD")
    assert night.box.git("log", "--format=%s", "v1.0.4..").splitlines()[1:] == ["mend the lock", "a lock"]
    assert f"(cherry picked from commit {second})" in night.box.git("log", "-1", "--format=%B", "HEAD~1")
    again = night.plan("cherry-pick", commits=f"{first},{second}")
    assert states(again, night.site) == ["done", "done"]
    assert night.carry_out(again).state == "done"
    assert night.box.git("rev-parse", "HEAD") == head


def test_the_same_patch_counts(night: Night, elsewhere: tuple[str, str, str]) -> None:
    """A pick without its line, by hand, is known by what it changes."""
    first, *_ = elsewhere
    night.box.git("cherry-pick", first)
    plan = night.plan("cherry-pick", commits=first)
    assert states(plan, night.site) == ["done"]
    assert any("is here already" in f.text for f in plan.findings)


def test_a_conflict_is_foreseen_and_names_what_is_missing(
    night: Night, elsewhere: tuple[str, str, str]
) -> None:
    """The file, and the commit that the fix builds on, are told before anything runs and when it stops (row 74)."""
    first, second, _ = elsewhere
    plan = night.plan("cherry-pick", commits=second)
    (told,) = (f.text for f in plan.findings if not f.ok)
    assert "lock.py" in told
    assert f"{first[:7]} a lock" in told
    assert plan.blocked == ()
    assert night.carry_out(plan).state == "running"
    ((_, standing),) = night.left().standings
    assert standing.state == "stopped"
    assert "lock.py" in standing.observed
    assert f"{first[:7]} a lock" in standing.observed


@pytest.fixture
def halted(night: Night, elsewhere: tuple[str, str, str]) -> str:
    """A pick has stopped at a conflict; the commit that is picked."""
    night.run("cherry-pick", commits=elsewhere[1])
    return elsewhere[1]


def test_it_goes_on_only_when_solved(night: Night, halted: str) -> None:
    """An unmerged path, then a marker that was left, hold it; then it is committed (row 74)."""
    lock = night.box.root / "lock.py"
    assert night.resume().state == "running"
    lock.write_text("<<<<<<< HEAD\na\n=======\nB\n>>>>>>> x\n")
    night.box.git("add", "lock.py")
    ((_, standing),) = night.left().standings
    assert (standing.state, "markers are left in lock.py" in standing.observed) == ("stopped", True)
    assert night.resume().state == "running"
    lock.write_text("B\n")
    night.box.git("add", "lock.py")
    ((_, standing),) = night.left().standings
    assert standing.state == "ready"
    assert night.resume().state == "done"
    assert night.box.git("show", "HEAD:lock.py") == "B"
    assert f"(cherry picked from commit {halted})" in night.box.git("log", "-1", "--format=%B")
    assert night.box.git("status", "--porcelain") == ""


def test_abort_restores(night: Night, halted: str) -> None:
    """HEAD, index and files are as before (row 74)."""
    assert night.abort().state == "cancelled"
    assert night.box.git("rev-parse", "HEAD") == night.box.release
    assert night.box.git("status", "--porcelain") == ""
    assert night.site.repository.status().pending == ""


def test_what_leaves_nothing_is_told(night: Night, halted: str) -> None:
    """A conflict that is solved to what was there before leaves nothing to commit."""
    night.box.git("rm", "-q", "lock.py")
    ((_, standing),) = night.left().standings
    assert standing.state == "stopped"
    assert "nothing is left" in standing.observed
    assert night.abort().state == "cancelled"


def test_a_stop_in_the_second_is_undone_whole(night: Night, elsewhere: tuple[str, str, str]) -> None:
    """Undo takes back the pick that stopped, and those before it."""
    assert night.run("cherry-pick", commits=f"{elsewhere[2]},{elsewhere[1]}").state == "running"
    assert (night.box.root / "door.py").exists()
    assert night.undo().state == "undone"
    assert night.box.git("rev-parse", "HEAD") == night.box.release
    assert night.box.git("status", "--porcelain") == ""


def test_somebody_s_commit_on_top_is_not_lost(night: Night, elsewhere: tuple[str, str, str]) -> None:
    """The branch is not set back over work that is not ours."""
    night.run("cherry-pick", commits=f"{elsewhere[2]},{elsewhere[1]}")
    night.box.git("cherry-pick", "--abort")
    mine = commit(night.box.root, "mine.py", "mine\n")
    with pytest.raises(Refused, match="by somebody else"):
        night.undo()
    assert night.box.git("rev-parse", "HEAD") == mine


@pytest.mark.parametrize(
    ("commits", "said"),
    [("", "Say which"), ("nowhere", "no commit nowhere"), ("--abort", "no commit"), ("merge", "is a merge")],
)
def test_what_cannot_be_picked(
    night: Night, elsewhere: tuple[str, str, str], commits: str, said: str
) -> None:
    """A name that names nothing, an option, and a merge are refused with what to do."""
    night.box.git("branch", "side", elsewhere[0])
    night.box.git("switch", "-q", "-c", "merge", "v1.0.4")
    night.box.git("merge", "-q", "--no-ff", "-m", "m", "side")
    night.box.git("switch", "-q", "hotfix/v1.0.5")
    with pytest.raises((Refused, PortFailure), match=said):
        night.plan("cherry-pick", commits=commits)


def test_a_changed_tree_blocks(night: Night, elsewhere: tuple[str, str, str]) -> None:
    """Nothing is picked over work that is in no commit."""
    (night.box.root / "unlock.py").write_text("mine\n")
    assert "commit or stash first" in "; ".join(night.plan("cherry-pick", commits=elsewhere[0]).blocked)
