"""The next command is safe wherever somebody stands: it is asked of real repositories, and run in them."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from hotfix_tui.domain.intents import FinishOperation, StartOperation
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.service.sight import look, look_around
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git_fixtures import Sandbox, commit, git, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A repository whose main is one commit past v1.0.4."""
    return sandbox(tmp_path / "box")


def next_command(box: Sandbox, tmp_path: Path, *, remote: bool = False) -> str:
    """What is next for the fix v1.0.5 of v1.0.4; empty when nothing is."""
    case = Desk(tmp_path / "data").declare(base="v1.0.4", branch="hotfix/v1.0.5", fix="1.0.5")
    step = look(box.repository, case, remote=remote).step
    return step.command if step else ""


def on_branch(box: Sandbox) -> None:
    """The hotfix branch with one commit, not pushed."""
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "fix.py", "fix")


def pushed(box: Sandbox) -> None:
    """The same, pushed."""
    on_branch(box)
    box.git("push", "-q", "-u", "origin", "hotfix/v1.0.5")


def tagged(box: Sandbox) -> None:
    """The same, tagged here alone."""
    pushed(box)
    box.git("tag", "-a", "-m", "x", "v1.0.5")


def out(box: Sandbox) -> None:
    """The tag is on the remote."""
    tagged(box)
    box.git("push", "-q", "origin", "v1.0.5")


def back(box: Sandbox) -> None:
    """The fix is in main, there as well."""
    out(box)
    box.git("switch", "-q", "main")
    box.git("merge", "-q", "--no-ff", "-m", "back", "hotfix/v1.0.5")
    box.git("push", "-q", "origin", "main")


def back_and_on(box: Sandbox) -> None:
    """One more commit on the branch after all of it came back."""
    back(box)
    box.git("switch", "-q", "hotfix/v1.0.5")
    commit(box.root, "fix.py", "more")


def back_and_pushed(box: Sandbox) -> None:
    """The same, pushed."""
    back_and_on(box)
    box.git("push", "-q", "origin", "hotfix/v1.0.5")


def gone(box: Sandbox) -> None:
    """The branch is deleted."""
    back(box)
    box.git("branch", "-d", "hotfix/v1.0.5")
    box.git("push", "-q", "origin", ":hotfix/v1.0.5")


def only_there(box: Sandbox) -> None:
    """A colleague has pushed the branch."""
    box.git("push", "-q", "origin", "v1.0.4^{commit}:refs/heads/hotfix/v1.0.5")
    box.git("fetch", "-q")


def behind(box: Sandbox) -> None:
    """A colleague has pushed onto it."""
    pushed(box)
    box.git("reset", "-q", "--hard", "HEAD^")


def diverged(box: Sandbox) -> None:
    """Both went on."""
    behind(box)
    commit(box.root, "other.py", "other")


def detached(box: Sandbox) -> None:
    """A commit that no branch holds."""
    box.git("switch", "-q", "--detach", "v1.0.4")
    commit(box.root, "lost.py", "lost")


def dirty(box: Sandbox) -> None:
    """The fix is not committed."""
    pushed(box)
    (box.root / "unlock.py").write_text("fix\n")


def dirty_elsewhere(box: Sandbox) -> None:
    """Somebody began to repair on main."""
    (box.root / "unlock.py").write_text("fix\n")


def conflict(box: Sandbox) -> None:
    """A merge that stopped."""
    on_branch(box)
    commit(box.root, "unlock.py", "fixed\n")
    box.git("merge", "-q", "main", check=False)


def solved(box: Sandbox) -> None:
    """The same, solved."""
    conflict(box)
    (box.root / "unlock.py").write_text("both\n")
    box.git("add", "unlock.py")


def bisecting(box: Sandbox) -> None:
    """A bisect that was not ended."""
    box.git("bisect", "start")


PLACES: tuple[tuple[Callable[[Sandbox], object], str], ...] = (
    (lambda box: box, "hotfix op run branch"),
    (on_branch, "hotfix op run push"),
    (pushed, "hotfix status"),
    (tagged, "hotfix op run push"),
    (out, "hotfix op run merge-back"),
    (back, "hotfix op run clean-up"),
    (back_and_on, "hotfix op run push"),
    (back_and_pushed, "hotfix op run merge-back"),
    (gone, "hotfix status"),
    (only_there, "git switch --track origin/hotfix/v1.0.5"),
    (behind, "git pull --ff-only"),
    (diverged, "git log --oneline --left-right 'HEAD...@{upstream}'"),
    (dirty, "hotfix op run commit"),
    (dirty_elsewhere, "git stash push"),
    (conflict, "git diff --name-only --diff-filter=U"),
    (solved, "git merge --continue"),
    (bisecting, "git bisect reset"),
)


@pytest.mark.parametrize(("make", "command"), PLACES, ids=[command for _, command in PLACES])
def test_each_place_has_its_next_command(
    box: Sandbox, tmp_path: Path, make: Callable[[Sandbox], object], command: str
) -> None:
    """Behind, not pushed, on the wrong branch, in the midst of a merge, tag not pushed: one command each.

    And what it says about git can be typed as it stands: it ends well, and no commit and no change is lost.
    """
    make(box)
    assert next_command(box, tmp_path, remote=True) == command
    if command.startswith("git"):
        before = reachable(box)
        git(box.root, "-c", "core.editor=true", *shlex.split(command)[1:])
        assert before <= reachable(box)


def test_a_branch_is_needed_until_the_fix_is_published(box: Sandbox, tmp_path: Path) -> None:
    """Back in main, and its publishing has failed: the branch is not the next thing to go."""
    back(box)
    box.git("switch", "-q", "hotfix/v1.0.5")
    item = Item("published", "Publish", operation="publish", command=("npm", "publish"))
    desk = Desk(tmp_path / "data", replace(PLAYBOOK, phases=(Phase("out", "Out", items=(item,)),)))
    case = desk.declare(base="v1.0.4", branch="hotfix/v1.0.5", fix="1.0.5")

    def after(outcome: Literal["failed", "done"]) -> str:
        nonlocal case
        case = desk.incidents.ask(case, StartOperation(outcome, "publish", "Publish 1.0.5", {}, ()))
        case = desk.incidents.ask(case, FinishOperation(outcome, outcome))
        step = look(box.repository, case, remote=True).step
        return step.command if step else ""

    assert (after("failed"), after("done")) == ("hotfix status", "hotfix op run clean-up")


def test_commits_that_no_branch_holds_are_kept_first(box: Sandbox, tmp_path: Path) -> None:
    """Leaving a detached HEAD would lose them; afterwards there is another next command."""
    detached(box)
    lost = box.git("rev-parse", "HEAD")
    command = next_command(box, tmp_path)
    assert command == f"git branch kept-{lost[:7]} {lost}"
    git(box.root, *shlex.split(command)[1:])
    assert lost in reachable(box)


def test_the_remote_is_asked_only_when_that_is_wanted(box: Sandbox, tmp_path: Path) -> None:
    """The console looks often; there the next command is the one that asks."""
    tagged(box)
    assert next_command(box, tmp_path) == "hotfix where"


def test_a_detached_head_without_an_incident(box: Sandbox, tmp_path: Path) -> None:
    """There, too, nothing is left behind; once nothing can be lost, back to main."""
    playbook = Desk(tmp_path / "data").declare().playbook
    box.git("switch", "-q", "--detach", "v1.0.4")
    step = look_around(box.repository, playbook).step
    assert step is not None
    assert step.command == "git switch main"
    commit(box.root, "lost.py", "lost")
    step = look_around(box.repository, playbook).step
    assert step is not None
    assert step.argv[:2] == ("git", "branch")


def reachable(box: Sandbox) -> set[str]:
    """Every commit that a ref holds, the stash among them."""
    return set(box.git("rev-list", "--all").splitlines())


def test_a_written_version_is_committed_as_a_version(box: Sandbox, tmp_path: Path) -> None:
    """After bump or changelog the next commit is theirs alone; once something was committed it is the fix's again."""
    on_branch(box)
    desk = Desk(tmp_path / "data")
    case = desk.declare(base="v1.0.4", branch="hotfix/v1.0.5", fix="1.0.5")

    def after(operation: str) -> str:
        nonlocal case
        case = desk.incidents.ask(case, StartOperation(operation, operation, operation, {}, ()))
        case = desk.incidents.ask(case, FinishOperation(operation, "done"))
        (box.root / "unlock.py").write_text(operation)
        step = look(box.repository, case).step
        assert step is not None
        return step.command

    assert after("bump") == "hotfix op run commit-version"
    assert after("commit-version") == "hotfix op run commit"
    assert after("changelog") == "hotfix op run commit-version"
