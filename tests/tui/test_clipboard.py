from __future__ import annotations

from pathlib import Path

from hotfix_tui.tui.clipboard import LIMIT
from tests.tui.console_fixtures import console, ready, stage


async def test_of_five_megabytes_the_beginning_is_copied_and_told(tmp_path: Path) -> None:
    """Row 80: terminals drop more, so it is cut, and nobody believes that all of it was copied."""
    app = stage(tmp_path).app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        app.copy("0123456789" * 500_000, "the page")
        await pilot.pause()
        assert len(app.clipboard) == LIMIT
        view = console(app).view
        assert view is not None
        assert f"copied the page, the first {LIMIT} characters" in view.said[0]
