"""`hotfix op`: operations are listed, planned, confirmed, run and taken up again; nothing runs without a yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli
from tests.git_fixtures import Sandbox, commit, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


@pytest.fixture
def cli(box: Sandbox, tmp_path: Path) -> Cli:
    """The command line there, with one incident."""
    cli = Cli(box.root, tmp_path / "data")
    assert cli("declare", "x", "--answer", "danger=y").code == 0
    return cli


def test_operations_are_listed_with_their_choices(cli: Cli) -> None:
    """What `--with` takes is said where somebody looks for it."""
    assert "branch       Create the hotfix branch" in cli("op", "list").out
    assert "--with base=…" in cli("op", "list").out
    names = [one["name"] for one in cli("op", "list", "--json").data["operations"]]
    assert "branch" in names


def test_a_plan_is_looked_at_and_runs_nothing(cli: Cli, box: Sandbox) -> None:
    """Each step with its exact command, its level, what it touches, its way back and where it stands."""
    before = box.branches()
    answer = cli("op", "plan", "branch", "--json").data
    first, second = answer["plan"]["steps"]
    assert first["argv"][:2] == ["git", "branch"]
    assert (first["effect"], first["level"], first["state"]) == ("writes", 1, "not-done")
    assert first["inverse"]
    assert first["way_back"]
    assert second["state"] == "not-done"
    assert answer["ran"] is False
    assert "$ git branch --no-track hotfix/v1.0.5" in cli("op", "plan", "branch").out
    assert box.branches() == before


def test_choices_are_taken_and_others_refused(cli: Cli, box: Sandbox) -> None:
    """A word that is no choice names those that are."""
    assert cli("op", "run", "branch", "--with", "base=v1.0.3", "--with", "branch=fix/x", "--yes").code == 0
    assert box.git("rev-parse", "fix/x") == box.git("rev-parse", "v1.0.3^{commit}")
    wrong = cli("op", "run", "branch", "--with", "bass=v1.0.3")
    assert wrong.code == 2
    assert "it has base, branch" in wrong.err
    assert cli("op", "run", "nothing").code == 2


def test_nothing_runs_without_a_yes(cli: Cli, box: Sandbox) -> None:
    """Where nobody can answer it is refused with 5; read-only, too."""
    before = box.branches()
    assert cli("op", "run", "branch").code == 5
    assert cli("--read-only", "op", "run", "branch", "--yes").code == 5
    assert box.branches() == before


@pytest.mark.parametrize("way", ["resume", "undo", "abort", "leave"])
def test_there_is_nothing_to_take_up(cli: Cli, way: str) -> None:
    """That is said, and nothing is changed."""
    answer = cli("op", way)
    assert answer.code == 5
    assert "No operation is unfinished." in answer.err


def test_what_failed_with_something_done_is_taken_up_again(cli: Cli, box: Sandbox) -> None:
    """The command ends with 7, as git failed, and says why and what to do; abort is for what stopped halfway only."""
    lock = box.root / ".git" / "index.lock"
    lock.write_text("")
    ended = cli("op", "run", "branch", "--yes")
    assert ended.code == 7
    assert "index.lock" in ended.err
    assert "Go on with: hotfix op resume" in ended.err
    assert "not-done: Switch to hotfix/v1.0.5" in cli("op", "unfinished").out
    assert cli("op", "resume").code == 7
    lock.unlink()
    assert cli("op", "abort").code == 5
    assert cli("op", "resume").code == 0
    assert box.git("symbolic-ref", "--short", "HEAD") == "hotfix/v1.0.5"


def test_what_stops_at_a_conflict_is_no_ctrl_c(cli: Cli, box: Sandbox) -> None:
    """Stopped by a conflict, and resumed before it is solved, it ends with 7; taking it back is what was asked for."""
    commit(box.root, "clash.txt", "one\n")
    fix = commit(box.root, "clash.txt", "two\n")
    assert cli("op", "run", "branch", "--yes").code == 0
    commit(box.root, "clash.txt", "three\n")
    assert cli("op", "run", "cherry-pick", "--with", f"commits={fix}", "--yes").code == 7
    assert cli("op", "resume", "--yes").code == 7
    answer = cli("op", "abort")
    assert (answer.code, "cancelled: aborted" in answer.err) == (0, True)
    assert cli("op", "unfinished", "--json").data["unfinished"] == []


def test_words_of_the_playbook_s_texts_are_choices_too(cli: Cli, box: Sandbox) -> None:
    """Of a form's name and of a message; an operation that writes no text has none, and a lacking one is named."""
    form = ("op", "plan", "branch", "--with", "form=cve")
    assert "cve=…" in cli(*form).err
    assert "hotfix/security-cve-2026-1" in cli(*form, "--with", "cve=CVE-2026-1").out
    assert cli("op", "plan", "push", "--with", "cve=1").code == 2
    (box.root / "unlock.py").write_text("fixed\n")
    assert "issue=…" in cli("op", "plan", "commit").err
    words = ("--with", "summary=mend it", "--with", "issue=7")
    plan = cli("op", "plan", "commit", *words, "--json").data["plan"]
    assert any("mend it" in word for word in plan["steps"][-1]["argv"])
