"""The fix comes back to where it belongs, by a merge here or by a pull request; on real repositories and a real remote."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Formats, GitRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git.killing import Morning, killed
from tests.git.programs import GH, Program, on_path, without
from tests.git_fixtures import Sandbox, commit, git, sandbox

MERGE_BACK = OPERATIONS["merge-back"]
BRANCH = "hotfix/v1.0.5"
RULES = GitRules(merge_back=("main", "develop", "release/*"))
BACK = replace(PLAYBOOK, git=RULES, formats=Formats(merge="Merge $branch - $summary"))
BY_FORGE = replace(
    PLAYBOOK,
    git=replace(RULES, merge_back=("main",), merge_way="pull-request", labels=("hotfix", "urgent")),
    formats=Formats(pull_request="HOTFIX: $title", pull_request_body="$id: emergency fix"),
)
POINTS = 26


def made(folder: Path) -> Sandbox:
    """A fix on its pushed branch, beside main, develop and an open release branch that only the remote has."""
    box = sandbox(folder)
    box.git("branch", "develop", "main")
    box.git("switch", "-q", "-c", "release/1.1", "main")
    commit(box.root, "notes.txt", "soon\n")
    box.git("push", "-q", "origin", "develop", "release/1.1")
    box.git("switch", "-q", "-c", BRANCH, "v1.0.4")
    commit(box.root, "fix.py", "fixed\n", "the fix")
    box.git("push", "-q", "--set-upstream", "origin", BRANCH)
    box.git("branch", "-q", "-D", "release/1.1")
    return box


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fix that is nowhere but on its branch."""
    return made(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database, with the playbook that merges back."""
    desk = Desk(tmp_path / "data", BACK)
    yield desk
    desk.store.close()


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A forge to talk to."""
    return on_path(monkeypatch, tmp_path / "bin", gh=GH)["gh"]


def planned(desk: Desk, box: Sandbox, case: Case, **choice: str) -> Plan:
    """The plan for these choices."""
    return MERGE_BACK.plan(MERGE_BACK.prepare(box.site, case.incident, desk.playbook, choice), box.site)


def run(desk: Desk, box: Sandbox, case: Case, plan: Plan, *, run: str = "") -> Case:
    """The case after running the plan."""
    runner = OperationRunner(desk.incidents)
    return runner.run(case, plan, box.site, run=run, on_progress=lambda p: None, cancelled=lambda: False)


def state(case: Case) -> str:
    """How the newest operation stands."""
    return list(case.incident.operations.values())[-1].state


def remote(box: Sandbox) -> dict[str, str]:
    """The remote's branches."""
    lines = git(
        box.remote, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads"
    ).splitlines()
    return dict(line.split() for line in lines)


def has_fix(box: Sandbox, name: str) -> bool:
    """Whether the remote's branch holds the fix."""
    done = git(box.remote, "merge-base", BRANCH, name)
    return done == remote(box)[BRANCH]


def test_every_target_gets_the_fix_and_head_comes_back(desk: Desk, box: Sandbox) -> None:
    """Main, develop and the release branch that the remote has: merged with the playbook's words, pushed, proven (S0.GIT.2, S1.GIT.2, S1.GIT.3, S1.MSG.2, S2.GIT.2, X.7)."""
    case = desk.declare()
    plan = planned(desk, box, case)
    assert (plan.blocked, plan.level) == ((), 2)
    assert not any("force" in word and "create" not in word for step in plan.steps for word in step.argv)
    case = run(desk, box, case, plan)
    assert state(case) == "done"
    for name in ("main", "develop", "release/1.1"):
        assert has_fix(box, name)
        assert box.git("rev-parse", name) == remote(box)[name]
        assert box.git("log", "-1", "--format=%s", name) == f"Merge {BRANCH} - Unlocking fails"
        assert len(box.git("log", "-1", "--format=%P", name).split()) == 2
    assert box.git("symbolic-ref", "--short", "HEAD") == BRANCH
    assert box.git("status", "--porcelain") == ""
    plan = planned(desk, box, case)
    assert (plan.level, plan.title) == (0, f"{BRANCH} is in main, develop, release/1.1")
    case = run(desk, box, case, plan)
    assert state(case) == "done"
    assert not [step for step in list(case.incident.operations.values())[-1].steps if step.argv]


def test_a_target_that_nobody_has_is_left_out(desk: Desk, box: Sandbox) -> None:
    """A playbook names develop for those who have one."""
    git(box.remote, "branch", "-D", "develop")
    box.git("branch", "-D", "develop")
    plan = planned(desk, box, desk.declare())
    assert "there is no develop: left out" in [one.text for one in plan.findings]
    assert not [step for step in plan.steps if "develop" in step.id]
    assert not plan.blocked


def test_main_that_moved_on_the_remote_is_told_then_brought_up_to_date(
    desk: Desk, box: Sandbox, tmp_path: Path
) -> None:
    """Its newer commits are not here: fetch first. Once they are, main goes forward before the merge (S1.TRP.6, S2.GIT.2)."""
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(box.remote), str(other))
    theirs = commit(other, "theirs.py", "x\n")
    git(other, "push", "-q", "origin", "main")
    case = desk.declare()
    (why,) = planned(desk, box, case, targets="main").blocked
    assert "which is not here: git fetch origin" in why
    box.git("fetch", "-q")
    plan = planned(desk, box, case, targets="main")
    assert [step.id for step in plan.steps] == [
        "switch-main",
        "forward-main",
        "merge-main",
        "push-main",
        "return",
    ]
    assert state(run(desk, box, case, plan)) == "done"
    assert box.git("log", "-1", "--format=%P", "main").split()[0] == theirs
    assert has_fix(box, "main")


def test_main_that_moves_while_it_is_merged_is_not_forced(desk: Desk, box: Sandbox, tmp_path: Path) -> None:
    """The push is refused and the run stays open; undo takes the merge back, and the next plan works on what is there."""
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(box.remote), str(other))
    case = desk.declare()
    before = box.branches()
    plan = planned(desk, box, case, targets="main")
    theirs = commit(other, "theirs.py", "x\n")
    git(other, "push", "-q", "origin", "main")
    case = run(desk, box, case, plan)
    assert state(case) == "running"
    assert remote(box)["main"] == theirs
    runner = OperationRunner(desk.incidents)
    (left,) = runner.unfinished(case, box.site)
    assert "has moved" in next(seen.observed for step, seen in left.standings if step.id == "push-main")
    case = runner.undo(case, left, box.site, on_progress=lambda p: None)
    assert (state(case), box.branches()) == ("undone", before)
    assert box.git("symbolic-ref", "--short", "HEAD") == BRANCH
    box.git("fetch", "-q")
    assert state(run(desk, box, case, planned(desk, box, case, targets="main"))) == "done"


def conflicting(box: Sandbox) -> None:
    """Let the fix and main change the same line."""
    commit(box.root, "unlock.py", "fixed\n", "the same line")
    box.git("push", "-q", "origin", BRANCH)


def test_a_conflict_is_foretold_stops_and_goes_on_when_it_is_solved(desk: Desk, box: Sandbox) -> None:
    """Which files is said before; it goes on only without an unmerged path and without a marker."""
    conflicting(box)
    case = desk.declare()
    plan = planned(desk, box, case, targets="main")
    assert "main will be in conflict: unlock.py" in [one.text for one in plan.findings]
    assert not plan.blocked
    case = run(desk, box, case, plan)
    runner = OperationRunner(desk.incidents)

    def standing() -> tuple[str, str]:
        (left,) = runner.unfinished(case, box.site)
        seen = next(seen for step, seen in left.standings if step.id == "merge-main")
        return seen.state, seen.observed

    assert standing()[0] == "stopped"
    assert "unlock.py" in standing()[1]
    box.git("add", "unlock.py")
    assert standing() == ("stopped", "main: conflict markers are left in unlock.py")
    (box.root / "unlock.py").write_text("both\n")
    box.git("add", "unlock.py")
    assert standing()[0] == "ready"
    (left,) = runner.unfinished(case, box.site)
    assert left.plan.blocked == ()
    assert ("git", "commit", "--quiet", "-m", f"Merge {BRANCH} - Unlocking fails") in [
        s.argv for s in left.plan.steps
    ]
    case = run(desk, box, case, left.plan, run=left.run)
    assert state(case) == "done"
    assert has_fix(box, "main")
    assert git(box.remote, "show", "main:unlock.py") == "both"
    assert box.git("log", "-1", "--format=%B", "main") == f"Merge {BRANCH} - Unlocking fails"


def test_a_conflict_can_be_aborted_or_undone(desk: Desk, box: Sandbox) -> None:
    """Abort ends the merge and stays there; undo also goes back to the branch."""
    conflicting(box)
    case = desk.declare()
    before = box.branches()
    runner = OperationRunner(desk.incidents)
    case = run(desk, box, case, planned(desk, box, case, targets="main"))
    (left,) = runner.unfinished(case, box.site)
    case = runner.abort(case, left, box.site, on_progress=lambda p: None)
    assert (state(case), box.branches(), box.git("status", "--porcelain")) == ("cancelled", before, "")
    box.git("switch", "-q", BRANCH)
    case = run(desk, box, case, planned(desk, box, case, targets="main"))
    (left,) = runner.unfinished(case, box.site)
    case = runner.undo(case, left, box.site, on_progress=lambda p: None)
    assert (state(case), box.branches(), box.git("status", "--porcelain")) == ("undone", before, "")
    assert box.git("symbolic-ref", "--short", "HEAD") == BRANCH


def test_what_was_committed_on_the_target_since_is_not_taken_back(desk: Desk, box: Sandbox) -> None:
    """A merge on which somebody went on is theirs too: undo refuses rather than lose a commit."""
    case = desk.declare()
    plan = planned(desk, box, case, targets="main")
    runner = OperationRunner(desk.incidents)
    git(box.root, "remote", "set-url", "origin", str(box.remote) + "-away")
    case = _until_push(desk, box, case, plan)
    git(box.root, "remote", "set-url", "origin", str(box.remote))
    box.git("switch", "-q", "main")
    theirs = commit(box.root, "more.py", "x\n")
    (left,) = runner.unfinished(case, box.site)
    with pytest.raises(Refused, match="further commits"):
        runner.undo(case, left, box.site, on_progress=lambda p: None)
    assert box.git("rev-parse", "main") == theirs


def _until_push(desk: Desk, box: Sandbox, case: Case, plan: Plan) -> Case:
    """Run it while the remote is away: it gets as far as the push."""
    with pytest.raises(PortFailure):
        run(desk, box, case, plan)
    return desk.only()


def test_an_older_git_cannot_foretell_and_says_so(
    desk: Desk, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git before 2.38 has no such merge-tree: told, and nothing is held up."""

    def old(self: object, ours: str, theirs: str) -> tuple[str, ...]:
        raise PortFailure("git merge-tree", "unknown option")

    monkeypatch.setattr("hotfix_tui.adapters.git_history.GitHistory.conflicts", old)
    plan = planned(desk, box, desk.declare(), targets="main")
    assert "this git cannot foretell conflicts; 2.38 and newer can" in [one.text for one in plan.findings]
    assert not plan.blocked


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_any_point(tmp_path: Path, point: int) -> None:
    """Going on gives the refs of an undisturbed run; undo before a push gives what was there."""
    night = tmp_path / "night"
    choice = {"targets": "main,release/1.1"}
    where = "tests.git.test_merge_back:BACK"
    assert killed(night, point, "merge-back", make=made, playbook=where, choice=choice) == -signal.SIGKILL
    for answer in ("continue", "undo"):
        shutil.copytree(night, tmp_path / answer, symlinks=True)
        git(tmp_path / answer / "app", "remote", "set-url", "origin", str(tmp_path / answer / "remote.git"))
        morning = Morning(tmp_path / answer, where)
        box = morning.box
        pushed = {name for name in ("main", "release/1.1") if has_fix(box, name)}
        if (left := morning.left()) is None:
            assert point == POINTS
        elif answer == "continue":
            morning.resume(left)
        elif pushed:
            with pytest.raises(Refused, match="no way back"):
                morning.undo(left)
        else:
            morning.undo(left)
            assert morning.state() == "undone"
            assert [line.split()[0] for line in box.branches()] == ["develop", BRANCH, "main"]
            assert remote(box)["main"] == box.git("rev-parse", "main")
        if answer == "continue" or point == POINTS:
            assert morning.state() == "done"
            for name in ("main", "release/1.1"):
                assert has_fix(box, name)
                assert len(git(box.remote, "rev-list", "--merges", name).split()) == 1
                assert box.git("rev-parse", name) == remote(box)[name]
        if answer == "continue" or not pushed:
            assert box.git("symbolic-ref", "--short", "HEAD") == BRANCH
        assert box.git("status", "--porcelain") == ""
        morning.desk.store.close()


def test_the_points_are_all(tmp_path: Path) -> None:
    """The next point lets the operation end by itself."""
    choice = {"targets": "main,release/1.1"}
    where = "tests.git.test_merge_back:BACK"
    assert killed(tmp_path / "n", POINTS + 1, "merge-back", make=made, playbook=where, choice=choice) == 0


def test_a_pull_request_is_opened_once_and_merged_later(tmp_path: Path, box: Sandbox, gh: Program) -> None:
    """With title, text and labels of the playbook; where one is open, the next plan merges it on the forge (S4.GIT.2, S4.GIT.4, S4.MSG.2, S4.TRP.5)."""
    desk = Desk(tmp_path / "forge", BY_FORGE)
    case = desk.declare()
    plan = planned(desk, box, case)
    assert [step.id for step in plan.steps] == ["open-main"]
    case = run(desk, box, case, plan)
    assert state(case) == "done"
    assert gh.wrote("pr", "create") == [
        [
            "pr",
            "create",
            "--base=main",
            f"--head={BRANCH}",
            "--title=HOTFIX: Unlocking fails",
            f"--body={case.id}: emergency fix",
            "--label=hotfix",
            "--label=urgent",
        ]
    ]
    plan = planned(desk, box, case)
    assert [step.id for step in plan.steps] == ["open-main", "merge-main"]
    case = run(desk, box, case, plan)
    assert state(case) == "done"
    tip = box.git("rev-parse", BRANCH)
    assert gh.wrote("pr", "merge") == [["pr", "merge", "1", "--merge", f"--match-head-commit={tip}"]]
    assert len(gh.wrote("pr", "create")) == 1
    desk.store.close()


def test_a_branch_that_is_not_pushed_gets_no_pull_request(tmp_path: Path, box: Sandbox, gh: Program) -> None:
    """The forge would open it for something else than the fix."""
    desk = Desk(tmp_path / "forge", BY_FORGE)
    commit(box.root, "more.py", "x\n")
    plan = planned(desk, box, desk.declare())
    assert "push it first" in plan.blocked[0]
    assert not gh.wrote("pr", "create")
    desk.store.close()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("To get started with GitHub CLI, please run:  gh auth login", "gh is not logged in here."),
        ("error connecting to api.github.com", "the forge does not answer."),
        (
            "none of the git remotes configured for this repository point to a known GitHub host",
            "gh does not know",
        ),
        ("\x1b[31msomething \x1b]0;evil\x07else", "something else"),
    ],
)
def test_a_forge_that_does_not_answer_is_one_sentence(
    tmp_path: Path, box: Sandbox, gh: Program, said: str, meant: str
) -> None:
    """And what gh says is somebody's text: nothing of it reaches the terminal as it is."""
    desk = Desk(tmp_path / "forge", BY_FORGE)
    gh.knows(broken=said)
    with pytest.raises(PortFailure) as caught:
        planned(desk, box, desk.declare())
    assert meant in str(caught.value)
    assert "\x1b" not in str(caught.value)
    desk.store.close()


def test_without_gh_the_manual_way_is_told(
    tmp_path: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The playbook wants a pull request and there is no gh: one sentence, and the merge here stays possible."""
    without(monkeypatch, tmp_path / "bare")
    desk = Desk(tmp_path / "forge", BY_FORGE)
    case = desk.declare()
    with pytest.raises(Refused, match="gh is not on the PATH: open the pull request on the forge"):
        planned(desk, box, case)
    assert not planned(desk, box, case, way="no-ff").blocked
    desk.store.close()
