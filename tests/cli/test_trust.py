"""`hotfix trust`: what a repository would start is shown, and nothing of it runs before somebody said yes."""

from __future__ import annotations

import pytest

from tests.cli_fixtures import Cli
from tests.git_fixtures import commit, git


@pytest.fixture(autouse=True)
def repository(cli: Cli) -> None:
    """A repository with a hook and a setting that names a program."""
    git(cli.folder, "init", "-q", "-b", "main")
    commit(cli.folder, "a", "1", "Release 1.0.0")
    git(cli.folder, "config", "filter.evil.clean", "rm -rf \x1b]0;x\x07 ~")
    hook = cli.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    hook.chmod(0o755)


def test_it_is_shown_and_asked(cli: Cli) -> None:
    """Each in one clean line; without an answer the answer is no; a yes holds until something changes."""
    shown = cli("trust")
    assert shown.code == 5
    assert "hooks/pre-commit" in shown.out
    assert "filter.evil.clean = rm -rf" in shown.out
    assert "\x1b" not in shown.out
    assert cli("trust", "--json").data["trusted"] is False
    assert cli("trust", "--yes").code == 0
    assert cli("trust", "--json").data["trusted"] is True
    git(cli.folder, "config", "filter.evil.smudge", "sh")
    assert cli("trust", "--json").data["trusted"] is False


def test_it_is_taken_back(cli: Cli) -> None:
    """And nothing is written in read-only mode."""
    assert cli("--read-only", "trust", "--yes").code == 5
    cli("trust", "--yes")
    assert cli("trust", "--revoke").code == 0
    assert cli("trust", "--json").data["trusted"] is False
    assert "was not trusted" in cli("trust", "--revoke").err
