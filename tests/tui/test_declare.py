from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.tui.safe_app import SafeApp
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.declare import DeclareScreen
from hotfix_tui.tui.screens.declareform import Form, Start, lines
from hotfix_tui.tui.screens.dialog import HOLD_OFF
from tests.tui import samples as s
from tests.tui.host import NARROW, WIDE, Host, press
from tests.tui.looks import declare


def patient() -> DeclareScreen:
    """The declare screen in a time that leaps ahead, so that it always hears."""
    screen = declare()
    seconds = [0.0]

    def leap() -> float:
        seconds[0] += 1.0
        return seconds[0]

    screen.monotonic = leap
    return screen


async def declared(*keys: str) -> Declare:
    """What these keys declare."""
    app = await press(patient, keys)
    assert len(app.results) == 1
    found = app.results[0]
    assert isinstance(found, Declare)
    return found


async def test_a_title_and_letters_declare() -> None:
    """The title, enter, a letter for each question, enter: that is all."""
    found = await declared(*"crash", "enter", *"wynny", "enter")
    assert found.title == "crash"
    assert found.answers == {"use": "w", "data": "y", "way": "n", "back": "n"}
    assert found.flags == ("telemetry",)
    assert (found.severity, found.reason) == ("", "")
    assert (found.base, found.fix, found.branch, found.lead) == ("v1.0.0", "1.0.1", "hotfix/v1.0.1", "ops1")
    assert found.started_at == s.STARTED


async def test_the_branch_is_named_after_the_title_that_was_typed() -> None:
    """Where the playbook's branch names hold the title, the form shows the name while it is typed, and declares it."""

    def make() -> DeclareScreen:
        git = replace(s.PLAYBOOK.git, branch="hotfix/$slug")
        screen = DeclareScreen(
            replace(s.PLAYBOOK, git=git), lambda: s.STARTED, Start(base="v1.0.0", fix="1.0.1")
        )
        screen.monotonic = iter(range(10_000)).__next__
        return screen

    app = Host(make)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "unknown" in app.shown
        await pilot.press(*"Pay now")
        await pilot.pause()
        assert "hotfix/pay-now" in app.shown
        await pilot.press("enter", "enter")
    assert app.results[0].branch == "hotfix/pay-now"


async def test_another_version_may_carry_the_fix() -> None:
    """Where the version stands and its trap are on one line; v chooses another, and the branch follows (X.6, S1.TRP.4)."""
    app = Host(patient)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert (
            "v1.0.1 is above v1.0.0, below v1.1.0-beta.1, but: v2.0.0 is newer: it needs the fix" in app.shown
        )
        await pilot.press(*"crash", "enter", "v")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "v1.1.0 is above v1.1.0-beta.1, below v2.0.0" in app.shown
        await pilot.press("enter")
    (found,) = app.results
    assert (found.fix, found.branch) == ("1.1.0", "hotfix/v1.1.0")


class SafeHost(Host, SafeApp):
    """The same over the console's own base, which hands keys on to dialogs that were just opened."""


async def test_the_first_key_after_v_is_the_dialog_s() -> None:
    """The console sends a key behind one that opened a dialog up through the screen below, which must let it pass."""
    app = SafeHost(patient)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"crash", "enter", "v")
        await pilot.pause()
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "Fix version v1.1.0" in app.shown
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("minus", *"12m", "enter", "enter")
    (found,) = app.results
    assert (found.fix, found.severity, found.started_at.minute) == ("1.1.0", "", 2)


async def test_without_a_version_nothing_is_chosen() -> None:
    """Outside of a repository there is no version to show, and v does nothing."""
    app = Host(lambda: declare(Start()))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("tab", "v")
        await pilot.pause()
        assert "another version" not in app.shown
        assert isinstance(app.screen, DeclareScreen)


async def test_what_is_not_answered_is_recorded_as_not_sure() -> None:
    """Nobody has to know everything: an open question counts as its worse answer, and the log says so."""
    found = await declared(*"crash", "enter", "enter")
    assert found.answers == dict.fromkeys(("use", "data", "way", "back"), "?")


async def test_nothing_is_declared_without_a_title() -> None:
    """Enter leads back to the title and says what is missing."""
    app = Host(patient)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Say in one line" in app.shown
        assert not app.results
        await pilot.press(*"ok", "enter", "enter")
    assert app.results[0].title == "ok"


async def test_a_title_pasted_with_newlines_declares_nothing() -> None:
    """Without bracketed paste a second newline comes at once; it is not heard."""
    seconds = [0.0]

    def make() -> DeclareScreen:
        screen = declare()
        screen.monotonic = lambda: seconds[0]
        return screen

    app = Host(make)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"crash", "enter", "enter", "enter")
        await pilot.pause()
        assert not app.results
        seconds[0] += HOLD_OFF
        await pilot.press("enter")
    assert app.results


async def test_letters_are_letters_in_the_title() -> None:
    """Plus, minus, question mark and t are commands only outside the field."""
    assert (await declared(*"t+?", "minus", "enter", "enter")).title == "t+?-"


async def test_an_override_asks_for_a_reason() -> None:
    """The reason goes with the severity; the panel says both what was chosen and what the rules say."""
    app = Host(patient)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"crash", "enter", *"wny", "plus")
        await pilot.pause()
        assert "The rules say P2. Why is it P1?" in app.shown
        await pilot.press(*"vip", "enter")
        await pilot.pause()
        assert "overridden: vip" in app.shown
        assert "the rules say P2" in app.shown
        await pilot.press("enter")
    assert (app.results[0].severity, app.results[0].reason) == ("P1", "vip")


async def test_an_override_without_a_reason_is_none() -> None:
    """Esc out of the question leaves the severity as the rules have it."""
    found = await declared(*"crash", "enter", *"wny", "plus", "escape", "enter")
    assert found.severity == ""


async def test_a_verdict_against_a_hotfix_is_shown_and_can_be_recorded() -> None:
    """The screen says "next release" in words, and that declaring starts no clock."""
    app = Host(patient)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press(*"typo", "enter", *"wnyn")
        await pilot.pause()
        drawn = app.drawn
        assert "not a hotfix: next release" in drawn
        assert "no clock starts" in drawn
        assert "record: not a hotfix" in drawn
        await pilot.press("enter")
    assert app.results[0].answers["way"] == "y"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("03:10", (3, 10)), ("-12m", (3, 2)), ("@02:59", (2, 59)), ("2026-11-21T01:00Z", (1, 0))],
)
async def test_the_start_is_dated_back(typed: str, moment: tuple[int, int]) -> None:
    """`t` asks when it began; the clocks count from there."""
    keys = ["minus" if letter == "-" else letter for letter in typed]
    found = await declared(*"crash", "enter", "t", *keys, "enter", "enter")
    assert found.started_at is not None
    assert (found.started_at.hour, found.started_at.minute) == moment


async def test_the_start_cannot_lie_ahead() -> None:
    """A moment in the future is refused where it is typed."""
    app = Host(patient)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"crash", "enter", "t", *"2026-11-21T09:00Z", "enter")
        await pilot.pause()
        assert "future" in app.shown


async def test_wrong_keys_do_nothing() -> None:
    """A letter that is no answer changes neither the answers nor the cursor."""
    found = await declared(*"crash", "enter", *"xqz9", "w", "enter")
    assert found.answers["use"] == "w"


async def test_answers_are_changed_by_going_back() -> None:
    """Up from the second question leads to the first, whose answer is then another."""
    found = await declared(*"crash", "enter", "w", "up", "a", "enter")
    assert found.answers["use"] == "a"


async def test_triage_again_changes_the_severity_with_the_rule_as_its_reason() -> None:
    """Other answers, another severity; the reason names the rule."""
    app = await press(lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case()), ["down", "n", "enter"])
    assert app.results == [
        ChangeSeverity(
            "P1",
            "questions answered again: users are stuck without a workaround",
            {"use": "w", "data": "n", "way": "n"},
        )
    ]


async def test_triage_again_keeps_other_answers_that_change_nothing() -> None:
    """Knowing more is worth recording also when the severity stays."""
    app = await press(lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case()), ["a", "enter"])
    assert app.results[0].severity == "P0"
    assert app.results[0].answers["use"] == "a"


async def test_triage_again_with_the_same_outcome_changes_nothing() -> None:
    """The same severity leaves without an intent."""
    app = await press(lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case()), ["w", "enter"])
    assert app.results == [None]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_triage_again_says_that_the_incident_goes_on(size: tuple[int, int]) -> None:
    """It is declared: what is no hotfix any more is not closed by answering, and its clocks run."""
    app = Host(lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("w", "n", "y")
        await pilot.pause()
        shown = " ".join(app.drawn.replace("│", " ").split())
        assert "next release" in shown
        assert "This incident goes on all the same" in shown
        assert "updates" in shown
        assert "no clock starts" not in shown
        assert "Declaring records" not in shown


def test_not_sure_sets_a_flag() -> None:
    """Not sure counts as the worse answer for flags too."""
    asked = lines(s.PLAYBOOK)[-1]
    form = Form(s.PLAYBOOK, datetime(2026, 11, 21, tzinfo=UTC))
    assert form.answer(asked, "?").flags == ("telemetry",)
    assert form.answer(asked, "n").flags == ()
    assert form.flags == ()


def test_an_override_gives_way_when_the_rules_agree() -> None:
    """Once the answers lead to the same severity, no override is recorded."""
    form = Form(s.PLAYBOOK, s.STARTED, {"use": "w", "data": "n", "way": "y"}).overridden("P0", "a feeling")
    assert form.severity.id == "P0"
    agreed = form.answer(lines(s.PLAYBOOK)[1], "y")
    assert (agreed.severity.id, agreed.override, agreed.reason) == ("P0", "", "")


async def test_a_second_enter_behind_a_reason_declares_nothing() -> None:
    """Somebody who presses enter twice after the reason has not said "declare"."""
    seconds = [0.0]

    def make() -> DeclareScreen:
        screen = declare()
        screen.monotonic = lambda: seconds[0]
        return screen

    app = Host(make)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*"crash", "enter", *"wny", "plus", *"vip")
        seconds[0] += 10
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert not app.results
        seconds[0] += HOLD_OFF
        await pilot.press("enter")
    assert app.results[0].reason == "vip"


async def test_the_keys_that_are_told_are_those_that_are_heard() -> None:
    """While the title is typed no letter answers, and enter goes on to the questions; there it declares."""
    app = Host(declare)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "type what users see" in app.drawn
        assert "to the questions" in app.drawn
        assert "letter answers" not in app.drawn
        await pilot.press(*"crash", "enter")
        await pilot.pause()
        assert "letter answers  t start time" in app.drawn
        assert "declare, start the clock" in app.drawn


async def test_what_is_not_known_of_the_repository_is_told_with_its_reason() -> None:
    """An unknown base says why, and claims nothing about a release."""
    start = Start(
        base_why="latest release", warning="No repository here: name the base and the branch yourself."
    )
    app = Host(lambda: DeclareScreen(s.PLAYBOOK, lambda: s.STARTED, start))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "No repository here: name the base and the branch yourself." in app.drawn
        assert "(latest release)" not in app.drawn
