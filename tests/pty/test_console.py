from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.git_fixtures import sandbox
from tests.pty.conftest import Open, hotfix
from tests.pty.harness import Terminal, python

pytestmark = pytest.mark.pty
READY = "Checklist"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
def test_the_console_shows_the_incident_and_leaves_the_terminal_as_it_was(
    console: Open, size: tuple[int, int]
) -> None:
    """It draws at both sizes, and ctrl+q gives everything back with status 0."""
    with console(size=size) as terminal:
        terminal.wait_for(READY)
        terminal.wait_for("RISK")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored


def test_a_forgotten_drill_is_not_opened_in_a_repository(environ: dict[str, str], tmp_path: Path) -> None:
    """The list of incidents is shown with the sentence that names it; outside, the only one is opened and named."""
    drill = hotfix(environ, tmp_path, "drill", "--no-ui").split()[0]
    box = sandbox(tmp_path / "box")
    with Terminal(python("-m", "hotfix_tui"), environ, cwd=box.root) as terminal:
        terminal.wait_for("What is open is not of this repository")
        terminal.wait_for("Open incidents")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
    with Terminal(python("-m", "hotfix_tui"), environ, cwd=tmp_path) as terminal:
        terminal.wait_for(f"This is about {drill}")
        terminal.wait_for(READY)
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_no_hostile_text_reaches_the_terminal(console: Open) -> None:
    """Title and log hold OSC 52, C1 and a bidi override: none of them is ever sent."""
    with console() as terminal:
        terminal.wait_for("ERROR [/api]")
        terminal.wait_for("Unlock crash")
        for key in "012345?":
            terminal.press(key)
            terminal.settle(0.2)
        terminal.press("\x1b")
        terminal.press("\x11")
        terminal.wait_end()
        sent = bytes(terminal.sent)
    assert b"]52;" not in sent
    text = sent.decode()
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_it_cleanly(console: Open, number: signal.Signals) -> None:
    """Rows 20 and 21: the terminal is given back and the status is 128 + n."""
    with console() as terminal:
        terminal.wait_for(READY)
        terminal.signal(number)
        assert terminal.wait_end() == 128 + number
        assert terminal.restored


def test_a_vanished_terminal_ends_it(console: Open) -> None:
    """Row 20: when the window is closed, the process is gone within its grace."""
    with console() as terminal:
        terminal.wait_for(READY)
        terminal.hang_up()
        assert terminal.wait_end(6, reading=False) == 128 + signal.SIGHUP


def test_a_stalled_terminal_cannot_hold_it(console: Open) -> None:
    """Row 22: nobody reads its output, and SIGTERM still ends it in time."""
    with console() as terminal:
        terminal.wait_for(READY)
        for _ in range(400):
            terminal.press("\t")
        started = time.monotonic()
        terminal.signal(signal.SIGTERM)
        status = terminal.wait_end(8, reading=False)
        assert status == 128 + signal.SIGTERM
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "typed",
    [b"\xff\xfe", b"caf\xe9", "é".encode()[:1], b"\x00\x00", bytes(range(128, 256)) * 8],
    ids=["invalid", "latin-1", "half", "nul", "upper half"],
)
def test_no_byte_ends_it(console: Open, typed: bytes) -> None:
    """Row 26: whatever bytes come, it lives and still obeys keys."""
    with console() as terminal:
        terminal.wait_for(READY)
        terminal.press(typed)
        terminal.settle()
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_pasted_escapes_press_no_key(console: Open, environ: dict[str, str], tmp_path: Path) -> None:
    """Row 27: a bracketed paste that holds ESC, CR and key letters marks, runs and quits nothing."""
    with console() as terminal:
        terminal.wait_for(READY)
        terminal.press(b"\x1b[200~ \x1b[A\x1bOP \r q \x11 r y > u\x1b[201~")
        terminal.settle()
        assert READY in terminal.text
        terminal.press("\x11")
        assert terminal.wait_end() == 0
    assert '"done": 0' in hotfix(environ, tmp_path, "status", "--json") or "item-marked" not in hotfix(
        environ, tmp_path, "log", "--json"
    )


def test_stopped_and_continued_it_is_one_program(console: Open) -> None:
    """Row 24: twenty stops, and twenty continues that nobody asked for, start no second set of threads."""
    with console() as terminal:
        terminal.wait_for(READY)
        terminal.settle()
        threads = terminal.threads()
        for _ in range(20):
            terminal.signal(signal.SIGSTOP)
            terminal.signal(signal.SIGCONT)
            terminal.signal(signal.SIGCONT)
            terminal.read(0.02)
        terminal.settle()
        assert terminal.threads() <= threads + 1
        terminal.press_until("?", "Help")  # Textual drops what was typed while it was being continued
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_any_size_is_survived(console: Open) -> None:
    """Row 25: a storm of sizes, a tiny window with the four answers, and back."""
    with console() as terminal:
        terminal.wait_for(READY)
        for step in range(60):
            terminal.resize(20 + step * 3, 5 + step)
            terminal.signal(signal.SIGWINCH)
            terminal.read(0.005)
        terminal.resize(52, 14)
        terminal.signal(signal.SIGWINCH)
        terminal.wait_for("hotfix needs 60x16; this window is 52x14.")
        terminal.wait_for("LEFT")  # a terminal gets a screen in parts
        terminal.resize(1, 1)
        terminal.signal(signal.SIGWINCH)
        terminal.read(0.2)
        terminal.resize(80, 24)
        terminal.signal(signal.SIGWINCH)
        terminal.wait_for("[2 Checklist")
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_killing_it_loses_nothing_that_was_shown(
    console: Open, environ: dict[str, str], tmp_path: Path
) -> None:
    """What the screen showed as done is there after kill -9, and the next start shows it."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press(" ")
        terminal.wait_for("[x] 1.1")
        terminal.signal(signal.SIGKILL)
        terminal.wait_end()
    assert "1.1" in hotfix(environ, tmp_path, "log")
    with console("open") as terminal:
        terminal.wait_for("[x] 1.1")


@pytest.mark.parametrize("term", ["dumb", ""], ids=["dumb", "unset"])
def test_a_terminal_that_cannot_is_told_so(environ: dict[str, str], tmp_path: Path, term: str) -> None:
    """Row 29: one line without escape codes, and status 2."""
    with Terminal(python("-m", "hotfix_tui"), {**environ, "TERM": term}, cwd=tmp_path) as terminal:
        assert terminal.wait_end() == 2
        assert b"\x1b" not in terminal.sent
        assert "hotfix status" in terminal.text


@pytest.mark.parametrize("way", ["NO_COLOR", "HOTFIX_NO_COLOR", "--no-color"])
def test_without_colours_the_terminal_s_own_are_left_alone(
    console: Open, environ: dict[str, str], way: str
) -> None:
    """No colour is ever set, so nothing can be black on black; the cursor is told by reversed text."""
    if way.startswith("--"):
        opened = console(way)
    else:
        environ[way] = "1"
        opened = console()
    with opened as terminal:
        terminal.wait_for("[ ] 1.1")
        codes = {
            code
            for sequence in re.findall(rb"\x1b\[([0-9;]*)m", bytes(terminal.sent))
            for code in sequence.split(b";")
        }
        terminal.press("\x11")
        assert terminal.wait_end() == 0
    assert codes <= {b"", b"0", b"1", b"2", b"4", b"7", b"39", b"49"}
    assert b"7" in codes


NOISY = """
import os, sys, threading
threading.Timer(2.0, os.write, (2, b"NOISE of a library\\n")).start()
sys.argv[0] = "hotfix"
from hotfix_tui.__main__ import main
sys.exit(main())
"""


def test_what_a_library_writes_does_not_reach_the_screen(console: Open, tmp_path: Path) -> None:
    """Row 39: it goes into the log, whoever writes it; afterwards descriptor 2 is the terminal again."""
    del console  # it has declared the incident
    environ = {**os.environ, "TERM": "xterm-256color", "HOTFIX_DATA_DIR": str(tmp_path / "data")}
    with Terminal(python("-c", NOISY), environ, cwd=tmp_path) as terminal:
        terminal.wait_for(READY)
        log = tmp_path / "data" / "hotfix.log"
        terminal.wait_for(lambda: b"NOISE" in log.read_bytes())
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored
    assert b"NOISE" not in terminal.sent
