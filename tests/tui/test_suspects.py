"""Any operation and the suspects, from the console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.suspects import ChangeScreen, SuspectsScreen
from hotfix_tui.tui.widgets.listing import Listing
from tests.git_fixtures import commit
from tests.tui.console_fixtures import Stage, console, drawn, ready, stage

WIDE = (120, 36)
EVIL = "evil \x1b]0;owned\x07[red]x[/red] \u202e"


async def until(pilot: Pilot[None], true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    for _ in range(600):
        if true():
            return
        await pilot.pause(0.02)
    assert isinstance(pilot.app, HotfixApp)
    raise AssertionError(f"{what} did not come:\n{drawn(pilot.app)}")


def broken(folder: Path) -> Stage:
    """The incident is about v1.0.4; between v1.0.3 and it a second file was changed as well."""
    made = stage(folder)
    box = made.repository
    box.git("switch", "-q", "-c", "older", "v1.0.3")
    commit(box.root, "config.py", "x\n" * 700, "large configuration")
    commit(box.root, "unlock.py", "def unlock():\n    return 2\n", EVIL)
    box.git("tag", "-d", "v1.0.4")
    box.git("tag", "-a", "-m", "x", "v1.0.4")
    return made


@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_suspects_are_ranked_tried_and_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    """`B` lists them with their dry runs; a pasted trace ranks them anew; enter shows what the first one changes."""
    made = broken(tmp_path)
    app = made.app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await until(pilot, lambda: "reverts cleanly on HEAD" in drawn(app), "the dry run")
        assert "v1.0.3 to v1.0.4: 2 commits" in drawn(app)
        assert "no trace yet" in drawn(app)
        app.screen.post_message(events.Paste('File "/srv/app/config.py", line 7, in load\n  x()'))
        await until(pilot, lambda: "the trace names config.py:7" in drawn(app), "the trace")
        await until(
            pilot, lambda: "changes what the trace names: config.py (line 7)" in drawn(app), "the reason"
        )
        assert isinstance(app.screen, SuspectsScreen)
        first = app.screen.query_one(Listing).rows[0]
        assert "large configuration" in first.text
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChangeScreen), "the change")
        assert "config.py | 700" in drawn(app)
        assert "dry run: reverts cleanly on HEAD" in drawn(app)
        await pilot.press("q", "q")
        await until(pilot, lambda: app.screen is console(app), "the console")


async def test_the_log_in_sight_is_a_trace(tmp_path: Path) -> None:
    """`v` takes it; hostile subjects are only text."""
    made = broken(tmp_path)
    (tmp_path / "app.log").write_text("03:14:07 ERROR unlock.py:2 failed\n")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "ERROR unlock.py:2" in drawn(app), "the log")
        await pilot.press("B")
        await until(pilot, lambda: "2 commits" in drawn(app), "the suspects")
        await pilot.press("v")
        await until(pilot, lambda: "the trace names unlock.py:2" in drawn(app), "the trace")
        assert "[red]x[/red]" in drawn(app)
        assert "\x1b" not in drawn(app)
        assert "\u202e" not in drawn(app)


async def test_what_cannot_be_told_is_a_sentence(tmp_path: Path) -> None:
    """Without a release before, and after somebody has left: no trace of a failure but words."""
    made = stage(tmp_path)
    made.repository.git("tag", "-d", "v1.0.3", "v1.0.4")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("B")
        await until(pilot, lambda: "There is no release before v1.0.4 here" in drawn(app), "the sentence")
        await pilot.press("escape", "B", "escape")
        await until(pilot, lambda: not any(one.name == "suspects" for one in app.workers), "the answer")
        await until(pilot, lambda: app.screen is console(app), "the console")


async def test_every_operation_is_planned_from_one_list(tmp_path: Path) -> None:
    """`O` lists each with the items that it does; enter plans it, and what it did belongs to the first open one."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen), "the list")
        line = next(line for line in drawn(app).splitlines() if "Create the hotfix branch" in line)
        label = line.split("hotfix branch", 1)[1].split("┃")[0].strip()
        assert label
        assert "Delete the hotfix branch" in drawn(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the plan")
        await until(pilot, lambda: f"{label} Create hotfix/v1.0.5 from v1.0.4" in drawn(app), "its item")
