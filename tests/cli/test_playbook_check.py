"""`hotfix playbook check` in a repository of a team's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli
from tests.lint.faults import STARTING


@pytest.fixture
def ours(cli: Cli) -> Path:
    """The playbook of the repository in which `hotfix` runs."""
    (cli.folder / ".git").mkdir()
    (cli.folder / ".hotfix").mkdir()
    file = cli.folder / ".hotfix" / "playbook.toml"
    file.write_text(STARTING)
    return file


def test_one_without_a_fault_is_ok(cli: Cli, ours: Path) -> None:
    """By its file or its id, and strictly too."""
    for word in (".hotfix/playbook.toml", "our-team"):
        answer = cli("playbook", "check", "--strict", word)
        assert (answer.code, answer.out, answer.err) == (0, "", f"{word}: ok\n")


def test_a_warning_has_its_line_and_what_to_do(cli: Cli, ours: Path) -> None:
    """It fails only where warnings are to count."""
    ours.write_text(STARTING.replace('base = "latest-release"', 'base = "main"'))
    line = STARTING.partition('base = "latest-release"')[0].count("\n") + 1
    answer = cli("playbook", "check", "our-team")
    assert answer.code == 0
    first, todo, end = answer.err.splitlines()
    assert first.startswith(f".hotfix/playbook.toml:{line}  git: warning: The branch starts at main")
    assert first.endswith("[base-main]")
    assert todo.startswith("    Start at the release")
    assert end == "our-team: ok, 1 warning"
    assert cli("playbook", "check", "--strict", "our-team").code == 1
    assert cli("-q", "playbook", "check", "our-team").err.splitlines() == [first, todo]


def test_what_can_never_work_fails(cli: Cli, ours: Path) -> None:
    """As one object: each finding with its rule, level, place and what to do."""
    ours.write_text(
        STARTING.replace('"git", "status"', '"git", "$nothing"').replace("\nfiles = [] ", '\nfiles = ["x"] ')
    )
    answer = cli("playbook", "check", "our-team", "--json")
    assert answer.code == 1
    (found,) = answer.data["playbooks"]
    assert (answer.data["ok"], found["ok"], found["origin"]) == (False, False, "repository")
    assert [(f["rule"], f["level"], f["where"]) for f in found["findings"]] == [
        ("command-unfilled", "error", "phase “fix”, item “tested”"),
        ("dead-link", "warn", "version"),
    ]
    assert all(f["line"] > 1 and f["message"] and f["todo"] for f in found["findings"])


def test_files_and_programs_are_looked_for(cli: Cli, ours: Path) -> None:
    """A file in the repository, a program on the PATH or at its path from the repository."""
    text = STARTING.replace('command = ["git", "status"]', 'command = ["./there.sh", "x"]')
    ours.write_text(text.replace('# link = "docs/testing.md"', 'link = "docs/testing.md"'))
    said = cli("playbook", "check", "our-team").err
    assert "There is no program “./there.sh” here." in said
    assert "There is no file docs/testing.md in the repository." in said
    (cli.folder / "there.sh").write_text("#!/bin/sh\n")
    (cli.folder / "there.sh").chmod(0o755)
    (cli.folder / "docs").mkdir()
    (cli.folder / "docs" / "testing.md").write_text("x")
    assert cli("playbook", "check", "our-team").err == "our-team: ok\n"


def test_a_broken_one_stands_among_the_others(cli: Cli, ours: Path) -> None:
    """Without a name all are checked; what does not load has the rule “schema”."""
    ours.write_text(STARTING.replace('title = "Our', 'titel = "Our'))
    answer = cli("playbook", "check", "--json")
    assert answer.code == 1
    found = {one["name"]: one for one in answer.data["playbooks"]}
    broken = found.pop(".hotfix/playbook.toml")
    assert {f["rule"] for f in broken["findings"]} == {"schema"}
    assert any("titel" in f["message"] and f["line"] == 8 for f in broken["findings"])
    assert all(one["ok"] for one in found.values())
    assert len(found) == 6


def test_hostile_words_stay_words(cli: Cli, ours: Path) -> None:
    """Control characters and hidden ones in what a rule quotes never reach the terminal."""
    ours.write_text(
        STARTING.replace('"git", "status"', '"gi\\u001b[31mt\\u202e", "status"').replace(
            'tag_push_triggers = ""', ""
        )
    )
    answer = cli("playbook", "check", "our-team")
    assert "<U+202E>" in answer.err
    assert "\x1b" not in answer.err
    assert "\u202e" not in answer.err


def test_an_incident_s_file_out_of_reach_is_a_sentence(cli: Cli) -> None:
    """A folder, nothing at all, and a name that no playbook has."""
    for word in ("./", "none.toml", "nobody"):
        answer = cli("playbook", "check", word)
        assert answer.code == 1
        assert "Traceback" not in answer.err
        assert answer.err.endswith(f"{word}: 1 problem\n")
    assert "team: ok" in cli("playbook", "check", "nobody", "team").err
