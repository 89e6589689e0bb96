from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.conftest import hotfix
from tests.pty.harness import Terminal, python

TMUX = shutil.which("tmux")
pytestmark = [
    pytest.mark.pty,
    pytest.mark.tmux,
    pytest.mark.skipif(TMUX is None, reason="tmux is not installed: copying inside it cannot be tried"),
]
COPIED = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")
"""How a terminal is told what to have in its clipboard."""


class Server:
    """A tmux server of this test's own, with nobody's settings."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.argv = [str(TMUX), "-L", f"hotfix-test-{os.getpid()}", "-f", "/dev/null"]
        self.environ = environ

    def ask(self, *words: str) -> str:
        """What the server answers; nothing when it cannot."""
        done = subprocess.run(
            [*self.argv, *words], env=self.environ, capture_output=True, text=True, timeout=10, check=False
        )
        return done.stdout


@pytest.fixture
def server(environ: dict[str, str]) -> Iterator[Server]:
    """The server; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hf") as folder:  # a socket's path must be short
        made = Server(environ | {"TMUX_TMPDIR": folder, "SHELL": "/bin/sh"})
        try:
            yield made
        finally:
            made.ask("kill-server")


def test_copying_inside_tmux_reaches_its_buffer_and_the_terminal(
    server: Server, environ: dict[str, str], tmp_path: Path
) -> None:
    """`Y` fills tmux's buffer, the terminal around it gets the same text, and the notice says which way."""
    hotfix(environ, tmp_path, "declare", "Unlock crash", "--answer", "danger=y", "--no-input")
    argv = [*server.argv, "new-session", *python("-m", "hotfix_tui")]
    with Terminal(argv, server.environ, cwd=tmp_path) as terminal:
        terminal.wait_for("Checklist")
        terminal.press("Y")
        terminal.wait_for("copied the status (through tmux and OSC 52)")
        kept = server.ask("show-buffer")
        assert "Unlock crash (active)" in kept
        terminal.wait_for(lambda: COPIED.search(bytes(terminal.sent)) is not None)
        last = COPIED.findall(bytes(terminal.sent))[-1]
        assert base64.b64decode(last).decode().strip() == kept.strip()
        terminal.press("\x11")
        terminal.wait_end()


def test_a_tmux_that_does_not_answer_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    """TMUX is set, but its server is gone, as after `su` or a detached ssh: the notice says what was left."""
    hotfix(environ, tmp_path, "declare", "Unlock crash", "--answer", "danger=y", "--no-input")
    gone = environ | {"TMUX": f"{tmp_path}/gone,1,0", "TMUX_TMPDIR": str(tmp_path)}
    with Terminal(python("-m", "hotfix_tui"), gone, cwd=tmp_path) as terminal:
        terminal.wait_for("Checklist")
        terminal.press("Y")
        terminal.wait_for("copied the status (through OSC 52; tmux did not take it)")
        (sent,) = COPIED.findall(bytes(terminal.sent))
        assert "Unlock crash (active)" in base64.b64decode(sent).decode()
        terminal.press("\x11")
        assert terminal.wait_end() == 0


def test_a_detached_console_goes_on(server: Server, environ: dict[str, str], tmp_path: Path) -> None:
    """Row 35: the link breaks, tmux keeps the console; whoever attaches again finds it as it was, and its keys work."""
    hotfix(environ, tmp_path, "declare", "Unlock crash", "--answer", "danger=y", "--no-input")
    argv = [*server.argv, "new-session", *python("-m", "hotfix_tui")]
    with Terminal(argv, server.environ, cwd=tmp_path) as terminal:
        terminal.wait_for("[ ] 1.1")
        server.ask("detach-client")
        terminal.wait_end()
    with Terminal([*server.argv, "attach"], server.environ, cwd=tmp_path, size=(80, 24)) as terminal:
        terminal.wait_for("[ ] 1.1")
        terminal.press("2 ")
        terminal.wait_for("[x] 1.1")
        terminal.press("\x11")
        terminal.wait_end()
