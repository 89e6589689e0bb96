"""A command of the console outlives it: killed, its window closed, or left, it ends by itself and is found again."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli_fixtures import PLAYBOOK
from tests.git_fixtures import sandbox
from tests.pty.conftest import hotfix
from tests.pty.harness import Terminal, python

SCRIPT = "#!/bin/sh\necho once >> count\necho begun\nwhile [ ! -e go ]; do sleep 0.02; done\necho ended >> count\necho well\n"
ITEM = '[[phase.item]]\nid = "deploy"\ntext = "Deploy it"\ncommand = ["./deploy.sh"]\n'


@pytest.fixture
def root(tmp_path: Path, environ: dict[str, str]) -> Path:
    """A repository with an incident whose first item is a command."""
    root = sandbox(tmp_path / "box").root
    (root / "deploy.sh").write_text(SCRIPT)
    (root / "deploy.sh").chmod(0o755)
    (tmp_path / "playbooks").mkdir()
    text = PLAYBOOK.replace("[[phase.item]]", f"{ITEM}[[phase.item]]", 1)
    (tmp_path / "playbooks" / "team.toml").write_text(text)
    environ |= {"HOTFIX_PLAYBOOK": "team", "HOTFIX_CONFIG": str(tmp_path / "config.toml")}
    hotfix(environ, root, "declare", "Vault crash", "--answer", "down=y", "--no-input")
    return root


def end(terminal: Terminal, how: str) -> None:
    """The console ends in this way, and soon."""
    if how == "killed":
        os.kill(terminal.pid, signal.SIGKILL)
    elif how == "closed":
        terminal.hang_up()
    else:
        terminal.press("q")
        terminal.settle(0.2)
        terminal.press("q")
    terminal.wait_end(6, reading=how == "left")


def agreed(terminal: Terminal, begun: Path) -> bool:
    """Whether the yes was heard: a dialog is deaf for its first 400 ms."""
    if not begun.exists():
        terminal.press("y")
    return begun.exists()


@pytest.mark.parametrize("how", ["killed", "closed", "left"])
def test_a_command_outlives_its_console(root: Path, environ: dict[str, str], how: str) -> None:
    """Rows 20 and 48: it is found by the next one, whose journal ends as if the first had never gone; it began once."""
    with Terminal(python("-m", "hotfix_tui"), environ, cwd=root) as terminal:
        terminal.wait_for("Deploy it")
        terminal.press_until("r", "$ ./deploy.sh")
        terminal.wait_for(lambda: agreed(terminal, root / "count"))
        end(terminal, how)
    with Terminal(python("-m", "hotfix_tui"), environ, cwd=root) as terminal:
        terminal.wait_for("still runs (pid")
        terminal.wait_for("last line: begun")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait_end(6)
    (root / "go").touch()
    argv = python("-m", "hotfix_tui", "op", "resume")
    done = subprocess.run(argv, env=environ, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "Run ./deploy.sh: done: exit code 0: well"
    assert (root / "count").read_text() == "once\nended\n"
