from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.pty.conftest import Open, hotfix

pytestmark = pytest.mark.pty

FIVE_MEGABYTES = b"\x1b[200~" + b"pasted words \x1b[A\r\n" * 295_000 + b"\x1b[201~"


def test_a_paste_of_five_megabytes_does_not_hang_it(
    console: Open, environ: dict[str, str], tmp_path: Path
) -> None:
    """Row 27: the first line of it is kept, the rest is let go, and keys work at once afterwards."""
    assert len(FIVE_MEGABYTES) > 5_000_000
    with console() as terminal:
        terminal.wait_for("Checklist")
        terminal.press("a")
        terminal.wait_for("enter takes it")
        started = time.monotonic()
        terminal.pour(FIVE_MEGABYTES)
        terminal.wait_for("pasted words")
        terminal.press("\x01kept ")
        terminal.wait_for("kept pasted words")
        assert time.monotonic() - started < 10
        terminal.press("\r")
        terminal.wait_for(lambda: "enter takes it" not in terminal.text)
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored
    notes = [line for line in hotfix(environ, tmp_path, "log").splitlines() if "kept pasted words" in line]
    assert len(notes) == 1


def test_output_that_stalled_goes_on(console: Open, environ: dict[str, str], tmp_path: Path) -> None:
    """Row 22: while nobody reads, keys are still obeyed; once somebody does, the screen shows what is true now."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        for _ in range(200):
            terminal.press("\t")
        terminal.press("2")
        terminal.press(" ")
        end = time.monotonic() + 20
        while '"mark": "done"' not in hotfix(environ, tmp_path, "log", "--json"):
            assert time.monotonic() < end, "a key was not obeyed while the output stood still"
        terminal.wait_for("[x] 1.1")
        terminal.press("?")
        terminal.wait_for("Help")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored


def test_keys_of_one_burst_keep_their_order(console: Open) -> None:
    """A slow link brings many keys at once: what corrects and what moves is done where it was typed."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("\t\t\t2")
        terminal.wait_for("┏━ 2 Checklist")
        terminal.press("5\t2 ")
        terminal.wait_for("[x] 1.1")
        terminal.press("a")
        terminal.wait_for("enter takes it")
        terminal.press("abcdef\x7f\x7f\x7fxyz\x01>>")
        terminal.wait_for("> >>abcxyz")
        terminal.press("\x1b")
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_a_note_may_arrive_in_one_burst_with_its_key(console: Open) -> None:
    """What is typed right behind the key that opens a field is in that field, and what follows its enter is not."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("afirst alert at noon\r")
        terminal.wait_for("note: first alert")
        terminal.press("aand more\x1b[D\x1b[D\x1b[D\x1b[Done \r3")
        terminal.wait_for("note: and one more")
        terminal.press(":next pane\r")
        terminal.wait_for("┏━ 3 Git")
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_esc_and_the_next_key_in_one_burst_are_two_keys(console: Open) -> None:
    """They are no alt key: the dialog is left, and the next key is for what stands below it."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("\r")
        terminal.wait_for("esc closes")
        terminal.press("\x1bj ")
        terminal.wait_for("[x] 1.2")
        assert "[ ] 1.1" in terminal.text
        terminal.press("\x11")
        assert terminal.wait_end() == 0


TWICE = {"a note": "afirst words\r\r", "a reason": "swait on it\r\r", "a command": ":note\r\r"}


@pytest.mark.parametrize("what", TWICE)
def test_enter_pressed_twice_in_one_burst_ends_nothing(console: Open, what: str) -> None:
    """The second one finds the dialog closed, and is for what stands below it."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("2")
        terminal.settle()
        terminal.press(TWICE[what])
        terminal.settle()
        terminal.press("\x1b")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored


def test_what_is_typed_behind_a_key_that_asks_is_the_answer(
    console: Open, environ: dict[str, str], tmp_path: Path
) -> None:
    """Also where the question comes only once the disk has said that it lacks a reason; no letter is a command."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("2")
        terminal.settle()
        terminal.press("s12 j s x note\r>go on 1, 2 and 3\r")
        terminal.settle()
        terminal.press("\x11")
        assert terminal.wait_end() == 0
    events = hotfix(environ, tmp_path, "log", "--json")
    assert '"reason": "12 j s x note"' in events
    assert '"reason": "go on 1, 2 and 3"' in events
    assert '"mark": "done"' not in events
    assert "note-added" not in events
