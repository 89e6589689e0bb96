from __future__ import annotations

import pytest

from tests.cli_fixtures import PLAYBOOK, Cli
from tests.git_fixtures import git


def test_declaring_prints_the_id_and_what_the_rules_said(cli: Cli) -> None:
    """Data on standard output is the id alone; why and what next are messages."""
    answer = cli("declare", "Vault crash", "--answer", "down=y")
    assert (answer.code, answer.out) == (0, "HF-1121-0314\n")
    assert "It is down." in answer.err
    assert "Next: 1.1 Confirm it" in answer.err


def test_declaring_answers_in_json(cli: Cli) -> None:
    """`declare --json` names the id, the decision and the rule."""
    found = cli("declare", "Vault crash", "--answer", "down=y", "--started", "-12m", "--json").data
    assert (found["id"], found["severity"], found["decision"]) == ("HF-1121-0302", "P0", "hotfix")
    assert found["started_at"] == "2026-11-21T03:02:00+00:00"


def test_no_answer_counts_as_the_worse_one(cli: Cli) -> None:
    """Not sure counts as the worse answer, so a bare title is a P0."""
    assert cli("declare", "Something", "--json").data["severity"] == "P0"


def test_what_is_no_hotfix_is_recorded_and_closed(cli: Cli) -> None:
    """An answer of “next release” is kept: it is an answer, with the reason on record."""
    found = cli("declare", "Slow", "--answer", "down=n", "--json").data
    assert (found["status"], found["decision"]) == ("closed", "next-release")
    assert "Not a hotfix" in cli("log", found["id"]).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "hotfix declare TITLE"),
        (("x", "--answer", "nope=y"), "it has down"),
        (("x", "--answer", "down=z"), "y yes, n no, ? not sure"),
        (("x", "--severity", "P9"), "P0, P1"),
        (("x", "--flag", "nope"), "telemetry"),
        (("x", "--started", "later"), "is no time"),
    ],
)
def test_a_wrong_word_in_a_declaration_is_named(cli: Cli, words: tuple[str, ...], said: str) -> None:
    """A mistake is a usage error whose one sentence says what there is; nothing is declared."""
    answer = cli("declare", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert cli("list", "--json").data["incidents"] == []


def test_overriding_the_rules_wants_a_reason(cli: Cli) -> None:
    """A rule that says no has exit code 5, and the sentence names the option that makes it a yes."""
    answer = cli("declare", "x", "--answer", "down=n", "--severity", "P0")
    assert answer.code == 5
    assert "--reason" in answer.err
    assert cli("declare", "x", "--answer", "down=n", "--severity", "P0", "--reason", "boss").code == 0


def test_the_checklist_is_worked_by_number_and_by_id(cli: Cli) -> None:
    """Items are marked by the number people say and by id, and opened again."""
    cli.declared()
    assert cli("done", "1.1").code == 0
    assert cli("status", "--json", "--no-git").data["next"]["label"] == "1.2"
    assert cli("done", "users", "--value", "300").code == 0
    assert cli("done", "1.1", "--undo").code == 0
    assert cli.status()["next"]["label"] == "1.1"


def test_what_an_item_wants_is_named(cli: Cli) -> None:
    """A number, evidence or a reason that is missing is refused, with the option's name."""
    cli.declared()
    wanted = (("done", "1.2", "--value"), ("done", "2.1", "--evidence"), ("skip", "1.1", "--reason"))
    for command, item, option in wanted:
        answer = cli(command, item)
        assert answer.code == 5
        assert option in answer.err
        assert cli(command, item, option, "7").code == 0


@pytest.mark.parametrize("command", ["done", "skip", "run"])
def test_an_unknown_item_is_a_usage_error(cli: Cli, command: str) -> None:
    """The sentence names what is near."""
    cli.declared()
    answer = cli(command, "1.9")
    assert answer.code == 2
    assert "no item “1.9”" in answer.err


def test_skipping_shows_its_reason(cli: Cli) -> None:
    """A skipped item is in the story with its reason."""
    cli.declared()
    assert cli("skip", "confirm", "--reason", "known since noon").code == 0
    assert "known since noon" in cli("log").out


def test_undo_takes_back_and_redo_brings_back(cli: Cli) -> None:
    """Undo says what it took back; nothing is erased."""
    cli.declared()
    cli("done", "1.1")
    answer = cli("undo")
    assert (answer.code, "Confirm it" in answer.err) == (0, True)
    assert cli.status()["next"]["label"] == "1.1"
    assert "(undone)" in cli("log").out
    assert cli("redo").code == 0
    assert cli.status()["next"]["label"] == "1.2"
    cli("undo")
    assert cli("undo").code == 5


@pytest.mark.parametrize(
    ("words", "at"),
    [
        (("-12m quick fix",), "03:02"),
        (("-12m", "quick", "fix"), "03:02"),
        (("@03:10 quick fix",), "03:10"),
        (("quick fix", "--at", "-1h"), "02:14"),
        (("quick fix", "--at", "2026-11-21T01:00Z"), "01:00"),
        (("quick fix",), "03:14"),
    ],
)
def test_a_note_is_dated_back_as_people_write_it(cli: Cli, words: tuple[str, ...], at: str) -> None:
    """-12m is never taken for options (its q is --quiet's), and the text keeps none of it."""
    cli.declared(now="2026-11-21T00:30:00Z")
    assert cli("note", *words).code == 0
    assert any(
        line.startswith(f"2026-11-21 {at}") and "note: quick fix" in line
        for line in cli("log").out.splitlines()
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("note", "@03:10 x"), "noted at 03:10Z."),
        (("note", "@23:59 x"), "noted at 23:59Z yesterday."),
        (("note", "-3d x"), "noted at 03:14Z on 2026-11-18."),
        (("milestone", "detected", "--at", "23:59"), "detected at 23:59Z yesterday."),
    ],
    ids=" ".join,
)
def test_the_day_is_named_when_it_is_another(cli: Cli, words: tuple[str, ...], said: str) -> None:
    """A time of day is the last one that has passed: which one that was is in the answer."""
    cli.declared(now="2026-11-17T00:30:00Z")
    assert cli(*words).err.endswith(f": {said}\n")


@pytest.mark.parametrize("words", [("x", "--at", "99:99"), ("@nope x",)])
def test_a_bad_time_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    """Nothing is written with a time that nobody meant."""
    id = cli.declared()
    before = cli("log", id).out
    answer = cli("note", *words)
    assert (answer.code, "is no time" in answer.err) == (2, True)
    assert cli("log", id).out == before


def test_a_note_in_the_future_is_refused(cli: Cli) -> None:
    """A rule of the engine, with the engine's own words."""
    cli.declared()
    answer = cli("note", "x", "--at", "2026-11-22T03:14Z")
    assert (answer.code, "future" in answer.err) == (5, True)


def test_milestones_roles_approvals_and_messages(cli: Cli) -> None:
    """Each is one command, and ends in the story."""
    cli.declared()
    assert cli("milestone", "detected", "--at", "-5m").code == 0
    assert cli("role", "scribe", "Ada").code == 0
    assert cli("approve", "release manager", "Grace", "--how", "by phone").code == 0
    assert cli("sent", "update", "--channel", "chat").code == 0
    assert cli("severity", "p1", "--reason", "a workaround is known").code == 0
    told = cli("log").out
    for words in (
        "milestone: Detected",
        "scribe is Ada",
        "by Grace",
        "message sent: update",
        "severity is P1",
    ):
        assert words in told
    assert cli("role", "--json").data["roles"] == {"lead": "robin", "scribe": "Ada"}


@pytest.mark.parametrize(
    "words", [("milestone", "nope"), ("sent", "nope"), ("severity", "P7"), ("phase", "nope")]
)
def test_a_name_that_the_playbook_lacks_is_a_usage_error(cli: Cli, words: tuple[str, ...]) -> None:
    """The sentence lists what there is, or what is near."""
    cli.declared()
    answer = cli(*words)
    assert (answer.code, "There is no" in answer.err) == (2, True)


def test_a_closed_gate_wants_a_reason(cli: Cli) -> None:
    """The gate's own words, then the option."""
    cli.declared()
    answer = cli("phase", "next")
    assert answer.code == 5
    assert "1.1, 1.2 are open" in answer.err
    assert "--reason" in answer.err
    assert cli("phase", "next", "--reason", "seen already").code == 0
    assert cli.status()["phase"]["title"] == "Fix"
    assert cli("phase", "next").code == 5
    assert cli("phase", "1").code == 0
    assert [p["state"] for p in cli("phase", "--json").data["phases"]] == ["running", "done"]
    assert cli("phase", "leave").code == 5
    assert cli("phase", "leave", "--reason", "waiting for the vendor").code == 0
    assert "between phases" in cli("status", "--no-git").out


def test_an_incident_ends_and_begins_again(cli: Cli) -> None:
    """Resolve, close with a reason, reopen with a reason."""
    id = cli.declared()
    assert cli("resolve", "all", "well").code == 0
    assert cli("close").code == 5
    assert cli("close", "--reason", "done by others").code == 0
    assert cli("note", "late", "-i", id).code == 0
    refused = cli("done", "1.1", "-i", id)
    assert (refused.code, "Reopen" in refused.err) == (5, True)
    assert cli("reopen", id).code == 5
    assert cli("reopen", id, "--reason", "it came back").code == 0
    assert cli.status()["status"] == "active"


def test_a_command_item_is_shown_exactly_then_run(cli: Cli) -> None:
    """With its values filled in; its exit code ticks the item, and its last line is the evidence."""
    git(cli.folder, "init", "-q")
    (cli.folder / "Makefile").write_text("test:\n\t@echo tested $(V)\n")
    cli.declared("x", "--fix", "1.0.5")
    looked = cli("run", "2.1", "--dry-run")
    assert "$ make test V=1.0.5" in looked.out
    assert cli("run", "2.1").code == 5
    assert "item-marked" not in cli("log", "--json").out
    assert cli("run", "2.1", "--yes").code == 0
    assert "item-marked" in cli("log", "--json").out
    assert "exit code 0: tested 1.0.5" in cli("log").out


def test_running_without_a_repository_is_gits_failure(cli: Cli) -> None:
    """No repository: exit code 7, in one sentence."""
    cli.declared()
    answer = cli("run", "branch", "--yes")
    assert (answer.code, answer.err.count("\n")) == (7, 1)


def broken(cli: Cli) -> None:
    """The folder is a repository whose playbook has a mistake; none is named in the environment."""
    git(cli.folder, "init", "-q")
    (cli.folder / ".hotfix").mkdir()
    mistaken = PLAYBOOK.replace("title = ", 'colour = "red"\ntitle = ', 1)
    (cli.folder / ".hotfix" / "playbook.toml").write_text(mistaken)
    for file in (cli.data.parent / "playbooks").iterdir():
        file.unlink()
    cli.environ.clear()


def test_a_broken_playbook_is_told_and_nothing_is_declared_with_another(cli: Cli) -> None:
    """The file, the line and what would be used instead; who names it means it."""
    broken(cli)
    answer = cli("declare", "Vault crash", "--yes")
    assert (answer.code, answer.out) == (5, "")
    assert ".hotfix/playbook.toml is broken at line 3: " in answer.err
    assert "--playbook crates-cli" in answer.err
    assert cli("list", "--json").data["incidents"] == []
    shown = cli("playbook", "show")
    assert shown.err.rstrip().endswith("(built-in) is used instead.")
    assert shown.out.startswith("Hotfix of a command-line tool")
    assert cli("--playbook", "crates-cli", "declare", "Vault crash", "--yes").code == 0


def test_a_drill_says_that_it_does_not_practise_the_team_s_playbook(cli: Cli) -> None:
    """It is practice, so it goes on."""
    broken(cli)
    answer = cli("drill", "--no-ui")
    assert answer.code == 0
    assert "is broken at line 3" in answer.err
