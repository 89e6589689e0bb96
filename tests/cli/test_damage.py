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
    assert cli("doctor").code == 1
    assert (cli.data / FILE).read_bytes() == data
    assert old_files(cli) == []


def test_a_second_damage_gets_a_second_name(cli: Cli) -> None:
    """What was moved aside before is never written over, also within one second."""
    for _ in range(2):
        damaged(cli)
        assert cli("list").code == 0
    assert [old.name.rpartition("Z")[2] for old in old_files(cli)] == ["", "-2"]
