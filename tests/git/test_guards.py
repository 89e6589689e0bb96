"""The guards over the change, on real commits: each built-in guard caught and passed, and what the command says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.domain.guards import Change, caught
from hotfix_tui.domain.intents import ChooseWay, Declare, GiveApproval
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading import read
from hotfix_tui.ports import Changes
from tests.cli_fixtures import Cli, hotfix
from tests.git_fixtures import commit, git, sandbox
from tests.small_playbook import Scene

NAMES = ("crates-cli", "npm-package", "web-service", "beta-protocol", "desktop-app")
PLAYBOOKS: dict[str, Playbook] = {n: read((BUILT_IN / f"{n}.toml").read_text(), n) for n in NAMES}
GOOD = Change("hotfix/v1.2.4", ("fix: HOTFIX the lock",), ("src/lock.js",))


def said(name: str, **changed: object) -> str:
    """What the playbook's guards say of a good change that is changed in one point."""
    scene = Scene(Declare("x", severity=PLAYBOOKS[name].severities[0].id, reason="x"), PLAYBOOKS[name])
    fields = {
        "branch": GOOD.branch,
        "subjects": GOOD.subjects,
        "files": GOOD.files,
        "formatting": (),
        **changed,
    }
    found = caught(scene.incident, PLAYBOOKS[name], Change(**fields))  # type: ignore[arg-type]
    return "; ".join(f"{one.guard.level}: {one.text}" for one in found)


def test_a_good_change_passes() -> None:
    """One commit, one file, on its branch, called what it should be; and nothing is said before there is a commit."""
    assert said("npm-package") == ""
    assert said("npm-package", branch="main", subjects=()) == ""


@pytest.mark.parametrize("branch", ["main", "fix/hotfix/x", ""])
def test_another_branch_is_refused(branch: str) -> None:
    """Only hotfix/… may go out as a hotfix (S1.GAT.1)."""
    assert said("npm-package", branch=branch).startswith("refuse: This is no hotfix branch.")


def test_many_files_are_warned_of_and_named() -> None:
    """More than five, counted against the base, with their names; none is none (S1.GAT.2, S1.TRP.2)."""
    files = tuple(f"src/{n}.js" for n in range(6))
    assert said("npm-package", files=files[:5]) == ""
    assert said("npm-package", files=()) == ""
    assert "warn: More than five files" in said("npm-package", files=files)
    assert "6 files, more than 5: src/0.js, src/1.js, src/2.js, src/3.js and 2 more" in said(
        "npm-package", files=files
    )


def test_an_unmarked_subject_is_warned_of() -> None:
    """Every commit says HOTFIX, and it is a warning only (S1.GAT.3)."""
    told = said("npm-package", subjects=("HOTFIX one", "tidy up", "and more"))
    assert told == "warn: The commit's subject does not say HOTFIX. “tidy up” and 1 more"


@pytest.mark.parametrize("path", ["auth/login.js", "src/auth/login.js", "payments/card.js", "app/.env.local"])
def test_protected_paths_want_security(path: str) -> None:
    """Signing in, payments and secrets are reviewed by security, and then pass (S4.GAT.4)."""
    assert "refuse: Signing in, payments or secrets are touched" in said("web-service", files=(path,))
    assert "wants the approval of Security team" in said("web-service", files=(path,))
    scene = Scene(Declare("x", severity="P0", reason="x"), PLAYBOOKS["web-service"])
    scene.ask(ChooseWay("fix"))
    scene.ask(GiveApproval("Security team", "Sam", "looked at it"))
    assert caught(scene.incident, scene.playbook, Change("hotfix/x", ("hotfix: x",), (path,))) == ()


@pytest.mark.parametrize("name", ["web-service", "beta-protocol"])
def test_dependencies_and_formatting_are_told(name: str) -> None:
    """One fix only: no dependency, no reformatting, as few files as can be (S4.GAT.5, S3.GAT.6)."""
    form = {"web-service": "hotfix: the lock", "beta-protocol": "fix(critical): the lock"}[name]
    good: dict[str, object] = {"subjects": (form,)}
    assert said(name, **good) == ""
    assert "depend" in said(name, **good, files=("api/package-lock.json",))
    assert "only white space changed in src/a.py" in said(name, **good, formatting=("src/a.py",))


def test_the_smallest_change_is_asked_for() -> None:
    """A growing scope is told before it goes out (S2.GAT.1)."""
    files = tuple(f"src/{n}.rs" for n in range(8))
    assert said("crates-cli", files=files[:7]) == ""
    assert "warn: So many files are rarely the smallest fix" in said("crates-cli", files=files)


def test_what_git_says_of_a_change(tmp_path: Path) -> None:
    """Files since the base, without what main did meanwhile; white space alone is told apart, odd names are whole."""
    box = sandbox(tmp_path)
    git(box.root, "switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "unlock.py", "two  \n\n")
    commit(box.root, "new\tname é.py", "x\n")
    (box.root / "picture.png").write_bytes(b"\x00\x01")
    git(box.root, "add", "picture.png")
    git(box.root, "commit", "-q", "-m", "picture")
    found = box.repository.changes("refs/tags/v1.0.4", "HEAD")
    assert found == Changes(("new\tname é.py", "picture.png", "unlock.py"), ("unlock.py",), lines=5)
    assert box.repository.changes("refs/heads/main", "HEAD").files == found.files


@pytest.fixture
def npm(tmp_path: Path) -> Cli:
    """An incident of the npm package on a real repository."""
    cli = hotfix(tmp_path)
    git(cli.folder, "init", "-q", "-b", "main")
    commit(cli.folder, "index.js", "1\n", "first")
    git(cli.folder, "tag", "v1.2.3")
    answer = cli(
        "--playbook",
        "npm-package",
        "declare",
        "Login fails",
        "--severity",
        "critical",
        "--reason",
        "x",
        "--yes",
    )
    assert answer.code == 0, answer.err
    return cli


def test_the_command_refuses_and_passes(npm: Cli) -> None:
    """Nothing committed passes; on main it is refused; on its branch it passes; in JSON as well (S1.GAT.1)."""
    assert npm("guard").code == 0
    commit(npm.folder, "index.js", "2\n", "HOTFIX it")
    refused = npm("guard")
    assert (refused.code, refused.out) == (1, "refused: This is no hotfix branch. The branch is main\n")
    assert json.loads(npm("guard", "--json").out)["guards"][0]["id"] == "hotfix-branch"
    git(npm.folder, "switch", "-q", "-c", "hotfix/v1.2.4")
    passed = npm("guard")
    assert (passed.code, passed.out) == (0, "")


def test_a_warning_fails_only_when_it_is_asked_to(npm: Cli) -> None:
    """Where nobody can answer a warning is told and passes; --strict makes it fail (S1.GAT.3)."""
    git(npm.folder, "switch", "-q", "-c", "hotfix/v1.2.4")
    commit(npm.folder, "index.js", "2\n", "tidy \x1b[31mup")
    told = npm("guard")
    assert told.code == 0
    assert told.out.startswith("warning: The commit's subject does not say HOTFIX.")
    assert "\x1b" not in told.out
    assert npm("guard", "--strict").code == 1


@pytest.mark.parametrize(("answer", "code"), [("", 1), ("n", 1), ("y", 0)])
def test_a_warning_is_asked_about_and_no_is_the_default(
    npm: Cli, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """Enter is no (S1.GAT.2, X.11)."""
    monkeypatch.setattr("hotfix_tui.cli.guarding.interactive", lambda: True)
    git(npm.folder, "switch", "-q", "-c", "hotfix/v1.2.4")
    commit(npm.folder, "index.js", "2\n", "tidy up")
    assert npm("guard", text=f"{answer}\n").code == code


def test_status_shows_what_the_guards_say(npm: Cli) -> None:
    """A refused change is a risk wherever the four answers stand; main, ahead of the release, is none (S1.GAT.1)."""
    commit(npm.folder, "index.js", "2\n", "HOTFIX it")
    assert "no hotfix branch" not in npm("status").out
    git(npm.folder, "switch", "-q", "-c", "fix/login")
    assert "This is no hotfix branch. The branch is fix/login" in npm("status").out
