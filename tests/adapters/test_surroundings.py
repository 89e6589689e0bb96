"""What a push will need, looked at beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.adapters.surroundings import examine_ssh
from tests.git_fixtures import git


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("git@forge.example:team/app.git", True),
        ("forge.example:app.git", True),
        ("ssh://git@forge.example/app.git", True),
        ("https://forge.example/app.git", False),
        ("/srv/app.git", False),
        ("../app.git", False),
        ("file:///srv/app.git", False),
        ("", False),
    ],
)
def test_an_ssh_key_is_asked_for_where_a_remote_needs_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, *, asked: bool
) -> None:
    """Without an agent that is a warning for a remote over ssh, and no word for any other, or where there is none."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    git(tmp_path, "init", "-q")
    if address:
        git(tmp_path, "remote", "add", "origin", address)
    assert [found.state for found in examine_ssh(tmp_path)] == (["warn"] if asked else [])


def test_a_rewritten_address_may_go_over_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`insteadOf` in somebody's own settings turns https into ssh: then the key is asked for."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", "https://forge.example/app.git")
    git(tmp_path, "config", "url.git@forge.example:.insteadOf", "https://forge.example/")
    assert [found.state for found in examine_ssh(tmp_path)] == ["warn"]


def test_outside_a_repository_nothing_is_pushed(tmp_path: Path) -> None:
    """So no key is asked for."""
    assert list(examine_ssh(tmp_path)) == []
