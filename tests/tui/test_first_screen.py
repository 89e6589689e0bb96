"""The first screen: nothing lies under it, nothing is read twice for it, and nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import LogSource
from hotfix_tui.tui.screens.console import ConsoleScreen
from hotfix_tui.tui.screens.home import HomeScreen
from tests.tui.console_fixtures import ready, stage

WIDE = (120, 36)


@pytest.mark.parametrize("home", [False, True])
async def test_nothing_lies_under_the_first_screen(
    home: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One screen is styled, laid out and painted; the styles are read once, in the theme's colours."""
    again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", again.append)
    app = stage(tmp_path).app(home=home)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen if home else ConsoleScreen]
        assert app.screen.styles.background.hex == "#101418"
        assert not again


@pytest.mark.parametrize("home", [False, True])
async def test_the_first_screen_is_painted_as_a_whole_once(
    home: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Textual asks for before or while it lays out, the layout paints; later only what changed is painted."""
    whole: list[Compositor] = []
    real = Compositor.render_full_update

    def count(self: Compositor, simplify: bool = False) -> LayoutUpdate:
        whole.append(self)
        return real(self, simplify)

    monkeypatch.setattr(Compositor, "render_full_update", count)
    app = stage(tmp_path).app(home=home)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert len(whole) == 1
        app.screen.refresh()
        for _ in range(200):
            if len(whole) > 1:
                break
            await pilot.pause(0.02)
        assert len(whole) == 2


async def test_a_log_that_cannot_be_opened_is_told_on_the_first_screen(tmp_path: Path) -> None:
    """The sentence is there although it was found out before there was a screen."""
    made = stage(tmp_path)

    def refuse(path: Path) -> LogSource:
        raise PortFailure("Log", "it is no regular file.", "Give another file with --log.")

    made.services = replace(made.services, open_log=refuse)
    app = made.app()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        assert "Give another file with --log." in await toast(pilot)


async def toast(pilot: Pilot[None]) -> str:
    """The words of the first toast."""
    for _ in range(200):
        found = pilot.app.screen.query(Toast)
        if found:
            return str(found.first().render())
        await pilot.pause(0.02)
    raise AssertionError("no toast came")
