from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import PLAYBOOK, Cli, hotfix

BACK = """
[rollback_first]
question = "Is rolling back faster?"
rollback = "back"
[[rollback]]
id = "back"
title = "Back to the version before"
warning = "From $fix back to $base."
confirm = "yes"
[[rollback.step]]
id = "moved"
text = "Point latest to it"
"""


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """`hotfix` with a playbook that has a way back, and an incident."""
    made = hotfix(tmp_path)
    (tmp_path / "playbooks" / "team.toml").write_text(PLAYBOOK + BACK)
    assert made("declare", "It is down", "--answer", "down=y").code == 0
    return made


@pytest.mark.parametrize("begun", [("start", "back"), ("way", "rollback", "--reason", "x")], ids=" ".join)
@pytest.mark.parametrize("words", [(), ("--confirm", "y"), ("--confirm", "YES")])
def test_a_way_back_is_not_started_without_its_word(
    cli: Cli, begun: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """The word in full and as it is written, or nothing is started, whatever starts it (S1.GAT.6)."""
    answer = cli(*begun, *words)
    assert answer.code == 2
    assert "--confirm yes" in answer.err
    assert "Point latest to it" not in cli("status").out


def test_with_its_word_it_begins(cli: Cli) -> None:
    """Its first step is what comes next (S1.GAT.6)."""
    assert cli("start", "back", "--confirm", "yes").code == 0
    assert "Point latest to it" in cli("status").out


def test_the_way_starts_it_with_its_word(cli: Cli) -> None:
    """Once it has begun it wants none any more, and to fix never does."""
    assert cli("way", "fix").code == 0
    assert cli("way", "rollback", "--confirm", "yes").code == 0
    assert "Point latest to it" in cli("status").out
    assert cli("way", "fix").code == 0
    assert cli("way", "rollback").code == 0
