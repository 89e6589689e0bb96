from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from hotfix_tui.adapters import git_process, git_runner
from hotfix_tui.adapters.processes import Ended
from hotfix_tui.service.sight import SHOWN_COMMITS, look
from tests.case_fixtures import Desk
from tests.git_fixtures import Sandbox, commit, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A repository whose main is one commit past v1.0.4."""
    return sandbox(tmp_path / "box")


@pytest.mark.parametrize(
    ("base", "count"),
    [
        ("v1.0.4", 3),
        ("latest-release", 3),
        ("main", 2),
        ("release/1.x", 2),
        ("only-there", 2),
        ("oid", 3),
        ("light", 2),
    ],
)
def test_every_form_of_a_base_is_found(box: Sandbox, tmp_path: Path, base: str, count: int) -> None:
    """A tag, main, a branch here, a branch that only the remote has, a commit: each is a base to count from (S1.VER.2)."""
    box.git("branch", "release/1.x", "main")
    box.git("push", "-q", "origin", "main:refs/heads/only-there")
    box.git("fetch", "-q")
    box.git("switch", "-q", "-c", "work")
    commit(box.root, "a.py", "a")
    commit(box.root, "b.py", "b")
    name = box.release if base == "oid" else base
    seen = look(box.repository, Desk(tmp_path / "data").declare(base=name))
    assert seen.where.lines[0] == f"work, {count} commits on {name}"
    assert len(seen.commits) == count


def test_the_list_is_cut_and_the_count_is_not(box: Sandbox, tmp_path: Path) -> None:
    """Fourteen commits are fourteen, though only the newest ten are listed."""
    for n in range(13):
        commit(box.root, "n.py", str(n))
    seen = look(box.repository, Desk(tmp_path / "data").declare(base="v1.0.4"))
    assert seen.where.lines[0] == "main, 14 commits on v1.0.4"
    assert len(seen.commits) == SHOWN_COMMITS


def test_a_base_that_is_nowhere_is_no_trouble(box: Sandbox, tmp_path: Path) -> None:
    """Everything else is told all the same, and how to get the base."""
    seen = look(box.repository, Desk(tmp_path / "data").declare(base="v9.9.9"))
    assert seen.where.lines[0] == "main"
    assert "git fetch --tags" in seen.where.lines[1]
    assert seen.commits == ()


def test_not_being_on_the_incident_s_branch_is_a_risk(box: Sandbox, tmp_path: Path) -> None:
    """Once the branch exists, standing elsewhere is told, on the console as on the command line."""
    case = Desk(tmp_path / "data").declare(base="v1.0.4", branch="hotfix/v1.0.5")
    assert look(box.repository, case).where.risks == ()
    box.git("branch", "hotfix/v1.0.5", "v1.0.4")
    assert [risk.text for risk in look(box.repository, case).where.risks] == ["not on hotfix/v1.0.5"]


def test_a_look_starts_few_processes(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pane looks every twenty seconds: git's own settings are read once for a look, nothing is asked twice."""
    started: list[str] = []

    def counted(argv: Sequence[str], *rest: Any) -> Ended:
        started.append(" ".join(argv))
        return git_process.execute(argv, *rest)

    monkeypatch.setattr(git_runner, "execute", counted)
    look(box.repository, Desk(tmp_path / "data").declare(base="v1.0.4"))
    assert len([words for words in started if words.startswith("git config")]) == 1
    assert len(started) == len(set(started)) <= 8


def test_only_a_look_reads_git_s_settings_once(box: Sandbox) -> None:
    """A command of a plan is run with what the settings say now, whatever a look before it has read."""
    still = box.repository.still()
    box.git("config", "filter.late.clean", "touch filter-ran; cat")
    (box.root / ".gitattributes").write_text("*.txt filter=late\n")
    (box.root / "new.txt").write_text("new\n")
    assert still.run(["git", "add", "new.txt"]).code == 0
    assert not (box.root / "filter-ran").exists()


def test_a_branch_without_a_commit_holds_nothing_to_push(box: Sandbox, tmp_path: Path) -> None:
    """Right after it was made it is no risk that it is not pushed; with the first commit it is."""
    case = Desk(tmp_path / "data").declare(base="v1.0.4", branch="hotfix/v1.0.5")
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    seen = look(box.repository, case).where
    assert "nothing to push yet" in seen.lines
    assert seen.risks == ()
    commit(box.root, "a.py", "a")
    seen = look(box.repository, case).where
    assert "not pushed" in seen.lines
    assert [risk.text for risk in seen.risks] == ["not pushed"]
