from __future__ import annotations

import json
from pathlib import Path

import pytest

from hotfix_tui.cli.codes import EXIT_CODES
from hotfix_tui.cli.table import COMMANDS
from hotfix_tui.tui.commands import COMMANDS as CONSOLE
from tests.cli_fixtures import Cli

EVIL = "evil \x1b]0;owned\x07\x1b[31m\u202etitle\x9b2J"


def test_status_answers_the_four_questions(cli: Cli) -> None:
    """Where, next, left and risk, each on its line."""
    cli.declared("Vault crash", "--started", "-12m")
    lines = cli("status", "--no-git").out.splitlines()
    assert lines[0] == "P0 HF-1121-0302 Vault crash. Active."
    assert lines[1] == "WHERE  phase 1 of 2: Assess, for 0m"
    assert lines[2] == "NEXT   1.1 Confirm it"
    assert lines[3].startswith("LEFT   3h48m to resolve (by 07:02Z); phase 15m to target; update due in 30m")
    assert lines[4].startswith("RISK   1: first response due in 3m")


@pytest.mark.parametrize(
    ("ended", "left"),
    [
        ("2026-11-21T04:14:00Z", "it took 1h, within the limit by 3h"),
        ("2026-11-21T09:14:00Z", "it took 6h, over the limit by 2h"),
    ],
)
def test_what_has_ended_has_no_time_left(cli: Cli, ended: str, left: str) -> None:
    """Whenever it is asked about: how it stands, how long it took, and that held against its limit."""
    id = cli.declared()
    later = "2026-11-21T12:00:00Z"
    assert cli("resolve", "all well", now=ended).code == 0
    assert f"LEFT   {left}; phase " in cli("status", now=later).out
    assert cli("close", "--reason", "done by others", now=ended).code == 0
    lines = cli("status", "--no-git", "-i", id, now=later).out.splitlines()
    assert (lines[1], lines[3]) == ("WHERE  closed", f"LEFT   {left}")


def test_the_short_line(cli: Cli) -> None:
    """Severity, phase, time left, update and risks, as a prompt wants it."""
    cli.declared()
    assert cli("status", "--line").out == "P0 1/2 Assess 4h upd 30m\n"
    assert cli("status", "--line", now="2026-11-21T03:40:00Z").out == "P0 1/2 Assess 3h34m upd 4m! risk 3\n"


def test_the_short_line_is_silent_without_an_incident(cli: Cli) -> None:
    """A prompt shows nothing then; the exit code still says it."""
    answer = cli("status", "--line")
    assert (answer.code, answer.out, answer.err) == (3, "", "")


def test_check_has_its_own_exit_code(cli: Cli) -> None:
    """6 once a limit has passed, 0 before."""
    cli.declared()
    assert cli("status", "--check", "--no-git").code == 0
    answer = cli("status", "--check", "--no-git", now="2026-11-21T09:00:00Z")
    assert answer.code == 6
    assert "over the limit: resolve" in answer.err
    assert cli("status", "--line", "--check", now="2026-11-21T09:00:00Z").code == 6


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("status", "--json"), {"id", "line", "phases", "next", "left_seconds", "risks", "over", "git"}),
        (("list", "--json"), {"incidents"}),
        (("log", "--json"), {"id", "events", "unreadable"}),
        (("phase", "--json"), {"id", "phases"}),
        (("role", "--json"), {"id", "roles", "parts"}),
        (("escalate", "--json"), {"id", "rungs"}),
        (("contacts", "--json"), {"playbook", "contacts", "warnings"}),
        (("snooze", "--json"), {"id", "alarms"}),
        (("op", "unfinished", "--json"), {"id", "unfinished"}),
        (("op", "list", "--json"), {"operations"}),
        (("keys", "--json"), {"commands"}),
        (("doctor", "--json"), {"findings"}),
        (("playbook", "list", "--json"), {"playbooks"}),
        (("playbook", "show", "--json"), {"id", "phases", "questions", "digest"}),
        (("config", "show", "--json"), {"settings", "origins", "warnings"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_every_reading_command_answers_in_json(cli: Cli, words: tuple[str, ...], keys: set[str]) -> None:
    """One object with "schema": 1 and nothing else on standard output."""
    cli.declared()
    answer = cli(*words)
    assert answer.code == 0
    assert keys <= set(answer.data)


def test_strangers_text_reaches_no_terminal_as_it_is(cli: Cli) -> None:
    """Nothing that a terminal obeys is printed: not by status, list, log or JSON, not from a title or a note."""
    cli.declared(EVIL)
    cli("note", EVIL)
    for words in (
        ("status",),
        ("status", "--line"),
        ("list",),
        ("log",),
        ("log", "--json"),
        ("export", "-o", "-"),
    ):
        out = cli(*words).out
        assert "evil" in out or words == ("status", "--line")
        assert not [c for c in out if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"]


def test_ascii_means_ascii(cli: Cli) -> None:
    """Every character is a plain one, in what people wrote too."""
    cli.declared("Tür → Öffnen")
    assert cli("--ascii", "log").out.isascii()
    assert cli("keys", "--ascii").out.isascii()
    assert cli("done", "1.9", "--ascii").err.isascii()


def test_quiet_keeps_messages_back_but_not_errors(cli: Cli) -> None:
    """Data and errors remain."""
    cli.declared()
    assert cli("done", "1.1", "-q").err == ""
    assert cli("-q", "done", "1.9").err != ""


def test_export_writes_whole_and_never_over(cli: Cli) -> None:
    """A file that exists stays unless --force; - is standard output; a private file is written."""
    id = cli.declared()
    assert cli("export").code == 0
    path = cli.folder / f"post-mortem-{id}.md"
    assert path.read_text().startswith(f"# Post-mortem {id}")
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("mine")
    again = cli("export", id)
    assert (again.code, path.read_text()) == (1, "mine")
    assert "--force" in again.err
    assert cli("export", id, "--force", "-o", path.name).code == 0
    assert cli("export", id, "-o", "-").out == path.read_text()
    assert cli("export", "-o", "other.md", "--json").data["file"] == str(cli.folder / "other.md")


def test_a_reader_s_export_goes_to_standard_output_alone(cli: Cli) -> None:
    """--read-only and HOTFIX_READ_ONLY write no file, with exit code 5."""
    id = cli.declared()
    assert cli("--read-only", "export").code == 5
    cli.environ["HOTFIX_READ_ONLY"] = "1"
    assert cli("export", id, "-o", "other.md", "--force").code == 5
    assert list(cli.folder.iterdir()) == []
    assert cli("export", "-o", "-").out.startswith(f"# Post-mortem {id}")


def test_list_puts_open_incidents_first(cli: Cli) -> None:
    """Open ones, then closed ones; --open leaves the closed ones out."""
    first = cli.declared("one")
    cli("close", "--reason", "x")
    second = cli.declared("two")
    assert [one["id"] for one in cli("list", "--json").data["incidents"]] == [second, first]
    assert [one["id"] for one in cli("list", "--open", "--json").data["incidents"]] == [second]
    assert cli("list").out.splitlines()[0].split()[1] == second


def test_log_prints_events_as_they_are_stored(cli: Cli) -> None:
    """Each event has its id, kind and data; the playbook's text is left to `playbook show --source`."""
    cli.declared()
    events = cli("log", "--json").data["events"]
    assert events[0]["kind"] == "declared"
    assert "source" not in events[0]["data"]
    assert all(len(event["id"]) == 64 for event in events)


def test_keys_prints_every_command_of_the_console(cli: Cli) -> None:
    """The ids are those of [keys]; remapped keys are shown as they are now."""
    (cli.data.parent / "config.toml").write_text('[keys]\nnote = ["ctrl+n", "a"]\n')
    assert [row.split()[0] for row in cli("keys").out.splitlines()[1:]] == [c.id for c in CONSOLE]
    found = {c["id"]: c["keys"] for c in cli("keys", "--json").data["commands"]}
    assert found["note"] == ["ctrl+n", "a"]


def test_doctor_sees_keys_that_meet(cli: Cli) -> None:
    """Two commands on one key are a warning; the built-in table has none."""
    assert "no key is taken twice" in cli("doctor").out
    (cli.data.parent / "config.toml").write_text('[keys]\nzoom = "a"\n')
    assert "both note and zoom" in cli("doctor").out


def test_doctor_changes_nothing(cli: Cli) -> None:
    """It makes no data folder, and is content without one."""
    assert cli("doctor").code == 0
    assert not cli.data.exists()


def test_doctor_finds_a_damaged_database(cli: Cli) -> None:
    """Damage is a failure with its file and what to do; a changed mode is a warning."""
    cli.declared()
    cli.data.chmod(0o755)
    file = cli.data / "incidents.sqlite3"
    good = file.read_bytes()
    file.write_bytes(b"nonsense" * 100)
    answer = cli("doctor")
    assert answer.code == 1
    assert "damaged" in answer.out
    assert "chmod 700" in answer.out
    file.write_bytes(good)
    assert cli("doctor").code == 0


def test_doctor_finds_a_changed_event(cli: Cli) -> None:
    """An event that was changed behind our back no longer has the hash that is its id."""
    import sqlite3

    cli.declared()
    connection = sqlite3.connect(cli.data / "incidents.sqlite3")
    connection.execute("DROP TRIGGER events_are_never_changed")
    connection.execute(
        "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'robin', 'rabin') AS BLOB) WHERE position = 2"
    )
    connection.commit()
    connection.close()
    assert "entry 2 was changed after it was written" in cli("doctor").out


def test_playbooks_are_listed_shown_and_checked(cli: Cli, tmp_path: Path) -> None:
    """Every problem has its file and line; a broken one never hides a good one."""
    assert {p["id"] for p in cli("playbook", "list", "--json").data["playbooks"]} >= {"team", "crates-cli"}
    assert "1.1 Confirm it (confirm)" in cli("playbook", "show").out
    assert cli("playbook", "show", "--source").out.startswith("schema = 1\n")
    assert cli("playbook", "check").code == 0
    bad = cli.folder / "bad.toml"
    bad.write_text('schema = 1\nid = "bad"\ntitel = "x"\n')
    answer = cli("playbook", "check", "bad.toml", "team")
    assert answer.code == 1
    assert "bad.toml:3" in answer.err
    assert "team: ok" in answer.err
    assert cli("playbook", "show", "nope").code == 5
    assert cli("playbook", "check", "./missing.toml").code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(cli: Cli, shell: str) -> None:
    """What the shell loads calls hotfix back."""
    assert "_HOTFIX_COMPLETE" in cli("completion", shell).out


def test_help_knows_every_exit_code_and_command(cli: Cli) -> None:
    """Codes are documented where people look, and every command has a page."""
    assert [int(row.split()[0]) for row in cli("help", "exit-codes").out.splitlines()] == list(EXIT_CODES)
    for name in COMMANDS:
        assert cli("help", name).out.startswith(f"Usage: hotfix {name}")
        assert cli(name, "-h").code == 0
    assert cli("help", "playbook", "check").out.startswith("Usage: hotfix playbook check")
    assert cli("help", "nope").code == 2


@pytest.mark.parametrize("words", [("stauts",), ("status", "--nope"), ("done",), ("export", "a", "b")])
def test_a_usage_error_is_one_sentence(cli: Cli, words: tuple[str, ...]) -> None:
    """One line on standard error with where to look, exit code 2."""
    answer = cli(*words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith("hotfix: ")


def test_a_drill_by_command_line(cli: Cli) -> None:
    """--no-ui prints the id and the folder; it is marked as practice everywhere."""
    found = cli("drill", "--no-ui", "--json").data
    assert found["drill"] is True
    inside = Cli(Path(found["repository"]), cli.data, cli.environ)
    assert inside("status", "--line").out.startswith("DRILL ")
    assert "PRACTICE DRILL" in inside("status").out
    assert json.loads(inside("list", "--json").out)["incidents"][0]["drill"] is True
