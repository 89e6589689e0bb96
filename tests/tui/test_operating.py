from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hotfix_tui.adapters.site import site_of
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.intents import StartOperation, StartStep
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Level, Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.output import OutputScreen
from hotfix_tui.tui.screens.unfinished import UnfinishedScreen
from tests.git.programs import on_path
from tests.git_fixtures import SlowRepository
from tests.tui.console_fixtures import Stage, console, drawn, ready, shows, stage, what_is_shown_is_on_disk

WIDE = (120, 36)


async def until(pilot: Pilot[None], true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    for _ in range(600):
        if true():
            return
        await pilot.pause(0.02)
    assert isinstance(pilot.app, HotfixApp)
    raise AssertionError(f"{what} did not come:\n{drawn(pilot.app)}")


async def answered(pilot: Pilot[None], key: str, screen: type) -> None:
    """Press a key in a dialog of this class until it is heard: it is deaf for its first 400 ms."""
    await until(pilot, lambda: isinstance(pilot.app.screen, screen), screen.__name__)
    shown = pilot.app.screen
    for _ in range(200):
        if pilot.app.screen is not shown:
            return
        await pilot.press(key)
        await pilot.pause(0.02)
    raise AssertionError(f"{screen.__name__} did not hear {key}")


def slow(made: Stage) -> Stage:
    """The same, with a git whose commands end only when they are stopped."""

    def find(folder: Path) -> Site:
        return site_of(SlowRepository(made.repository.repository.places), made.clock)

    made.services = replace(made.services, find_site=find)
    return made


async def test_a_running_operation_is_watched_and_stopped(tmp_path: Path) -> None:
    """`l` shows its output while it grows; `x` asks, then stops it; the step is unknown and the ways on are offered."""
    made = slow(stage(tmp_path))
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await answered(pilot, "y", ConfirmScreen)
        await until(pilot, lambda: app.work.busy, "the operation")
        await pilot.press("l")
        await until(pilot, lambda: "waiting for the remote" in drawn(app), "the output")
        assert "x stops the job" in drawn(app)
        await pilot.press("x", "enter")
        await pilot.pause()
        assert isinstance(app.screen, OutputScreen)
        assert app.work.busy
        await pilot.press("x", "s")
        await until(pilot, lambda: isinstance(app.screen, UnfinishedScreen), "the ways on")
        (record,) = console(app).present.incident.operations.values()
        assert (record.state, record.steps[0].state) == ("running", "unknown")
        assert "Create hotfix/v1.0.5" in drawn(app)
        what_is_shown_is_on_disk(made, app)
        await answered(pilot, "l", UnfinishedScreen)
        await until(
            pilot,
            lambda: next(iter(console(app).present.incident.operations.values())).state == "left",
            "the end",
        )
        await pilot.press("l")
        await pilot.pause()
        assert "x stops" not in drawn(app)


async def test_enter_in_the_git_pane_plans_the_next_step(tmp_path: Path) -> None:
    """What the pane names as next is planned at once, for its item; nothing runs before the yes, and git has been read."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "next hotfix op run branch" in drawn(app)
        await pilot.press("3", "enter")
        await shows(pilot, "Run 1.5", "Press y to run it")
        await answered(pilot, "escape", ConfirmScreen)
        await shows(pilot, "next hotfix op run branch", gone="reading git")


async def test_a_job_that_failed_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence tells its last words and the key to all of them."""
    on_path(monkeypatch, tmp_path / "bin", cargo='print("no such test target"); sys.exit(101)')
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        tests = made.case.playbook.item("critical-tests")
        assert tests is not None
        app.work.plan("command", tests.id)
        await answered(pilot, "y", ConfirmScreen)
        await shows(pilot, "Run cargo test: failed: ", "no such test target", "l shows all of it")


async def test_without_a_job_there_is_no_output(tmp_path: Path) -> None:
    """`l` says so."""
    app = stage(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("l")
        await pilot.pause()
        assert "No job has run yet." in drawn(app)


async def test_the_confirmation_is_headed_by_the_item_s_number(tmp_path: Path) -> None:
    """`Run 1.5` as everywhere else."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await until(pilot, lambda: "Run 1.5" in drawn(app), "the plan")


async def test_a_word_that_only_a_person_knows_is_asked_for(tmp_path: Path) -> None:
    """The changelog's entry wants the issue's number: it is asked for, and the plan follows."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.work.plan("changelog", "changelog")
        await until(pilot, lambda: "the issue's number" in drawn(app), "the question")
        await pilot.press("1", "2", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the plan")
        assert isinstance(app.screen, ConfirmScreen)
        assert "(#12)" in app.screen._plan.parameters["entry"]


def crashed(made: Stage, monkeypatch: pytest.MonkeyPatch, level: Level) -> None:
    """An operation at this level of which nobody wrote how it went; its first step was begun."""
    branch = OPERATIONS["branch"]

    def plan(parameters: Mapping[str, str], site: Site) -> Plan:
        found = branch.plan(parameters, site)
        steps = tuple(replace(step, level=level) for step in found.steps)
        return replace(found, steps=steps, word="v1.0.5")

    monkeypatch.setitem(OPERATIONS, "branch", replace(branch, plan=plan))
    parameters = branch.prepare(made.repository.site, made.case.incident, made.case.playbook, {})
    made.ask(
        StartOperation("run1", "branch", "Create it", parameters, ("create", "switch"), "branch"),
        StartStep("run1", "create", ("git", "branch")),
    )


@pytest.mark.parametrize(("level", "asks"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize("way", ["c", "u"])
async def test_going_on_is_confirmed_like_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: Level, way: str, *, asks: bool
) -> None:
    """From level 2 on neither continuing nor undoing happens without the confirmation of that level."""
    made = stage(tmp_path)
    crashed(made, monkeypatch, level)
    made.repository.git("branch", "hotfix/v1.0.5", "v1.0.4")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await answered(pilot, way, UnfinishedScreen)
        state = {"c": "done", "u": "undone"}[way]
        if asks:
            await until(pilot, lambda: f"level {level}" in drawn(app), "the question")
            assert ("git switch" if way == "c" else "git branch --delete") in drawn(app)
            assert console(app).present.incident.operations["run1"].state == "running"
            if level == 3:
                await until(pilot, lambda: app.screen.awake, "its hearing")  # type: ignore[attr-defined]
                await pilot.press(*"v1.0.5", "tab")
            await answered(pilot, "y", ConfirmScreen)
        await until(
            pilot, lambda: console(app).present.incident.operations["run1"].state == state, f"{state}"
        )
        what_is_shown_is_on_disk(made, app)


async def test_nothing_of_a_playbook_that_is_not_trusted_runs(tmp_path: Path) -> None:
    """`b` plans nothing, `r` and `y` hand no command over, and the line says what to do."""
    made = stage(tmp_path)

    def refuse(case: Case) -> None:
        raise Refused(f"Not trusted: hotfix playbook trust -i {case.id}")

    made.services = replace(made.services, may_run=refuse)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        before = app.screen
        await pilot.press("b")
        await until(pilot, lambda: "Not trusted: hotfix playbook trust" in drawn(app), "the refusal")
        assert app.screen is before
        app.say("")
        screen = console(app)
        item = next(i for i in screen.present.playbook.all_items() if i.command)
        screen.hand_over(item)
        await until(pilot, lambda: "Not trusted: hotfix playbook trust" in drawn(app), "the refusal again")
        assert [name.split()[0] for name in made.repository.branches()] == ["main"]
        what_is_shown_is_on_disk(made, app)
