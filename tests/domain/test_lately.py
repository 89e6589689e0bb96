"""`lately` answers the very same question once, and never a different one with an old answer."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from hotfix_tui.domain.applying import items, labels, phases
from hotfix_tui.domain.deadlines import deadlines
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.intents import ChangeSeverity, MarkItem, SetFlag
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Flag
from tests.small_playbook import Scene, a_playbook


class Box:
    """A value without an equality of its own."""

    def __init__(self, content: int) -> None:
        self.content = content


def test_the_same_arguments_are_asked_once() -> None:
    """Identical objects find the answer; equal ones do not count as the same."""
    asked: list[str] = []

    @lately()
    def last(day: date) -> str:
        asked.append(str(day))
        return asked[-1]

    first, equal = date(2026, 11, 21), date(2026, 11, 21)
    assert last(first) is last(first)
    assert asked == ["2026-11-21"]
    assert last(equal) == "2026-11-21"
    assert asked == ["2026-11-21"] * 2


def test_an_object_that_takes_the_place_of_a_dead_one_is_not_taken_for_it() -> None:
    """Arguments are kept with their answer: an identity is not given away while an answer hangs on it."""

    @lately(8)
    def content(box: Box) -> int:
        return box.content

    for number in range(2000):
        assert content(Box(number)) == number
        if not number % 500:
            gc.collect()


def test_no_more_is_kept_than_was_asked_for() -> None:
    """Once it is full it begins anew: what was asked before is worked out again."""
    asked: list[int] = []

    @lately(2)
    def content(box: Box) -> int:
        asked.append(box.content)
        return box.content

    one, two, three = Box(1), Box(2), Box(3)
    for box in (one, two, three, three, one):
        content(box)
    assert asked == [1, 2, 3, 1]


def test_threads_that_ask_at_once_get_their_own_answers() -> None:
    """With place for two answers and many boxes, every thread clears what the others keep."""

    @lately(2)
    def content(box: Box) -> int:
        return box.content

    def ask(start: int) -> bool:
        boxes = [Box(start + n) for n in range(5)]
        return all(content(box) == box.content for _ in range(400) for box in boxes)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(0, 800, 10)))


def test_what_is_asked_of_an_incident_follows_its_events() -> None:
    """A mark, a severity and a flag change the answers, and the state before still has its own."""
    scene = Scene(playbook=replace(a_playbook(), flags=(Flag("telemetry", "Data is sent"),)))
    before = scene.incident
    seen = glance(before, scene.playbook, scene.now)
    scene.ask(MarkItem("confirmed", "done"))
    marked = scene.incident
    assert glance(marked, scene.playbook, scene.now).next.item == "impact"
    assert "audit" not in {phase.id for phase in phases(marked, scene.playbook)}
    scene.ask(SetFlag("telemetry"))
    scene.ask(ChangeSeverity("P1", "It is less"))
    flagged = scene.incident
    assert "asked" in labels(flagged, scene.playbook)
    assert "asked" not in labels(marked, scene.playbook)
    audit = next(phase for phase in phases(flagged, scene.playbook) if phase.id == "audit")
    assert [item.id for item in items(flagged, audit)] == ["asked"]
    assert deadlines(before, scene.playbook) is deadlines(before, scene.playbook)
    assert glance(before, scene.playbook, seen.now) == seen
