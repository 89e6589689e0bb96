"""Terminals with the real console in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.harness import Terminal, python

Open = Callable[..., Terminal]
TITLE = "Unlock crash [/x] [red] \x1b]52;c;UFdO\x07 \u202egnp"
"""A title that would write the clipboard, break the markup and turn the text around."""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The surroundings of a person of no special settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "HOTFIX_DATA_DIR": str(tmp_path / "data"), "USER": "kim"}


def hotfix(environ: dict[str, str], folder: Path, *arguments: str) -> str:
    """What the command line prints."""
    argv = python("-m", "hotfix_tui", *arguments)
    done = subprocess.run(argv, env=environ, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def console(tmp_path: Path, environ: dict[str, str]) -> Open:
    """Opens the console on a declared incident with a hostile title, at any size."""
    hotfix(environ, tmp_path, "declare", TITLE, "--answer", "danger=y", "--no-input")
    log = tmp_path / "app.log"
    log.write_text("2026-11-21T03:00:00Z ERROR [/api] \x1b]52;c;UFdO\x07\x9b31m \u202ebad\n")

    def start(*arguments: str, size: tuple[int, int] = (120, 36)) -> Terminal:
        argv = python("-m", "hotfix_tui", "--log", str(log), *arguments)
        return Terminal(argv, environ, size=size, cwd=tmp_path)

    return start
