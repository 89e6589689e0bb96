"""The states that a repository can be in, and odd names: the rows 51, 58 and 75 of the fault matrix."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.domain.text import clean
from hotfix_tui.operations import OPERATIONS
from tests.case_fixtures import Desk
from tests.git.rollback_fixtures import BRANCH, SERVICE, merged
from tests.git.working import Night
from tests.git_fixtures import Sandbox, commit, git

# --- states of a repository (row 58) -------------------------------------------------------------


def diverged(box: Sandbox) -> None:
    """Two branches that change one line."""
    for name in ("left", "right"):
        box.git("switch", "-q", "-c", name, "v1.0.4")
        commit(box.root, "unlock.py", f"{name}\n")


def begun(*words: str) -> Callable[[Sandbox], None]:
    """Something has begun and waits."""

    def make(box: Sandbox) -> None:
        diverged(box)
        box.git(*words, check=False)

    return make


def standing(*words: str) -> Callable[[Sandbox], None]:
    """HEAD is somewhere else."""

    def make(box: Sandbox) -> None:
        box.git(*words)

    return make


CHOICES = {
    "branch": {"branch": "hotfix/new"},
    "cherry-pick": {"commits": "left"},
    "commit": {"message": "x"},
    "tag": {"message": "x", "version": "1.1.9"},
    "merge-back": {"branch": "left"},
    "clean-up": {},
    "rollback": {},
}
"""The operations that change refs, index or work tree where HEAD stands."""
STATES: dict[str, tuple[Callable[[Sandbox], None], dict[str, str]]] = {
    "merge": (begun("merge", "left"), dict.fromkeys(CHOICES, "a merge has begun")),
    "rebase": (
        begun("rebase", "left"),
        dict.fromkeys(CHOICES, "a rebase has begun") | {"cherry-pick": "HEAD is on no branch"},
    ),
    "cherry-pick": (begun("cherry-pick", "left"), dict.fromkeys(CHOICES, "a cherry-pick has begun")),
    "revert": (
        begun("revert", "--no-edit", "v1.0.4"),
        dict.fromkeys(CHOICES, "a revert has begun"),
    ),
    "bisect": (
        begun("bisect", "start"),
        dict.fromkeys(CHOICES, "a bisect has begun") | {"commit": "Nothing is changed here"},
    ),
    "detached": (
        standing("switch", "-q", "--detach", "v1.0.4"),
        {"cherry-pick": "HEAD is on no branch", "commit": "Nothing is changed here"},
    ),
    "unborn": (
        standing("switch", "-q", "--orphan", "nothing"),
        {"cherry-pick": "HEAD is on no branch", "commit": "no commit here yet", "tag": "no commit HEAD here"},
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_what_is_unsafe_is_refused_with_its_reason(tmp_path: Path, state: str) -> None:
    """In each state every operation that would touch it says why not; in the others it goes, and says where it stands."""
    make, refused = STATES[state]
    box, desk = merged(tmp_path / "box"), Desk(tmp_path / "data", SERVICE)
    make(box)
    case = desk.declare(base="v1.1.0", branch=BRANCH, fix="1.1.1")
    said = {}
    for name, choice in CHOICES.items():
        operation = OPERATIONS[name]
        try:
            plan = operation.plan(operation.prepare(box.site, case.incident, SERVICE, choice), box.site)
            said[name] = "; ".join(plan.blocked)
        except HotfixError as error:
            said[name] = str(error)
    desk.store.close()
    for name, why in refused.items():
        assert why in said[name], name
    if "begun" not in refused["tag" if "tag" in refused else "commit"]:
        assert said["branch"] == ""  # from the release itself, which is where HEAD then goes


def test_a_tag_in_the_middle_of_something_is_of_a_named_commit(night: Night) -> None:
    """While a rebase waits HEAD's commit is not what anybody means; named, it may be tagged, and that is told."""
    diverged(night.box)
    night.box.git("rebase", "left", check=False)
    assert "a rebase has begun" in night.plan("tag", message="x", version="1.0.9").blocked[0]
    plan = night.plan("tag", message="x", version="1.0.9", at=night.box.release)
    assert plan.blocked == ()
    assert any("a rebase has begun" in one.text for one in plan.findings)


# --- names (rows 51 and 75) ----------------------------------------------------------------------


ODD = (
    "--output=pwn",
    "--upload-pack=touch${IFS}pwn",
    "$(touch${IFS}pwn)",
    ";touch${IFS}pwn",
    "rtl\u202eevil",
    "csi\u009b31m",
    os.fsdecode(b"lat\xe9in"),
)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_branch_is_only_a_name_to_every_operation(night: Night, name: str) -> None:
    """HEAD on a branch that somebody called so: each plan takes it literally or refuses it, nothing it says is run, and
    what is shown of it hides nothing (row 51).
    """
    box, shown = night.box, list[str]()
    (box.root / ".git" / "refs" / "heads" / name).write_text(f"{box.release}\n")
    (box.root / ".git" / "HEAD").write_bytes(os.fsencode(f"ref: refs/heads/{name}\n"))
    box.git("reset", "-q", "--hard")
    for operation in ("branch", "cherry-pick", "tag", "push", "merge-back", "clean-up", "rollback"):
        choice = {"message": "x", "commits": "main", "bad": "v1.0.4", "version": "1.0.9"}
        try:
            plan = night.plan(operation, **choice)
        except HotfixError as error:
            shown.append(str(error))
            continue
        shown += (plan.title, *(one.text for one in plan.findings), *(step.title for step in plan.steps))
        if not plan.blocked:
            night.carry_out(plan)
    assert [text for text in shown if clean(text) != text] == []
    assert not list(box.root.parent.rglob("pwn"))


def test_a_tag_and_a_branch_of_one_name(night: Night) -> None:
    """The base is the tag, the branch is the branch, and what is pushed are those very objects (row 75)."""
    box = night.box
    box.git("branch", "v1.0.4", "main")
    box.git("tag", "hotfix/v1.0.5", "v1.0.3")
    assert night.run("branch").state == "done"
    assert box.git("rev-parse", "refs/heads/hotfix/v1.0.5") == box.release
    assert box.git("symbolic-ref", "HEAD") == "refs/heads/hotfix/v1.0.5"
    fix = commit(box.root, "unlock.py", "fixed\n")
    assert night.run("push", tag="none").state == "done"
    assert git(box.remote, "rev-parse", "refs/heads/hotfix/v1.0.5") == fix
    assert git(box.remote, "for-each-ref", "refs/tags/hotfix") == ""


def test_what_exists_ambiguous_and_protected_are_three_sentences(night: Night) -> None:
    """A branch elsewhere, a tag elsewhere and a remote that protects are told apart, and nothing is forced (row 75)."""
    box = night.box
    box.git("branch", "hotfix/v1.0.5", "main")
    branch = "; ".join(night.plan("branch").blocked)
    tag = "; ".join(night.plan("tag", tag="v1.0.4", message="x", at="main").blocked)
    hook = box.remote / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)
    box.git("switch", "-q", "hotfix/v1.0.5")
    protected = night.run("push", tag="none").detail
    assert "choose another name" in branch
    assert "exists at" in tag
    assert "protects this branch" in protected
    assert len({branch, tag, protected}) == 3
