"""`hotfix check`: items are held against the real repository, and how they stand is told everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import PLAYBOOK, Cli, hotfix
from tests.git_fixtures import commit, git, sandbox

CHECKED = (
    PLAYBOOK.replace('operation = "branch"', 'operation = "branch"\ncheck = "branch-exists"')
    .replace('text = "Confirm it"', 'text = "Confirm it"\ncheck = "tree-clean"')
    .replace(
        'command = ["make", "test", "V=$fix"]',
        'command = ["git", "log", "-1"]\ncheck = "tests-passed"\n'
        '[[phase.item]]\nid = "pushed"\ntext = "Push it"\ncheck = "pushed"\n'
        '[[phase.item]]\nid = "back"\ntext = "Bring it back"\ncheck = "merged-back"',
    )
)
BRANCH = "hotfix/v1.0.5"


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """An incident on a real repository with a remote, in its first phase."""
    made = hotfix(tmp_path)
    (tmp_path / "playbooks" / "team.toml").write_text(CHECKED)
    made.folder.rmdir()
    box = sandbox(tmp_path / "box")
    made.folder = box.root
    made.declared("Vault crash")
    return made


def test_the_running_phase_is_looked_at(cli: Cli) -> None:
    """Every item of it that names a check, with what was seen; one that is not so ends with 1."""
    (cli.folder / "unlock.py").write_text("changed\n")
    answer = cli("check")
    assert answer.code == 1
    assert answer.out == (
        "[!] 1.1 Confirm it  (to do)\n      tree not clean, 1 changed file\n"
        f"[!] 1.3 Create the branch  (to do)\n      there is no branch {BRANCH} here\n"
    )


def test_what_is_proven_is_ticked_only_when_somebody_says_so(cli: Cli) -> None:
    """Without --done a look marks nothing; with it, what is proven and nothing else."""
    assert cli("check", "1.1").code == 0
    items = cli("check", "--list", "--json").data["items"]
    assert (items[0]["state"], items[0]["observed"].startswith("tree clean on main")) == ("to do", True)
    answer = cli("check", "1.1", "1.3", "--done", "--json")
    states = [(one["item"], one["state"], one["ok"]) for one in answer.data["items"]]
    assert (answer.code, states) == (1, [("confirm", "proven", True), ("make-branch", "to do", False)])


def test_how_items_stand_without_a_look(cli: Cli) -> None:
    """To do, claimed, proven, contradicted: each in its word, with its value and time."""
    cli("done", "1.3")
    assert cli("check", "confirm", "--done").code == 0
    listed = cli("check", "--list").out.splitlines()
    assert listed[0].startswith("proven       1.1 Confirm it (tree-clean): tree clean on main at ")
    assert listed[0].endswith(", 11-21 03:14Z")
    assert listed[1] == "claimed      1.3 Create the branch (branch-exists)"
    cli("check", "1.3")
    assert cli("check", "--list").out.splitlines()[1].startswith("contradicted 1.3 ")
    assert f"1.3 Create the branch is contradicted: there is no branch {BRANCH} here" in cli("status").out


def test_status_and_the_post_mortem_tell_it(cli: Cli) -> None:
    """As data for others, and as evidence in the document."""
    cli("check", "1.1", "--done")
    states = {one["item"]: one["state"] for one in cli("status", "--json", "--no-git").data["proofs"]}
    assert states == {
        "confirm": "proven",
        "make-branch": "to do",
        "tested": "to do",
        "pushed": "to do",
        "back": "to do",
    }
    cli("done", "1.3")
    cli("check", "1.3")
    text = cli("export", "-o", "-").out
    assert "[x] 1.1 Confirm it (proven)" in text
    assert "evidence: tree clean on main at" in text
    assert "[x] 1.3 Create the branch (**contradicted**)" in text
    assert f"contrary evidence: there is no branch {BRANCH} here" in text


def test_what_cannot_be_asked_ends_with_another_code(cli: Cli, tmp_path: Path) -> None:
    """Nothing is wrong, but nothing is proven either: a remote that is away, an item without a check."""
    git(cli.folder, "switch", "-q", "-c", BRANCH, "v1.0.4")
    (tmp_path / "box" / "remote.git").rename(tmp_path / "away")
    answer = cli("check", "pushed")
    assert answer.code == 7
    assert answer.out.startswith("[?] 2.2 Push it  (could not be asked)\n")
    assert cli("check", "users").code == 5
    assert cli("check", "nonsense").code == 2


def test_reading_only_records_nothing(cli: Cli) -> None:
    """The look is shown all the same."""
    answer = cli("--read-only", "check", "1.1")
    assert (answer.code, "tree clean" in answer.out) == (0, True)
    assert cli("check", "--list", "--json").data["items"][0]["at"] is None


def test_a_command_runs_by_its_words(cli: Cli) -> None:
    """Its lines are shown while it runs, and its last ones are kept."""
    answer = cli("check", "tested", "--yes")
    assert answer.code == 0, answer
    assert "unfinished work" in answer.err
    assert "exit code 0 at " in answer.out


def test_no_command_runs_unasked(cli: Cli) -> None:
    """Where nobody can answer it is passed over with its exact words, and what is left is looked at."""
    answer = cli("check", "tested", "confirm")
    assert answer.out.startswith("[x] 1.1 Confirm it")
    assert "Not looked at: Tests pass runs git log -1; say --yes" in answer.err
    assert "2.1" not in answer.out
    assert answer.code == 7


def test_the_way_back_to_main_is_proven(cli: Cli) -> None:
    """A fix that is out and not back is a risk; the check of the real remote takes it away (S3.TRP.6)."""
    git(cli.folder, "switch", "-q", "-c", BRANCH, "v1.0.4")
    commit(cli.folder, "other.py", "fixed\n", "fix it")
    cli("resolve")
    said = "not proven to be merged back to main (2.3)"
    assert said in cli("status").out
    assert said in cli("close").err
    assert cli("check", "back").code == 1
    git(cli.folder, "switch", "-q", "main")
    git(cli.folder, "merge", "-q", "--no-ff", "-m", "back", BRANCH)
    git(cli.folder, "push", "-q", "origin", "main")
    assert cli("check", "back", "--done").code == 0
    assert said not in cli("status").out


def test_nothing_strange_reaches_the_terminal(cli: Cli) -> None:
    """What git and commands say is cleaned (RELIABILITY.md D.4)."""
    git(cli.folder, "-c", "user.name=x", "commit", "-q", "--allow-empty", "-m", "\x1b[31mred")
    answer = cli("check", "tested", "--yes")
    assert "\x1b" not in answer.out + answer.err


def test_trust_shows_pages_that_checks_ask(tmp_path: Path) -> None:
    """A page that a check would ask is named before anybody says yes, as commands are."""
    made = hotfix(tmp_path)
    text = PLAYBOOK.replace(
        'text = "Confirm it"', 'text = "Confirm it"\nlink = "https://evil.example/x"\ncheck = "url-answers"'
    )
    (tmp_path / "playbooks" / "team.toml").write_text(text)
    made.declared("x")
    assert "asks https://evil.example/x" in made("playbook", "trust", "team").out
