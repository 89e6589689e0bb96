from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.pty.conftest import Open, hotfix
from tests.pty.harness import Terminal, python

pytestmark = pytest.mark.pty

SECRET = "AKIA" + "IOSFODNN7EXAMPLE"
CRASH = """
import sys
from hotfix_tui.tui.{module} import {owner} as owner

def broken(*args, **kwargs):
    unseen = "local-{secret}"
    raise RuntimeError("password={secret} at [/x] \\x1b]52;c;UFdO\\x07")

owner.{name} = broken
from hotfix_tui.__main__ import main
sys.argv = ["hotfix"]
main()
"""

CRASHES = {
    "a key": ("screens.pane_actions", "PaneActions", "action_zoom"),
    "drawing": ("widgets.board", "Board", "render_line"),
    "reading keys": ("input_stream", "InputStream", "feed"),
}
"""What is broken: what a key does, what is drawn, the thread that reads the terminal."""


def left_behind(terminal: Terminal) -> str:
    """What was written after the screen was given back."""
    after = bytes(terminal.sent).rpartition(b"\x1b[?1049l")[2].decode()
    return re.sub(r"\x1b\[[0-9;?<>]*[a-z]", "", after).strip()


@pytest.mark.parametrize("what", list(CRASHES))
def test_a_crash_is_one_sentence_and_a_private_report(
    console: Open, environ: dict[str, str], tmp_path: Path, what: str
) -> None:
    """Row 31: the terminal is given back, one sentence is printed, the report is 0600 and holds no secret."""
    module, owner, name = CRASHES[what]
    source = CRASH.format(module=module, owner=owner, name=name, secret=SECRET)
    console().__exit__(None, None, None)
    with Terminal(python("-c", source), environ, cwd=tmp_path) as terminal:
        if what != "drawing":
            terminal.wait_for("Checklist")
            terminal.press("z")
        assert terminal.wait_end() == 1
        assert terminal.restored
        said = left_behind(terminal)
    (report,) = (tmp_path / "data/crashes").iterdir()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    text = report.read_text()
    assert "in broken" in text
    assert "\n" not in said, said
    assert said.startswith("hotfix ended unexpectedly (RuntimeError: password=‹redacted")
    assert str(report) in said
    assert SECRET not in text + said + bytes(terminal.sent).decode()
    assert "]52;" not in bytes(terminal.sent).decode()


def test_ctrl_z_and_back(console: Open) -> None:
    """Row 24: the terminal is the shell's while the console is stopped; SIGCONT brings the screen back, and keys work."""
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("\x1a")
        terminal.wait_for(lambda: terminal.stopped and terminal.restored)
        terminal.screen.reset()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("[ ] 1.1")
        terminal.press(" ")
        terminal.wait_for("[x] 1.1")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
        assert terminal.restored


def test_ctrl_z_and_fg_in_a_shell(console: Open, environ: dict[str, str], tmp_path: Path) -> None:
    """A real shell with job control: its prompt answers while the console waits, and `fg` shows the console again."""
    console().__exit__(None, None, None)
    shell = ["/bin/bash", "--noprofile", "--norc", "-i"]
    with Terminal(shell, environ | {"PS1": "shell> "}, cwd=tmp_path) as terminal:
        terminal.wait_for("shell>")
        terminal.press(f"{' '.join(python('-m', 'hotfix_tui'))}\n")
        terminal.wait_for("[ ] 1.1")
        terminal.press("\x1a")
        terminal.wait_for("Stopped")
        terminal.press("echo it is $((6 * 7))\n")
        terminal.wait_for("it is 42")
        terminal.screen.reset()
        terminal.press("fg\n")
        terminal.wait_for("[ ] 1.1")
        terminal.press("\x11")
        terminal.wait_for(lambda: bytes(terminal.sent).rstrip().endswith(b"shell>"))
        terminal.press("exit $?\n")
        assert terminal.wait_end() == 0


@pytest.mark.parametrize("missing", ["stdin", "stderr", "both"])
def test_without_a_terminal_it_is_one_sentence(environ: dict[str, str], tmp_path: Path, missing: str) -> None:
    """Row 29: stdin or stderr is no terminal: status 2, one line, nothing that a terminal obeys, nothing made."""
    ours, theirs = os.openpty()
    try:
        done = subprocess.run(
            python("-m", "hotfix_tui"),
            stdin=subprocess.DEVNULL if missing in {"stdin", "both"} else theirs,
            stdout=theirs if missing == "stderr" else subprocess.PIPE,
            stderr=theirs if missing == "stdin" else subprocess.PIPE,
            env=environ,
            cwd=tmp_path,
            timeout=20,
            check=False,
        )
        said = done.stderr if missing != "stdin" else os.read(ours, 4096)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert said.decode().strip() == (
        "hotfix: The console needs a terminal for input and output; here is none. Try: hotfix status"
    )
    assert not done.stdout
    assert not list((tmp_path / "data").rglob("*.db*"))


LAST_KEYS = {
    "a mark": (" ", '"mark": "done"'),
    "a note": ("alast words\r", "last words"),
    "two notes": ("afirst words\ralast words\r", "last words"),
    "a skip": ("swait on it\r", "wait on it"),
    "the next phase": (">go on 1\r", "go on 1"),
    "a skip further down": ("jjswait on it\r", "wait on it"),
}


@pytest.mark.parametrize("what", LAST_KEYS)
@pytest.mark.parametrize("how", ["ctrl+q", "SIGHUP"])
def test_the_last_key_before_the_end_counts(
    console: Open, environ: dict[str, str], tmp_path: Path, what: str, how: str
) -> None:
    """What was typed is on disk, also where the very same packet of a slow link ends the console, or the link breaks."""
    keys, kept = LAST_KEYS[what]
    with console() as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("2")
        terminal.settle()
        if how == "ctrl+q":
            terminal.press(keys + "\x11")
        else:
            terminal.press(keys)
            time.sleep(0.03)  # the thread that reads the terminal has the bytes; nothing more is waited for
            terminal.signal(signal.SIGHUP)
        assert terminal.wait_end() in (0, 128 + signal.SIGHUP)
        assert terminal.restored
    assert kept in hotfix(environ, tmp_path, "log", "--json")
