from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.clocks import Clocks, clocks
from hotfix_tui.domain.codec import decode, encode
from hotfix_tui.domain.glance import Risk, glance
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.playbook import Budget, Phase, Playbook, Severity
from hotfix_tui.domain.rules import declare
from tests.domain.worlds import PLAYBOOK, World, worlds
from tests.events import START


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


TIMED = replace(
    PLAYBOOK,
    budget=Budget(minutes(120), minutes(360), "Still a P0?"),
    severities=(
        Severity("P0", "Critical", "down", "hotfix", minutes(15), minutes(240), update_every=minutes(30)),
        Severity("P1", "High", "bad", "next-release"),
    ),
    phases=(
        replace(PLAYBOOK.phases[0], target=minutes(20), maximum=minutes(40)),
        replace(PLAYBOOK.phases[1], target=minutes(40), maximum=minutes(80)),
        Phase("tell", "Tell"),
    ),
)


def at(count: float) -> datetime:
    """So many minutes after the start."""
    return START + minutes(count)


@pytest.fixture
def world() -> World:
    """A P0 incident in its first phase, at its start."""
    return World(TIMED)


def seen(world: World, count: float, playbook: Playbook = TIMED) -> Clocks:
    """The clocks so many minutes after the start."""
    return clocks(world.state, playbook, at(count))


def to(world: World, count: float, *asked: i.Intent) -> None:
    """Ask so many minutes after the start."""
    world.now = at(count)
    for intent in asked:
        assert world.ask("w1", intent, 0)


def test_elapsed_counts_from_when_it_began() -> None:
    """Which may be before anybody declared it."""
    world = World()
    world.events = ()
    intent = i.Declare("x", severity="P0", started_at=at(-42))
    world.write("w1", declare(PLAYBOOK, intent, world.context("w1")))
    assert seen(world, 3).elapsed == minutes(45)
    assert seen(world, 3).phases[0].spent == minutes(3)


def test_the_limits_of_severity_and_budget(world: World) -> None:
    """Respond, resolve, target and maximum, and which of them hurts first (S2.PHA.9)."""
    found = seen(world, 10)
    assert found.respond is not None
    assert found.resolve is not None
    assert found.target is not None
    assert found.limit is not None
    assert [c.left(found.now) for c in (found.respond, found.resolve, found.target, found.limit)] == [
        minutes(5),
        minutes(230),
        minutes(110),
        minutes(350),
    ]
    assert found.first_limit == found.resolve
    assert found.resolve.share(at(60)) == 0.25
    assert found.respond.left(at(20)) == minutes(-5)
    assert found.respond.share(at(30)) == 2.0


def test_the_limits_follow_the_severity(world: World) -> None:
    """+ and - change it; the clocks follow at once."""
    to(world, 5, i.ChangeSeverity("P1", "only some"))
    found = seen(world, 10)
    assert (found.respond, found.resolve, found.update) == (None, None, None)
    assert found.first_limit == found.limit


@pytest.mark.parametrize(
    ("spent", "alarm", "left"),
    [(14, "", 6), (15, "soon", 5), (20, "soon", 0), (21, "over-target", 19), (41, "over-limit", -1)],
)
def test_a_phase_against_target_and_maximum(world: World, spent: int, alarm: str, left: int) -> None:
    """Soon at three quarters; to the target first, then to the maximum, then overdue (S2.PHA.1-8)."""
    current = seen(world, spent).current
    assert current is not None
    assert (current.number, current.alarm, current.left) == (1, alarm, minutes(left))


def test_a_phase_without_limits_has_no_alarm(world: World) -> None:
    """There is nothing to be late for."""
    to(world, 1, i.EnterPhase("mend", "x"), i.LeavePhase("x"))
    last = seen(world, 999).phases[2]
    assert (last.state, last.alarm, last.left) == ("waiting", "", None)


def test_time_of_several_visits_adds_up(world: World) -> None:
    """Going back to a phase goes on where it was left."""
    to(world, 10, i.EnterPhase("mend", "x"))
    to(world, 30, i.EnterPhase("look"))
    found = seen(world, 35)
    assert [(c.state, c.spent) for c in found.phases[:2]] == [("running", minutes(15)), ("done", minutes(20))]


def test_the_update_clock_starts_again_with_each_message(world: World) -> None:
    """And the first message is the first response."""
    assert seen(world, 5).update is not None
    assert seen(world, 5).respond is not None
    to(world, 12, i.MarkSent("update", "chat"))
    found = seen(world, 20)
    assert found.respond is None
    assert found.update
    assert found.update.left(found.now) == minutes(22)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (0, 60),  # as planned: 20 + 40
        (10, 60),  # still in the target: the plan holds
        (20, 60),
        (40, 120),  # twice the target: the next phase takes twice as long, too
    ],
)
def test_the_forecast_goes_on_at_the_present_pace(world: World, now: int, ends: int) -> None:
    """Time spent over time planned, for what is left."""
    assert seen(world, now).forecast == at(ends)


def test_a_quick_phase_makes_the_forecast_quicker(world: World) -> None:
    """Half the target so far halves what is left."""
    to(world, 10, i.EnterPhase("mend", "x"))
    assert seen(world, 10).forecast == at(30)


def test_clocks_stop_at_resolution_and_go_on_when_reopened(world: World) -> None:
    """S2.MET.1: closing later moves nothing."""
    to(world, 50, i.Resolve())
    to(world, 70, i.Close("all told"))
    found = seen(world, 500)
    assert (found.elapsed, found.forecast, found.update) == (minutes(50), None, None)
    assert found.now == at(50)
    to(world, 600, i.Reopen("again"))
    assert seen(world, 610).elapsed == minutes(610)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.integers(-(10**6), 10**6))
def test_no_age_is_negative_and_a_restart_changes_nothing(world: World, seconds: int) -> None:
    """A wall clock two weeks wrong shows zero, not nonsense; what is on disk gives the same clocks."""
    now = START + timedelta(seconds=seconds)
    found = clocks(world.state, TIMED, now)
    zero = timedelta(0)
    assert found.elapsed >= zero
    assert all(clock.spent >= zero for clock in found.phases)
    assert all(c.share(now) >= 0 for c in (found.respond, found.resolve, found.update) if c)
    assert found.forecast is None or found.forecast >= found.now
    again = fold(decode(encode(event)) for event in world.events)
    assert again is not None
    assert clocks(again, TIMED, now) == found
    assert glance(again, TIMED, now) == glance(world.state, TIMED, now)


# --- the glance


def _risks(world: World, count: float) -> list[tuple[str, str]]:
    return [(risk.text, risk.level) for risk in glance(world.state, TIMED, at(count)).risks]


def test_a_glance_answers_four_questions(world: World) -> None:
    """Where, what next, how long, what is at risk."""
    found = glance(world.state, TIMED, at(3), (Risk("not pushed", "soon"),))
    assert (found.phase_number, found.phase_count, found.phase_title) == (1, 3, "Look")
    assert found.left == minutes(237)
    assert (found.next.label, found.next.text, found.next.item) == ("1.1", "Look at it", "a")
    assert [risk.text for risk in found.risks] == ["1.1 blocks phase 2", "not pushed"]


def test_risks_appear_as_time_passes(world: World) -> None:
    """Soon, then over, each in words (S2.PHA.11)."""
    assert ("first response due in 3m", "soon") in _risks(world, 12)
    assert ("first response is overdue by 1m", "over") in _risks(world, 16)
    assert ("update due in 5m", "soon") in _risks(world, 25)
    assert ("phase 1 is over its target", "soon") in _risks(world, 21)
    assert ("phase 1 is over its maximum", "over") in _risks(world, 41)
    assert ("over the total target", "soon") in _risks(world, 121)
    assert ("resolution is overdue by 1m", "over") in _risks(world, 241)
    assert ("over the total of 6h. Still a P0?", "over") in _risks(world, 361)
    assert any("at this pace resolution is passed at 07:14Z" in text for text, _ in _risks(world, 100))


def test_failed_evidence_and_failed_operations_are_risks(world: World) -> None:
    """A tick that its evidence denies; a failure until it went well another time."""
    to(world, 1, i.MarkItem("a", "done"), i.AttachEvidence("a", "command", "exit 1", ok=False))
    assert ("1.1 is ticked, but its evidence failed", "over") in _risks(world, 1)
    start = i.StartOperation("r1", "branch", "Make a branch", {}, ())
    to(world, 2, start, i.FinishOperation("r1", "failed"))
    assert ("Make a branch failed", "over") in _risks(world, 2)
    to(world, 3, replace(start, run="r2"), i.FinishOperation("r2", "done"))
    assert ("Make a branch failed", "over") not in _risks(world, 3)


def test_the_next_step_leads_through_the_whole_incident(world: World) -> None:
    """Items, then the next phase, then resolving, closing, and the post-mortem."""

    def following() -> str:
        return glance(world.state, TIMED, world.now).next.text

    said = [following()]
    for intent in (
        i.MarkItem("a", "done"),
        i.MarkItem("b", "skipped", "x"),
        i.EnterPhase("mend"),
        i.MarkItem("c", "done", evidence="abc"),
        i.EnterPhase("tell"),
        i.Resolve(),
        i.Close(),
    ):
        assert world.ask("w1", intent)
        said.append(following())
    assert said == [
        "Look at it",
        "Tell somebody",
        "Enter phase 2, Mend",
        "Mend it",
        "Enter phase 3, Tell",
        "Mark it resolved",
        "Close the incident",
        "Export the post-mortem",
    ]
