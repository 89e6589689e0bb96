from __future__ import annotations

from pathlib import Path

from hotfix_tui.adapters.sqlite_store import FILE
from tests.cli_fixtures import Cli

PAGE = 4096


def damaged(cli: Cli) -> bytes:
    """A database whose first page is garbage; its bytes."""
    cli.declared("Vault crash")
    whole = (cli.data / FILE).read_bytes()
    data = b"\xa5" * PAGE + whole[PAGE:]
    (cli.data / FILE).write_bytes(data)
    return data


def old_files(cli: Cli) -> list[Path]:
    """What was moved aside."""
    return sorted(cli.data.glob(f"{FILE}.corrupt-*"))


def test_the_next_command_mends_a_damaged_database_and_says_so_once(cli: Cli) -> None:
    """One sentence with what was kept and where the old file is; the incident is there and takes new entries."""
    data = damaged(cli)
    answer = cli("note", "still here", "-q")
    (old,) = old_files(cli)
    assert answer.code == 0
    assert answer.err == (
        f"hotfix: The database was damaged: 3 events of 1 incident were kept; the old file is {old}.\n"
    )
    assert old.name == f"{FILE}.corrupt-20261121-031400Z"
    assert old.read_bytes() == data
    answer = cli("log")
    assert answer.err == ""
    assert "still here" in answer.out
    assert "Vault crash" in cli("list").out
    assert f"a damaged one was moved aside: {old}" in cli("doctor").out


def test_a_prompt_and_read_only_mode_say_it_and_move_nothing(cli: Cli) -> None:
    """Their sentence names what to do; so does doctor, which changes nothing."""
    data = damaged(cli)
    for words in (("status", "--line"), ("--read-only", "list")):
        answer = cli(*words)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == (
            f"hotfix: Database: {cli.data / FILE} is damaged: it is no SQLite file. "
            "Start hotfix anew: it keeps what can be read, and the damaged file.\n"
        )
    answer = cli.process("status", "--line")  # in a process of its own it takes a shorter way
    assert (answer.code, answer.out) == (1, "")
    assert "is damaged" in answer.err
    assert cli("doctor").code == 1
    assert (cli.data / FILE).read_bytes() == data
    assert old_files(cli) == []


def test_a_second_damage_gets_a_second_name(cli: Cli) -> None:
    """What was moved aside before is never written over, also within one second."""
    for _ in range(2):
        damaged(cli)
        assert cli("list").code == 0
    assert [old.name.rpartition("Z")[2] for old in old_files(cli)] == ["", "-2"]


def test_an_incident_whose_declaration_is_damaged_is_listed_with_the_reason(cli: Cli) -> None:
    """The others work on; nothing believes that there is no such incident, and none is quietly taken for it."""
    lost = cli.declared("Vault crash")
    file = cli.data / FILE
    whole = file.read_bytes()
    assert whole.count(b"Vault crash") == 1
    file.write_bytes(whole.replace(b"Vault crash", b"Vault trash"))
    reason = "its declaration is damaged: it was changed after it was written"
    answer = cli("list", "--open")
    assert (answer.code, answer.out) == (0, f"?  {lost}  unreadable  -  -  {reason}\n")
    assert cli("list", "--json").data["unreadable"] == [{"id": lost, "reason": reason}]
    other = cli.declared("Another")
    assert f"{lost} cannot be read: {reason}." in cli("status", "--no-git").err
    assert cli("status", "--line").err == ""
    answer = cli("status", lost)
    assert (answer.code, answer.out) == (1, "")
    assert f"{lost} cannot be read: {reason}." in answer.err
    assert other in cli("list").out
    answer = cli("doctor")
    assert answer.code == 1
    assert f"fail  incident    {lost} cannot be read: {reason}." in answer.out
