"""The first screen: nothing lies under it, nothing is read twice for it, and nothing that was said is lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.css.stylesheet import Stylesheet
from textual.events import MouseScrollUp
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import LogSource, Site
from hotfix_tui.service.ahead import Ahead
from hotfix_tui.service.sight import Sight, look_at
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.console import ConsoleScreen
from hotfix_tui.tui.screens.home import HomeScreen
from tests.tui.console_fixtures import console, drawn, ready, stage, worked

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


async def test_the_first_picture_is_the_whole_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git, the end of the log and every pane at its own width stand on it; only the way back is tried out later."""
    made = stage(tmp_path)
    log = tmp_path / "app.log"
    log.write_text("".join(f"2026-11-21T03:13:{n:02}Z INFO  line {n}\n" for n in range(60)))
    ahead = Ahead(lambda: look_at(made.services, made.case))
    ahead.answer()
    app = HotfixApp(made.services, made.app().terminal, made.case, ahead=ahead)
    pictures: list[list[str]] = []
    real = Compositor.render_full_update

    def keep(self: Compositor, simplify: bool = False) -> LayoutUpdate:
        pictures.append([strip.text for strip in self.render_strips()])
        return real(self, simplify)

    monkeypatch.setattr(Compositor, "render_full_update", keep)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        later = drawn(app).split("\n")
        git = console(app).pane("git").region
    outside = [
        (before, after)
        for y, (before, after) in enumerate(zip(pictures[0], later, strict=True))
        if not git.y <= y < git.bottom
    ]
    assert [before for before, _ in outside] == [after for _, after in outside]
    whole = "\n".join(pictures[0])
    assert "looking …" not in whole
    assert "line 59" in whole
    assert "following app.log" in whole


async def test_what_the_first_picture_painted_is_not_painted_again(tmp_path: Path) -> None:
    """No widget holds back a part that it believes is still to be painted: its first change would paint that too."""
    made = stage(tmp_path)
    ahead = Ahead(lambda: look_at(made.services, made.case))
    ahead.answer()
    app = HotfixApp(made.services, made.app().terminal, made.case, ahead=ahead)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        panes = [pane for pane in console(app).panes if pane.SCOPE not in ("git", "log")]
        assert [pane.SCOPE for pane in panes if pane._exchange_repaint_regions()] == []


async def test_what_git_says_later_is_shown_later(tmp_path: Path) -> None:
    """A slow git keeps nobody waiting: the console stands without it, and shows it once it is known."""
    made, known = stage(tmp_path), threading.Event()

    def slow() -> tuple[Site, Sight]:
        known.wait(30)
        return look_at(made.services, made.case)

    app = HotfixApp(made.services, made.app().terminal, made.case, ahead=Ahead(slow))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "looking …" in drawn(app)
        known.set()
        await ready(pilot)
        assert "looking …" not in drawn(app)


async def test_a_look_ahead_that_failed_is_told_like_any_other(tmp_path: Path) -> None:
    """What git could not do while the console was being loaded stands in its pane as a sentence."""
    made = stage(tmp_path)

    def refuse() -> tuple[Site, Sight]:
        raise PortFailure("Git", "there is no folder here.", "Look at --repo.")

    app = HotfixApp(made.services, made.app().terminal, made.case, ahead=Ahead(refuse))
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(200):
            if "there is no folder here." in drawn(app):
                return
            await pilot.pause(0.02)
    raise AssertionError("nobody was told")


async def test_panes_scroll_without_a_bar(tmp_path: Path) -> None:
    """No pane has the widget of a bar that nobody would see, and the wheel moves it all the same."""
    app = worked(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        screen = console(app)
        assert not [pane for pane in screen.panes if pane.scrollbars_enabled != (False, False)]
        story = screen.pane("story")
        before = story.scroll_offset.y
        assert before > 0
        x, y = story.region.center
        story.post_message(MouseScrollUp(story, int(x), int(y), 0, 0, 0, False, False, False))
        for _ in range(200):
            if story.scroll_offset.y < before:
                return
            await pilot.pause(0.02)
    raise AssertionError("the wheel moves nothing")


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
