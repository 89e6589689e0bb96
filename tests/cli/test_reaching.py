from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import PLAYBOOK, Cli, hotfix

PEOPLE = """
[[template]]
id = "call-out"
title = "Call-out"
subject = "$severity: $title"
body = "Please come to the channel."
audience = "the team"
promise = "20m"
[[role]]
id = "commander"
title = "Incident commander"
delegate = "@planner"
required = true
[[contact]]
role = "commander"
name = "Kim"
phone = "+49 1"
available = "Mon-Fri 09:00-17:00"
timezone = "Europe/Berlin"
[[contact]]
role = "board"
name = "Robin"
address = "robin@example.org"
available = "always"
valid_until = 2026-01-24
[[escalation]]
id = "channel"
title = "Emergency channel"
channel = "#emergency"
[[escalation]]
id = "lead"
title = "Call the commander"
after = "5m"
role = "commander"
template = "call-out"
[[reference]]
title = "Status page"
target = "https://status.example.org"
[alarms]
nag_every = "10m"
snooze = "15m"
"""


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """`hotfix` with a playbook that has people in it."""
    made = hotfix(tmp_path)
    (tmp_path / "playbooks" / "team.toml").write_text(PLAYBOOK + PEOPLE)
    return made


def at(minutes: int) -> str:
    """So many minutes after the declaration."""
    return f"2026-11-21T{3 + (14 + minutes) // 60:02d}:{(14 + minutes) % 60:02d}:00Z"


def test_the_ladder_shows_what_is_due_and_whom_to_reach(cli: Cli) -> None:
    """S1.ESC.1-4, S3.ESC.2: with the contact and whether they can be reached now."""
    cli.declared()
    answer = cli("escalate", now=at(8))
    assert answer.out.splitlines() == [
        "1  channel  due 8m ago  Emergency channel",
        "                          #emergency",
        "2  lead     due 3m ago  Call the commander",
        "                          Kim (+49 1): not now until Mon 09:00",
    ]
    rungs = cli("escalate", "--json", now=at(8)).data["rungs"]
    assert [(rung["id"], rung["is_due"]) for rung in rungs] == [("channel", True), ("lead", True)]
    assert rungs[1]["contacts"][0]["reach"] == "no"


def test_escalating_is_recorded_with_who_and_how(cli: Cli) -> None:
    """And is no risk any more."""
    cli.declared()
    assert any(
        "escalate: Call the commander, due 3m ago" in r["text"] for r in cli.status(now=at(8))["risks"]
    )
    assert (
        "escalated to Kim: Call the commander" in cli("escalate", "lead", "--how", "by phone", now=at(8)).err
    )
    assert cli("escalate", "1", "Lee", now=at(9)).code == 0
    assert not any("escalate" in risk["text"] for risk in cli.status(now=at(9))["risks"])
    assert "taken 03:22Z, Kim" in cli("escalate", now=at(9)).out
    told = cli("log").out
    assert "escalated to Kim: Call the commander (by phone)" in told
    assert "escalated to Lee: Emergency channel" in told


def test_a_rungs_message_is_printed_filled_in(cli: Cli) -> None:
    """To be piped to where it is sent; nothing is recorded."""
    cli.declared()
    assert cli("escalate", "lead", "--text").out == "P0: Vault crash\nPlease come to the channel.\n"
    assert cli("escalate", "channel", "--text").code == 2
    assert cli("escalate", "--json").data["rungs"][1]["taken"] == []


def test_a_rungs_message_is_recorded_as_sent_when_it_was(cli: Cli) -> None:
    """Only then does what it promises begin to count."""
    cli.declared()
    cli("escalate", "lead")
    assert cli.status()["owed"] == []
    assert "call-out sent" in cli("escalate", "lead", "--sent").err
    assert [one["id"] for one in cli.status()["owed"]] == ["promise.the team"]
    assert cli("escalate", "channel", "--sent").code == 0


def test_a_rung_that_is_not_there(cli: Cli) -> None:
    """The ones that are there are named."""
    cli.declared()
    answer = cli("escalate", "nobody")
    assert answer.code == 5
    assert "it has channel, lead" in answer.err


@pytest.mark.parametrize("declared", [True, False])
def test_contacts_say_who_can_be_reached_now(cli: Cli, declared: bool) -> None:
    """S0.ESC.1, S3.ESC.3: before an incident, too; the list that is out of date is warned of."""
    if declared:
        cli.declared()
    answer = cli("contacts")
    assert answer.out.splitlines() == [
        "Kim    Incident commander  not now until Mon 09:00 (04:14 Europe/Berlin)  +49 1",
        "Robin  board               list outdated since 24 Jan 2026                -      robin@example.org",
        "",
        "Status page  https://status.example.org",
    ]
    assert "Warning: contact list outdated since 24 Jan 2026 (Robin)." in answer.err
    assert [one["reach"] for one in cli("contacts", "--json").data["contacts"]] == ["no", "outdated"]


def test_checking_a_playbook_warns_of_outdated_contacts(cli: Cli) -> None:
    """It loads all the same."""
    for words in (("team",), (str(cli.folder.parent / "playbooks" / "team.toml"),), ()):
        answer = cli("playbook", "check", *words)
        assert answer.code == 0
        assert "warning: contact list outdated since 24 Jan 2026 (Robin)." in answer.err
    assert "contact list" not in cli("playbook", "check", "crates-cli").err


def test_roles_show_who_stands_in(cli: Cli) -> None:
    """S4.ESC.2, S4.ESC.4: the delegate until somebody is named, by the role's id or title."""
    cli.declared()
    assert "commander  @planner (stands in)  Incident commander" in cli("role").out
    assert any("nobody is named as Incident commander" in risk["text"] for risk in cli.status()["risks"])
    assert cli("role", "incident commander", "Kim").code == 0
    assert cli("role", "--json").data["roles"] == {"lead": "robin", "commander": "Kim"}
    assert not any("nobody is named" in risk["text"] for risk in cli.status()["risks"])


def test_a_promise_is_shown_until_it_is_kept(cli: Cli) -> None:
    """S0.COM.1: in the status, in the short line when it comes first, and as a limit that has passed."""
    cli.declared()
    cli("escalate", "channel")
    cli("sent", "call-out")
    assert "update to the team due in 5m" in cli("status", "--no-git", now=at(15)).out
    assert " upd 5m! " in cli("status", "--line", now=at(15)).out
    answer = cli("status", "--line", "--check", now=at(21))
    assert answer.code == 6
    assert "over the limit: update to the team" in answer.err
    assert cli.status(now=at(21))["owed"][0]["id"] == "promise.the team"
    cli("sent", "update", now=at(22))
    assert cli.status(now=at(23))["owed"] == []


def test_alarms_are_listed_and_snoozed(cli: Cli) -> None:
    """By name for as long as somebody says, or all of them for as long as the playbook says."""
    cli.declared()
    assert "escalate.channel  escalation-due  rings" in cli("snooze", "--list").out
    answer = cli("snooze", "escalate.channel", "--minutes", "30", now=at(1))
    assert "escalate.channel is quiet until 03:45Z" in answer.err
    assert cli("snooze", now=at(6)).err.count("quiet until 03:35Z") == 1
    alarms = cli("snooze", "--json", now=at(7)).data["alarms"]
    assert {one["alarm"]: one["quiet_until"] is not None for one in alarms} == {
        "escalate.channel": True,
        "escalate.lead": True,
    }
    assert cli("snooze", now=at(7)).code == 5
    assert cli("snooze", "--minutes", "soon").code == 2


def test_nothing_to_list_is_said(cli: Cli) -> None:
    """In a playbook without people."""
    (cli.data.parent / "playbooks" / "team.toml").write_text(PLAYBOOK)
    cli.declared()
    assert "no escalation" in cli("escalate").err
    assert "no contacts" in cli("contacts").err
    assert "No alarm rings" in cli("snooze", "--list").err
