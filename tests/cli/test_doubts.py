"""What is named in a declaration and cannot be so is told while it can still be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Answer, Cli
from tests.git_fixtures import sandbox


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """The command line in a fresh repository."""
    return Cli(sandbox(tmp_path / "box").root, tmp_path / "data")


def declare(cli: Cli, *words: str) -> Answer:
    """Declare with these options."""
    return cli("declare", "x", "--answer", "danger=y", "--no-input", *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--base", "v9.9"), "--base: There is no tag v9.9 here"),
        (("--fix", "1.0.0"), "--fix 1.0.0: 1.0.0 sorts below v1.0.4"),
        (("--fix", "1.0.4"), "--fix 1.0.4: The tag v1.0.4 exists"),
        (("--fix", "next"), "--fix: “next” is no version"),
        (("--base", "v1.0.3", "--fix", "1.0.2"), "--fix 1.0.2: 1.0.2 sorts below v1.0.3"),
    ],
    ids=" ".join,
)
def test_what_git_shows_to_be_wrong_is_told(cli: Cli, words: tuple[str, ...], said: str) -> None:
    """One clear warning; the declaration is never blocked by it."""
    answer = declare(cli, *words)
    assert (answer.code, len(answer.out.splitlines())) == (0, 1)
    assert next(line for line in answer.err.splitlines() if line.startswith("--")).startswith(said)


def test_what_is_in_order_is_not_remarked_on(cli: Cli) -> None:
    """A base that is there, the next version, and a name that git takes."""
    answer = declare(cli, "--base", "v1.0.4", "--fix", "1.0.5", "--branch", "hotfix/v1.0.5")
    assert answer.code == 0
    assert "--" not in answer.err
    assert "already" not in answer.err


@pytest.mark.parametrize("name", ["bad name", "-x", "a..b", "x.lock", "refs/heads/x"])
def test_a_branch_that_can_never_be_is_refused(cli: Cli, name: str) -> None:
    """Nothing is declared; exit code 2."""
    answer = declare(cli, f"--branch={name}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "choose another name" in answer.err
    assert cli("list", "--json").data["incidents"] == []


def test_without_git_everything_is_taken(cli: Cli, tmp_path: Path) -> None:
    """Declaring never waits for git, nor for a repository."""
    words = ("--base", "v9.9", "--fix", "1.0.0", "--branch", "bad name")
    assert declare(Cli(tmp_path, cli.data), *words).code == 0
    (tmp_path / "none").mkdir()
    answer = cli.process("declare", "x", "--answer", "danger=y", *words, PATH=str(tmp_path / "none"))
    assert answer.code == 0, answer.err


def test_a_second_incident_of_the_repository_is_remarked_on(cli: Cli, tmp_path: Path) -> None:
    """By id and title; one that is closed, or of another repository, is not."""
    first = declare(cli).out.strip()
    assert f"Open in this repository already: {first} (x)." in declare(cli).err
    assert "already" not in declare(Cli(sandbox(tmp_path / "other").root, cli.data)).err
    assert "already" not in declare(Cli(tmp_path, cli.data)).err
