from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import hotfix_tui.operations
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import GitRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.journal import Progress
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.suggestions import suggest
from tests.case_fixtures import PLAYBOOK, Desk, playbook_with
from tests.git_fixtures import Sandbox, SlowRepository, commit, git, sandbox

BRANCH = OPERATIONS["branch"]


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data")
    yield desk
    desk.store.close()


def planned(desk: Desk, box: Sandbox, case: Case, **choice: str) -> Plan:
    """The plan for these choices."""
    return BRANCH.plan(BRANCH.prepare(box.site, case.incident, desk.playbook, choice), box.site)


def carried_out(
    desk: Desk, box: Sandbox, case: Case, plan: Plan, item: str = ""
) -> tuple[Case, list[Progress]]:
    """The case after running the plan, and what was told meanwhile."""
    told: list[Progress] = []
    runner = OperationRunner(desk.incidents)
    case = runner.run(case, plan, box.site, item=item, on_progress=told.append, cancelled=lambda: False)
    return case, told


def state(case: Case) -> tuple[str, str]:
    """How the newest operation ended, and its one line."""
    record = list(case.incident.operations.values())[-1]
    return record.state, record.detail


def test_every_operation_has_its_line_in_the_table() -> None:
    """An operation's file without its line in OPERATIONS would be there for nobody."""
    folder = Path(hotfix_tui.operations.__file__).parent
    files = {
        path.stem.replace("_", "-") for path in folder.glob("*.py") if "\ndef prepare(" in path.read_text()
    }
    missing = files - set(OPERATIONS)
    assert not missing, (
        f"add a line to OPERATIONS in operations/__init__.py for: {', '.join(sorted(missing))}"
    )
    assert set(OPERATIONS) == files


def test_the_branch_starts_at_the_latest_release(desk: Desk, box: Sandbox) -> None:
    """From v1.0.4 and not from the pre-release, the date tag or main; the work tree is on it afterwards (S0.TRP.3, S1.BRA.1, S1.TRP.5, S2.BRA.1, S4.BRA.3, S4.TRP.2)."""
    case = desk.declare()
    plan = planned(desk, box, case)
    assert [step.argv for step in plan.steps] == [
        ("git", "branch", "--no-track", "hotfix/v1.0.5", box.release),
        ("git", "switch", "--no-guess", "hotfix/v1.0.5"),
    ]
    assert (plan.level, plan.blocked) == (1, ())
    assert all(step.changes and step.way_back and step.inverse for step in plan.steps)
    case, told = carried_out(desk, box, case, plan, item="make-branch")
    assert state(case) == ("done", f"hotfix/v1.0.5 at {box.release[:7]} from v1.0.4")
    assert box.git("symbolic-ref", "HEAD") == "refs/heads/hotfix/v1.0.5"
    assert box.git("rev-parse", "HEAD") == box.release
    assert (box.root / "unlock.py").read_text() == "two\n"
    assert [(p.step, p.state) for p in told if p.state != "line"] == [
        ("create", "running"),
        ("create", "done"),
        ("switch", "running"),
        ("switch", "done"),
    ]
    assert case.incident.item("make-branch").mark == "done"
    assert desk.only().incident == case.incident


def test_once_more_changes_nothing(desk: Desk, box: Sandbox) -> None:
    """A branch that is there, at the right commit, counts as done; no command is run again."""
    case, _ = carried_out(desk, box, desk.declare(), planned(desk, box, desk.only()))
    before = box.branches()
    case, told = carried_out(desk, box, case, planned(desk, box, case))
    assert state(case)[0] == "done"
    assert [p.state for p in told] == ["done", "done"]
    assert box.branches() == before


def test_a_branch_elsewhere_is_a_conflict(desk: Desk, box: Sandbox) -> None:
    """A branch of that name at another commit is never moved; the sentence says what to do."""
    box.git("branch", "hotfix/v1.0.5", "main")
    case = desk.declare()
    plan = planned(desk, box, case)
    (why,) = plan.blocked
    assert "hotfix/v1.0.5 exists at" in why
    assert "choose another name" in why
    with pytest.raises(Refused, match="choose another name"):
        carried_out(desk, box, case, plan)
    assert not desk.only().incident.operations


@pytest.mark.parametrize(
    ("base", "branch", "name", "at"),
    [
        ("main", "fix/main", "fix/main", "main"),
        ("light", "fix/light", "fix/light", "light"),
        ("v1.0.3", "", "hotfix/v1.0.5", "v1.0.3"),
        ("v1.1.0-beta.1", "", "hotfix/v1.1.0-beta.2", "v1.1.0-beta.1"),
    ],
)
def test_other_bases(desk: Desk, box: Sandbox, base: str, branch: str, name: str, at: str) -> None:
    """Main or any tag may be the base; the version follows from the tag and is free (S0.BRA.2, S3.BRA.1, S1.TRP.3)."""
    case = desk.declare()
    case, _ = carried_out(desk, box, case, planned(desk, box, case, base=base, branch=branch))
    assert state(case)[0] == "done"
    assert box.git("symbolic-ref", "--short", "HEAD") == name
    assert box.git("rev-parse", "HEAD") == box.git("rev-parse", f"{at}^{{commit}}")


def test_what_was_declared_counts(desk: Desk, box: Sandbox) -> None:
    """The base and the branch that were chosen while declaring are taken."""
    case = desk.declare(base="v1.0.3", branch="mend/it")
    plan = planned(desk, box, case)
    assert (plan.parameters["base"], plan.parameters["branch"]) == ("v1.0.3", "mend/it")


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"base": "v9.9.9"}, "no tag v9.9.9"),
        ({"base": "named-tag"}, "say which one"),
        ({"base": "main"}, "needs fix"),
        ({"base": "light"}, "needs fix"),
    ],
)
def test_what_cannot_be_prepared(desk: Desk, box: Sandbox, choice: dict[str, str], said: str) -> None:
    """A base that is not there and a name with a hole are refused with a sentence."""
    with pytest.raises(Refused, match=said):
        planned(desk, box, desk.declare(), **choice)


def test_no_release_at_all(desk: Desk, tmp_path: Path) -> None:
    """Without a release tag it is said how to get one."""
    git(tmp_path, "init", "-q", str(tmp_path / "bare"))
    commit(tmp_path / "bare", "a", "a")
    lonely = Sandbox(tmp_path / "bare", tmp_path, "")
    with pytest.raises(Refused, match="git fetch --tags"):
        planned(desk, lonely, desk.declare())


def dirty(box: Sandbox) -> None:
    """A changed file."""
    (box.root / "unlock.py").write_text("changed\n")


def merging(box: Sandbox) -> None:
    """A merge that waits."""
    box.git("merge", "--no-commit", "--no-ff", "v1.0.4", check=False)
    (box.root / ".git" / "MERGE_HEAD").write_text(f"{box.release}\n")


def in_the_way(box: Sandbox) -> None:
    """A branch that is the beginning of ours."""
    box.git("branch", "hotfix")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(dirty, "1 changed file: commit or stash"), (merging, "merge has begun"), (in_the_way, "in the way")],
)
def test_what_blocks_the_plan(desk: Desk, box: Sandbox, trouble: object, said: str) -> None:
    """A changed tree, a waiting merge and a name that cannot be are told before anything runs (S1.BRA.4)."""
    assert callable(trouble)
    trouble(box)
    case = desk.declare()
    plan = planned(desk, box, case)
    assert said in "; ".join(plan.blocked)
    with pytest.raises(Refused):
        carried_out(desk, box, case, plan)
    assert "hotfix/v1.0.5" not in "".join(box.branches())


@pytest.mark.parametrize("name", ["--force", "a b", "HEAD", "x\u202ey", "refs/heads/x", "a" * 40])
def test_a_name_that_cannot_be(desk: Desk, box: Sandbox, name: str) -> None:
    """A bad branch name gives a plan without a command, which says so."""
    plan = planned(desk, box, desk.declare(), branch=name)
    assert plan.steps == ()
    assert "not a name that a branch can have" in plan.blocked[0]


def test_a_tag_that_moved_after_planning(desk: Desk, box: Sandbox) -> None:
    """The commit was fixed when the plan was made: a tag that moves since blocks it."""
    case = desk.declare()
    parameters = planned(desk, box, case).parameters
    box.git("tag", "-f", "v1.0.4", "main")
    assert "any more" in BRANCH.plan(parameters, box.site).blocked[0]


def test_a_failure_keeps_the_last_words(desk: Desk, box: Sandbox) -> None:
    """When git fails, the step says so with git's own last line; what was done before keeps it open, to be gone on with."""
    case = desk.declare()
    plan = planned(desk, box, case)
    (box.root / "unlock.py").write_text("in the way\n")
    case, told = carried_out(desk, box, case, plan)
    assert state(case)[0] == "running"
    assert any(p.state == "line" and "unlock.py" in p.text for p in told)
    (record,) = case.incident.operations.values()
    assert [step.state for step in record.steps] == ["done", "failed"]
    assert "unlock.py" in record.steps[1].detail
    assert record.last_words.startswith("Aborting") or "unlock.py" in record.last_words
    box.git("restore", "unlock.py")
    runner = OperationRunner(desk.incidents)
    (left,) = runner.unfinished(case, box.site)
    told.clear()
    case = runner.run(
        case, left.plan, box.site, run=left.run, on_progress=told.append, cancelled=lambda: False
    )
    assert state(case)[0] == "done"


def test_a_failure_with_nothing_done_has_ended(desk: Desk, box: Sandbox) -> None:
    """There is nothing to take back, so nothing stays open, and it can be run again."""
    case = desk.declare()
    plan = planned(desk, box, case)
    (box.root / ".git" / "refs" / "heads" / "hotfix").write_text("in the way\n")
    case, _ = carried_out(desk, box, case, plan)
    assert state(case)[0] == "failed"
    assert state(case)[1].startswith("Create hotfix/v1.0.5: ")


def stopped(
    desk: Desk,
    box: Sandbox,
    case: Case,
    cancelled: Callable[[list[Progress]], bool],
    site: Site | None = None,
) -> Case:
    """The case after a run that somebody stopped."""
    told: list[Progress] = []
    return OperationRunner(desk.incidents).run(
        case,
        planned(desk, box, case),
        site or box.site,
        on_progress=told.append,
        cancelled=lambda: cancelled(told),
    )


def test_cancelling_before_anything_ran(desk: Desk, box: Sandbox) -> None:
    """Nothing has happened, so nothing is left to be asked about."""
    case = stopped(desk, box, desk.declare(), lambda told: True)
    assert state(case) == ("cancelled", "stopped before: Create hotfix/v1.0.5")
    assert box.git("symbolic-ref", "--short", "HEAD") == "main"


def test_cancelling_stops_before_the_next_step(desk: Desk, box: Sandbox) -> None:
    """Nothing further runs; what was done is not hidden: the operation is unfinished, and can be undone."""
    case = stopped(desk, box, desk.declare(), lambda told: any(p.state == "done" for p in told))
    assert state(case) == ("running", "")
    assert box.git("symbolic-ref", "--short", "HEAD") == "main"
    runner = OperationRunner(desk.incidents)
    (left,) = runner.unfinished(case, box.site)
    assert [standing.state for _, standing in left.standings] == ["done", "not-done"]
    case = runner.undo(case, left, box.site, on_progress=lambda news: None)
    assert state(case)[0] == "undone"
    assert not any("hotfix/" in branch for branch in box.branches())


def test_cancelling_in_the_middle_of_a_step(desk: Desk, box: Sandbox) -> None:
    """The step is journalled as unknown, the operation stays unfinished, and continuing ends it."""
    slow = replace(box.site, repository=SlowRepository(box.repository.places))
    case = stopped(desk, box, desk.declare(), bool, slow)
    (record,) = case.incident.operations.values()
    assert (record.state, [step.state for step in record.steps]) == ("running", ["unknown", "waiting"])
    assert record.steps[0].detail.startswith("stopped in the middle; ")
    runner = OperationRunner(desk.incidents)
    (left,) = runner.unfinished(case, box.site)
    case = runner.run(
        case,
        left.plan,
        box.site,
        run=left.run,
        on_progress=lambda news: None,
        cancelled=lambda: False,
    )
    assert state(case)[0] == "done"


def test_suggestions(box: Sandbox) -> None:
    """Declaring is offered the latest release, the version after it and the branch's name (S1.VER.2, S2.BRA.1, S2.TRP.1)."""
    found = suggest(box.repository, PLAYBOOK, "Unlocking fails")
    assert (found.base, found.fix, found.branch) == ("v1.0.4", "1.0.5", "hotfix/v1.0.5")
    assert (found.repository, found.warnings) == (str(box.root), ())
    dirty(box)
    named = suggest(box.repository, playbook_with(GitRules(branch="fix/$slug")), "Unlocking [fails]!")
    assert named.branch == "fix/unlocking-fails"
    assert "not clean" in named.warnings[0]
    later = suggest(box.repository, playbook_with(GitRules(branch="fix/$id")), "x")
    assert later.branch == ""
    assert suggest(None, PLAYBOOK, "x").warnings
    assert "release tag" in suggest(box.repository, playbook_with(GitRules(tag_prefix="w")), "x").warnings[0]
