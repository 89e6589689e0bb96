"""The checks about branches and the work tree, on real repositories with a real remote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import GitRules
from tests.checks_fixtures import BRANCH, Bench, bench
from tests.git_fixtures import commit


@pytest.fixture
def seat(tmp_path: Path) -> Bench:
    """A fresh repository and its incident."""
    return bench(tmp_path)


def test_a_branch_is_there_or_only_on_the_remote(seat: Bench) -> None:
    """The branch of the incident, by its full name, with its commit."""
    assert seat.ask("branch-exists").ok is False
    seat.box.git("push", "-q", "origin", f"v1.0.4^{{commit}}:refs/heads/{BRANCH}")
    seat.box.git("fetch", "-q")
    there = seat.ask("branch-exists")
    assert there.ok is False
    assert "only on origin at" in there.text
    seat.branch()
    here = seat.ask("branch-exists")
    assert (here.ok, here.text) == (True, f"{BRANCH} at {seat.box.release[:7]}")


def test_a_branch_without_a_name_cannot_be_asked_for(tmp_path: Path) -> None:
    """What the incident does not name yet is neither so nor not so."""
    seat = bench(tmp_path, branch="", fix="")
    with pytest.raises(Refused, match="names no branch"):
        seat.ask("branch-exists")


def test_a_branch_starts_from_the_release(seat: Bench) -> None:
    """The base is below it, and nothing that main got since (S0.TRP.2)."""
    seat.branch()
    seat.fix()
    good = seat.ask("branch-base")
    assert (good.ok, good.text) == (
        True,
        f"{BRANCH} starts from v1.0.4 ({seat.box.release[:7]}), 1 commit on it",
    )


def test_a_branch_from_main_carries_what_is_unfinished(seat: Bench) -> None:
    """A branch that was begun at main contains the release as well, and is wrong all the same (S0.TRP.2)."""
    seat.branch("main")
    seat.fix()
    bad = seat.ask("branch-base")
    assert (bad.ok, bad.text) == (False, f"{BRANCH} carries 1 commit of main after v1.0.4")


def test_a_branch_from_an_older_release_is_wrong(seat: Bench) -> None:
    """It would take the last release back."""
    seat.branch("v1.0.3")
    seat.fix()
    assert seat.ask("branch-base").ok is False
    assert "does not contain v1.0.4" in seat.ask("branch-base").text


def test_a_branch_stays_right_once_it_is_merged(seat: Bench) -> None:
    """Then its own commits are main's, too; that is no fault of it."""
    seat.branch()
    seat.fix("other.py")
    seat.box.git("switch", "-q", "main")
    seat.box.git("merge", "-q", "--no-ff", "-m", "back", BRANCH)
    assert seat.ask("branch-base").ok


def test_a_branch_goes_on_after_it_was_merged(seat: Bench) -> None:
    """What main has from it is its own; what it takes from main afterwards is not."""
    seat.branch()
    seat.fix("other.py")
    merge_back(seat, "main")
    commit(seat.root, "next.py", "x\n")
    seat.box.git("switch", "-q", BRANCH)
    seat.fix("other.py", "more\n")
    good = seat.ask("branch-base")
    assert (good.ok, good.text.endswith(", 2 commits on it")) == (True, True)
    seat.box.git("merge", "-q", "--no-ff", "-m", "main", "main")
    seat.fix("other.py", "again\n")
    assert seat.ask("branch-base").ok is False


def test_a_base_that_is_main_moves_on(tmp_path: Path) -> None:
    """Where the playbook starts from main, the branch may fall behind it, and says so."""
    seat = bench(tmp_path, base="main")
    seat.branch("main")
    seat.fix("other.py")
    seat.box.git("switch", "-q", "main")
    commit(seat.root, "more.py", "x\n")
    seen = seat.ask("branch-base")
    assert seen.ok
    assert seen.text.endswith(", 1 commit behind")


def test_pushed_is_what_the_remote_says(seat: Bench) -> None:
    """Not what this clone remembers: the remote is asked, and what it has is compared (X.7)."""
    seat.branch()
    oid = seat.fix()
    assert seat.ask("pushed").text == f"{BRANCH} is not on origin"
    seat.box.git("push", "-q", "origin", BRANCH)
    assert (seat.ask("pushed").ok, seat.ask("pushed").text) == (True, f"{BRANCH} -> {oid[:7]} on origin")
    seat.fix(text="more\n")
    assert seat.ask("pushed").ok is False
    seat.box.git("push", "-q", "origin", BRANCH)
    seat.box.git("push", "-q", "origin", "--delete", BRANCH)
    seat.box.git("update-ref", f"refs/remotes/origin/{BRANCH}", "HEAD")
    assert seat.ask("pushed").ok is False, "the remote-tracking branch is memory"


def test_a_fix_is_pushed_when_something_of_its_own_is(seat: Bench) -> None:
    """A branch that is still at the base is on the remote and holds no fix; what is in no commit is told (X.7)."""
    seat.branch()
    seat.box.git("push", "-q", "origin", BRANCH)
    (seat.root / "unlock.py").write_text("fixed\n")
    bare = seat.ask("fix-pushed")
    assert (bare.ok, bare.text) == (
        False,
        f"nothing is committed on {BRANCH} yet, it is still at v1.0.4; 1 changed file in no commit",
    )
    oid = seat.fix()
    assert seat.ask("fix-pushed").ok is False
    seat.box.git("push", "-q", "origin", BRANCH)
    (seat.root / "unlock.py").write_text("more\n")
    done = seat.ask("fix-pushed")
    assert (done.ok, done.text) == (True, f"{BRANCH} -> {oid[:7]} on origin; 1 changed file in no commit")
    seat.box.git("update-ref", "refs/heads/main", oid)
    seat.declared = replace(seat.declared, base="main")
    assert seat.ask("fix-pushed").ok, "a base that is main has the fix in the end"


def test_a_remote_that_cannot_be_asked_is_no_answer(seat: Bench) -> None:
    """Nothing is proven and nothing contradicted by a remote that is away."""
    seat.branch()
    seat.box.remote.rename(seat.box.remote.with_name("away"))
    with pytest.raises(PortFailure):
        seat.ask("pushed")


def test_the_tree_is_clean_when_nothing_differs(seat: Bench) -> None:
    """Changed files, files that git does not know, and a merge that has begun count; ignored files do not (S1.BRA.4)."""
    assert seat.ask("tree-clean").ok
    (seat.root / "new.txt").write_text("x")
    new = seat.ask("tree-clean")
    assert (new.ok, new.text) == (False, "tree not clean, 1 untracked path")
    (seat.root / "unlock.py").write_text("changed\n")
    assert seat.ask("tree-clean").text == "tree not clean, 1 changed file and 1 untracked path"
    (seat.root / ".git" / "info" / "exclude").write_text("new.txt\n")
    assert seat.ask("tree-clean").text == "tree not clean, 1 changed file"
    seat.box.git("checkout", "-q", "--", ".")
    assert seat.ask("tree-clean").ok
    seat.branch()
    seat.fix(text="other\n")
    seat.box.git("merge", "main", check=False)
    assert seat.ask("tree-clean").text == "a merge has begun"


def merge_back(seat: Bench, target: str, *, push: bool = True) -> None:
    """Merge the branch there, as a team would."""
    seat.box.git("switch", "-q", target)
    seat.box.git("merge", "-q", "--no-ff", "-m", "back", BRANCH)
    if push:
        seat.box.git("push", "-q", "origin", target)


@pytest.fixture
def flow(tmp_path: Path) -> Bench:
    """A fix that comes back to main and to develop."""
    seat = bench(tmp_path)
    seat.playbook = replace(seat.playbook, git=GitRules(merge_back=("main", "develop")))
    seat.box.git("push", "-q", "origin", "main:refs/heads/develop")
    seat.box.git("fetch", "-q")
    seat.box.git("branch", "-q", "develop", "origin/develop")
    seat.branch()
    seat.fix("other.py")
    return seat


def test_a_fix_is_back_when_every_target_has_it(flow: Bench) -> None:
    """Each target on the remote contains the fix's commit; a merge that was not pushed is not back (S3.TRP.6, X.7)."""
    assert flow.ask("merged-back").ok is False
    merge_back(flow, "main")
    half = flow.ask("merged-back")
    assert (half.ok, "is not in develop" in half.text, "in main" in half.text) == (False, True, False)
    merge_back(flow, "develop", push=False)
    assert flow.ask("merged-back").ok is False
    flow.box.git("push", "-q", "origin", "develop")
    back = flow.ask("merged-back")
    assert back.ok
    assert "is in main (" in back.text
    assert "develop (" in back.text


def test_a_branch_without_a_commit_is_back_nowhere(flow: Bench) -> None:
    """The release is in main already: that proves nothing about a fix that is not made yet."""
    flow.box.git("reset", "-q", "--hard", "v1.0.4")
    with pytest.raises(Refused, match="nothing is committed"):
        flow.ask("merged-back")


def test_a_deleted_branch_is_found_by_its_tag(flow: Bench) -> None:
    """Also where the tag stands on main's own merge, so that develop has the fix and not that merge."""
    merge_back(flow, "main")
    flow.box.git("tag", "-a", "-m", "x", "v1.0.5", "main")
    merge_back(flow, "develop")
    flow.box.git("branch", "-q", "-D", BRANCH)
    assert flow.ask("merged-back").ok, flow.ask("merged-back").text


def test_a_target_that_moved_on_elsewhere_is_not_known(flow: Bench, tmp_path: Path) -> None:
    """A commit that was not fetched cannot be asked; that is said, and nothing is contradicted."""
    merge_back(flow, "main")
    merge_back(flow, "develop")
    other = tmp_path / "other"
    flow.box.git("clone", "-q", str(flow.box.remote), str(other))
    commit(other, "theirs.py", "x\n")
    from tests.git_fixtures import git

    git(other, "push", "-q", "origin", "main")
    seen = flow.ask("merged-back")
    assert seen.ok is None
    assert "fetch it with git fetch" in seen.text
    flow.box.git("fetch", "-q")
    assert flow.ask("merged-back").ok


def test_a_deleted_branch_is_gone_everywhere(seat: Bench) -> None:
    """Here and on the remote; and one that was never made is not proven to be deleted (S1.GIT.4, S2.BRA.3, S4.GIT.5)."""
    assert seat.ask("branch-deleted").ok is None
    seat.branch()
    seat.fix()
    seat.box.git("push", "-q", "origin", BRANCH)
    assert " and on origin at" in seat.ask("branch-deleted").text
    seat.box.git("tag", "-a", "-m", "x", "v1.0.5")
    seat.box.git("switch", "-q", "main")
    seat.box.git("branch", "-q", "-D", BRANCH)
    assert seat.ask("branch-deleted").ok is False
    seat.box.git("push", "-q", "origin", "--delete", BRANCH)
    assert seat.ask("branch-deleted").ok
