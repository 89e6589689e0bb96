"""A way back is tried in the object store: what would be left, what is in conflict, and nothing is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import Taking
from tests.git_fixtures import Sandbox, commit, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A repository with a remote."""
    return sandbox(tmp_path / "box")


def seen(box: Sandbox) -> tuple[str, ...]:
    """Everything that a rehearsal must not touch."""
    index = (box.root / ".git/index").read_bytes()
    refs = box.git("for-each-ref"), box.git("rev-parse", "HEAD"), box.git("status", "--porcelain")
    return (*refs, index.hex(), (box.root / "unlock.py").read_text())


def test_the_tree_is_what_git_revert_leaves(box: Sandbox) -> None:
    """Two commits are taken back, newest first: the very tree that `git revert` makes, and nothing was touched."""
    fix = commit(box.root, "unlock.py", "fixed\n", "the fix")
    test = commit(box.root, "test_unlock.py", "assert True\n", "its test")
    (box.root / "unlock.py").write_text("work that nobody committed\n")
    before = seen(box)
    left = box.site.rehearsal.without("HEAD", (Taking(test), Taking(fix)))
    assert seen(box) == before
    assert (left.idle, left.stopped) == ((), "")
    box.git("checkout", "-q", "--", "unlock.py")
    box.git("revert", "--no-edit", test, fix)
    assert left.tree == box.git("rev-parse", "HEAD^{tree}")


def test_a_merge_is_taken_back_from_the_parent_that_stays(box: Sandbox) -> None:
    """With the mainline's parent as what stays, the merge's own side goes, as with `git revert -m`."""
    box.git("switch", "-q", "-c", "hotfix/x", "v1.0.4")
    commit(box.root, "lock.py", "fixed\n", "the fix")
    box.git("switch", "-q", "main")
    box.git("merge", "-q", "--no-ff", "-m", "Merge hotfix/x", "hotfix/x")
    merge = box.git("rev-parse", "HEAD")
    assert box.site.rehearsal.without(merge, (Taking(merge, 1),)).tree == box.git(
        "rev-parse", "HEAD^1^{tree}"
    )
    assert box.site.rehearsal.without(merge, (Taking(merge, 2),)).tree == box.git(
        "rev-parse", "HEAD^2^{tree}"
    )
    line = box.site.rehearsal.line(box.release, merge)
    assert [one.oid for one in line] == [merge, box.git("rev-parse", "HEAD^1")]
    assert line[0].parents == tuple(box.git("rev-parse", "HEAD^1", "HEAD^2").split())


def test_a_conflict_names_its_commit_and_files(box: Sandbox) -> None:
    """Where later work stands on the fix, the commit and the files are told, and there is no tree."""
    fix = commit(box.root, "unlock.py", "fixed\n", "the fix")
    commit(box.root, "unlock.py", "fixed, and more\n", "later")
    left = box.site.rehearsal.without("HEAD", (Taking(fix),))
    assert (left.tree, left.stopped, left.conflicts) == ("", fix, ("unlock.py",))


def test_what_was_taken_back_already_is_idle(box: Sandbox) -> None:
    """A commit whose change is gone changes nothing; the very first commit can be taken back as well."""
    fix = commit(box.root, "lock.py", "fixed\n", "the fix")
    box.git("revert", "--no-edit", fix)
    left = box.site.rehearsal.without("HEAD", (Taking(fix),))
    assert left.idle == (fix,)
    assert [one.takes for one in box.site.rehearsal.line(fix, "HEAD")] == [fix]
    assert left.tree == box.git("rev-parse", "HEAD^{tree}")
    first = box.git("rev-list", "--max-parents=0", "HEAD")
    assert box.site.rehearsal.without(first, (Taking(first),)).tree == box.git(
        "hash-object", "-t", "tree", "/dev/null"
    )


def test_the_same_question_leaves_no_further_objects(box: Sandbox) -> None:
    """Looking again and again does not fill the object store."""
    fix = commit(box.root, "lock.py", "fixed\n", "the fix")
    box.site.rehearsal.without("HEAD", (Taking(fix),))
    before = box.git("count-objects")
    box.site.rehearsal.without("HEAD", (Taking(fix),))
    assert box.git("count-objects") == before


def test_an_unknown_commit_is_told(box: Sandbox) -> None:
    """A commit that is not here ends in a sentence."""
    with pytest.raises(PortFailure, match="there is no commit"):
        box.site.rehearsal.without("HEAD", (Taking("1" * 40),))


def test_who_changed_a_file(box: Sandbox) -> None:
    """The newest commits that changed a file come first."""
    one = commit(box.root, "latest.yml", "version: 1.0.3\n", "1.0.3 is out")
    commit(box.root, "other", "x\n", "other")
    two = commit(box.root, "latest.yml", "version: 1.0.4\n", "1.0.4 is out")
    assert box.site.rehearsal.changing("HEAD", "latest.yml", 5) == (two, one)
