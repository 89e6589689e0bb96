from __future__ import annotations

from dataclasses import replace

import pytest

from hotfix_tui.ports import RepositoryStatus
from hotfix_tui.service.whereabouts import Whereabouts, whereabouts

HEAD = "3f2a9c1" + "0" * 33
HERE = RepositoryStatus("/app", head=HEAD, branch="hotfix/v1.0.5", pushed=True)


def told(status: RepositoryStatus, *, exists: bool = True) -> Whereabouts:
    """What is told of it while hotfix/v1.0.5 is worked on."""
    return whereabouts(status, base="v1.0.4", branch="hotfix/v1.0.5", count=2, branch_exists=exists)


def risks(where: Whereabouts) -> list[str]:
    """The words of the risks."""
    return [risk.text for risk in where.risks]


def test_on_the_branch() -> None:
    """The first line says where; all well has no risk."""
    where = told(HERE)
    assert where.lines == ("hotfix/v1.0.5, 2 commits on v1.0.4", "tree clean", "pushed")
    assert where.risks == ()


def test_work_that_only_this_machine_has() -> None:
    """Changes and commits that nobody else has are risks."""
    where = told(replace(HERE, pushed=None, changed=1, untracked=2))
    assert where.lines[1:] == ("tree not clean: 1 changed file, 2 untracked paths", "not pushed")
    assert risks(where) == ["tree not clean", "not pushed"]


@pytest.mark.parametrize(
    ("status", "line", "risk"),
    [
        (
            replace(HERE, branch=""),
            "HEAD is detached at 3f2a9c1, 2 commits on v1.0.4",
            "not on hotfix/v1.0.5",
        ),
        (
            replace(HERE, pending="rebase"),
            "a rebase has begun: finish or abort it first",
            "a rebase has begun",
        ),
        (replace(HERE, unmerged=2), "tree not clean: 2 files in conflict", "tree not clean"),
        (replace(HERE, head="", branch="main"), "no commits yet on main", "not on hotfix/v1.0.5"),
        (replace(HERE, linked_worktree=True), "this is a linked worktree", ""),
        (
            replace(HERE, pushed=False, upstream="origin/x", ahead=2, behind=1),
            "not pushed, 2 ahead of origin/x, 1 behind origin/x",
            "not pushed",
        ),
        (replace(HERE, branch="main"), "main, 2 commits on v1.0.4", "not on hotfix/v1.0.5"),
    ],
)
def test_other_places(status: RepositoryStatus, line: str, risk: str) -> None:
    """Each unusual place has its words and, where it threatens the fix, its risk."""
    where = told(status)
    assert line in where.lines
    assert risks(where) == ([risk] if risk else [])


def test_before_there_is_a_branch() -> None:
    """Not being on a branch that does not exist yet is no risk."""
    assert told(replace(HERE, branch="main"), exists=False).risks == ()


def test_a_base_that_is_not_here() -> None:
    """Nothing is claimed about commits on a base that this clone does not have; how to get it is told."""
    where = whereabouts(HERE, base="v9.0.0", branch="hotfix/v1.0.5")
    assert where.lines[:2] == ("hotfix/v1.0.5", "there is no v9.0.0 here; fetch it: git fetch --tags")


def test_names_are_made_safe() -> None:
    """A branch name cannot write to the terminal."""
    where = told(replace(HERE, branch="x\u009b31m\u202e"))
    assert "\u009b" not in "".join(where.lines)
    assert "<U+202E>" in where.lines[0]
