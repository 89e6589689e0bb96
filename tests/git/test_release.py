"""The tag's release on the forge: made once, marked as its version says, taken off again; gh is a stand-in that records."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git.killing import Morning, killed
from tests.git.programs import GH, Program, on_path, without
from tests.git_fixtures import Sandbox, commit, sandbox

RELEASE = OPERATIONS["release"]
TEAM = replace(PLAYBOOK, version=VersionRules())


def tagged(folder: Path) -> Sandbox:
    """A pushed tag of the fix, whose commit has a text for the release."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "NOTES.md", "# What is new\n\nUnlocking works again.\n")
    for tag in ("v1.0.5", "v1.0.6-beta.1"):
        box.git("tag", "-a", "-m", tag, tag)
    box.git("push", "-q", "origin", "v1.0.5", "v1.0.6-beta.1")
    return box


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fix that is tagged and pushed."""
    return tagged(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", TEAM)
    yield desk
    desk.store.close()


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A forge to talk to."""
    return on_path(monkeypatch, tmp_path / "bin", gh=GH)["gh"]


def planned(desk: Desk, box: Sandbox, case: Case, **choice: str) -> Plan:
    """The plan for these choices; an underscore stands for a dash."""
    given = {name.replace("_", "-"): value for name, value in choice.items()}
    return RELEASE.plan(RELEASE.prepare(box.site, case.incident, desk.playbook, given), box.site)


def run(desk: Desk, box: Sandbox, case: Case, plan: Plan) -> Case:
    """The case after running the plan."""
    runner = OperationRunner(desk.incidents, open_runs=desk.open_runs)
    return runner.run(case, plan, box.site, on_progress=lambda p: None, cancelled=lambda: False)


def test_the_release_is_made_once_and_can_be_taken_off(desk: Desk, box: Sandbox, gh: Program) -> None:
    """On the tag that the remote has, with the tag's own words; a second plan finds it there (S3.CMD.2)."""
    case = desk.declare()
    plan = planned(desk, box, case, tag="v1.0.5")
    assert (plan.level, plan.blocked) == (2, ())
    case = run(desk, box, case, plan)
    made = ["release", "create", "v1.0.5", "--verify-tag", "--title=v1.0.5", "--notes-from-tag"]
    assert gh.wrote("release", "create") == [[*made, "--latest=true"]]
    case = run(desk, box, case, planned(desk, box, case, tag="v1.0.5"))
    assert len(gh.wrote("release", "create")) == 1
    assert {one.state for one in case.incident.operations.values()} == {"done"}
    assert plan.steps[0].inverse == ("gh", "release", "delete", "v1.0.5", "--yes")


def test_a_pre_release_is_marked_and_an_older_one_is_not_the_latest(
    desk: Desk, box: Sandbox, gh: Program
) -> None:
    """The stable channel offers what is not marked, and people are led to what is called the latest (S0.CHK.2)."""
    case = desk.declare()
    assert "--prerelease" in planned(desk, box, case, tag="v1.0.6-beta.1").steps[0].argv
    assert "--latest=false" in planned(desk, box, case, tag="v1.0.3").steps[0].argv
    run(desk, box, case, planned(desk, box, case, tag="v1.0.6-beta.1"))
    assert gh.state["releases"]["v1.0.6-beta.1"]["isPrerelease"] is True
    odd = planned(desk, box, case, tag="v1.0.6-beta.1", pre_release="no")
    standing = odd.steps[0].look(box.site)
    assert (standing.state, "is marked as a pre-release" in standing.observed) == ("conflict", True)


def test_the_newest_tag_that_is_made_is_released(tmp_path: Path, box: Sandbox, gh: Program) -> None:
    """The version that comes next has no tag yet: the beta that is out is meant, and the stable one once it is (S0.CHK.2)."""
    box.git("tag", "-d", "v1.0.5", "v1.0.6-beta.1")
    desk = Desk(tmp_path / "beta", replace(PLAYBOOK, version=VersionRules(scheme="promotion")))
    case = desk.declare(base="v1.0.4", fix="1.0.5")
    box.git("tag", "-a", "-m", "beta", "v1.0.5-beta.1")
    assert planned(desk, box, case).steps[0].argv[3] == "v1.0.5-beta.1"
    box.git("tag", "-a", "-m", "stable", "v1.0.5")
    assert planned(desk, box, case).steps[0].argv[3] == "v1.0.5"
    desk.store.close()


def test_its_text_comes_from_the_tagged_commit(desk: Desk, box: Sandbox, gh: Program) -> None:
    """Not from the file as it lies there now."""
    (box.root / "NOTES.md").write_text("something else")
    case = desk.declare()
    plan = planned(desk, box, case, tag="v1.0.5", notes_file="NOTES.md")
    assert "--notes=# What is new\n\nUnlocking works again." in plan.steps[0].argv
    with pytest.raises(Refused, match=r"no file NONE\.md"):
        planned(desk, box, case, tag="v1.0.5", notes_file="NONE.md")


def test_a_tag_that_is_not_there_or_not_pushed_is_not_released(desk: Desk, box: Sandbox, gh: Program) -> None:
    """Without the tag on the remote, gh would make it itself, wherever the default branch is."""
    case = desk.declare()
    with pytest.raises(Refused, match="hotfix run tag"):
        planned(desk, box, case, tag="v9.9.9")
    box.git("tag", "-a", "-m", "x", "v1.0.7")
    assert "v1.0.7 is not on origin: push it first" in planned(desk, box, case, tag="v1.0.7").blocked


def test_without_gh_the_page_is_named(
    desk: Desk, box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and the manual way."""
    without(monkeypatch, tmp_path / "bare")
    with pytest.raises(Refused, match=r"gh is not on the PATH: make the release of v1\.0\.5 on the forge"):
        planned(desk, box, desk.declare(), tag="v1.0.5")


@pytest.mark.parametrize("way", ["continue", "undo"])
@pytest.mark.parametrize("point", [1, 3, 5, 6, 7, 8])
def test_killed_anywhere_it_is_made_once(tmp_path: Path, gh: Program, point: int, way: str) -> None:
    """What the forge shows is believed, not the journal: going on makes no second one, undo takes ours off."""
    where = "tests.git.test_release:TEAM"
    code = killed(tmp_path / "n", point, "release", make=tagged, playbook=where, choice={"tag": "v1.0.5"})
    assert code == -signal.SIGKILL
    morning = Morning(tmp_path / "n", where)
    left = morning.left()
    assert left is not None
    if way == "continue":
        morning.resume(left)
        assert len(gh.wrote("release", "create")) == 1
        assert list(gh.state["releases"]) == ["v1.0.5"]
        assert morning.state() == "done"
    else:
        morning.undo(left)
        assert gh.state.get("releases", {}) == {}
        assert morning.state() == "undone"
    morning.desk.store.close()
