from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.tui.header import header
from hotfix_tui.tui.view import view
from hotfix_tui.tui.widgets.rows import width_of
from tests.tui.console_fixtures import START, stage


def where(tmp_path: Path, width: int) -> str:
    """The row WHERE of a fresh incident at this width."""
    made = stage(tmp_path)
    row = header(view(made.case, START + timedelta(minutes=1)), width)[1]
    assert width_of((*row.left, *row.right)) <= width
    return row.text


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (140, "LEFT 5h59m to resolve (max 6h) ░"),
        (120, "LEFT 5h59m to resolve ░"),
        (100, "LEFT 5h59m"),
        (80, "LEFT 5h59m"),
    ],
)
def test_the_fullest_wording_that_fits_is_shown(tmp_path: Path, width: int, words: str) -> None:
    """The maximum goes before the other words, the bars before the numbers; nothing is ever wider than the screen."""
    told = where(tmp_path, width)
    assert words in told
    assert ("to target" in told) is (width >= 120)
    assert "update" in told


def test_past_the_target_the_time_over_it_is_told(tmp_path: Path) -> None:
    """OVER TARGET stands beside how far over it is, not beside what is left to the maximum (SCREENS.md 1.1)."""
    made = stage(tmp_path)
    row = header(view(made.case, START + timedelta(minutes=17)), 120)[1]
    assert "phase -0h02m OVER TARGET" in row.text
