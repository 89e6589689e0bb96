"""`hotfix version` on real repositories with a real bare remote, with an incident and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli, hotfix
from tests.git_fixtures import commit, git


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A repository with v1.2.3 and a beta on its remote; the playbook is the npm package's."""
    cli = hotfix(tmp_path)
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(cli.folder, "init", "-q", "-b", "main")
    commit(cli.folder, "index.js", "1\n", "first")
    git(cli.folder, "tag", "-a", "-m", "1.2.3", "v1.2.3")
    git(cli.folder, "tag", "v1.3.0-beta.1")
    git(cli.folder, "remote", "add", "origin", str(remote))
    git(cli.folder, "push", "-q", "origin", "main", "--tags")
    return cli


def only_there(cli: Cli, tag: str) -> None:
    """A tag that is on the remote and not here."""
    git(cli.folder, "tag", tag)
    git(cli.folder, "push", "-q", "origin", tag)
    git(cli.folder, "tag", "-d", tag)


def declare(cli: Cli, *words: str) -> None:
    """An incident of the npm package."""
    said = ("--severity", "critical", "--reason", "x", "--yes")
    answer = cli("--playbook", "npm-package", "declare", "Login fails", *said, *words)
    assert answer.code == 0, answer.err


def test_without_an_incident(cli: Cli) -> None:
    """The newest release is repaired, and each candidate stands in words between its neighbours (S1.VER.1)."""
    answer = cli("--playbook", "npm-package", "version")
    assert answer.code == 0
    assert (
        answer.out.splitlines()[0] == "v1.2.4  the next patch after v1.2.3; above v1.2.3, below v1.3.0-beta.1"
    )
    assert answer.err == ""


def test_a_tag_that_only_the_remote_has_is_seen(cli: Cli) -> None:
    """The number that is public is never offered, though this clone does not know it (S1.TRP.3, S2.VER.5)."""
    only_there(cli, "v1.2.4")
    data = cli("version", "--base", "v1.2.3", "--json").data
    assert [one["tag"] for one in data["candidates"]] == ["v1.2.5", "v1.3.0", "v1.2.4"]
    assert data["remote_asked"] is True
    assert data["candidates"][0]["order"] == "above v1.2.4 (only on origin), below v1.3.0-beta.1"
    assert [trap["id"] for trap in data["candidates"][2]["traps"]] == ["taken"]
    local = cli("version", "--base", "v1.2.3", "--local")
    assert local.out.startswith("v1.2.4  the next patch")
    assert local.err == "origin was not asked: a tag that is only there is not seen here.\n"


def test_a_tag_at_another_commit_is_told(cli: Cli) -> None:
    """Annotated or not, the same name at two commits is said; the same commit is not (S1.TRP.4)."""
    same = cli("version", "v1.2.3", "--base", "v1.2.2")
    assert "exists here and on origin.\n" in same.out
    commit(cli.folder, "index.js", "2\n", "second")
    git(cli.folder, "tag", "--force", "-a", "-m", "again", "v1.2.3")
    moved = cli("version", "v1.2.3", "--base", "v1.2.2")
    assert moved.code == 1
    assert "refused: The tag v1.2.3 exists here and on origin, at different commits." in moved.out
    assert "v1.2.3 is at another commit on origin than here" in cli("version").err


@pytest.mark.parametrize(
    ("version", "code", "said"),
    [
        ("1.2.4", 0, "as you named it; above v1.2.3"),
        ("v1.2.3-hotfix.1", 1, "refused: 1.2.3-hotfix.1 sorts below v1.2.3"),
        ("1.2.4-hotfix.1", 0, "warning: npm ranges such as ^1.2.3 and ~1.2.3 skip it"),
        ("soon", 2, "is no version by SemVer"),
    ],
)
def test_a_version_is_judged(cli: Cli, version: str, code: int, said: str) -> None:
    """What cannot be used ends with 1, what is no version with 2 (S4.TRP.1)."""
    answer = cli("--playbook", "npm-package", "version", version)
    assert answer.code == code
    assert said in answer.out + answer.err


def test_with_an_incident(cli: Cli) -> None:
    """Its base and its own version count, and its version comes first, whatever was tagged since."""
    declare(cli)
    git(cli.folder, "tag", "v1.2.4")
    answer = cli("version")
    assert answer.out.splitlines()[0] == "v1.2.4  as declared; above v1.2.3, below v1.3.0-beta.1"
    assert "The tag v1.2.4 exists here, not on origin." in answer.out
    assert cli("version", "--json").data["declared"] == "1.2.4"


def test_what_was_declared_may_be_no_version(cli: Cli) -> None:
    """It is said, and the candidates are shown all the same."""
    declare(cli, "--fix", "next \x1b[31mweek")
    answer = cli("version")
    assert answer.code == 0
    assert "v1.2.4  the next patch" in answer.out
    assert "is no version" in answer.err
    assert "\x1b" not in answer.err


def test_a_remote_that_does_not_answer(cli: Cli, tmp_path: Path) -> None:
    """What this machine knows is shown, and the code says that it is not all (7)."""
    git(cli.folder, "remote", "set-url", "origin", str(tmp_path / "gone.git"))
    answer = cli("version", "--json")
    assert answer.code == 7
    assert answer.data["remote_asked"] is False
    assert answer.err.count("\n") == 1
    assert "git ls-remote" in answer.err


def test_no_remote_and_no_release(cli: Cli) -> None:
    """No remote is no failure; no release tag is refused with what to do."""
    git(cli.folder, "remote", "remove", "origin")
    answer = cli("version")
    assert (answer.code, answer.err) == (
        0,
        "There is no remote origin: only the tags of this machine count.\n",
    )
    git(cli.folder, "tag", "-d", "v1.2.3", "v1.3.0-beta.1")
    none = cli("version")
    assert none.code == 5
    assert "There is no release tag like v1.2.3 here" in none.err
