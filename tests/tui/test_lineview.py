from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hotfix_tui.domain.text import clean
from hotfix_tui.tui.widgets.lineview import MOST, LineView, _fold
from tests.tui.shelf import Shelf

SIZE = (30, 12)
"""Ten lines inside the frame."""


def lines(count: int) -> list[str]:
    """So many lines, each with its number."""
    return [f"line {n}" for n in range(count)]


@given(st.text(max_size=80).map(clean) | st.text(alphabet="ab 漢🙂\u0301", max_size=80), st.integers(2, 30))
def test_folding_loses_nothing_but_blanks(line: str, width: int) -> None:
    """Each piece fits, and all pieces together are the line."""
    pieces = _fold(line, width)
    assert pieces
    assert all(cell_len(piece) <= width for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("short", ("short",)),
        ("", ("",)),
        ("exactly-10", ("exactly-10",)),
        ("one two three four", ("one two", "three four")),
        ("0123456789abc", ("0123456789", "abc")),
        ("漢字漢字漢字", ("漢字漢字漢", "字")),
    ],
)
def test_a_line_is_broken_between_words_where_it_can(line: str, pieces: tuple[str, ...]) -> None:
    """Ten cells wide: at a blank, else wherever the width ends, never in a wide character."""
    assert _fold(line, 10) == pieces


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_letters_and_arrows_both_scroll_by_one(down: str, up: str) -> None:
    """Both are ours, so both are without Textual's own ways."""
    view = LineView(lines(50))
    async with Shelf(view).run_test(size=SIZE) as pilot:
        view.focus()
        await pilot.pause()
        await pilot.press(down, down, down)
        assert view.scroll_offset.y == 3
        await pilot.press(up)
        assert view.scroll_offset.y == 2


async def test_pages_and_ends() -> None:
    """A page keeps one line of the page before in sight; the keys of both habits do the same."""
    view = LineView(lines(50))
    async with Shelf(view).run_test(size=SIZE) as pilot:
        view.focus()
        await pilot.pause()
        for keys, at in (
            ("G g", 0),
            ("end home", 0),
            ("G", 40),
            ("pageup", 31),
            ("ctrl+u", 22),
            ("space", 31),
        ):
            await pilot.press(*keys.split())
            await pilot.pause()
            assert view.scroll_offset.y == at, keys
        for keys, at in (("g pagedown", 9), ("ctrl+d", 18), ("end", 40), ("pagedown", 40)):
            await pilot.press(*keys.split())
            await pilot.pause()
            assert view.scroll_offset.y == at, keys


async def test_it_follows_its_end_until_somebody_scrolls_away() -> None:
    """New lines are brought into sight while the end is; once scrolled away, it stays where it was put."""
    view = LineView(lines(50), follow=True)
    app = Shelf(view)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.lines[-1] == "line 49"
        view.add(["one more"])
        await pilot.pause()
        assert app.lines[-1] == "one more"
        view.action_by(-5)
        await pilot.pause()
        at = view.scroll_offset.y
        view.add(["out of sight"])
        await pilot.pause()
        assert view.scroll_offset.y == at
        assert "out of sight" not in app.lines


async def test_the_newest_lines_are_kept() -> None:
    """Older ones give way, from the beginning and later; what is kept is whole."""
    view = LineView(lines(MOST + 5))
    async with Shelf(view).run_test(size=SIZE):
        assert view.text.startswith("line 5\n")
        view.add(["the last"])
        assert view.text.count("\n") == MOST - 1
        assert view.text.startswith("line 6\n")
        assert view.text.endswith("\nthe last")


async def test_untrusted_lines_are_cleaned_and_folded() -> None:
    """Escape sequences, markup and wide characters: shown as text, inside the frame, at every width."""
    view = LineView(
        ["[red]x[/] \x1b[31mred\x1b[0m \u202e turned \x07", "漢字" * 30, "a" * 200, "👍🏽❤\ufe0f🇩🇪" * 9]
    )
    app = Shelf(view)
    async with app.run_test(size=(44, 14)) as pilot:
        await pilot.pause()
        assert "[red]x[/] red <U+202E> turned ␇" in app.lines
        for width in (44, 43, 20, 9):
            await pilot.resize_terminal(width, 14)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {width}
            assert {cell_len(strip.text) for strip in strips} == {width}
            assert all(strip.text.endswith("│") for strip in strips[1:-1]), "\n".join(app.lines)
