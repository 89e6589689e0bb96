"""A tested pre-release becomes the release on the very same commit; on real repositories and a real remote."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import GitRules, VersionRules
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git.killing import Morning, killed
from tests.git_fixtures import Sandbox, commit, git, sandbox

PROMOTE = OPERATIONS["promote"]
BETA = replace(
    PLAYBOOK,
    version=VersionRules(scheme="promotion", suffix="beta", files=("package.json",)),
    git=GitRules(tag_push_triggers="the release workflow"),
)
POINTS = 8


def with_betas(folder: Path) -> Sandbox:
    """Two betas of the fix, whose file says the release's version, and a newer commit on the branch."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    for number in (1, 2):
        commit(box.root, "package.json", json.dumps({"name": "x", "version": "1.0.5", "build": number}))
        box.git("tag", "-a", "-m", "beta", f"v1.0.5-beta.{number}")
    commit(box.root, "later.py", "untested\n")
    box.git("push", "-q", "origin", "--tags")
    return box


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fix with two betas."""
    return with_betas(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", BETA)
    yield desk
    desk.store.close()


def planned(desk: Desk, box: Sandbox, case: Case, **choice: str) -> Plan:
    """The plan for these choices; an underscore stands for a dash."""
    given = {name.strip("_").replace("_", "-"): value for name, value in choice.items()}
    return PROMOTE.plan(PROMOTE.prepare(box.site, case.incident, desk.playbook, given), box.site)


def run(desk: Desk, box: Sandbox, case: Case, plan: Plan) -> Case:
    """The case after running the plan."""
    runner = OperationRunner(desk.incidents)
    return runner.run(case, plan, box.site, on_progress=lambda p: None, cancelled=lambda: False)


def there(box: Sandbox, name: str) -> str:
    """The commit of the remote's tag; empty when there is none."""
    return git(box.remote, "rev-parse", "-q", "--verify", f"refs/tags/{name}^{{commit}}", check=False)


def test_the_newest_beta_becomes_the_release_on_its_own_commit(desk: Desk, box: Sandbox) -> None:
    """Not the branch's newer commit; annotated, pushed by its object id, level 3 where the tag starts publishing (S0.VER.3, S2.GIT.4)."""
    case = desk.declare()
    plan = planned(desk, box, case)
    assert plan.title == "Promote v1.0.5-beta.2 to v1.0.5"
    assert (plan.level, plan.word, plan.blocked) == (3, "v1.0.5", ())
    assert plan.steps[-1].final == "the release workflow"
    case = run(desk, box, case, plan)
    assert [one.state for one in case.incident.operations.values()] == ["done"]
    assert there(box, "v1.0.5") == box.git("rev-parse", "v1.0.5-beta.2^{commit}")
    assert box.git("cat-file", "-t", "v1.0.5") == "tag"
    pushed = next(
        s.argv for one in case.incident.operations.values() for s in one.steps if s.step == "push-tag"
    )
    assert pushed[-1] == f"{box.git('rev-parse', 'v1.0.5')}:refs/tags/v1.0.5"


def test_an_older_beta_may_be_named(desk: Desk, box: Sandbox) -> None:
    """What is named must be a pre-release that is here."""
    case = desk.declare()
    plan = planned(desk, box, case, from_="v1.0.5-beta.1")
    assert plan.parameters["oid"] == box.git("rev-parse", "v1.0.5-beta.1^{commit}")
    with pytest.raises(Refused, match="is no pre-release"):
        planned(desk, box, case, from_="v1.0.4")
    with pytest.raises(Refused, match="no tag"):
        planned(desk, box, case, from_="v1.0.5-beta.9")


def test_files_that_say_the_beta_s_version_hold_it(desk: Desk, box: Sandbox) -> None:
    """A release that calls itself a beta is told before it is public; where that is wanted, it is said."""
    commit(box.root, "package.json", json.dumps({"name": "x", "version": "1.0.5-beta.3"}))
    box.git("tag", "-a", "-m", "beta", "v1.0.5-beta.3")
    case = desk.declare()
    (why,) = planned(desk, box, case).blocked
    assert why.startswith("package.json of that commit says the pre-release’s version")
    assert not planned(desk, box, case, as_is="yes").blocked


def test_a_release_that_exists_is_not_made_again(desk: Desk, box: Sandbox) -> None:
    """Its tag stays where it is, whoever made it."""
    box.git("tag", "-a", "-m", "theirs", "v1.0.5", "main")
    assert any("v1.0.5" in why for why in planned(desk, box, desk.declare(), from_="v1.0.5-beta.2").blocked)


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, POINTS + 1))
def test_killed_at_any_point(tmp_path: Path, point: int) -> None:
    """Going on gives one tag, here and there, on the tested commit."""
    where = "tests.git.test_promote:BETA"
    assert killed(tmp_path / "night", point, "promote", make=with_betas, playbook=where) == -signal.SIGKILL
    shutil.copytree(tmp_path / "night", tmp_path / "day", symlinks=True)
    git(tmp_path / "day" / "app", "remote", "set-url", "origin", str(tmp_path / "day" / "remote.git"))
    morning = Morning(tmp_path / "day", where)
    if left := morning.left():
        morning.resume(left)
    assert morning.state() == "done"
    box = morning.box
    assert there(box, "v1.0.5") == box.git("rev-parse", "v1.0.5-beta.2^{commit}")
    assert git(box.remote, "rev-parse", "v1.0.5") == box.git("rev-parse", "v1.0.5")
    morning.desk.store.close()


def test_the_points_are_all(tmp_path: Path) -> None:
    """The next point lets the operation end by itself."""
    where = "tests.git.test_promote:BETA"
    assert killed(tmp_path / "n", POINTS + 1, "promote", make=with_betas, playbook=where) == 0
