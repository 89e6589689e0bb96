"""The way of working by command line: way, scenario cards, facts, fields, messages, on a built-in playbook."""

from __future__ import annotations

import pytest

from tests.cli_fixtures import Cli

DECLARE = ("declare", "Login answers 500", "--severity", "P0", "--reason", "everybody", "--yes")


@pytest.fixture
def web(cli: Cli) -> Cli:
    """An incident under the playbook of the web service."""
    answer = cli(*DECLARE, "--playbook", "web-service", "--field", "users=all of them")
    assert answer.code == 0, answer.err
    return cli


def test_a_field_is_filled_in_at_declaration_and_later(web: Cli) -> None:
    """What the declaration asks for is kept, listed, changed and taken back (S0.CHK.5)."""
    assert "all of them" in web("fill").out
    assert web("fill", "users", "half of them").err == "HF-1121-0314: users is half of them.\n"
    assert web("fill", "users", "").err == "HF-1121-0314: users is empty.\n"


def test_a_wrong_field_declares_nothing(cli: Cli) -> None:
    """One sentence with what there is, and no incident."""
    answer = cli(*DECLARE, "--playbook", "web-service", "--field", "color=red")
    assert (answer.code, answer.out) == (2, "")
    assert "There is no field “color” to declare with; there is users, revenue" in answer.err
    assert cli("list", "--json").data["incidents"] == []


def test_a_fact_becomes_known(web: Cli) -> None:
    """Listed, set, and proved wrong again (S3.CHK.25)."""
    assert "sensitive" in web("flag").out
    assert web("flag", "sensitive", "--reason", "it touches the session").code == 0
    assert ["sensitive", "yes"] in [line.split()[:2] for line in web("flag").out.splitlines()]
    assert web("flag", "sensitive", "--off").code == 0
    answer = web("flag", "colour")
    assert (answer.code, answer.out) == (2, "")
    assert "There is no flag “colour”" in answer.err


def test_a_scenario_card_is_started(web: Cli) -> None:
    """Its first action is next at once, under the letter of its own (S4.SCN.2)."""
    assert "corrupt-data" in web("start").out
    answer = web("start", "corrupt-data", "--reason", "rows are missing")
    assert answer.code == 0
    assert "Next: A.1" in answer.err
    assert web("done", "A.1").code == 0
    assert "rows are missing" in web("log").out


def test_the_way_is_decided(cli: Cli) -> None:
    """Rolling back starts the way back that the playbook names (S0.GAT.3)."""
    cli(*DECLARE, "--playbook", "desktop-app")
    assert "send people back" in cli("status").out
    answer = cli("way", "rollback", "--reason", "two minutes")
    assert answer.code == 0, answer.err
    assert "Next: A.1" in answer.err
    assert cli("way", "sideways").code == 2


def test_a_message_is_printed_with_what_is_known(web: Cli) -> None:
    """Data on standard output, what is still to be written on standard error (S4.TPL.5)."""
    listed = web("template", "--json").data["templates"]
    assert "declaration" in [one["id"] for one in listed]
    answer = web("template", listed[0]["id"])
    assert answer.code == 0
    assert "$title" not in answer.out
    whole = web("template", listed[0]["id"], "--json").data
    assert whole["body"] in answer.out
    for name in whole["missing"]:
        assert f"${name}" in answer.err
    assert web("template", "nothing").code == 2


def test_a_round_is_counted(web: Cli) -> None:
    """A recurring item says how many of its checks are done (S4.CHK.13)."""
    web("done", "deployed", "--reason", "by hand")
    answer = web("done", "watched", "--value", "0.02")
    assert answer.code == 0, answer.err
    assert "checked, 1 of 6" in answer.err


@pytest.mark.parametrize(
    "words", [("approve", "tehc-lead", "Eva"), ("role", "tehc-lead", "Eva")], ids=" ".join
)
def test_a_role_that_nobody_knows_is_refused(web: Cli, words: tuple[str, ...]) -> None:
    """The roles that exist are named, the nearest first: a slip of the pen never looks like an approval."""
    answer = web(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "There is no role “tehc-lead”; there are tech-lead, " in answer.err
    assert "Eva" not in web("log").out


def test_a_role_is_known_by_id_and_title_and_a_new_one_by_its_option(web: Cli) -> None:
    """In any case; whoever was given a new role can approve in it, too."""
    for words in (("approve", "Tech-Lead"), ("role", "engineer on call", "Ada"), ("role", "--new", "scribe")):
        assert web(*words).code == 0
    assert web("approve", "Scribe", "Ada").code == 0
    assert web("role", "--json").data["roles"]["on-call"] == "Ada"


def test_a_playbook_without_roles_takes_any_and_knows_its_approvals(cli: Cli) -> None:
    """The playbook of a command-line tool names no roles, and wants one approval."""
    assert cli("declare", "x", "--answer", "danger=y", "--playbook", "crates-cli").code == 0
    assert cli("role", "scribe", "Ada").code == 0
    assert cli("approve", "release manager", "Eva").code == 0
    answer = cli("approve", "relase manager", "Eva")
    assert (answer.code, "there are release manager, " in answer.err) == (2, True)


def test_numbers_that_have_moved_are_told(cli: Cli) -> None:
    """Whoever reads 3.8 off an older screen would mark another item; where none moved, nothing is said."""
    assert (
        cli("declare", "x", "--severity", "critical", "--reason", "x", "--playbook", "npm-package").code == 0
    )
    assert "Numbers have moved: what was 3." in cli("severity", "high", "--reason", "x").err
    assert "Numbers have moved: what was 3." in cli("undo").err
    assert "Numbers" not in cli("note", "x").err
    assert "Numbers" not in cli("start", "point-back", "--confirm", "yes").err
