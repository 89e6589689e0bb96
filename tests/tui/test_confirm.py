from __future__ import annotations

import pytest
from textual import events

from hotfix_tui.operations.plan import Finding, Plan, PlannedStep
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.dialog import HOLD_OFF
from tests.tui import samples as s
from tests.tui.host import WIDE, Host, press

LEVEL_1, LEVEL_2 = s.plan(s.CREATE), s.plan(s.CREATE, s.PUSH)
LEVEL_3 = s.plan(s.TAG, word="v1.0.1")
WORD = list("v1.0.1")


@pytest.mark.parametrize(
    ("plan", "keys", "result"),
    [
        (LEVEL_1, ["y"], [True]),
        (LEVEL_1, ["enter"], [False]),
        (LEVEL_1, ["tab", "enter"], [True]),
        (LEVEL_1, ["space", "n", "x"], []),
        (LEVEL_1, ["Y"], []),
        (LEVEL_2, ["y"], [True]),
        (LEVEL_2, ["enter"], [False]),
        (LEVEL_2, ["tab", "enter", "enter"], []),
        (LEVEL_2, ["tab", "enter", "y"], [True]),
        (LEVEL_3, ["y"], []),
        (LEVEL_3, ["enter"], [False]),
        (LEVEL_3, ["tab", "y"], []),
        (LEVEL_3, [*WORD, "enter"], []),
        (LEVEL_3, [*WORD, "y"], []),
        (LEVEL_3, [*WORD, "tab", "enter", "enter"], []),
        (LEVEL_3, [*WORD, "tab", "y"], [True]),
        (LEVEL_3, [*"v1.0.2", "tab", "y"], []),
        (LEVEL_3, [*"v1.0.2", "backspace", "1", "tab", "y"], [True]),
        (s.plan(s.TAG), ["tab", "y"], []),
    ],
)
async def test_what_confirms_and_what_does_not(plan: Plan, keys: list[str], result: list[bool]) -> None:
    """`y` is the yes; enter only on Run and only at level 1; at level 3 the word comes first."""
    assert (await press(lambda: ConfirmScreen(plan), keys)).results == result


async def test_enter_behind_the_whole_word_cancels_nothing() -> None:
    """The focus is still on Cancel: what is missing is told instead; without the word enter is a no."""
    app = Host(lambda: ConfirmScreen(LEVEL_3))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"v1.0.1", "enter")
        await pilot.pause()
        assert not app.results
        assert "tab to Run, then y runs it" in app.shown
    assert (await press(lambda: ConfirmScreen(LEVEL_3), [*"v1.0", "enter"])).results == [False]


@pytest.mark.parametrize("step", [s.CREATE, s.PUSH, s.TAG], ids=["level 1", "level 2", "level 3"])
async def test_a_blocked_plan_cannot_run_and_says_why(step: PlannedStep) -> None:
    """Neither `y` nor Run nor the word runs a plan with a finding that blocks."""
    plan = s.plan(step, word="v1.0.1", findings=(Finding(False, "the branch exists already"),))
    app = Host(lambda: ConfirmScreen(plan))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Cannot run now: the branch exists already" in app.shown
        await pilot.press("y", *WORD, "tab", "y", "enter", "y")
        await pilot.pause()
        assert not app.results


@pytest.mark.parametrize("plan", [LEVEL_1, LEVEL_2, LEVEL_3], ids=["level 1", "level 2", "level 3"])
async def test_keys_typed_before_it_was_seen_are_not_heard(plan: Plan) -> None:
    """For 400 ms nothing confirms; what was typed then does not count later either."""
    seconds = [100.0]

    def make() -> ConfirmScreen:
        screen = ConfirmScreen(plan)
        screen.monotonic = lambda: seconds[0]
        return screen

    app = Host(make, awake=False)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*WORD, "tab", "y", "enter")
        await pilot.pause()
        seconds[0] += HOLD_OFF - 0.01
        await pilot.press("y", "enter")
        await pilot.pause()
        assert not app.results
        seconds[0] += 0.02
        await pilot.press(*(WORD if plan.level == 3 else ()))
        assert not app.results


async def test_after_the_hold_off_it_hears() -> None:
    """The deafness ends by itself."""
    seconds = [100.0]

    def make() -> ConfirmScreen:
        screen = ConfirmScreen(LEVEL_2)
        screen.monotonic = lambda: seconds[0]
        return screen

    app = Host(make, awake=False)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        seconds[0] += HOLD_OFF
        await pilot.press("y")
    assert app.results == [True]


async def test_a_pasted_word_does_not_count() -> None:
    """The word is typed by a person; pasting it, even with a newline behind, unlocks nothing."""
    app = Host(lambda: ConfirmScreen(LEVEL_3))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.screen.post_message(events.Paste("v1.0.1\n"))
        await pilot.pause()
        assert "pasted" in app.shown
        await pilot.press("tab", "y")
        await pilot.pause()
        assert not app.results


async def test_copy_copies_the_exact_commands_and_stays() -> None:
    """Copying is not confirming."""
    app = Host(lambda: ConfirmScreen(LEVEL_2))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert app.copied[0].split("\n")[0].startswith("git branch hotfix/v1.0.1 9c41e07")
        assert not app.results


@pytest.mark.parametrize(("click", "result"), [("#cancel", [False]), ("#run", [True])])
async def test_the_mouse_works_too(click: str, result: list[bool]) -> None:
    """A click on a button is as good as its key."""
    app = Host(lambda: ConfirmScreen(LEVEL_2))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.click(click)
    assert app.results == result


@pytest.mark.parametrize("height", [14, 18, 24])
async def test_the_buttons_are_always_in_sight(height: int) -> None:
    """However small the screen, the preview gives way and the buttons stay; it scrolls."""
    app = Host(lambda: ConfirmScreen(LEVEL_2))
    async with app.run_test(size=(80, height)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert ">[ Cancel ]<" in app.drawn
        await pilot.press(*["down"] * 20)
        await pilot.pause()
        assert "CHANGELOG has no 1.0.1 section" in app.drawn
