"""A repository whose main branch has another name than the playbook gives it, as most older ones have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Formats, GitRules, Item
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.ports import at_home
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.sight import look, look_around
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git_fixtures import Sandbox, commit, git, sandbox

BRANCH = "hotfix/v1.0.5"
BACK = replace(PLAYBOOK, git=GitRules(merge_back=("main", "develop")), formats=Formats(merge="Merge $branch"))


def called(folder: Path, name: str) -> Sandbox:
    """A clone of a remote whose own branch has this name, with a fix on its branch."""
    first = sandbox(folder / "first")
    git(first.remote, "branch", "-m", "main", name)
    root = folder / "clone"
    git(folder, "clone", "-q", str(first.remote), str(root))
    box = Sandbox(root, first.remote, first.release)
    box.git("switch", "-q", "-c", BRANCH, "v1.0.4")
    commit(root, "fix.py", "fixed\n", "the fix")
    return box


def renamed(box: Sandbox, name: str) -> None:
    """Its main branch is called this, here and on the remote."""
    box.git("branch", "-m", "main", name)
    git(box.remote, "branch", "-m", "main", name)
    box.git("fetch", "-q", "--prune")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database, with a playbook that says “main”."""
    desk = Desk(tmp_path / "data", BACK)
    yield desk
    desk.store.close()


@pytest.mark.parametrize("name", ["master", "stable"])
def test_the_remote_s_own_branch_is_main(tmp_path: Path, desk: Desk, name: str) -> None:
    """The fix comes back to the branch that the remote calls its own, whatever the playbook calls it, and that is proven."""
    box = called(tmp_path, name)
    case = desk.declare(base="v1.0.4", fix="1.0.5", branch=BRANCH)
    merging = OPERATIONS["merge-back"]
    plan = merging.plan(merging.prepare(box.site, case.incident, desk.playbook, {}), box.site)
    assert plan.title == f"Bring {BRANCH} back to {name}"
    assert not plan.blocked
    runner = OperationRunner(desk.incidents)
    case = runner.run(case, plan, box.site, run="", on_progress=lambda p: None, cancelled=lambda: False)
    assert list(case.incident.operations.values())[-1].state == "done"
    fix = box.git("rev-parse", BRANCH)
    assert git(box.remote, "merge-base", fix, name) == fix
    item = Item("back", "Merge the branch to main", check="merged-back")
    rules = at_home(desk.playbook, box.repository)
    seen = CHECKS["merged-back"].look(box.site, case.incident, rules, item)
    assert seen.ok, seen.text
    assert f"is in {name} (" in seen.text


def test_without_a_word_of_the_remote_master_is_main(tmp_path: Path) -> None:
    """A repository that was not cloned knows no branch of the remote's own; a master beside no main is the main branch."""
    box = sandbox(tmp_path / "box")
    renamed(box, "master")
    rules = at_home(BACK, box.repository)
    assert rules.git.main == "master"
    assert rules.git.merge_back == ("master", "develop")
    assert at_home(BACK, box.repository) is rules


def test_a_main_that_exists_is_main(tmp_path: Path) -> None:
    """Whatever else the remote calls its own: the playbook's branch is there, here or only as fetched."""
    box = sandbox(tmp_path / "box")
    box.git("branch", "master")
    assert at_home(BACK, box.repository) is BACK
    box.git("switch", "-q", "master")
    box.git("branch", "-D", "main")
    assert at_home(BACK, box.repository) is BACK


def test_the_git_pane_and_the_branch_s_base_know_it(tmp_path: Path, desk: Desk) -> None:
    """A detached HEAD goes back to master, and a hotfix branch from “main” starts there."""
    box = called(tmp_path, "master")
    box.git("switch", "-q", "--detach", "master")
    step = look_around(box.repository, BACK).step
    assert step is not None
    assert step.argv == ("git", "switch", "master")
    case = desk.declare(base="main")
    assert look(box.repository, case).where.lines[0].endswith("0 commits on main")
    branch = OPERATIONS["branch"]
    given = branch.prepare(box.site, case.incident, desk.playbook, {"branch": "hotfix/x", "base": "main"})
    assert given["oid"] == box.git("rev-parse", "master")


def test_no_branch_to_come_back_to_is_told_with_its_name(tmp_path: Path, desk: Desk) -> None:
    """One sentence names what is lacking, and how to say another."""
    box = sandbox(tmp_path / "box")
    renamed(box, "odd")
    box.git("switch", "-q", "-c", BRANCH, "v1.0.4")
    case = desk.declare(branch=BRANCH)
    with pytest.raises(Refused, match=r"No branch main, develop is here or on origin.*targets="):
        OPERATIONS["merge-back"].prepare(box.site, case.incident, desk.playbook, {})
