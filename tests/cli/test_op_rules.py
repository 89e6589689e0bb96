"""What holds of every operation's plan from the command line: what it tells, and who may run it (X.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli_fixtures import Cli
from tests.git.rollback_fixtures import BRANCH, merged
from tests.git_fixtures import Sandbox, commit, git

CRATE = '[package]\nname = "door"\nversion = "{}"\n'
OID = re.compile(r"[0-9a-f]{40}")
CHOICES = {
    "cherry-pick": ("commits=main",),
    "commit": ("message=x",),
    "changelog": ("issue=7", "impact=x", "summary=x", "cause=x", "explanation=x"),
    "tag": ("message=x", "version=1.1.2", "push=yes"),
    "push": ("tag=v1.1.1",),
    "release": ("tag=v1.1.1",),
    "command": ("item=tests-pass",),
    "rollback": ("bad=v1.1.1", "to=v1.1.0", "published=no"),
}


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A crate whose fix is out, on its branch again with a change that is in no commit."""
    box = merged(tmp_path / "box")
    box.git("switch", "-q", BRANCH)
    commit(box.root, "Cargo.toml", CRATE.format("1.1.1"), "a crate")
    commit(box.root, "more.py", "more\n", "fix: more")
    box.git("tag", "-a", "-m", "x", "v1.1.2-beta.1")
    (box.root / "unlock.py").write_text("changed\n")
    return box


@pytest.fixture
def cli(box: Sandbox, tmp_path: Path) -> Cli:
    """The command line there, with an incident of the built-in crate's playbook, whose tags publish."""
    cli = Cli(box.root, tmp_path / "data")
    declared = cli(
        "declare", "x", "--severity", "P0", "--reason", "x", "--base", "v1.1.0", "--branch", BRANCH
    )
    assert declared.code == 0, declared.err
    return cli


def plans(cli: Cli) -> dict[str, dict[str, object]]:
    """Every plan that can be made there, as data."""
    found = {}
    for one in cli("op", "list", "--json").data["operations"]:
        given = [word for choice in CHOICES.get(one["name"], ()) for word in ("--with", choice)]
        answer = cli("op", "plan", one["name"], *given, "--json")
        if answer.out:
            found[one["name"]] = answer.data["plan"]
    return found


def test_every_plan_tells_all_of_each_step(cli: Cli) -> None:
    """What runs, at which level, whether it reads or writes, and where it stands now: of each step of each operation."""
    found = plans(cli)
    assert {"branch", "cherry-pick", "commit", "tag", "push", "merge-back", "clean-up", "rollback"} <= set(
        found
    )
    for name, plan in found.items():
        steps = plan["steps"]
        assert isinstance(steps, list)
        assert steps or plan["blocked"], name
        for step in steps:
            assert step["argv"] or step["edits"] or step["effect"] == "reads", (name, step)
            assert step["level"] in (0, 1, 2, 3)
            assert step["effect"] in ("reads", "writes")
            assert step["state"] in ("not-done", "done", "conflict", "stopped", "ready", "unknown")
        assert plan["level"] == max((step["level"] for step in steps), default=0)


def test_nothing_is_ever_forced_and_what_travels_are_objects(cli: Cli) -> None:
    """No push forces; a deletion says at which object it is allowed; every other push names the object that it puts there,
    but for what a step before it makes, whose object is asked for when it begins.
    """
    pushes = [
        step["argv"]
        for plan in plans(cli).values()
        for step in plan["steps"]  # type: ignore[attr-defined]
        if step["argv"][:2] == ["git", "push"]
    ]
    assert pushes
    for argv in pushes:
        source, _, ref = argv[-1].partition(":")
        assert ref.startswith("refs/")
        forced = [word for word in argv if "force" in word or word.startswith("+") or word == "-f"]
        if source:
            assert forced == []
            assert OID.fullmatch(source) or source == ref
        else:
            assert [word.partition(":")[0] for word in forced] == [f"--force-with-lease={ref}"]
            assert OID.fullmatch(forced[0].partition(":")[2])


PUBLISHES = ("op", "run", "push", "--with", "tag=v1.1.2-beta.1", "--with", "branch=none")


@pytest.mark.parametrize(
    "said", [(), ("--yes",), ("--confirm", "yes"), ("--yes", "--confirm", "v1.1.2"), ("--confirm", "")]
)
def test_level_3_wants_its_very_word(cli: Cli, box: Sandbox, said: tuple[str, ...]) -> None:
    """A tag that publishes is pushed for no yes and no other word: 5, and nothing has left the machine (S2.GIT.4)."""
    answer = cli(*PUBLISHES, *said)
    assert answer.code == 5
    assert "--confirm v1.1.2-beta.1" in answer.err
    assert git(box.remote, "for-each-ref", "refs/tags/v1.1.2-beta.1") == ""


def test_level_3_with_its_word(cli: Cli, box: Sandbox) -> None:
    """The word alone is enough."""
    assert cli(*PUBLISHES, "--confirm", "v1.1.2-beta.1", "--json").data["ran"] is True
    assert git(box.remote, "for-each-ref", "refs/tags/v1.1.2-beta.1") != ""


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (1, ("op", "run", "branch", "--with", "branch=hotfix/new", "--yes")),
        (2, ("op", "run", "push", "--with", "tag=none", "--yes")),
        (3, (*PUBLISHES, "--confirm", "v1.1.2-beta.1")),
    ],
)
def test_read_only_runs_nothing(cli: Cli, box: Sandbox, level: int, words: tuple[str, ...]) -> None:
    """Levels 1 to 3 are refused with 5; a plan may be looked at."""
    if level == 1:
        box.git("checkout", "-q", "--", ".")
    plan = cli("--read-only", "op", "plan", *words[2:-1] if level < 3 else words[2:-2], "--json")
    assert plan.data["plan"]["level"] == level
    before = (box.branches(), git(box.remote, "for-each-ref"))
    answer = cli("--read-only", *words)
    assert answer.code == 5
    assert "read-only" in answer.err
    assert (box.branches(), git(box.remote, "for-each-ref")) == before
    assert "No operation is unfinished." in cli("op", "unfinished").err


@pytest.mark.parametrize("way", ["resume", "undo", "abort", "leave"])
def test_read_only_takes_nothing_up(cli: Cli, box: Sandbox, way: str) -> None:
    """What is unfinished stays as it is, and can be looked at."""
    box.git("checkout", "-q", "--", ".")
    (box.root / ".git" / "index.lock").write_text("")
    assert cli("op", "run", "branch", "--with", "branch=hotfix/new", "--yes").code == 7
    (box.root / ".git" / "index.lock").unlink()
    before = cli("op", "unfinished", "--json").out
    assert cli("--read-only", "op", way, *(("--yes",) if way in ("resume", "undo") else ())).code == 5
    assert cli("--read-only", "op", "unfinished", "--json").out == before
