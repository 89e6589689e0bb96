from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.domain.drift import clock_risks
from tests.tui.console_fixtures import console, drawn, ready, stage

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("drift", "known", "told"),
    [
        (62 * MINUTE, timedelta(0), ["clock changed by 1h02m"]),
        (-2 * HOUR, timedelta(0), ["clock changed by -2h"]),
        (5 * MINUTE, timedelta(0), []),
        (62 * MINUTE, 62 * MINUTE, []),
        (62 * MINUTE + 3 * HOUR, 62 * MINUTE, ["clock changed by 3h"]),
        (timedelta(0), 62 * MINUTE, ["clock changed by -1h02m"]),
    ],
)
def test_a_change_is_told_until_it_is_known(drift: timedelta, known: timedelta, told: list[str]) -> None:
    """Five minutes are no change; what is known is not told again, a further change is."""
    assert [risk.text for risk in clock_risks(drift, known)] == told


async def test_the_console_says_that_the_clock_was_changed(tmp_path: Path) -> None:
    """The header's RISK says it first until `x`, the bottom says it once, and the clocks here do not move."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        made.clock.set_wall(62 * MINUTE)
        made.later(seconds=1)
        console(app).tick()
        await pilot.pause()
        header, message = drawn(app).splitlines()[2], drawn(app).splitlines()[-2]
        assert "RISK ▲3  clock changed by 1h02m" in header
        assert "The machine's clock changed by 1h02m" in message
        assert "03:14:01Z" in drawn(app)
        made.later(minutes=2)
        console(app).tick()
        await pilot.pause()
        assert "clock changed by 1h02m" in drawn(app).splitlines()[2]
        assert "The machine's clock" not in drawn(app)
        await pilot.press("x")
        await pilot.pause()
        assert "clock changed" not in drawn(app)
        made.clock.set_wall(-HOUR)
        console(app).tick()
        await pilot.pause()
        assert "clock changed by -1h " in drawn(app).splitlines()[2]


async def test_there_is_nothing_to_acknowledge_while_the_clock_is_well(tmp_path: Path) -> None:
    """`x` says so."""
    app = stage(tmp_path).app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert "was not changed" in drawn(app)
