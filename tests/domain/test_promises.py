from __future__ import annotations

from dataclasses import replace

import pytest

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.playbook import Due, Severity, Template
from hotfix_tui.domain.promises import owed
from hotfix_tui.domain.rules import declare
from tests.domain.teams import LIMITED, MINUTE, TEAM, at, risks
from tests.domain.worlds import World


@pytest.fixture
def world() -> World:
    """A P0 whose rungs are all taken, so that only messages are owed."""
    return World(replace(TEAM, escalations=(), roles=()))


def debts(world: World) -> list[tuple[str, float]]:
    """What is owed, with the minute in which it is due."""
    return [(one.text, (one.due - at(0)) / MINUTE) for one in owed(world.state, world.playbook)]


def send(world: World, template: str, minutes: float) -> None:
    """Send a message so many minutes after the declaration."""
    world.now = at(minutes)
    assert world.ask("w1", i.MarkSent(template), 0)


def test_a_message_with_a_promise_starts_a_clock(world: World) -> None:
    """S0.COM.1: "update within 4 hours" is a timer; it counts from the sending."""
    assert debts(world) == []
    send(world, "notice", 10)
    assert debts(world) == [("update to users", 250)]


@pytest.mark.parametrize(
    ("template", "left"),
    [
        ("all-clear", ["update to the team"]),
        ("notice", ["update to the team", "update to users"]),
        ("ask", ["update to the team", "update to users"]),
        ("update", []),
        ("unheard-of", ["update to the team", "update to users"]),
    ],
)
def test_the_next_message_to_the_same_audience_keeps_a_promise(
    world: World, template: str, left: list[str]
) -> None:
    """One to another audience does not, an update to everybody does; a new promise counts from its own sending."""
    send(world, "notice", 10)
    send(world, "ask", 12)
    send(world, template, 20)
    assert [text for text, _ in debts(world)] == left


def test_a_promise_kept_on_another_console_counts_by_when_it_was_kept(world: World) -> None:
    """The order in which messages were sent decides, not the one in which they were written down."""
    send(world, "notice", 30)
    send(world, "all-clear", 20)
    assert debts(world) == [("update to users", 270)]


def test_an_event_makes_a_message_due_until_it_is_sent(world: World) -> None:
    """S3.COM.1: within 30 minutes of the release users are told; sending it once is enough."""
    world.now = at(50)
    world.ask("w1", i.MarkMilestone("found"), 0)
    assert debts(world) == [("Announcement to users", 80)]
    send(world, "told", 60)
    assert debts(world) == []


def test_what_only_waits_is_due_when_its_wait_is_over(world: World) -> None:
    """S3.COM.2: the follow-up comes a day later, also when the incident is resolved, and closed, by then."""
    world.now = at(60)
    world.ask("w1", i.Resolve(), 0)
    assert debts(world) == [("Follow-up", 1500)]
    world.ask("w1", i.Close("enough"), 0)
    assert debts(world) == [("Follow-up", 1500)]
    assert ("Follow-up due 5m ago", "over") in risks(world, 1505)
    send(world, "later", 1506)
    assert debts(world) == []


def test_closing_closes_what_was_overdue_and_every_promise(world: World) -> None:
    """Nobody is nagged about an incident whose work is over, except for what comes later by its nature."""
    world.now = at(10)
    world.ask("w1", i.MarkMilestone("found"), 0)
    send(world, "notice", 10)
    world.now = at(60)
    world.ask("w1", i.Close("enough"), 0)
    assert debts(world) == []


def test_a_message_of_another_severity_is_not_due(world: World) -> None:
    """And is once the severity is that one."""
    assert debts(world) == []
    world.now = at(5)
    world.ask("w1", i.ChangeSeverity("P1", "only some"), 0)
    assert debts(world) == [("Notice to the authority", 60)]


def test_nothing_is_owed_for_what_was_never_a_hotfix() -> None:
    """It is closed as it is declared."""
    due = replace(TEAM, templates=(Template("x", "X", "", due=Due("declared", within=MINUTE)),))
    later = replace(due, severities=(Severity("P0", "Critical", "", "backlog"),))
    world = World(due)
    assert debts(world) == [("X", 1)]
    world.events = ()
    world.write("w1", declare(later, i.Declare("x", severity="P0"), world.context("w1")))
    assert debts(world) == []


def test_promises_are_risks_and_the_next_update(world: World) -> None:
    """S3.COM.3: first when they near, then when they have passed; the earliest is what is shown."""
    send(world, "notice", 0)
    send(world, "ask", 0)
    found = clocks(world.state, world.playbook, at(1))
    assert found.update is None
    assert found.next_update
    assert (found.next_update.name, found.next_update.due) == ("promise", at(20))
    assert risks(world, 14) == []
    assert risks(world, 15) == [("update to the team due in 5m", "soon")]
    assert risks(world, 20) == [("update to the team due now", "over")]
    assert risks(world, 23) == [("update to the team due 3m ago", "over")]


def test_the_severitys_own_update_comes_first_where_it_is_earlier() -> None:
    """And an update that promises no more than that is not owed twice."""
    promising = Template("update", "Update", "", promise=40 * MINUTE)
    world = World(replace(LIMITED, templates=(*LIMITED.templates[:3], promising)))
    send(world, "update", 5)
    found = clocks(world.state, world.playbook, at(6))
    assert found.owed == ()
    assert found.next_update == found.update
    quick = replace(promising, promise=10 * MINUTE)
    world.playbook = replace(world.playbook, templates=(quick,))
    assert debts(world) == [("update", 15)]
