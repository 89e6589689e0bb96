"""Operations that are killed in the middle: another process runs one and dies after its n-th action.

An action is an entry in the journal, a command (git's or another program's) that ended, or a file that was written.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.service.operations import OperationRunner, Unfinished
from tests.case_fixtures import Desk
from tests.git_fixtures import Sandbox

DIES = """
import json, os, signal, sys
from dataclasses import replace
from pathlib import Path
folder, point, operation, choice, playbook, item, root = sys.argv[1:]
sys.path.insert(0, root)
from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.site import site_of
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.adapters.work_tree import FileTree
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.operations import OperationRunner
from tests import case_fixtures
from tests.git.killing import playbook_of

left = int(point)

def tick():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def dying(kind, *names):
    def then_tick(method):
        def acted(self, *args, **more):
            answer = method(self, *args, **more)
            tick()
            return answer
        return acted
    return type("Dying" + kind.__name__, (kind,), {name: then_tick(getattr(kind, name)) for name in names})

case_fixtures.SqliteStore = dying(SqliteStore, "append")
desk = case_fixtures.Desk(Path(folder) / "data", playbook_of(playbook))
repository = dying(GitRepository, "run")(find_repository(Path(folder) / "app").places)
site = site_of(repository, FrozenClock(case_fixtures.START))
tree = dying(FileTree, "write", "remove")(site.tree.root)
site = replace(site, tree=tree, shell=dying(LocalShell, "run")())
found = OPERATIONS[operation]
case = desk.only()
plan = found.plan(found.prepare(site, case.incident, desk.playbook, json.loads(choice)), site)
OperationRunner(desk.incidents).run(
    case, plan, site, item=item, on_progress=lambda p: None, cancelled=lambda: False
)
"""


def playbook_of(name: str) -> Playbook:
    """The playbook that "module:NAME" names."""
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Playbook)
    return found


def killed(
    folder: Path,
    point: int,
    operation: str,
    *,
    make: Callable[[Path], object],
    playbook: str = "tests.case_fixtures:PLAYBOOK",
    choice: Mapping[str, str] | None = None,
    item: str = "",
) -> int:
    """Declare beside what `make` makes in `folder`, run the operation elsewhere, kill it there; its exit code.

    `make` leaves a repository in folder/app. The code is -SIGKILL, or 0 when there are fewer actions than `point`.
    """
    make(folder)
    desk = Desk(folder / "data", playbook_of(playbook))
    desk.declare()
    desk.store.close()
    words = (str(point), operation, json.dumps(dict(choice or {})), playbook, item)
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(folder), *words, root],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


class Morning:
    """The morning after: the same repository and database in a new process."""

    def __init__(self, folder: Path, playbook: str = "tests.case_fixtures:PLAYBOOK") -> None:
        self.box = Sandbox(folder / "app", folder / "remote.git", "")
        self.site = self.box.site
        self.desk = Desk(folder / "data", playbook_of(playbook))
        self.runner = OperationRunner(self.desk.incidents)
        self.case = self.desk.only()
        self.release = self.box.git("rev-parse", "v1.0.4^{commit}")

    def left(self) -> Unfinished | None:
        """The one unfinished operation."""
        found = self.runner.unfinished(self.case, self.site)
        return found[0] if found else None

    def resume(self, left: Unfinished, item: str = "") -> None:
        """Go on with it."""
        self.case = self.runner.run(
            self.case,
            left.plan,
            self.site,
            item=item,
            run=left.run,
            on_progress=lambda p: None,
            cancelled=lambda: False,
        )

    def undo(self, left: Unfinished) -> None:
        """Take it back."""
        self.case = self.runner.undo(self.case, left, self.site, on_progress=lambda p: None)

    def state(self) -> str:
        """How the one operation stands, on disk."""
        (record,) = self.desk.only().incident.operations.values()
        return record.state
