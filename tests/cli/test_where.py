"""`hotfix where`: in words, as data, without an incident, and without its remote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli
from tests.git_fixtures import Sandbox, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


@pytest.fixture
def cli(box: Sandbox, tmp_path: Path) -> Cli:
    """The command line there."""
    return Cli(box.root, tmp_path / "data")


def test_it_says_where_and_what_is_next(cli: Cli, box: Sandbox) -> None:
    """The words first, then the risks, then the one command with its reason."""
    assert cli("declare", "x", "--answer", "danger=y").code == 0
    box.git("branch", "hotfix/v1.0.5", "v1.0.4")
    said = cli("where").out.splitlines()
    assert said[0].startswith("main, 1 commit on v1.0.4")
    assert "RISK   not on hotfix/v1.0.5" in said
    assert said[-2:] == ["NEXT   git switch hotfix/v1.0.5", "       the fix is on hotfix/v1.0.5"]
    data = cli("where", "--json").data
    assert data["next"]["argv"] == ["git", "switch", "hotfix/v1.0.5"]
    assert (data["branch"], data["clean"]) == ("main", True)


def test_it_works_without_an_incident(cli: Cli, box: Sandbox) -> None:
    """Nothing left over is said as such."""
    assert cli("where").out.splitlines()[-1] == "NEXT   nothing is left over in git"
    assert cli("where", "--json").data["next"] is None


def test_a_remote_that_is_gone_is_told(cli: Cli, box: Sandbox, tmp_path: Path) -> None:
    """What can be said without it is said; `--local` does not ask."""
    assert cli("declare", "x", "--answer", "danger=y").code == 0
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    box.git("push", "-q", "-u", "origin", "HEAD")
    box.git("tag", "-a", "-m", "x", "v1.0.5")
    box.remote.rename(tmp_path / "away")
    answer = cli("where")
    assert answer.code == 0
    assert "The remote was not asked" in answer.err
    assert "NEXT   hotfix where" in answer.out
    assert cli("where", "--local").err == ""
