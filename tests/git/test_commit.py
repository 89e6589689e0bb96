"""The operation `commit`: exactly the files that were shown, with the playbook's message, on the right branch."""

from __future__ import annotations

import os

import pytest

from hotfix_tui.domain.errors import Refused
from tests.git.working import Night, states


@pytest.fixture(autouse=True)
def on_a_hotfix_branch(night: Night) -> None:
    """The work tree is on a hotfix branch, and a tracked file is changed."""
    night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    (night.box.root / "unlock.py").write_text("fixed\n")


def test_the_message_is_the_playbook_s(night: Night) -> None:
    """Issue, severity and the way back stand in it; what nobody wrote says so (S4.MSG.1, S0.MSG.1, S4.GIT.1)."""
    plan = night.plan("commit", issue="42", summary="unlock twice")
    assert [finding.text for finding in plan.findings if not finding.ok] == [
        "parts of the message are not told: give them by name, or the whole message=…"
    ]
    assert night.carry_out(plan).state == "done"
    assert night.box.git("log", "-1", "--format=%B") == (
        "hotfix: unlock twice\n\nFixes #42\nSeverity: P0\n\nCause: not told\n\nRollback: git revert <this commit>"
    )
    head = night.box.git("rev-parse", "HEAD")
    assert f"rollback: git revert {head[:7]}" in night.record().detail
    assert night.box.git("rev-parse", "HEAD^") == night.box.release
    assert night.box.git("status", "--porcelain") == ""


def test_a_number_is_never_made_up(night: Night) -> None:
    """Without the issue's number there is no plan, but for a message that somebody typed."""
    with pytest.raises(Refused, match="needs issue"):
        night.plan("commit")
    assert night.run("commit", message="mine\n\n# not a comment").state == "done"
    assert night.box.git("log", "-1", "--format=%B") == "mine\n\n# not a comment"


def test_only_what_is_named(night: Night) -> None:
    """New files are told and not taken, unless they are named; then nothing else is (S1.GIT.1)."""
    (night.box.root / "test_unlock.py").write_text("new\n")
    (night.box.root / "odd name ünï.txt").write_text("new\n")
    (finding,) = (f for f in night.plan("commit", message="x").findings if "not taken" in f.text)
    assert "test_unlock.py" in finding.text
    assert night.run("commit", message="x", paths="odd name ünï.txt").state == "done"
    assert (
        night.box.git("-c", "core.quotePath=false", "show", "--format=", "--name-status")
        == "A\todd name ünï.txt"
    )
    assert night.box.git("status", "--porcelain", "unlock.py") == "M unlock.py"


def test_a_file_that_was_only_touched_is_not_taken(night: Night) -> None:
    """An editor that saves without a change, or a copied work tree, makes git's cheap look see it as changed."""
    (night.box.root / "same.py").write_text("same\n")
    night.box.git("add", "same.py")
    night.box.git("commit", "-q", "-m", "same")
    os.utime(night.box.root / "same.py", (1, 1))
    plan = night.plan("commit", message="x")
    assert plan.title == "Commit 1 file"
    assert night.carry_out(plan).state == "done"


def test_a_deleted_file_and_a_mode(night: Night) -> None:
    """A file that goes away and one that becomes a program are committed as such."""
    (night.box.root / "unlock.py").unlink()
    assert night.run("commit", message="x").state == "done"
    assert night.box.git("show", "--format=", "--name-status") == "D\tunlock.py"
    (night.box.root / "run.sh").write_text("#!/bin/sh\n")
    (night.box.root / "run.sh").chmod(0o755)
    assert night.run("commit", message="x", paths="run.sh").state == "done"
    assert "create mode 100755 run.sh" in night.box.git("show", "--format=", "--summary")


@pytest.mark.parametrize(
    ("paths", "said"),
    [("none.py", "no file none.py"), ("unlock.py,gone/x", "no file"), ("../data", "inside the repository")],
)
def test_a_file_that_is_not_there(night: Night, paths: str, said: str) -> None:
    """It is told by name, and nothing is planned."""
    with pytest.raises(Exception, match=said):
        night.plan("commit", message="x", paths=paths)


def test_nothing_to_commit(night: Night) -> None:
    """An empty commit is never made; new files are named."""
    night.box.git("restore", "unlock.py")
    with pytest.raises(Refused, match="Nothing is changed"):
        night.plan("commit", message="x")
    (night.box.root / "new.py").write_text("new\n")
    with pytest.raises(Refused, match=r"paths=new\.py"):
        night.plan("commit", message="x")


def test_what_else_is_staged_blocks(night: Night) -> None:
    """A commit holds what was shown and nothing that lay in the index besides."""
    (night.box.root / "other.py").write_text("x\n")
    night.box.git("add", "other.py")
    assert "other.py is staged too" in "; ".join(night.plan("commit", message="x", paths="unlock.py").blocked)


def test_a_file_changed_after_planning(night: Night) -> None:
    """What was shown is what is committed, or nothing is."""
    plan = night.plan("commit", message="x")
    (night.box.root / "unlock.py").write_text("changed again\n")
    record = night.carry_out(plan)
    assert record.state == "failed"
    assert "changed since" in record.detail
    assert night.box.git("rev-parse", "HEAD") == night.box.release


def test_another_commit_meanwhile_is_a_conflict(night: Night) -> None:
    """Somebody else's commit on the branch is neither ours nor taken off."""
    plan = night.plan("commit", message="x")
    night.box.git("commit", "-q", "-a", "-m", "somebody else's")
    (night.box.root / "unlock.py").write_text("more\n")
    assert states(plan, night.site)[-1] == "done"
    night.box.git("commit", "-q", "-a", "-m", "and more")
    assert states(plan, night.site)[-1] == "conflict"


def test_hidden_characters_of_the_message_are_seen(night: Night) -> None:
    """What is pasted along cannot obey or hide in the log."""
    night.run("commit", message="x\x1b]52;c;eA==\x07 \u202e y")
    assert night.box.git("log", "-1", "--format=%B") == "x <U+202E> y"


def test_who_commits_must_be_known(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before anything runs, with what to do."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    night.box.git("config", "--global", "user.useConfigOnly", "true")
    night.box.git("config", "--global", "--unset", "user.email", check=False)
    assert "git config --global user.name" in "; ".join(night.plan("commit", message="x").blocked)
