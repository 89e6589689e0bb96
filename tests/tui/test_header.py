from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.glance import Risk
from hotfix_tui.tui.header import header
from hotfix_tui.tui.view import GitFacts, view
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


def test_what_is_next_and_the_risks_have_the_whole_row(tmp_path: Path) -> None:
    """Neither is cut while there is room; where there is none, the risks keep half of the row and the rest gives way."""
    made = stage(tmp_path)
    made.ask(i.MarkItem("confirmed", "done"), i.MarkItem("no-workaround", "skipped", reason="none"))
    row = header(view(made.case, START), 120)[2]
    assert "1.3 Say how many users are affected" in row.text
    made.ask(i.MarkItem("impact", "done", value="9"), i.MarkItem("approach", "done"))
    crowd = GitFacts(risks=tuple(Risk(f"something odd number {n}", "soon") for n in range(5)))
    row = header(view(made.case, START, git=crowd), 120)[2]
    assert "NEXT  1.5 Create the hotfix branch from the release tag" in row.text
    assert "RISK ▲5  something odd number 0 · something odd nu" in row.text
    assert width_of((*row.left, *row.right)) <= 120


def test_the_narrowest_window_tells_no_half_a_clock(tmp_path: Path) -> None:
    """At 60 columns the phase's clock goes rather than its number."""
    made = stage(tmp_path)
    row = header(view(made.case, START + timedelta(minutes=1)), 60)[1]
    assert width_of((*row.left, *row.right)) <= 60
    assert "phase" not in row.text
    assert "LEFT 5h59m" in row.text


def test_between_items_the_key_that_goes_on_is_told(tmp_path: Path) -> None:
    """The next phase, the end and the closing each name their key; so does an item's own command, which runs."""
    made = stage(tmp_path)
    for item in ("confirmed", "no-workaround", "approach", "branch"):
        made.ask(i.MarkItem(item, "done"))
    made.ask(i.MarkItem("impact", "done", value="9"))
    assert "Enter phase 2, Apply the fix   > begins it" in header(view(made.case, START), 120)[2].text
    made.ask(i.EnterPhase("test", reason="it is a test"))
    row = header(view(made.case, START), 120)[2]
    assert "r runs: cargo test" in row.text


def test_a_console_that_only_reads_says_so(tmp_path: Path) -> None:
    """It stands in the first row, at both sizes."""
    made = stage(tmp_path)
    for width in (120, 80):
        assert "READ ONLY" in header(view(made.case, START, read_only=True), width)[0].text
        assert "READ ONLY" not in header(view(made.case, START), width)[0].text
