from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.host import NARROW, WIDE, Host
from tests.tui.looks import LOOKS

Compare = Callable[..., bool]
"""What `snap_compare` is."""

SIZES = {"120x36": WIDE, "80x24": NARROW}
ASCII = ("declare", "confirm_3", "item", "help", "unfinished", "choose", "evil_confirm")
NO_COLOUR = ("declare", "confirm_2", "item", "palette", "conflict")


def driven(keys: list[str]) -> Callable[[Pilot[None]], Any]:
    """What brings the dialog into the state that is pictured."""

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        await pilot.pause()

    return drive


@pytest.mark.parametrize("look", [look for look in LOOKS if not look.startswith("evil")])
@pytest.mark.parametrize("size", SIZES)
def test_a_dialog_looks_as_agreed(snap_compare: Compare, look: str, size: str) -> None:
    """Every dialog at both sizes."""
    make, keys = LOOKS[look]
    assert snap_compare(Host(make), terminal_size=SIZES[size], run_before=driven(keys))


@pytest.mark.parametrize("look", [look for look in LOOKS if look.startswith("evil")])
def test_a_dialog_looks_as_agreed_with_hostile_text(snap_compare: Compare, look: str) -> None:
    """Markup and escape sequences are only text."""
    make, keys = LOOKS[look]
    assert snap_compare(Host(make), terminal_size=NARROW, run_before=driven(keys))


@pytest.mark.parametrize("look", ASCII)
def test_a_dialog_looks_as_agreed_in_ascii(snap_compare: Compare, look: str) -> None:
    """The same where only ASCII can be drawn."""
    make, keys = LOOKS[look]
    assert snap_compare(Host(make, ascii=True), terminal_size=NARROW, run_before=driven(keys))


@pytest.mark.parametrize("look", NO_COLOUR)
def test_a_dialog_looks_as_agreed_without_colour(
    snap_compare: Compare, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without colours: marks and words carry everything."""
    monkeypatch.setenv("NO_COLOR", "1")
    make, keys = LOOKS[look]
    assert snap_compare(Host(make), terminal_size=WIDE, run_before=driven(keys))
