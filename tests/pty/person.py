"""Somebody at the keyboard of a real terminal, and the project whose release is broken."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from tests.git_fixtures import git
from tests.pty.harness import Terminal

FILES = {
    "Cargo.toml": '[package]\nname = "caro"  # ours\nversion = "1.0.4"\nedition = "2021"\n',
    "Cargo.lock": 'version = 4\n\n[[package]]\nname = "caro"\nversion = "1.0.4"\n',
    "CHANGELOG.md": "# Changelog\n\n## [1.0.4] - 2026-10-01\n\n### Fixed\n\n- a typo\n",
    "src/main.rs": 'fn main() { open("C:/a b") }\n',
}


def project(folder: Path, main: str = "main") -> tuple[Path, Path]:
    """A Rust tool whose release v1.0.4 is out, one unfinished commit after it, and its bare remote."""
    root, remote = folder / "caro", folder / "remote.git"
    git(folder, "init", "-q", "--bare", "-b", main, str(remote))
    git(folder, "clone", "-q", str(remote), str(root))
    git(root, "switch", "-q", "-c", main) if git(root, "branch", "--show-current") != main else None
    for path, text in FILES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "release 1.0.4")
    git(root, "tag", "-a", "-m", "1.0.4", "v1.0.4")
    (root / "README.md").write_text("soon\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "unfinished work")
    git(root, "push", "-q", "--set-upstream", "origin", main, "--tags")
    git(root, "remote", "set-head", "origin", "--auto")
    return root, remote


class Person:
    """Reads the screen, and presses keys only once what they answer is there."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def sees(self, *texts: str) -> None:
        """Wait until all of these are on the screen; spaces and frames do not count."""
        wanted = [_bare(text) for text in texts]
        self.terminal.wait_for(lambda: all(text in _bare(self.terminal.text) for text in wanted))

    def press(self, keys: str, *then: str) -> None:
        """Press these keys, then see this."""
        self.terminal.press(keys)
        self.sees(*then)

    def answer(self, question: str, text: str, *then: str) -> None:
        """Type a line into the dialog that asks for it."""
        self.sees(question)
        self.press(f"{text}\r", *then)

    def command(self, name: str, *then: str) -> None:
        """Choose a command of the palette by its name."""
        self.press(f":{name}\r", *then)

    def operation(self, name: str, *then: str) -> None:
        """Choose an operation of the list by its name."""
        self.press("O", "Which operation")
        self.press(f"/{name}\r", *then)

    def confirm(self, *then: str, word: str = "") -> None:
        """Say yes to the plan on the screen; it is deaf for its first moments."""
        if word:
            self._until(lambda: f"> {word}_" in self.terminal.text, word)
            self.press("\t", ">[ Run ]<")
        self.sees("[ Cancel ]")
        self._until(lambda: "[ Copy ]" not in self.terminal.text, "y")
        self.sees(*then)

    def _until(self, true: object, keys: str) -> None:
        """Press the keys until it is so; a dialog that has just come does not hear yet."""
        assert callable(true)
        end = time.monotonic() + 20
        self.terminal.settle(0.1)
        pause = time.monotonic() + 0.45
        while time.monotonic() < pause:
            self.terminal.read(0.05)
        self.terminal.press(keys)
        while not true():
            assert time.monotonic() < end, self.terminal.text
            self.terminal.read(0.05)


def _bare(text: str) -> str:
    """The words alone: lines are folded, and frames stand between them."""
    return re.sub(r"[\s│┃|]+", " ", text)


TMUX = shutil.which("tmux")
