from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.clocks import Clocks, clocks
from hotfix_tui.domain.incident import fold
from tests.small_playbook import MINUTE, START, Scene


def at(scene: Scene, now: datetime | None = None) -> Clocks:
    """The clocks now."""
    return clocks(scene.incident, scene.playbook, now or scene.now)


def test_every_clock_counts_from_the_start() -> None:
    """Elapsed, first response, resolution, target, maximum and the next update."""
    scene = Scene(i.Declare("x", started_at=START - 10 * MINUTE))
    scene.wait(5)
    seen = at(scene)
    assert seen.elapsed == 15 * MINUTE
    assert seen.respond is not None
    assert seen.respond.left(scene.now) == timedelta(0)
    assert seen.resolve is not None
    assert seen.resolve.due == START + 110 * MINUTE
    assert seen.target is not None
    assert seen.target.left(scene.now) == 35 * MINUTE
    assert seen.limit is not None
    assert seen.limit.share(scene.now) == 0.15
    assert seen.update is not None
    assert seen.update.due == START + 30 * MINUTE
    assert seen.first_limit is seen.limit


def test_the_first_response_is_due_until_somebody_responds() -> None:
    """A message or the milestone ends it."""
    scene = Scene()
    scene.wait(20)
    overdue = at(scene).respond
    assert overdue is not None
    assert overdue.left(scene.now) == -5 * MINUTE
    scene.ask(i.MarkSent("release-notes"))
    assert at(scene).respond is None


def test_only_an_update_restarts_the_update_clock() -> None:
    """Release notes are no update; an update is."""
    scene = Scene()
    scene.wait(10)
    scene.ask(i.MarkSent("release-notes"))
    before = at(scene).update
    assert before is not None
    assert before.since == START
    scene.ask(i.MarkSent("update"))
    after = at(scene).update
    assert after is not None
    assert after.since == scene.now


def test_a_phase_goes_from_in_time_over_its_target_over_its_maximum() -> None:
    """The alarm and the time left follow the time spent."""
    scene = Scene()
    seen = []
    for minutes in (7, 1, 3, 10):
        scene.wait(minutes)
        current = at(scene).current
        assert current is not None
        seen.append((current.alarm, current.left))
    assert seen == [
        ("", 3 * MINUTE),
        ("soon", 2 * MINUTE),
        ("over-target", 9 * MINUTE),
        ("over-limit", -1 * MINUTE),
    ]


def test_a_phase_counts_all_its_visits() -> None:
    """Going back adds to the time spent; time elsewhere does not."""
    scene = Scene()
    scene.wait(4)
    scene.ask(i.EnterPhase("fix", "quick"))
    scene.wait(6)
    scene.ask(i.EnterPhase("assess"))
    scene.wait(2)
    assess, fix, _ = at(scene).phases
    assert assess.spent == 6 * MINUTE + timedelta(seconds=1)
    assert fix.spent == 6 * MINUTE + timedelta(seconds=1)
    assert (assess.state, fix.state) == ("running", "done")


def test_the_forecast_goes_on_at_the_present_pace() -> None:
    """Ten minutes planned took twenty: the rest takes twice as long as planned."""
    scene = Scene()
    planned = at(scene).forecast
    assert planned == START + 50 * MINUTE
    scene.wait(20)
    scene.ask(i.EnterPhase("fix", "late"))
    slow = at(scene).forecast
    assert slow is not None
    assert abs(slow - (scene.now + 2 * 40 * MINUTE)) < MINUTE


def test_clocks_stand_still_once_resolved_but_work_on_a_phase_is_still_counted() -> None:
    """Users are well: nothing runs out any more. The last phase takes the time it takes, until it is closed."""
    scene = Scene()
    scene.wait(30)
    scene.ask(i.Resolve())
    ended = scene.now
    scene.ask(i.EnterPhase("tell", "all is well"))
    scene.wait(15)
    seen = at(scene)
    assert seen.elapsed == ended - START
    assert (seen.update, seen.forecast) == (None, None)
    assert seen.current is not None
    assert seen.current.spent == 15 * MINUTE
    scene.ask(i.Close("done"))
    scene.wait(500)
    assert at(scene).phases[-1].spent == 15 * MINUTE + timedelta(seconds=1)


def test_a_severity_change_moves_the_limits() -> None:
    """P1 has an hour to respond and no resolution time."""
    scene = Scene()
    scene.ask(i.ChangeSeverity("P1", "fewer than thought"))
    seen = at(scene)
    assert seen.resolve is None
    assert seen.respond is not None
    assert seen.respond.due == START + 60 * MINUTE


def test_a_restart_shows_the_same_clocks() -> None:
    """Clocks are made of events and the moment, nothing else."""
    scene = Scene()
    scene.wait(12)
    scene.ask(i.EnterPhase("fix", "x"))
    again = fold(reversed(scene.events))
    assert again is not None
    assert clocks(again, scene.playbook, scene.now) == at(scene)


def test_no_age_is_negative_when_the_clock_was_set_back() -> None:
    """Two hours back: everything is at its beginning, nothing below it."""
    scene = Scene()
    scene.ask(i.MarkSent("update"))
    seen = at(scene, START - 120 * MINUTE)
    assert seen.elapsed == timedelta(0)
    assert all(clock.spent == timedelta(0) for clock in seen.phases)
    assert seen.update is not None
    assert seen.update.share(seen.now) == 0
    assert seen.forecast is not None


def test_a_stranger_event_at_the_end_of_time_breaks_no_clock() -> None:
    """The latest moment that an event can have still leaves room for every limit."""
    scene = Scene()
    last = START.replace(year=2199, month=12, day=31)
    first, *rest = scene.events
    assert isinstance(first.body, e.Declared)
    far = fold((replace(first, happened_at=last), *rest))
    assert far is not None
    assert clocks(far, scene.playbook, scene.now).elapsed == timedelta(0)
