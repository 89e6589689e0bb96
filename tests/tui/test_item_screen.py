"""An item's details follow the case: what a key does is what is shown."""

from __future__ import annotations

from pathlib import Path

from hotfix_tui.domain import intents as i
from tests.tui.console_fixtures import console, ready, shows, stage, what_is_shown_is_on_disk

WIDE = (120, 36)


async def test_details_follow_what_another_console_records(tmp_path: Path) -> None:
    """Somebody else ticks it: the open details show so, and space offers to open it again."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await shows(pilot, "Item 1.1", "space done")
        made.ask(i.MarkItem("confirmed", "done"))
        await shows(pilot, "space open again", "[x] 1.1")
        await pilot.press("space")
        await shows(pilot, "open again:")
        assert console(app).present.incident.item("confirmed").mark == "open"
        what_is_shown_is_on_disk(made, app)


async def test_a_key_in_the_details_is_about_their_item(tmp_path: Path) -> None:
    """Somebody else enters the next phase, and the cursor behind goes with it; space marks the item that is shown."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await shows(pilot, "Item 1.1", "space done")
        made.ask(i.EnterPhase("fix", reason="the rest was done by phone"))
        for _ in range(500):
            if console(app).pane("checklist").key != "confirmed":
                break
            await pilot.pause(0.01)
        await pilot.press("space")
        await shows(pilot, "done: ")
        marked = {id for id, told in console(app).present.incident.items.items() if told.mark == "done"}
        assert marked == {"confirmed"}
        what_is_shown_is_on_disk(made, app)
