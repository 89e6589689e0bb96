"""An incident on a real repository, asked by the checks; and small programs that stand for real ones."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hotfix_tui.checks import CHECKS, Observed
from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site
from tests.git_fixtures import Sandbox, commit, sandbox
from tests.small_playbook import Scene, a_playbook

BRANCH, FIX, BASE, TAG = "hotfix/v1.0.5", "1.0.5", "v1.0.4", "v1.0.5"
THING = Item("thing", "The thing")


@dataclass
class Bench:
    """A sandbox with an incident on it, and the question whether an item is proven."""

    box: Sandbox
    playbook: Playbook
    declared: Declare

    @property
    def root(self) -> Path:
        """The work tree."""
        return self.box.root

    @property
    def site(self) -> Site:
        """All that checks may use there."""
        return self.box.site

    def ask(self, name: str, item: Item = THING) -> Observed:
        """What the check sees now. Raises: Refused; PortFailure."""
        return CHECKS[name].look(self.site, Scene(self.declared, self.playbook).incident, self.playbook, item)

    def branch(self, start: str = BASE) -> None:
        """Make the hotfix branch and switch to it."""
        self.box.git("switch", "-q", "-c", BRANCH, start)

    def fix(self, name: str = "unlock.py", text: str = "fixed\n", subject: str = "fix: unlock (#42)") -> str:
        """Commit the fix."""
        return commit(self.root, name, text, subject)


def bench(folder: Path, playbook: Playbook | None = None, **declared: str) -> Bench:
    """A fresh repository and an incident about v1.0.4, to be repaired by 1.0.5."""
    known = {"base": BASE, "fix": FIX, "branch": BRANCH, **declared}
    return Bench(sandbox(folder / "box"), playbook or a_playbook(), Declare("Unlocking fails", **known))  # type: ignore[arg-type]


def program(folder: Path, name: str, body: str) -> Path:
    """A program of this name in a folder of its own, which is to come first on the PATH; it keeps its words in a file."""
    place = folder / "bin"
    place.mkdir(exist_ok=True)
    asked = folder / f"{name}.asked"
    head = f"import sys\nopen({str(asked)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    (place / name).write_text(f"#!{sys.executable}\n{head}{body}\n")
    (place / name).chmod(stat.S_IRWXU)
    os.environ["PATH"] = f"{place}{os.pathsep}{os.environ['PATH']}"
    return asked


Programs = Callable[[str, str], Path]


def words(asked: Path) -> Sequence[str]:
    """What a stand-in was asked, a line each time."""
    return asked.read_text().splitlines() if asked.exists() else []
