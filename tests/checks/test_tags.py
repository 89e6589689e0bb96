"""The checks about tags, on real repositories with a real remote."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from tests.checks_fixtures import BRANCH, TAG, Bench, bench
from tests.git_fixtures import git


@pytest.fixture
def seat(tmp_path: Path) -> Bench:
    """A fix on its branch."""
    made = bench(tmp_path)
    made.branch()
    made.fix()
    return made


def test_without_a_version_there_is_no_tag_to_ask_for(tmp_path: Path) -> None:
    """Nobody said which tag, so nothing is contradicted."""
    with pytest.raises(Refused, match="names no version"):
        bench(tmp_path, fix="").ask("tag-annotated")


def test_a_lightweight_tag_is_not_annotated(seat: Bench) -> None:
    """It says neither who nor when nor why (S0.GIT.3)."""
    assert seat.ask("tag-annotated").text == f"there is no tag {TAG} here"
    seat.box.git("tag", TAG)
    assert seat.ask("tag-annotated").ok is False
    seat.box.git("tag", "-d", TAG)
    seat.box.git("tag", "-a", "-m", "x", TAG)
    seen = seat.ask("tag-annotated")
    assert (seen.ok, seen.text) == (True, f"{TAG} -> {seat.box.git('rev-parse', 'HEAD')[:7]}, annotated")


def test_a_tag_has_the_whole_branch(seat: Bench) -> None:
    """On the release it has no fix; before the end of the branch it lacks the rest."""
    seat.box.git("tag", TAG, "v1.0.4^{commit}")
    assert seat.ask("tag-commit").text.endswith("which has nothing that v1.0.4 has not")
    seat.box.git("tag", "-f", TAG)
    assert seat.ask("tag-commit").text.endswith(f"the end of {BRANCH}")
    seat.fix(text="more\n")
    late = seat.ask("tag-commit")
    assert (late.ok, late.text.endswith(f"without 1 commit of {BRANCH}")) == (False, True)


def test_a_tag_on_the_merge_has_the_whole_branch(seat: Bench) -> None:
    """Some processes tag main after the merge (S2.GIT.3)."""
    seat.box.git("switch", "-q", "main")
    seat.box.git("merge", "-q", "-X", "theirs", "--no-ff", "-m", "back", BRANCH)
    seat.box.git("tag", TAG)
    assert seat.ask("tag-commit").text.endswith(f"with all of {BRANCH}")
    seat.box.git("branch", "-q", "-D", BRANCH)
    assert seat.ask("tag-commit").ok


def test_a_tag_is_on_the_remote_as_it_is_here(seat: Bench, tmp_path: Path) -> None:
    """The very object: a tag of the same name on another commit is told with both (S1.CMD.1)."""
    oid = seat.box.git("rev-parse", "HEAD")
    seat.box.git("tag", "-a", "-m", "x", TAG)
    assert seat.ask("tag-remote").text == f"{TAG} is not on origin"
    seat.box.git("push", "-q", "origin", TAG)
    seen = seat.ask("tag-remote")
    assert (seen.ok, seen.text) == (True, f"{TAG} -> {oid[:7]} on origin, annotated")
    git(seat.box.remote, "tag", "-f", TAG, "main")
    other = seat.ask("tag-remote")
    assert other.ok is False
    assert f"{TAG} is " in other.text
