"""Copies to the operator's own clipboard, over SSH and inside tmux, and says which way was used.

Inside a default tmux the escape sequence OSC 52 does not get out; `tmux load-buffer -w` does (DEPENDENCIES.md §4.2).
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from hotfix_tui.domain.text import clean

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp

LIMIT = 100_000
"""The most characters that are copied: terminals drop more."""
TMUX = ("tmux", "load-buffer", "-w", "-")


def copy_everywhere(app: HotfixApp, text: str, what: str) -> None:
    """Copy `text` by OSC 52, inside tmux by its buffer too, and say what was done."""
    safe = clean(text, LIMIT, multiline=True)
    app.copy_to_clipboard(safe)
    cut = f", the first {LIMIT} characters" if len(text) > LIMIT else ""
    if not app.terminal.tmux:
        app.say(f"copied {what}{cut} (through the terminal, OSC 52)")
        return

    def load() -> None:
        done = load_tmux_buffer(safe)
        way = "tmux and OSC 52" if done else "OSC 52; tmux did not take it"
        app.call_from_thread(app.say, f"copied {what}{cut} (through {way})")

    app.run_worker(load, thread=True, name="clipboard", group="clipboard")


def load_tmux_buffer(text: str) -> bool:
    """Put the text into tmux's buffer and the outer terminal's clipboard; whether tmux took it."""
    try:
        done = subprocess.run(
            TMUX, input=text.encode(), capture_output=True, timeout=5, check=False, env=dict(os.environ)
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
