"""The review of an import by keyboard: what is decided, taken back, and left with."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.reviewing import entries, settled
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.review import ReviewScreen
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from tests.tui.host import NARROW, WIDE, Host, press
from tests.tui.review_samples import FOUND, review


async def decided(*keys: str) -> dict[str, str]:
    """What these keys decide, once w writes."""
    app = await press(review, (*keys, "w"))
    assert len(app.results) == 1
    found = app.results[0]
    assert isinstance(found, dict)
    return found


def test_unsure_ones_come_first_and_headings_that_gave_nothing_last() -> None:
    """In between all follow the document's lines."""
    found = entries(FOUND)
    assert [one.title for one in found[:2]] == ["Only where it cannot wait.", "Going back"]
    sure = [one.origin.first for one in found[2:-1]]
    assert sure == sorted(sure)
    assert (found[-1].kind, found[-1].title) == ("heading", "Something else")


async def test_enter_accepts_and_goes_on() -> None:
    """Three enters accept the first three."""
    made = await decided("enter", "enter", "enter")
    assert list(made.values()) == ["accepted"] * 3
    assert list(made) == [one.key for one in entries(FOUND)[:3]]


async def test_an_entry_is_left_out_and_the_last_decision_is_taken_back() -> None:
    """U goes back to the entry that it takes back."""
    assert list((await decided("d", "d")).values()) == ["left out"] * 2
    assert await decided("d", "d", "u", "enter") == {"use when/0": "left out", "phase/1": "accepted"}


async def test_a_role_is_changed() -> None:
    """What was taken for a phase is a way back: that is what the playbook has then."""
    made = await decided("j", "r", "enter")
    assert made == {"phase/1": "rollback"}
    after = settled(FOUND, made)
    assert [phase.title for phase in after.phases] == ["Phase 1: Assess (5-10 min)"]
    assert [(way.title, way.steps) for way in after.rollbacks] == [
        ("Going back", ("Point latest to the version before",))
    ]


async def test_a_heading_that_gave_nothing_becomes_a_phase() -> None:
    """With the list below it; enter alone says that there is nothing to accept."""
    made = await decided("G", "enter", "r", "enter")
    assert made == {"heading/3": "phase"}
    phase = settled(FOUND, made).phases[-1]
    assert (phase.title, [text for text, _ in phase.todo]) == ("Something else", ["Call the provider"])


async def test_nothing_decided_changes_nothing() -> None:
    """What is accepted is sure from then on, and nothing else."""
    assert settled(FOUND, await decided()) == FOUND
    after = settled(FOUND, await decided("enter"))
    assert after.use_when[0].origin.sure
    assert after.phases == FOUND.phases


async def test_a_phase_that_is_left_out_takes_its_boxes_along() -> None:
    """They would stand among other checklists else."""
    after = settled(FOUND, {"phase/0": "left out"})
    assert (after.tasks, len(after.phases)) == ((), 1)


async def test_n_goes_to_the_next_unsure_one() -> None:
    """Round the end; what was decided is passed over."""
    app = Host(review)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        picks = app.screen.query_one(Picks)
        await pilot.press("G", "n")
        assert picks.key == "use when/0"
        await pilot.press("enter", "G", "n")
        assert picks.key == "phase/1"
        await pilot.press("enter", "n")
        assert picks.key == "heading/3"
        await pilot.press("d", "n")
        assert "No other entry is unsure." in app.shown


async def test_the_document_stands_at_the_entrys_lines() -> None:
    """Whatever the cursor is on is in sight beside it."""
    app = Host(review)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press("G", "tab")
        await pilot.pause()
        await pilot.pause()
        lines = app.screen.query_one("#lines", Listing)
        assert lines.has_focus
        shown = app.drawn
        assert "## Something else" in shown
        assert "entries" not in shown.split("\n")[1]
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one(Picks).has_focus


@pytest.mark.parametrize(("answer", "result"), [("l", None), ("w", {"use when/0": "accepted"})])
async def test_what_was_decided_is_not_thrown_away_without_a_question(
    answer: str, result: dict[str, str] | None
) -> None:
    """Esc asks once something was decided; enter on the first answer goes on."""
    app = Host(review)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("enter", "escape")
        assert type(app.screen) is ChooseScreen
        await pilot.press("enter")
        assert [type(screen) for screen in app.screen_stack[1:]] == [ReviewScreen]
        await pilot.press("escape", answer)
        await pilot.pause()
        assert app.results == [result]


async def test_esc_leaves_where_nothing_was_decided() -> None:
    """There is nothing to lose."""
    app = await press(review, ("j", "escape"))
    assert app.results == [None]
