from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.widgets.board import Board
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, row
from tests.tui.console_fixtures import console, ready, worked
from tests.tui.shelf import Shelf, keyed, numbered

SIZE = (30, 12)
"""Ten lines inside the frame."""


class Moved(Listing):
    """A listing that moves by the keys of the console, as its screens do."""

    BINDINGS = [*bindings("everywhere")]

    def action_down(self) -> None:
        """One down."""
        self.move(1)

    def action_up(self) -> None:
        """One up."""
        self.move(-1)


async def shown(pilot: Pilot[None], listing: Listing, rows: tuple[Row, ...]) -> None:
    """Show the rows and let them be drawn."""
    listing.show(rows)
    await pilot.pause()


def top(listing: Listing) -> int:
    """The first line in sight."""
    return listing.scroll_offset.y


def in_sight(app: Shelf) -> str:
    """What stands inside the frame."""
    return "\n".join(app.lines)


STAYS = (
    ("abc", "b", "xabcy", "b"),
    ("abc", "b", "cba", "b"),
    ("abc", "b", "bbb", "b"),
    ("abc", "b", "ac", "c"),
    ("abc", "c", "ab", "b"),
    ("abc", "a", "bc", "b"),
    ("abc", "b", "xyz", "y"),
    ("abc", "c", "x", "x"),
    ("abc", "b", "", ""),
)
"""The keys before, the one under the cursor, the keys afterwards, and where the cursor is then."""


async def test_the_cursor_stays_with_its_key() -> None:
    """It goes where its row goes; when the row is gone, to what is in its place, or the last before."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        for before, at, after, stays in STAYS:
            await shown(pilot, listing, keyed(*before))
            listing.go(at)
            await shown(pilot, listing, keyed(*after))
            assert listing.key == stays, (before, at, after)


async def test_only_rows_with_a_key_take_the_cursor() -> None:
    """Headings and blank lines are stepped over, at the ends too."""
    listing = Listing()
    rows = (row("heading"), *keyed("a"), row(), row("heading"), *keyed("b"), row("end"))
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, rows)
        assert listing.key == "a"
        listing.move(1)
        assert listing.key == "b"
        listing.move(1)
        assert listing.key == "b"
        listing.move_to_end(last=False)
        assert listing.key == "a"
        listing.go("nowhere")
        assert listing.key == "a"


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_letters_and_arrows_both_move_the_cursor(down: str, up: str) -> None:
    """The cursor moves and the list stays: Textual's own scrolling by arrows is out of the way."""
    listing = Moved()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, numbered(40))
        listing.focus()
        await pilot.press(down, down, down)
        assert (listing.key, top(listing)) == ("3", 0)
        await pilot.press(up)
        assert (listing.key, top(listing)) == ("2", 0)


async def test_a_list_without_keys_scrolls() -> None:
    """Where there is no cursor to move, the lines move, and stop at the end."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, tuple(row(f"line {n}") for n in range(40)))
        listing.move(7)
        await pilot.pause()
        assert (listing.key, top(listing)) == ("", 7)
        listing.move(100)
        await pilot.pause()
        assert top(listing) == listing.max_scroll_y == 30


async def test_the_cursor_is_always_in_sight() -> None:
    """Ten thousand rows: whichever way the cursor jumps, and whatever the size, its row is on the screen."""
    listing = Listing()
    app = Shelf(listing)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, listing, numbered(10_000))
        for key in ("9999", "9984", "0", "5000", "4991", "5010"):
            listing.go(key)
            await pilot.pause()
            assert f"line {key}" in app.lines, in_sight(app)
        await pilot.resize_terminal(30, 5)
        await pilot.pause()
        assert f"line {listing.key}" in app.lines, in_sight(app)
        listing.move_to_end(last=True)
        await pilot.pause()
        assert f"line {listing.key}" in app.lines, in_sight(app)
        assert listing.key == "9999"


async def test_a_cursor_that_new_rows_move_stays_in_sight() -> None:
    """The story keeps its cursor on the newest line: the newest line is what is seen, without a key pressed."""

    class Following(Listing):
        def key_for(self, rows: tuple[Row, ...], at: int) -> str:
            return rows[-1].key

    listing = Following()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        for count in (5, 15, 16):
            await shown(pilot, listing, keyed(*(f"line {at}" for at in range(count))))
        assert listing.scroll_offset.y == 16 - listing.size.height
        assert "below" not in str(listing.border_subtitle)


async def test_what_stands_below_is_told() -> None:
    """The frame of a list that goes on says by how many lines."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, numbered(40))
        assert str(listing.border_subtitle) == "30 more below"
        listing.go("20")
        await pilot.pause()
        assert str(listing.border_subtitle) == "19 more below"
        await shown(pilot, listing, numbered(4))
        assert str(listing.border_subtitle) == ""


WORDS = keyed("apple", "BANANA", "cherry", "banana bread", "date", "a banana")


async def test_find_goes_round_the_end_both_ways() -> None:
    """Capitals do not matter; after the last match comes the first, and before the first the last."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, WORDS)
        assert listing.find("Banana")
        assert listing.finding
        seen = [listing.key]
        for _ in range(3):
            assert listing.find_again(1)
            seen.append(listing.key)
        assert seen == ["BANANA", "banana bread", "a banana", "BANANA"]
        assert listing.find_again(-1)
        assert listing.key == "a banana"
        assert listing.find_again(-1)
        assert listing.key == "banana bread"


async def test_find_stays_where_it_already_matches() -> None:
    """The row under the cursor is the first one looked at; the next one is only for the next key."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, WORDS)
        listing.go("banana bread")
        assert listing.find("banana")
        assert listing.key == "banana bread"


async def test_finding_nothing_moves_nothing() -> None:
    """No match leaves the cursor; looking for nothing ends the search."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, WORDS)
        listing.go("cherry")
        assert not listing.find("zebra")
        assert not listing.find_again(1)
        assert listing.key == "cherry"
        assert listing.find("")
        assert not listing.finding
        assert not listing.find_again(1)


async def test_find_among_lines_without_keys_scrolls_to_them() -> None:
    """A match below is brought to the top; round the end it comes again."""
    listing = Listing()
    async with Shelf(listing).run_test(size=SIZE) as pilot:
        await shown(pilot, listing, tuple(row(f"line {n:02}") for n in range(60)))
        assert listing.find("7")
        await pilot.pause()
        assert top(listing) == 7
        listing.find_again(1)
        await pilot.pause()
        assert top(listing) == 17
        listing.find_again(-1)
        listing.find_again(-1)
        await pilot.pause()
        assert top(listing) == 50, "57 is in the last screenful"


@pytest.mark.parametrize("kind", [Listing, Picks, Board], ids=lambda kind: kind.__name__)
async def test_wide_characters_never_break_the_frame(kind: type[Listing | Board]) -> None:
    """Whatever stands in a row, its line ends where the frame does, at every width."""
    widget = kind()
    texts = (
        "漢字" * 20,
        "a" + "漢字" * 20,
        "🙂" * 30,
        "e\u0301" * 60,
        "👩🏽 👍🏽 ❤\ufe0f 🇩🇪 " * 8,
        "한글" * 20,
    )
    app = Shelf(widget)
    async with app.run_test(size=(30, 12)) as pilot:
        widget.show(tuple(row(text, right="漢3h", key=text) for text in texts))
        for width in (30, 29, 20, 13):
            await pilot.resize_terminal(width, 12)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {width}
            assert all(strip.text.endswith("│") for strip in strips[1:-1]), in_sight(app)


async def test_a_click_moves_and_a_second_click_chooses() -> None:
    """The row that is clicked takes the cursor; a click on the cursor says `Chosen`."""
    listing = Listing()

    class Listening(Shelf):
        """Keeps what it is told."""

        told: list[tuple[str, str]] = []

        def on_listing_moved(self, event: Listing.Moved) -> None:
            """The cursor moved."""
            self.told.append(("moved", event.key))

        def on_listing_chosen(self, event: Listing.Chosen) -> None:
            """A row was chosen."""
            self.told.append(("chosen", event.key))

    app: App[None] = Listening(listing)
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot, listing, keyed("a", "b", "c"))
        await pilot.click(Listing, offset=(2, 2))
        assert listing.key == "c"
        await pilot.click(Listing, offset=(2, 2))
        await pilot.click(Listing, offset=(2, 8))
        assert Listening.told == [("moved", "c"), ("chosen", "c")]


async def test_a_board_is_as_high_as_its_rows() -> None:
    """Rows that come and go make room and give it back; the same rows again change nothing."""
    board, below = Board(), Board()
    app = Shelf(board, below)
    async with app.run_test(size=SIZE) as pilot:
        below.show((row("below"),))
        for rows in (keyed("a"), keyed("a", "b", "c"), keyed("x", "b")):
            board.show(rows)
            await pilot.pause()
            wanted = [line.text for line in rows]
            assert [line for line in app.lines if line][: len(wanted)] == wanted
            assert board.text == "\n".join(wanted)


async def test_letters_and_arrows_do_the_same_in_every_pane(tmp_path: Path) -> None:
    """In the real console: j and the arrow come to the same place in each pane, and k and the arrow back."""
    made = worked(tmp_path)
    app = made.app()

    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        moved = 0
        for pane in console(app).panes:
            await pilot.press(pane.NUMBER)
            await pilot.pause()
            places = []
            for key in ("j", "k", "down", "up"):
                await pilot.press(key)
                await pilot.pause()
                places.append((pane.key, pane.scroll_offset.y))
            assert places[:2] == places[2:], pane.NAME
            moved += places[0] != places[1]
        assert moved >= 3
