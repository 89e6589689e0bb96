"""The way of working in the console: parts and rounds, scenario cards and rollbacks, facts, fields, typed words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from hotfix_tui.domain import intents as i
from hotfix_tui.tui.app import HotfixApp
from tests.tui.console_fixtures import Stage, console, drawn, driven, ready, stage

Compare = Callable[..., bool]
SIZES = {"120x36": (120, 36), "80x24": (80, 24)}


async def came(app: HotfixApp, true: Callable[[], bool]) -> None:
    """Wait until something is true of the incident on the screen."""
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(drawn(app))


def deploying(folder: Path) -> Stage:
    """The web service goes out to everybody while its data is being looked after."""
    made = stage(folder, title="Checkout answers 500", playbook="web-service")
    made.ask(
        i.ChooseWay("fix", "the release before has the fault too"),
        i.FillField("users", "everybody who pays"),
        i.StartProcedure("corrupt-data", "rows are missing"),
        i.MarkItem("writes-stopped", "done"),
    )
    made.later(minutes=50)
    made.ask(i.EnterPhase("deploy", reason="the rest was done by phone"))
    for item in ("on-staging", "staging-starts", "staging-health"):
        made.ask(i.MarkItem(item, "done"))
    made.ask(i.MarkItem("deployed", "done", reason="the canary was quiet"))
    made.later(minutes=16)
    made.ask(i.MarkItem("error-rate", "done", value="0.4 %"))
    made.ask(i.MarkItem("watched", "done", value="0.3 %"))
    return made


def validating(folder: Path) -> Stage:
    """The desktop application's beta runs for its 48 hours."""
    made = stage(folder, playbook="desktop-app")
    made.ask(i.ChooseWay("fix", "the version before has it too"))
    made.later(hours=5)
    made.ask(i.EnterPhase("beta", reason="built by hand"), i.MarkMilestone("beta-released"))
    made.ask(i.EnterPhase("validate", reason="released"))
    made.later(hours=20)
    return made


def trying(folder: Path) -> Stage:
    """The beta protocol's tests, with their parts, while telemetry is in question."""
    made = stage(folder, playbook="beta-protocol")
    made.ask(i.ChooseWay("fix", "the version before is no better"))
    for flag in made.case.playbook.flags:
        made.ask(i.SetFlag(flag.id))
    made.ask(i.EnterPhase("test", reason="the fix is written"))
    return made


MOMENTS = {"deploying": deploying, "validating": validating, "trying": trying}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_look_as_agreed(snap_compare: Compare, tmp_path: Path, moment: str, size: str) -> None:
    """Rounds, windows, wrong answers and first actions; a wait that lasts two days; parts under their whole."""
    app = MOMENTS[moment](tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven())


@pytest.mark.parametrize("key", ["E", "F", "W", "i"], ids=["start", "flag", "way", "fill"])
def test_questions_look_as_agreed(snap_compare: Compare, tmp_path: Path, key: str) -> None:
    """What can be started, which facts are known, which way, which fields."""
    app = deploying(tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES["80x24"], run_before=driven(key))


async def test_a_scenario_is_started_and_its_actions_are_marked(tmp_path: Path) -> None:
    """E, enter: the card's checklist is shown, space marks, the phases pane leads back to it."""
    app = stage(tmp_path, playbook="web-service").app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        await pilot.press("E")
        await pilot.pause()
        assert "Damaged database" in drawn(app)
        await pilot.press("slash", *"damaged", "enter")
        await came(app, lambda: "corrupt-data" in console(app).present.incident.procedures)
        await pilot.pause()
        assert "Checklist  A Damaged database" in drawn(app)
        await pilot.press("space")
        await came(app, lambda: console(app).present.incident.item("writes-stopped").mark == "done")
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert "Checklist  phase 6" in drawn(app)
        await pilot.press("1", "G", "enter")
        await pilot.pause()
        assert "Checklist  A Damaged database" in drawn(app)


async def test_the_goal_of_the_phase_is_shown(tmp_path: Path) -> None:
    """Whichever phase one looks at says what it is for (S3.PHA.10)."""
    made = stage(tmp_path, playbook="beta-protocol")
    app = made.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await ready(pilot)
        for phase in made.case.playbook.phases:
            await pilot.press("G")
            await pilot.pause()
            words = console(app).pane("checklist").text
            assert phase.goal
            assert all(word in words for word in phase.goal.split())
            await pilot.press("right_square_bracket")
            await pilot.pause()


async def test_the_way_is_asked_for_and_decided(tmp_path: Path) -> None:
    """The question stands under NEXT until W answers it; yes starts the way back (S0.GAT.3)."""
    app = stage(tmp_path, playbook="desktop-app").app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        assert "NEXT  Is it faster to send people back" in drawn(app)
        await pilot.press("W", "y")
        await pilot.pause()
        await pilot.press(*"two minutes", "enter")
        await came(app, lambda: console(app).present.incident.way == "rollback")
        assert "stable-channel" in console(app).present.incident.procedures


@pytest.mark.parametrize("word", ["y", "yes"])
async def test_the_way_wants_the_word_of_the_rollback_that_it_starts(tmp_path: Path, word: str) -> None:
    """The word in full, before the reason is asked for; without it nothing is decided (S1.GAT.6)."""
    app = stage(tmp_path, playbook="npm-package").app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        await pilot.press("W", "y")
        await pilot.pause()
        assert "Type yes in full" in drawn(app)
        await pilot.press(*word, "enter")
        await pilot.pause()
        if word == "yes":
            await pilot.press(*"two minutes", "enter")
            await came(app, lambda: console(app).present.incident.way == "rollback")
            assert "point-back" in console(app).present.incident.procedures
        else:
            assert "“yes” was not typed" in drawn(app)
            assert console(app).present.incident.way == ""


async def test_a_fact_brings_its_items(tmp_path: Path) -> None:
    """F, enter: what depends on it appears in the checklist (S3.CHK.25)."""
    app = stage(tmp_path, playbook="web-service").app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        await pilot.press("F", "enter")
        await came(app, lambda: bool(console(app).present.incident.flags))


async def test_a_field_is_filled_in(tmp_path: Path) -> None:
    """i, the field, the answer (S0.CHK.5)."""
    app = stage(tmp_path, playbook="web-service").app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        await pilot.press("i", "enter")
        await pilot.pause()
        await pilot.press(*"all of them", "enter")
        await came(app, lambda: console(app).present.incident.fields.get("users") == "all of them")


async def test_a_word_is_typed_in_full_or_nothing_happens(tmp_path: Path) -> None:
    """A way back that asks for its word says from which release to which, and starts with it alone (S1.GAT.6, S1.RBK.3)."""
    made = stage(tmp_path, playbook="npm-package")
    wanted = next(r for r in made.case.playbook.rollbacks if r.confirm)
    app = made.app()
    async with app.run_test(size=SIZES["120x36"]) as pilot:
        await ready(pilot)
        for typed in ("y", wanted.confirm):
            await pilot.press("E")
            await pilot.pause()
            await pilot.press("slash", *wanted.title.lower().split()[0])
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            assert f"Type {wanted.confirm} in full" in drawn(app).replace("\n", " ")
            assert "From 1.0.4 back to v1.0.3" in drawn(app), "nothing newer than the bad one is out"
            await pilot.press(*typed, "enter")
            await pilot.pause()
            if typed == "y":
                assert "was not typed" in drawn(app)
                assert not console(app).present.incident.procedures
        await came(app, lambda: wanted.id in console(app).present.incident.procedures)
