from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from hotfix_tui.domain.text import clean
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.commands import COMMANDS, Command
from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.help import HelpScreen, sections
from hotfix_tui.tui.screens.item import ItemScreen
from hotfix_tui.tui.screens.output import CopiedScreen, OutputScreen
from hotfix_tui.tui.screens.palette import PaletteScreen
from hotfix_tui.tui.screens.postmortem import PostmortemScreen
from hotfix_tui.tui.screens.unfinished import UnfinishedScreen
from hotfix_tui.tui.widgets.lineview import LineView, _fold
from tests.tui import samples as s
from tests.tui.host import NARROW, WIDE, Host, press
from tests.tui.looks import LOOKS, declare, item, unfinished

# --- every dialog ----------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
async def test_a_dialog_draws_nothing_hostile_and_is_left_with_esc(look: str) -> None:
    """Nothing that a terminal obeys or that hides is drawn, whatever the text; esc always leads out, never to a yes."""
    make, keys = LOOKS[look]
    app = Host(make)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        drawn = app.drawn
        for line in drawn.split("\n"):
            assert clean(line) == line
        assert s.HOSTILE in drawn or not look.startswith("evil")
        for _ in range(3):  # out of a field, out of a filter, out of the dialog
            if not app.results:
                await pilot.press("escape")
                await pilot.pause()
    assert app.results in ([None], [False])


ASCII_LOOKS = [look for look in LOOKS if not look.startswith("evil") and not look.startswith("help")]


@pytest.mark.parametrize("look", ASCII_LOOKS)
async def test_in_ascii_mode_only_ascii_is_drawn(look: str) -> None:
    """Borders, marks and signs are ASCII; only the text of others may not be."""
    make, keys = LOOKS[look]
    app = Host(make, ascii=True)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert app.drawn.isascii()


# --- ask -------------------------------------------------------------------------------------


async def test_ask_gives_the_line_that_was_typed() -> None:
    """Letters that are commands elsewhere are letters in a field; enter answers."""
    app = await press(lambda: AskScreen("Why?", "reason"), [*"quy", "enter"])
    assert app.results == ["quy"]


async def test_ask_wants_something() -> None:
    """Enter on an empty field is no answer, and says so."""
    app = Host(lambda: AskScreen("Why?", "reason"))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Write the reason" in app.shown
        assert not app.results


async def test_ask_shows_what_a_text_is_taken_as_and_refuses_what_it_cannot_take() -> None:
    """The reading stands below the field while somebody types, and enter does not pass a bad one."""

    def reading(text: str) -> str:
        if not text.isdigit():
            raise ValueError("write a number")
        return f"taken as {text}"

    app = Host(lambda: AskScreen("How many?", "value", reading=reading))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("x", "enter")
        await pilot.pause()
        assert "write a number" in app.shown
        await pilot.press("backspace", "7")
        await pilot.pause()
        assert "taken as 7" in app.shown
        await pilot.press("enter")
    assert app.results == ["7"]


# --- choose ----------------------------------------------------------------------------------

CHOICES = (Choice("a", "Apple", key="a"), Choice("b", "Banana"), Choice("c", "Cherry", "red"))


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["enter"], ["b"]),
        (["j", "enter"], ["c"]),
        (["k", "enter"], ["a"]),
        (["G", "enter"], ["c"]),
        (["a"], ["a"]),
        (["slash", "c", "h", "enter"], ["c"]),
        (["slash", "z", "z", "enter"], []),
        (["slash", "a", "escape", "escape"], [None]),
        (["x", "y", "7"], []),
    ],
)
async def test_choose(keys: list[str], result: list[str | None]) -> None:
    """Cursor, ends, letters and filter choose; other keys do nothing."""
    app = await press(lambda: ChooseScreen("Fruit", CHOICES, current="b"), keys)
    assert app.results == result


# --- item ------------------------------------------------------------------------------------


async def test_a_question_too_long_for_the_frame_stands_above_its_answers() -> None:
    """It is read in full; a short one stays in the frame."""
    long = "Is the version before sound, so that pointing the registry back to it helps everybody at once?"
    app = Host(lambda: ChooseScreen(long, CHOICES))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert " ".join(long.split()) in " ".join(app.drawn.replace("┃", " ").split())
        assert "Choose" in app.drawn
    app = Host(lambda: ChooseScreen("Fruit", CHOICES))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "━ Fruit ━" in app.drawn


@pytest.mark.parametrize(("key", "action"), [("r", "run"), ("space", "toggle"), ("s", "skip"), ("y", "copy")])
async def test_an_item_is_left_with_what_shall_be_done(key: str, action: str) -> None:
    """One key for each thing that can be done to an item."""
    assert (await press(item, [key])).results == [action]


async def test_an_item_shows_its_exact_command_and_its_evidence() -> None:
    """The placeholders are filled from the incident; failed evidence is marked as such."""
    app = Host(item)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "$ cargo test --all -- --branch hotfix/v1.0.1" in app.shown
        assert "[!] 03:16Z command: cargo test: exit code 101" in app.shown
        assert "one test is flaky" in app.shown
        await pilot.press("o")
        await pilot.pause()
        assert app.copied == ["https://example.org/ci?branch=hotfix"]


async def test_an_item_whose_command_is_not_filled_does_not_run() -> None:
    """A placeholder that nothing fills keeps the command from running, and is named."""
    app = Host(lambda: ItemScreen(s.case(), "commit", s.NOW))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        assert "waits for message" in app.shown
        assert not app.results


# --- unfinished ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "key", "result"),
    [
        (("done", "not-done"), "c", ["continue"]),
        (("done", "not-done"), "u", ["undo"]),
        (("done", "not-done"), "l", ["leave"]),
        (("done", "not-done"), "enter", [None]),
        (("done", "not-done"), "y", []),
        (("done", "conflict"), "c", []),
        (("done", "conflict"), "l", ["leave"]),
        (("not-done", "not-done"), "u", []),
    ],
)
async def test_an_unfinished_operation(states: tuple[str, ...], key: str, result: list[str | None]) -> None:
    """Continue, undo and leave where they are possible; enter is Later."""
    assert (await press(lambda: unfinished(*states), [key])).results == result


async def test_an_unfinished_operation_is_deaf_at_first() -> None:
    """What was typed before the dialog came is not meant for it."""

    def just_opened() -> UnfinishedScreen:
        screen = unfinished("done", "not-done")
        screen.monotonic = lambda: 100.0
        return screen

    assert (await press(just_opened, ["c", "u", "l"], awake=False)).results == []


# --- help and palette ------------------------------------------------------------------------


async def test_help_filters_by_typing_and_shows_the_persons_own_keys() -> None:
    """Remapped keys are shown as they are now; letters filter; esc clears the filter first."""
    given = sections("checklist", "Checklist", {"skip": "f9"}, ascii=True)
    app = Host(lambda: HelpScreen(given))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "f9" in app.shown
        await pilot.press(*"skip")
        await pilot.pause()
        assert "skip, with a reason" in app.shown
        assert "every command" not in app.shown
        await pilot.press("escape")
        await pilot.pause()
        assert "every command" in app.shown
        await pilot.press("escape")
    assert app.results == [None]


def test_help_knows_every_command() -> None:
    """Each command stands in the help of its pane, of its screen or of everywhere."""
    for command in COMMANDS:
        home = command.scope == "home"
        scope = "checklist" if command.scope in ("everywhere", "console") else command.scope
        texts = [
            text for part in sections(scope, "Pane", {}, ascii=False, home=home) for _, text in part.entries
        ]
        assert command.help in texts


async def test_the_palette_lists_every_command_and_runs_the_best_match() -> None:
    """All of them without a query; enter takes the best one."""
    app = Host(PaletteScreen)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert f"{len(COMMANDS)} of {len(COMMANDS)} commands" in app.shown
        await pilot.press(*"updatewassent", "enter")
    assert app.results == ["sent"]


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        ([*"milestone", "enter"], ["milestone"]),
        ([*"zzzzqq", "enter"], []),
        (["down", "enter"], [COMMANDS[1].id]),
    ],
)
async def test_the_palette_runs_what_is_under_the_cursor(keys: list[str], result: list[str]) -> None:
    """The best match is under the cursor; where nothing fits, enter does nothing."""
    assert (await press(PaletteScreen, keys)).results == result


async def test_the_palette_shows_keys_in_full_beside_its_scroll_bar() -> None:
    """The bar takes a column, and the last letter of a key is not in it."""
    app = Host(lambda: PaletteScreen(COMMANDS))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        (line,) = (line for line in app.drawn.split("\n") if "Mark the item done or open" in line)
        assert " space " in line
        (line,) = (line for line in app.drawn.split("\n") if "Skip the item" in line)
        assert " s " in line.rpartition("reason")[2]


async def test_the_palette_reads_no_markup() -> None:
    """A hostile title is found, lit and shown, letter by letter."""
    commands = (Command("evil", ("x",), s.EVIL, s.EVIL),)
    app = Host(lambda: PaletteScreen(commands))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("left_square_bracket", "slash", "x")
        await pilot.pause()
        assert s.HOSTILE in app.drawn


# --- long texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "result"), [("x", ["export"]), ("y", ["copy"]), ("enter", []), ("z", [])])
async def test_the_postmortem(key: str, result: list[str]) -> None:
    """`x` exports and `y` copies; other keys do nothing."""
    assert (await press(lambda: PostmortemScreen("HF-1", "# Title"), [key])).results == result


async def test_ten_thousand_lines_scroll_to_their_end() -> None:
    """A long document opens and its last line is one key away."""
    text = "\n".join(f"line {n} [/x]" for n in range(10_000))
    app = Host(lambda: PostmortemScreen("HF-1", text))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "line 0 [/x]" in app.drawn
        await pilot.press("G")
        await pilot.pause()
        assert "line 9999 [/x]" in app.drawn


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("one two three", ("one two", "three")),
        ("0123456789abc", ("01234567", "89abc")),
        ("      indented far", ("", "indented", "far")),
        ("é two three x", ("é two", "three x")),
        ("12345678 ", ("12345678",)),
        ("", ("",)),
    ],
)
def test_a_long_line_is_folded_at_its_spaces(line: str, pieces: tuple[str, ...]) -> None:
    """No piece is wider than the view and no word is lost."""
    assert _fold(line, 8) == pieces


async def output(pilot: Pilot[None], app: Host, *keys: str) -> str:
    """What is on the screen after twenty more lines came."""
    await pilot.pause()
    await pilot.press(*keys)
    screen = app.screen
    assert isinstance(screen, OutputScreen)
    screen.add([f"new {n}" for n in range(20)], "ok 1.2s")
    await pilot.pause()
    await pilot.pause()
    return app.drawn


async def test_output_follows_its_end_until_somebody_scrolls_away() -> None:
    """New lines come into sight at the end, and do not move what somebody reads further up."""
    old = [f"old {n}" for n in range(100)]
    for keys, seen, unseen in (((), "new 19", "old 0 "), (("g",), "old 0 ", "new 19")):
        app = Host(lambda: OutputScreen("job", old, "running"))
        async with app.run_test(size=NARROW) as pilot:
            drawn = await output(pilot, app, *keys)
            assert seen in drawn
            assert unseen not in drawn
            assert "ok 1.2s" in drawn


async def test_output_can_be_copied() -> None:
    """`y` copies all of it, cleaned."""
    app = await press(lambda: OutputScreen("job", ["one", "two \x1b[31mred"]), ["y"])
    assert app.copied == ["one\ntwo red"]


async def test_a_copied_text_stands_alone() -> None:
    """No border beside the text, so that a terminal's own selection gets nothing else."""
    app = Host(lambda: CopiedScreen("git push\n--dry-run", "no clipboard was reached"))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        lines = [line.rstrip() for line in app.drawn.split("\n")]
        assert "git push" in lines
        assert "--dry-run" in lines


def test_lines_of_a_view_are_bounded() -> None:
    """A job that writes without end does not fill the memory."""
    view = LineView(f"{n}" for n in range(30_000))
    assert view.text.count("\n") == 9_999


async def test_a_field_never_blinks() -> None:
    """A blinking cursor would be traffic over SSH, and pictures would flicker."""
    app = Host(lambda: AskScreen("Why?"))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen.query_one(Input).cursor_blink is False


async def test_what_is_typed_behind_the_slash_is_the_filter_s() -> None:
    """Letters and enter of one burst go where they were meant, in their order: nothing else is chosen."""
    app = Host(
        lambda: ChooseScreen("Fruit", (Choice("a", "apple"), Choice("p", "pear"), Choice("q", "quince")))
    )
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for key, character in (("slash", "/"), ("q", "q"), ("u", "u"), ("enter", "\r")):
            app.post_message(events.Key(key, character))
        for _ in range(200):
            if app.results:
                break
            await pilot.pause(0.01)
        assert app.results == ["q"]


async def test_letters_behind_the_title_s_enter_are_answers() -> None:
    """The title and all answers may come in one burst of a slow link."""
    app = Host(declare)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for character in "oh\rwyn":
            app.post_message(events.Key("enter" if character == "\r" else character, character))
        for _ in range(200):
            if "Questions  3 of" in app.drawn:
                break
            await pilot.pause(0.01)
        assert "Questions  3 of" in app.drawn
        assert "> oh " in app.drawn
