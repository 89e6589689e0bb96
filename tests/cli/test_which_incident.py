from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli
from tests.git_fixtures import sandbox

ACTING = (
    ("status",),
    ("done", "1.1"),
    ("skip", "1.1", "--reason", "x"),
    ("note", "x"),
    ("milestone", "detected"),
    ("phase",),
    ("severity", "P1", "--reason", "x"),
    ("resolve",),
    ("close", "--reason", "x"),
    ("reopen", "--reason", "x"),
    ("undo",),
    ("redo",),
    ("role",),
    ("approve", "lead"),
    ("sent",),
    ("escalate", "1"),
    ("snooze",),
    ("run", "branch"),
    ("op", "unfinished"),
    ("export", "-o", "-"),
    ("log",),
    ("open",),
)


@pytest.mark.parametrize("words", ACTING, ids=" ".join)
def test_without_an_open_incident_every_command_says_so(cli: Cli, words: tuple[str, ...]) -> None:
    """Exit code 3, one sentence, nothing on standard output."""
    answer = cli(*words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert "hotfix declare" in answer.err


@pytest.mark.parametrize("words", ACTING, ids=" ".join)
def test_a_wrong_id_is_exit_3(cli: Cli, words: tuple[str, ...]) -> None:
    """An id that nobody knows is named back; no other incident is touched."""
    cli.declared()
    answer = cli(*words, "-i", "HF-0101-0000")
    assert (answer.code, answer.out) == (3, "")
    assert "HF-0101-0000" in answer.err


def test_two_open_incidents_are_both_named(cli: Cli) -> None:
    """Nothing is guessed: exit code 3 with both ids; naming one works, in any case."""
    first, second = cli.declared("one"), cli.declared("two")
    answer = cli("note", "x")
    assert answer.code == 3
    assert first in answer.err
    assert second in answer.err
    assert cli("note", "x", "--incident", second.lower()).code == 0
    cli.environ["HOTFIX_INCIDENT"] = first
    assert cli.status()["id"] == first


def test_the_repositorys_own_incident_comes_first(cli: Cli) -> None:
    """In a repository with one open incident, that one is meant, whatever else is open."""
    elsewhere = cli.declared("elsewhere")
    box = sandbox(cli.folder.parent / "box")
    here = Cli(box.root, cli.data, cli.environ)
    own = here.declared("here")
    assert here.status()["id"] == own
    (box.root / "deep").mkdir()
    assert Cli(box.root / "deep", cli.data, cli.environ).status()["id"] == own
    assert cli("status").code == 3
    assert cli("close", "--reason", "x", "-i", own).code == 0
    assert here.status()["id"] == elsewhere


def test_another_repositorys_incident_is_never_taken(cli: Cli, tmp_path: Path) -> None:
    """Nor a drill, which has its sandbox: both are named, and -i takes either, without a word more."""
    there, here = (Cli(sandbox(tmp_path / name).root, cli.data, cli.environ) for name in ("a", "b"))
    drill = cli("drill", "--no-ui").out.split()[0]
    answer = here("note", "x")
    assert (answer.code, answer.err.count("\n")) == (3, 1)
    assert f"{drill} (drill: " in answer.err
    real = there.declared("there")
    for words in (("status",), ("op", "plan", "branch"), ("check",), ("guard",), ("note", "x"), ("open",)):
        answer = here(*words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (3, "", 1)
        assert all(id in answer.err for id in (real, drill, "-i"))
    assert here("status", "--line").code == 3
    for words in (("where", "--json"), ("version", "--json", "--local")):
        assert here(*words).data["id"] == ""
    named = here("note", "x", "-i", drill)
    assert (named.code, named.err) == (0, f"{drill}: noted.\n")


def test_outside_of_a_repository_the_only_one_is_taken_and_named(cli: Cli, tmp_path: Path) -> None:
    """A drill only where nothing else is open; what belongs to no repository is taken everywhere, and named, too."""
    box = Cli(sandbox(tmp_path / "box").root, cli.data, cli.environ)
    drill, root = cli("drill", "--no-ui").out.split()
    answer = cli("where", "--local")
    assert answer.code == 0
    assert answer.err.startswith(f"This is about {drill} (drill: ")
    assert f"of {root}." in answer.err
    real = box.declared("real")
    assert f"This is about {real} (real), of {box.folder}." in cli("suspects").err
    assert box("note", "x").err == f"{real}: noted.\n"
    assert cli("note", "x", "-q").err == ""
    box("close", "--reason", "x")
    loose = cli.declared("loose")
    assert f"This is about {loose} (loose), of no repository." in box("note", "x").err
    assert "This is" not in cli("note", "x").err


def test_a_playbook_that_is_named_in_vain_is_told(cli: Cli) -> None:
    """An open incident goes on with the playbook that it carries."""
    id = cli.declared()
    assert f"{id} goes on with team" in cli("status", "--playbook", "web-service").err
    assert cli("status", "--playbook", "team").err == ""


@pytest.mark.parametrize("words", [("status",), ("note", "x"), ("declare", "x"), ()], ids=" ".join)
def test_a_folder_that_is_none_is_told(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Exit code 2 and one sentence; nothing is done in another folder instead."""
    (tmp_path / "file").write_text("")
    for name, why in (("nope", "there is no such folder"), ("file", "that is a file, not a folder")):
        answer = cli("-C", str(tmp_path / name), *words)
        assert (answer.code, answer.out) == (2, "")
        if words:
            assert cli("-C", "~nobody-of-that-name", *words).code == 2
            assert f"-C {tmp_path / name}: {why}." in answer.err


def test_only_a_closed_incident_is_left(cli: Cli) -> None:
    """The newest closed one is named, so that exporting it is one more word."""
    id = cli.declared()
    cli("close", "--reason", "x")
    answer = cli("export", "-o", "-")
    assert answer.code == 3
    assert id in answer.err
    assert cli("export", id, "-o", "-").code == 0


READING = {"status", "phase", "role", "op", "export", "log", "open", "run"}
WRITING = (*(words for words in ACTING if words[0] not in READING), ("declare", "x"), ("drill", "--no-ui"))


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_read_only_writes_nothing(cli: Cli, words: tuple[str, ...]) -> None:
    """--read-only and HOTFIX_READ_ONLY refuse every change with exit code 5."""
    cli.declared()
    before = cli("list", "--json").out, cli("log", "--json").out
    assert cli("--read-only", *words).code == 5
    cli.environ["HOTFIX_READ_ONLY"] = "1"
    assert cli(*words).code == 5
    assert (cli("list", "--json").out, cli("log", "--json").out) == before


def test_a_linked_work_tree_is_no_other_repository(cli: Cli, tmp_path: Path) -> None:
    """What `git worktree add` makes is the same repository's, in both directions; where the work is done is told."""
    box = sandbox(tmp_path / "box")
    here = Cli(box.root, cli.data, cli.environ)
    box.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = Cli(tmp_path / "linked", cli.data, cli.environ)
    own = here.declared("here")
    assert f"This is about {own} (here), of {box.root}." in linked("note", "x").err
    assert here("close", "--reason", "x", "-i", own).code == 0
    other = linked.declared("there")
    assert here.status()["id"] == other
