"""Each of the six ways back, and an item's own command, is killed at every action.

Going on gives what an undisturbed run gives, to the last ref, file and word of a registry; undo gives what was before,
unless something has happened that nobody can take back: then it says so and changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Item, Phase, Playbook
from tests.case_fixtures import PLAYBOOK
from tests.git.killing import Case, Morning, copied, deaths, nights
from tests.git.programs import Program
from tests.git.rollback_fixtures import BRANCH, beta, merged
from tests.git.test_rollback_kinds import CARGO, CRATE, DEPLOY, NPM, WITH_TRIGGER, crate, playbook, pointed
from tests.git_fixtures import Sandbox, git, sandbox

HERE = "tests.git.test_killed_ways_back:"
POINTER: Playbook = playbook("channel-pointer", pointer="latest.yml")
LATEST: Playbook = playbook("channel-pointer")
AGAIN: Playbook = playbook("previous-as-new-release", git=WITH_TRIGGER)
YANK: Playbook = playbook("delete-tag-and-yank", rules=CRATE)
YANK_FOR_GOOD: Playbook = playbook("delete-tag-and-yank", rules=CRATE, git=WITH_TRIGGER)
DEPLOYS: Playbook = playbook("redeploy-tag", steps=DEPLOY)
TOLD: Playbook = playbook("user-downgrade", user_text="Install $base over $fix.\nRestart.")
SCRIPT = '#!/bin/sh\necho "tested" > tested.txt\n'
COMMANDS: Playbook = replace(
    PLAYBOOK, phases=(Phase("work", "Work", items=(Item("tests", "Run the tests", command=("./run.sh",)),)),)
)
World = dict[str, str]


def world(folder: Path) -> World:
    """Everything that may differ: refs here and there, HEAD, the tree, and what the registries and servers say."""
    root = folder / "app"
    refs = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
    said = {path.name: path.read_text() for path in sorted(folder.glob("bin/*.json"))}
    return {
        "here": git(root, *refs),
        "there": git(folder / "remote.git", *refs),
        "head": git(root, "symbolic-ref", "-q", "HEAD", check=False) or git(root, "rev-parse", "HEAD"),
        "changed": git(root, "status", "--porcelain"),
        **{name: json.dumps(json.loads(text), sort_keys=True) for name, text in said.items()},
    }


def with_npm(folder: Path) -> Sandbox:
    """The fix is out, and npm's latest is it."""
    box = merged(folder)
    Program(folder / "bin", "npm", NPM).knows(tags={"latest": "1.1.1"})
    return box


def with_cargo(folder: Path) -> Sandbox:
    """The fix is a crate, and it is in the registry."""
    box = crate(folder)
    Program(folder / "bin", "cargo", CARGO).knows(published=["1.1.0", "1.1.1"], yanked=[])
    return box


def with_script(folder: Path) -> Sandbox:
    """A script of the team."""
    box = sandbox(folder)
    (box.root / "run.sh").write_text(SCRIPT)
    (box.root / "run.sh").chmod(0o755)
    return box


def never(morning: Morning, now: World, before: World) -> bool:
    """All of it can be taken back at any time."""
    return False


def pushed(morning: Morning, now: World, before: World) -> bool:
    """The branch of others has the new commit."""
    return now["there"] != before["there"]


def tag_pushed(morning: Morning, now: World, before: World) -> bool:
    """The workflow has begun."""
    return "refs/tags/v1.1.2" in now["there"]


def tag_gone(morning: Morning, now: World, before: World) -> bool:
    """Pushed again, the tag would start the workflow again."""
    return "refs/tags/v1.1.1" not in now["there"]


def may_have_run(morning: Morning, now: World, before: World) -> bool:
    """A command whose work nobody can see was begun."""
    (record,) = morning.desk.only().incident.operations.values()
    return any(step.argv and step.argv[0] in ("npm", "./run.sh") for step in record.steps)


@dataclass(frozen=True)
class Kind:
    """A case, after how many actions it has ended, and when it cannot be taken back any more."""

    name: str
    case: Case
    points: int
    final: Callable[[Morning, World, World], bool]
    once: tuple[str, ...] = ()
    """A call that must not be made twice."""


def way(make: Callable[[Path], object], attribute: str, **choice: str) -> Case:
    """A way back, killed."""
    given = {"bad": "v1.1.1", "to": "v1.1.0", "branch": BRANCH, **choice}
    return Case("rollback", make, f"{HERE}{attribute}", given)


KINDS = (
    Kind(
        "revert",
        Case(
            "rollback",
            beta,
            "tests.git.rollback_fixtures:NIGHTLY",
            {"bad": "v1.1.1-beta.1", "branch": BRANCH},
        ),
        24,
        pushed,
    ),
    Kind("pointer", way(pointed, "POINTER"), 11, pushed),
    Kind("latest", way(with_npm, "LATEST"), 10, never, ("npm", "dist-tag")),
    Kind("again", way(merged, "AGAIN"), 24, tag_pushed),
    Kind("yank", way(with_cargo, "YANK", tag="delete", published="yes"), 16, never, ("cargo", "yank")),
    Kind(
        "yank-for-good",
        way(with_cargo, "YANK_FOR_GOOD", tag="delete", published="yes"),
        16,
        tag_gone,
        ("cargo", "yank"),
    ),
    Kind("deploy", way(with_npm, "DEPLOYS"), 10, may_have_run),
    Kind("told", way(merged, "TOLD"), 3, never),
    Kind(
        "command",
        Case("command", with_script, f"{HERE}COMMANDS", {"item": "tests"}, "tests"),
        7,
        may_have_run,
    ),
)


UNDOING = 15
"""After how many actions all of "yank" is undone."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_killed_at_any_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind) -> None:
    """Wherever it dies, going on and undo end as said above, and nothing is withdrawn or moved twice (X.8)."""
    before, nightly, calm = nights(tmp_path, kind.case, kind.points)
    was, wanted = world(before), world(calm)
    assert was != wanted or kind.name == "told"
    for point, night in enumerate(nightly, 1):
        copied(night, tmp_path / f"{point}-undo")
        taken_back(tmp_path / f"{point}-undo", kind, was, wanted, monkeypatch)
        gone_on(night, kind, was, wanted, monkeypatch)


@pytest.mark.slow
def test_undo_is_killed_at_any_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo again ends what was begun, and going on after all ends as an undisturbed run."""
    kind = next(one for one in KINDS if one.name == "yank")
    before, nightly, calm = nights(tmp_path, kind.case, kind.points)
    was, wanted = world(before), world(calm)
    nearly = nightly[kind.points - 2]  # all that is missing is the operation's own end
    dawns, undone = deaths(tmp_path, nearly, kind.case, UNDOING, "undo")
    assert world(undone) == was
    for dawn in dawns:
        copied(dawn, tmp_path / f"{dawn.name}-again")
        taken_back(tmp_path / f"{dawn.name}-again", kind, was, was, monkeypatch)
        morning = awake(dawn, kind, monkeypatch)
        if left := morning.left():
            morning.resume(left)
        assert world(dawn) == (wanted if left else was)
        morning.desk.store.close()


def gone_on(folder: Path, kind: Kind, was: World, wanted: World, patch: pytest.MonkeyPatch) -> None:
    """It goes on in the morning, if it had begun."""
    morning = awake(folder, kind, patch)
    if left := morning.left():
        morning.resume(left, kind.case.item)
    begun = morning.case.incident.operations
    assert not begun or morning.state() == "done"
    assert world(folder) == (wanted if begun else was)
    assert len(calls(folder, kind.once)) <= 1
    morning.desk.store.close()


def taken_back(folder: Path, kind: Kind, was: World, wanted: World, patch: pytest.MonkeyPatch) -> None:
    """It is undone in the morning: all of it, or it is refused and nothing changes."""
    morning, now = awake(folder, kind, patch), world(folder)
    left = morning.left()
    if left is None:
        assert now == (wanted if morning.case.incident.operations else was)
    elif kind.final(morning, now, was):
        with pytest.raises(Refused, match=r"no way back|may have run"):
            morning.undo(left)
        assert world(folder) == now
    else:
        morning.undo(left)
        assert morning.state() == "undone"
        assert world(folder) == was
    morning.desk.store.close()


def awake(folder: Path, kind: Kind, patch: pytest.MonkeyPatch) -> Morning:
    """The morning there, with that night's programs."""
    patch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return Morning(folder, kind.case.playbook)


def calls(folder: Path, words: tuple[str, ...]) -> list[list[str]]:
    """How often a program was called with these words."""
    path = folder / "bin" / f"{words[0] if words else ''}.calls"
    lines = path.read_text().splitlines() if words and path.exists() else []
    return [call for call in map(json.loads, lines) if call[: len(words) - 1] == list(words[1:])]
