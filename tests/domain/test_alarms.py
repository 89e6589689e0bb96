from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.alarms import ORDER, alarms, ringing
from hotfix_tui.domain.codec import decode, encode
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.playbook import Alarms, Due, Item
from hotfix_tui.domain.rules import decide
from hotfix_tui.domain.story import story
from tests.domain.teams import LIMITED, MINUTE, TEAM, alarms_at, at, ringing_at
from tests.domain.worlds import World, worlds


@pytest.fixture
def world() -> World:
    """A P0 whose only alarm is the rung at its declaration, for a while."""
    return World(replace(TEAM, escalations=TEAM.escalations[1:2]))


def snooze(world: World, minutes: float, *given: object) -> tuple[e.Event, ...]:
    """Snooze so many minutes after the declaration."""
    world.now = at(minutes)
    return world.ask("w1", i.Snooze(*given), 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (14, []),
        (
            15,
            [("phase.look:soon", "phase 1 is near its target"), ("respond:soon", "first response due in 5m")],
        ),
        (
            21,
            [
                ("respond:over-limit", "first response is overdue by 1m"),
                ("phase.look:over-target", "phase 1 is over its target"),
            ],
        ),
        (
            41,
            [
                ("respond:over-limit", "first response is overdue by 21m"),
                ("phase.look:over-limit", "phase 1 is over its maximum"),
                ("update:promise-due", "update is overdue by 1m"),
            ],
        ),
    ],
)
def test_clocks_ring_by_their_levels(minutes: int, expected: list[tuple[str, str]]) -> None:
    """Soon at three quarters, then over target and over the limit; the worst first."""
    world = World(replace(LIMITED, budget=None))
    assert sorted(alarms_at(world, minutes)) == sorted(expected)
    levels = [ORDER.index(a.level) for a in alarms(world.state, world.playbook, at(minutes))]
    assert levels == sorted(levels)


def test_the_total_rings_too() -> None:
    """The target of the budget, then its maximum, and the resolution."""
    world = World(LIMITED)
    world.ask("w1", i.MarkSent("update"))
    world.ask("w1", i.LeavePhase("x"))
    assert ("target:soon", "the total target due in 15m") in alarms_at(world, 45)
    assert ("target:over-target", "the total target is overdue by 1m") in alarms_at(world, 61)
    assert ("resolve:over-limit", "resolution is overdue by 1m") in alarms_at(world, 121)
    assert ("limit:over-limit", "the total is overdue by 1m") in alarms_at(world, 181)


def test_a_deadline_of_an_item_rings_by_its_number() -> None:
    """S4.CHK.13: also when the incident is resolved, since such items come after it."""
    item = Item("look", "Look again", due=Due("resolved", within=60 * MINUTE))
    world = World(replace(TEAM, escalations=(), phases=(replace(TEAM.phases[0], items=(item,)),)))
    world.ask("w1", i.Resolve(), 0)
    assert alarms_at(world, 45) == [("item.1.1:soon", "1.1 Look again due in 15m")]
    assert alarms_at(world, 61) == [("item.1.1:over-limit", "1.1 Look again is overdue by 1m")]


def test_an_alarm_nags_so_often_and_no_more(world: World) -> None:
    """Once when it begins, then every ten minutes, twice more."""
    found = [ringing_at(world, minutes)[0] for minutes in (0, 9, 10, 19, 20, 30, 600)]
    assert found == [("escalate.channel", nag) for nag in (0, 0, 1, 1, 2, 2, 2)]


def test_an_answered_alarm_rings_no_more(world: World) -> None:
    """Doing what it asks for is the answer."""
    world.ask("w1", i.Escalate("channel"))
    assert ringing_at(world, 30) == []


def test_a_snoozed_alarm_is_quiet_and_then_rings_anew(world: World) -> None:
    """As long as the playbook says, unless somebody says how long; then it counts its nags from the beginning."""
    (event,) = snooze(world, 5)
    assert event.body == e.AlarmSnoozed(("escalate.channel:escalation-due",), 15)
    assert alarms_at(world, 19)
    assert ringing_at(world, 19) == []
    assert ringing_at(world, 20) == [("escalate.channel", 0)]
    assert ringing_at(world, 31) == [("escalate.channel", 1)]
    snooze(world, 32, "escalate.channel", 60)
    assert ringing_at(world, 91) == []
    assert ringing_at(world, 92) == [("escalate.channel", 0)]
    assert "alarm snoozed for 60m: Emergency channel" in [s.text for s in story(world.state, TEAM)]


def test_a_worse_level_rings_through_the_rest() -> None:
    """Knowing that the target is near is not knowing that the maximum has passed."""
    world = World(LIMITED)
    snooze(world, 16, "phase.look", 600)
    assert "phase.look" not in dict(ringing_at(world, 19))
    assert "phase.look" in dict(ringing_at(world, 21))


def test_a_new_occasion_rings_through_the_rest(world: World) -> None:
    """The rest belongs to the alarm that somebody knew of, not to the next one of its name."""
    world.ask("w1", i.Escalate("channel"), 0)
    world.ask("w1", i.MarkSent("ask"), 0)
    assert ringing_at(world, 20) == [("promise.the team", 0)]
    snooze(world, 20, "", 120)
    world.ask("w1", i.MarkSent("ask"), 0)
    assert ringing_at(world, 39.9) == [("promise.the team", 0)]
    assert ringing_at(world, 40) == [("promise.the team", 0)]


def test_a_rest_is_shared_undone_and_survives(world: World) -> None:
    """It is an event like any other: on disk, on the other consoles, and undone with u."""
    snooze(world, 5)
    again = fold(decode(encode(event)) for event in world.events)
    assert again
    assert ringing(again, world.playbook, at(6)) == ()
    world.ask("w1", i.Undo(), 0)
    assert ringing_at(world, 6) == [("escalate.channel", 0)]


def test_several_alarms_rest_with_one_record() -> None:
    """So one undo wakes all of them."""
    world = World(TEAM)
    assert len(ringing_at(world, 6)) == 2
    assert len(snooze(world, 6)) == 1
    assert ringing_at(world, 6) == []
    world.ask("w1", i.Undo(), 0)
    assert len(ringing_at(world, 6)) == 2


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (i.Snooze("nothing"), "There is no alarm “nothing” now; there are escalate.channel"),
        (i.Snooze("", -1), "at least one minute"),
        (i.Snooze("", 1441), "at most a day"),
    ],
)
def test_what_cannot_be_snoozed(world: World, intent: i.Snooze, words: str) -> None:
    """Refused with a sentence."""
    with pytest.raises(Refused, match=words):
        decide(world.state, world.playbook, intent, world.context("w1"))


def test_nothing_rings_nothing_rests(world: World) -> None:
    """Not even the alarm that rests already."""
    world.ask("w1", i.Escalate("channel"))
    for name in ("", "escalate.channel"):
        with pytest.raises(Refused, match="No alarm rings now"):
            decide(world.state, world.playbook, i.Snooze(name), world.context("w1"))


def test_a_playbook_can_want_no_nags() -> None:
    """Then an alarm rings once."""
    world = World(replace(TEAM, alarms=Alarms(nags=0)))
    assert ringing_at(world, 60)[0][1] == 0


@settings(max_examples=100, deadline=None)
@given(worlds(), st.integers(-(10**6), 10**6))
def test_whatever_happened_alarms_are_told_and_have_begun(world: World, seconds: int) -> None:
    """Also with clocks that jump."""
    now = at(seconds / 60)
    for ring in ringing(world.state, world.playbook, now):
        assert ring.alarm.since <= max(now, world.now)
        assert ring.alarm.text
        assert 0 <= ring.nag <= world.playbook.alarms.nags


@pytest.mark.parametrize("minutes", [-(2**53), 0, 2**53])
def test_a_rest_that_a_stranger_wrote_is_at_most_a_day(world: World, minutes: int) -> None:
    """Whatever number stands there, the incident can be read."""
    world.write("w2", (e.Draft(e.AlarmSnoozed(("update:soon",), minutes)),))
    rest = world.state.snoozes["update:soon"]
    assert 0 <= (rest.until - rest.at) / MINUTE <= 1440
