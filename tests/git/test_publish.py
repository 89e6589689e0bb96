"""The playbook's own command publishes, once, and the registry itself shows it; npm and cargo are stand-ins that record."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Item, Phase, Playbook, VersionRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service import journal
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git.killing import Morning, killed
from tests.git.programs import CARGO, NPM, Program, on_path
from tests.git_fixtures import Sandbox, commit, sandbox

PUBLISH = OPERATIONS["publish"]


def playbook(*command: str, file: str = "package.json", shows: tuple[str, ...] = ()) -> Playbook:
    """A playbook whose item publishes with this command."""
    items = [Item("published", "Publish", operation="publish", command=command)]
    if shows:
        items.append(Item("shown", "See it", check="registry-shows", command=shows))
    return replace(
        PLAYBOOK, phases=(Phase("out", "Out", items=tuple(items)),), version=VersionRules(files=(file,))
    )


BY_NPM = playbook("npm", "publish")
BY_SCRIPT = playbook("./publish.sh", "$fix", shows=("npm", "view", ".@latest", "version"))
BY_CARGO = playbook("cargo", "publish", file="Cargo.toml")


def tagged(folder: Path) -> Sandbox:
    """A tagged fix whose manifests say 1.0.5."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "Cargo.toml", '[package]\nname = "opener"\nversion = "1.0.5"\n')
    commit(box.root, "publish.sh", "#!/bin/sh\nexec npm publish\n")
    commit(box.root, "package.json", json.dumps({"name": "opener", "version": "1.0.5"}))
    (box.root / "publish.sh").chmod(0o755)
    box.git("commit", "-q", "-a", "-m", "it runs")
    box.git("tag", "-a", "-m", "1.0.5", "v1.0.5")
    return box


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fix that is tagged."""
    return tagged(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", BY_NPM)
    yield desk
    desk.store.close()


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A registry to publish to."""
    monkeypatch.setattr(journal, "AGAIN", 0.01)
    return on_path(monkeypatch, tmp_path / "bin", npm=NPM, cargo=CARGO)["npm"]


def planned(box: Sandbox, case: Case, playbook: Playbook = BY_NPM, **choice: str) -> Plan:
    """The plan for the version 1.0.5."""
    given = {"version": "1.0.5", **choice}
    return PUBLISH.plan(PUBLISH.prepare(box.site, case.incident, playbook, given), box.site)


def run(desk: Desk, box: Sandbox, case: Case, plan: Plan, *, run: str = "") -> Case:
    """The case after running the plan."""
    runner = OperationRunner(desk.incidents, open_runs=desk.open_runs)
    return runner.run(case, plan, box.site, run=run, on_progress=lambda p: None, cancelled=lambda: False)


def state(case: Case) -> str:
    """How the newest operation stands."""
    return list(case.incident.operations.values())[-1].state


def uploads(npm: Program) -> int:
    """How often something was really published."""
    return len([call for call in npm.wrote("publish") if "--dry-run" not in call])


def test_it_is_rehearsed_typed_published_and_seen(desk: Desk, box: Sandbox, npm: Program) -> None:
    """Level 3 with the version typed, a line after which there is no way back, and the registry's word at the end (S3.GAT.5)."""
    case = desk.declare()
    plan = planned(box, case)
    assert [step.id for step in plan.steps] == ["rehearse", "publish"]
    assert (plan.level, plan.word, plan.blocked) == (3, "1.0.5", ())
    assert "npm never takes 1.0.5 a second time" in plan.steps[1].final
    assert not plan.steps[1].can_be_undone
    case = run(desk, box, case, plan)
    assert state(case) == "done"
    assert npm.wrote("publish") == [["publish", "--dry-run"], ["publish"]]
    case = run(desk, box, case, planned(box, case))
    assert uploads(npm) == 1


def test_a_rehearsal_that_fails_ends_it(desk: Desk, box: Sandbox, npm: Program) -> None:
    """Nothing is published of which the tool says beforehand that it will not do."""
    npm.knows(rehearsal=1)
    case = desk.declare()
    case = run(desk, box, case, planned(box, case))
    assert state(case) == "failed"
    assert uploads(npm) == 0


def test_a_registry_that_takes_its_time_is_waited_for(desk: Desk, box: Sandbox, npm: Program) -> None:
    """The command ended well and the version shows later: looked at again, not published again."""
    npm.knows(hidden=5)
    case = desk.declare()
    case = run(desk, box, case, planned(box, case))
    assert state(case) == "done"
    assert uploads(npm) == 1
    assert len(npm.wrote("view")) >= 5


def test_what_never_shows_is_not_called_failed(
    desk: Desk, box: Sandbox, npm: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be there in a minute: the operation stays open, and looking again finds it."""
    monkeypatch.setattr("hotfix_tui.operations.publish.SOON", 0.02)
    npm.knows(hidden=100)
    case = desk.declare()
    case = run(desk, box, case, planned(box, case))
    assert state(case) == "running"
    npm.knows(hidden=0)
    (left,) = OperationRunner(desk.incidents, open_runs=desk.open_runs).unfinished(case, box.site)
    case = run(desk, box, case, left.plan, run=left.run)
    assert state(case) == "done"
    assert uploads(npm) == 1


def test_only_the_tagged_commit_is_published(desk: Desk, box: Sandbox, npm: Program) -> None:
    """What lies in the folder is what goes out: another commit, or a changed file, is held."""
    case = desk.declare()
    (box.root / "unlock.py").write_text("changed\n")
    assert "the tree is not clean, and what lies there would be published" in planned(box, case).blocked
    box.git("commit", "-q", "-a", "-m", "after the tag")
    (why,) = planned(box, case).blocked
    assert "and v1.0.5 is" in why


def test_what_would_fail_after_the_word_is_typed_is_told_before(
    desk: Desk, box: Sandbox, npm: Program
) -> None:
    """A script that is not there, files with another version, a version without a tag: each holds it."""
    case = desk.declare()
    assert planned(box, case, BY_SCRIPT).blocked == ()
    assert planned(box, case, playbook("./scripts/out.sh", shows=("npm", "view"))).blocked == (
        "./scripts/out.sh is not here: no program of this repository is called so",
    )
    assert planned(box, case, version="1.0.6").blocked == (
        "there is no tag v1.0.6 here: make it first, with hotfix run tag",
        "the version files say 1.0.5, not 1.0.6: raise them first (bump, then commit-version)",
    )


def test_a_script_of_the_team_is_proven_by_the_playbook_s_own_command(
    desk: Desk, box: Sandbox, npm: Program
) -> None:
    """Its words are filled, it has no rehearsal that is known, and the item with the check says how to ask (S1.CMD.1)."""
    case = desk.declare()
    plan = planned(box, case, BY_SCRIPT)
    assert [step.argv for step in plan.steps] == [("./publish.sh", "1.0.5")]
    assert state(run(desk, box, case, plan)) == "done"
    assert ["view", ".@latest", "version"] in npm.calls
    with pytest.raises(Refused, match="Nothing shows what the registry has"):
        planned(box, case, playbook("./publish.sh"))


def test_cargo_is_asked_for_the_crate_of_its_manifest(desk: Desk, box: Sandbox, npm: Program) -> None:
    """The registry, and not the folder that one stands in (S3.CMD.1)."""
    case = desk.declare()
    plan = planned(box, case, BY_CARGO)
    assert plan.steps[0].argv == ("cargo", "publish", "--dry-run")
    assert "cargo info --registry=crates-io opener@1.0.5" in plan.steps[1].changes
    assert state(run(desk, box, case, plan)) == "done"


def test_a_playbook_without_a_command_says_so(desk: Desk, box: Sandbox) -> None:
    """There is nothing to guess."""
    with pytest.raises(Refused, match="no item with operation = “publish”"):
        planned(box, desk.declare(), PLAYBOOK)


@pytest.mark.parametrize("point", range(1, 13))
def test_killed_anywhere_it_is_published_once(tmp_path: Path, npm: Program, point: int) -> None:
    """The registry is asked where it stands; what it shows is not published again."""
    where = "tests.git.test_publish:BY_NPM"
    choice = {"version": "1.0.5"}
    assert (
        killed(tmp_path / "n", point, "publish", make=tagged, playbook=where, choice=choice)
        == -signal.SIGKILL
    )
    morning = Morning(tmp_path / "n", where)
    if left := morning.left():
        morning.resume(left)
    assert morning.state() == "done"
    assert uploads(npm) == 1
    morning.desk.store.close()
