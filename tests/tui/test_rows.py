from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region
from textual.strip import Strip

from hotfix_tui.domain.text import clean
from hotfix_tui.tui.widgets.rows import Row, Span, changed, cut, fit, row, strip_of, width_of
from tests.tui.shelf import of_role, unstyled

TEXT = st.text(max_size=30).map(clean) | st.sampled_from(
    ["漢字漢字", "a漢b字", "🙂🙂🙂", "e\u0301e\u0301", "…", "한글 café"]
)
"""Text as it reaches a row: cleaned, with wide characters, marks and emoji in it."""

SPANS = st.lists(st.tuples(TEXT, st.sampled_from(["text", "dim", "failed"])), max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("hotfix", 6, "hotfix"),
        ("hotfix", 5, "hotf…"),
        ("hotfix", 1, "…"),
        ("hotfix", 0, ""),
        ("hotfix", -3, ""),
        ("", 0, ""),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("漢字", 2, "…"),
        ("one two", 5, "one…"),
        ("🙂🙂🙂", 5, "🙂🙂…"),
    ],
)
def test_a_text_is_cut_at_a_whole_character(text: str, width: int, shown: str) -> None:
    """No wide character is halved: when it does not fit, the mark stands in its place."""
    assert cut(text, width) == shown


@given(TEXT, st.integers(min_value=-2, max_value=40))
def test_what_was_cut_fits(text: str, width: int) -> None:
    """Never wider than asked for; whole when it fits, else with the mark at its end."""
    left = cut(text, width)
    assert cell_len(left) <= max(width, 0)
    assert left == text if cell_len(text) <= width else left == "" or left.endswith("…")


@given(SPANS, SPANS, st.integers(min_value=0, max_value=60))
def test_a_row_fills_its_width_exactly(left: tuple[Span, ...], right: tuple[Span, ...], width: int) -> None:
    """Whatever stands at its left and right, a row is as wide as its place: nothing moves its neighbours."""
    given_row = Row(left, right)
    assert width_of(fit(given_row, width)) == width
    strip = strip_of(given_row, width, unstyled)
    assert sum(cell_len(segment.text) for segment in strip) == width


@pytest.mark.parametrize(
    ("left", "right", "width", "shown"),
    [
        ("title", "3h", 12, "title     3h"),
        ("a long title", "3h", 12, "a long t… 3h"),
        ("漢字漢字漢字", "3h", 12, "漢字漢字… 3h"),
        ("title", "a long right side", 16, "title    a long…"),
        ("", "a long right side", 8, " a long…"),
        ("title", "3h", 5, "title"),
    ],
)
def test_the_left_is_cut_before_the_right_gives_way(left: str, right: str, width: int, shown: str) -> None:
    """The right edge holds what must be read, such as the time left; eight cells stay for the left."""
    assert "".join(text for text, _ in fit(row(left, right=right), width)) == shown


def test_spans_behind_the_cut_are_left_out() -> None:
    """Nothing stands behind the mark of a cut."""
    spans = fit(Row((("one two three", "text"), ("four", "bold"))), 8)
    assert "".join(text for text, _ in spans) == "one two…"


def test_the_cursor_is_laid_over_every_look() -> None:
    """A row under the cursor keeps the looks of its spans, and neighbours of one look are one piece."""
    strip = strip_of(Row((("a", "dim"), ("b", "dim"), ("c", "bold"))), 3, of_role)
    assert [(segment.text, segment.style.meta["role"]) for segment in strip if segment.style] == [
        ("ab", "dim"),
        ("c", "bold"),
    ]


def strip(text: str, width: int = 10) -> Strip:
    """The row of this text."""
    return strip_of(row(text), width, unstyled)


@pytest.mark.parametrize(
    ("before", "after", "region"),
    [
        ("same", "same", None),
        ("0h41m", "0h40m", Region(3, 7, 1, 1)),
        ("abc", "xbz", Region(0, 7, 3, 1)),
        ("", "x", Region(0, 7, 1, 1)),
        ("漢字", "漢子", Region(2, 7, 2, 1)),
        ("a漢", "ab", Region(1, 7, 2, 1)),
        ("e", "e\u0301", Region(0, 7, 10, 1)),
        ("e\u0301x", "e\u0301x", None),
    ],
)
def test_only_the_cells_that_differ_are_painted_anew(before: str, after: str, region: Region | None) -> None:
    """From the first cell that differs to the last one; a wide character is both of its cells, marks are all."""
    assert changed(7, strip(before), strip(after), 10) == region


def test_another_width_is_painted_whole() -> None:
    """Strips of two widths cannot be compared cell by cell."""
    assert changed(0, strip("a", 4), strip("a", 6), 6) == Region(0, 0, 6, 1)


@given(SPANS, SPANS)
def test_painting_the_changed_cells_gives_the_new_row(
    before: tuple[Span, ...], after: tuple[Span, ...]
) -> None:
    """What is not in the region is the same in both: the screen shows the new row afterwards."""
    old, new = (strip_of(Row(spans), 20, of_role) for spans in (before, after))
    region = changed(0, old, new, 20)
    left, right = (region.x, region.right) if region else (0, 0)
    painted = [old.crop(0, left), new.crop(left, right), old.crop(right, 20)]
    assert "".join(piece.text for piece in painted) == new.text
    assert Strip.join(painted).simplify() == new.simplify()
