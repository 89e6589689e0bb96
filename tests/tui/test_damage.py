from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.events import NoteAdded
from tests.events import chain
from tests.tui.console_fixtures import drawn, ready, stage

WIDE = (120, 36)
NOTICE = "The database was damaged: 3 events of 1 incident were kept; the old file is beside it."


@pytest.mark.parametrize("home", [False, True], ids=["incident", "home"])
async def test_what_became_of_a_damaged_database_is_said_on_the_first_screen(
    tmp_path: Path, home: bool
) -> None:
    """On the terminal before the console it would be overwritten at once."""
    made = stage(tmp_path)
    made.services = replace(made.services, notice=NOTICE)
    app = made.app(home=home)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for _ in range(200):
            if "was damaged" in drawn(app):
                break
            await pilot.pause(0.02)
        shown = " ".join(drawn(app).split())
        assert "was damaged: 3 events of 1 incident were kept" in shown


async def test_home_lists_an_incident_that_cannot_be_read(tmp_path: Path) -> None:
    """With its reason, among the open ones; choosing it says the reason."""
    made = stage(tmp_path)
    made.store.append("HF-odd", chain(NoteAdded("alone"), incident="HF-odd"), seen=0)
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.pause()
        assert "?    HF-odd           cannot be read: nothing says how it was declared" in drawn(app)
        assert made.case.id in drawn(app)
        await pilot.press("g", "enter")
        await pilot.pause()
        assert app.console_screen is None
