from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hotfix_tui.adapters.playbook_folders import PlaybookFolders
from hotfix_tui.domain import intents as i
from hotfix_tui.service.health import Finding
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.declare import DeclareScreen
from hotfix_tui.tui.screens.dialog import HOLD_OFF
from tests.tui.console_fixtures import EXAMINED, Stage, console, drawn, stage

WIDE = (120, 36)


async def shown(pilot: Pilot[None], words: str) -> str:
    """Wait until these words are on the screen; the whole screen."""
    app = pilot.app
    assert isinstance(app, HotfixApp)
    for _ in range(400):
        if words in drawn(app):
            return drawn(app)
        await pilot.pause(0.02)
    raise AssertionError(f"{words!r} did not come:\n{drawn(app)}")


def broken(made: Stage) -> Stage:
    """The same in a repository whose playbook has a mistake in its third line."""
    root = made.repository.root
    (root / ".hotfix").mkdir()
    (root / ".hotfix" / "playbook.toml").write_text('schema = 1\nid = "team"\ntitel = "Ours"\n')
    made.services = replace(made.services, library=PlaybookFolders(root, made.services.settings.config_dir))
    return made


async def test_home_says_what_the_next_incident_will_need(tmp_path: Path) -> None:
    """What is wrong comes first, with what to do about it; what is well is named."""
    app = stage(tmp_path).app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await shown(pilot, "git, remote, data")
        assert "the agent holds no key (ssh-add)" in screen
        assert "app (main, clean)" in screen
        assert "looking" not in screen


async def test_the_incidents_do_not_wait_for_what_takes_long(tmp_path: Path) -> None:
    """The list is there while git and ssh are still being asked."""
    made, asked = stage(tmp_path), threading.Event()

    def examine() -> tuple[Finding, ...]:
        asked.wait(10)
        return EXAMINED

    made.services = replace(made.services, examine=examine)
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await shown(pilot, made.case.id)
        assert "looking" in screen
        assert "ssh-add" not in screen
        asked.set()
        await shown(pilot, "ssh-add")


async def test_what_was_typed_for_a_declaration_is_kept_until_it_is_declared(tmp_path: Path) -> None:
    """Esc loses nothing: `n` shows it again, and says so; the next incident begins empty."""
    made = stage(tmp_path)
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot, made.case.id)
        await pilot.press("n")
        await shown(pilot, "What is happening?")
        await pilot.press(*"unlock", "space", *"fails", "enter", "y", "escape")
        await shown(pilot, "Open incidents")
        await pilot.press("n")
        again = await shown(pilot, "It is as you left it")
        assert "unlock fails" in again
        assert "[y]" in again
        await pilot.press("enter")
        await pilot.pause(HOLD_OFF)
        await pilot.press("enter")
        await shown(pilot, "WHERE")
        assert console(app).present.incident.title == "unlock fails"
        assert console(app).present.incident.answers["danger"] == "y"
        await pilot.press("q")
        await shown(pilot, "Open incidents")
        await pilot.press("n")
        assert "It is as you left it" not in await shown(pilot, "What is happening?")


@pytest.mark.parametrize("size", [WIDE, (80, 24)])
async def test_columns_stand_under_their_headings(tmp_path: Path, size: tuple[int, int]) -> None:
    """However long a playbook's word for the severity is; in both lists, since one stands under the other."""
    made = stage(tmp_path, playbook="npm-package")
    made.ask(i.Close("told by phone"))
    loaded = made.services.library.load("")
    again = i.Declare("Unlock fails", answers={"danger": "y"}, source=loaded.source)
    opened = made.services.incidents.declare(loaded.playbook, again)
    app = made.app(home=True)
    async with app.run_test(size=size) as pilot:
        lines = (await shown(pilot, opened.id)).split("\n")
        (head,) = (line for line in lines if "sev " in line)
        (below,) = (line for line in lines if opened.id in line)
        (closed,) = (line for line in lines if made.case.id in line and opened.id not in line)
        assert len(made.case.incident.severity) > len("sev ")
        assert head.index("id ") == below.index(opened.id) == closed.index(made.case.id)
        assert head.index("title") == below.index("Unlock fails") == closed.index("Vault")


async def test_a_broken_playbook_is_told_on_home(tmp_path: Path) -> None:
    """In one sentence: the file, the line, and what is used instead; at 80 columns too."""
    for size in (WIDE, (80, 24)):
        app = broken(stage(tmp_path / str(size[0]))).app(home=True)
        async with app.run_test(size=size) as pilot:
            screen = await shown(pilot, "(hotfix playbook check)")
            told = " ".join(screen.replace("│", " ").split())
            assert ".hotfix/playbook.toml is broken at line " in told
            assert "(built-in) is used instead." in told


async def test_declaring_with_another_playbook_is_asked_first(tmp_path: Path) -> None:
    """Enter goes back; only who says so declares with the built-in one."""
    app = broken(stage(tmp_path)).app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot, "▲ playbook")
        await pilot.press("n")
        await shown(pilot, "Your playbook is broken")
        assert isinstance(app.screen, ChooseScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, DeclareScreen)
        await pilot.press("n")
        await shown(pilot, "Your playbook is broken")
        await pilot.press("j", "enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, DeclareScreen)
