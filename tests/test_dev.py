"""The development command, from outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def dev(*words: str) -> subprocess.CompletedProcess[str]:
    """What `./dev` answers."""
    return subprocess.run(
        [sys.executable, str(ROOT / "dev"), *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_an_unknown_command_is_one_sentence_and_exit_2() -> None:
    """A mistyped command says which there are, on stderr, and nothing is made."""
    answer = dev("tset")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("dev: there is no ./dev tset; there are run, test, check,")
    assert answer.stderr.count("\n") == 1


def test_check_takes_no_arguments() -> None:
    """An argument that would be passed over is refused."""
    answer = dev("check", "src")
    assert answer.returncode == 2
    assert "takes no arguments" in answer.stderr


def test_help_names_every_command() -> None:
    """No command is missing from the page."""
    page = dev("help").stdout
    for command in dev("?").stderr.split("there are ")[1].rstrip(".\n").split(", "):
        assert f"./dev {command}" in page, command
