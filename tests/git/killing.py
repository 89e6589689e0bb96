"""Operations that are killed in the middle: another process runs one and dies after its n-th action.

An action is an entry in the journal, a command (git's or another program's) that ended, or a file that was written. A
command that outlives the console is three: its folder was made, its supervisor was started, its end was seen.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Literal

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.unfinished import Unfinished
from tests.case_fixtures import Desk
from tests.git_fixtures import Sandbox, git

DIES = """
import json, os, signal, sys, traceback
from dataclasses import replace
from pathlib import Path
nights, operation, choice, playbook, item, way, root = sys.argv[1:]
sys.path.insert(0, root)
from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.run_folders import RunFolders
from hotfix_tui.adapters.site import site_of
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.adapters.work_tree import FileTree
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.operations import OperationRunner
from tests import case_fixtures
from tests.git.killing import playbook_of

left = 0

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

def night(folder):
    os.environ["PATH"] = f"{folder / 'bin'}:{os.environ['PATH']}"
    case_fixtures.SqliteStore = dying(SqliteStore, "append")
    case_fixtures.RunFolders = dying(RunFolders, "prepare", "begin", "follow")
    desk = case_fixtures.Desk(folder / "data", playbook_of(playbook))
    repository = dying(GitRepository, "run")(find_repository(folder / "app").places)
    site = site_of(repository, FrozenClock(case_fixtures.START))
    tree = dying(FileTree, "write", "remove")(site.tree.root)
    site = replace(site, tree=tree, shell=dying(LocalShell, "run")())
    found, case, runner = OPERATIONS[operation], desk.only(), OperationRunner(desk.incidents, open_runs=desk.open_runs)
    if way == "undo":
        runner.undo(case, runner.unfinished(case, site)[0], site, on_progress=lambda p: None)
        return
    plan = found.plan(found.prepare(site, case.incident, desk.playbook, json.loads(choice)), site)
    runner.run(case, plan, site, item=item, on_progress=lambda p: None, cancelled=lambda: False)

codes = []
for folder, left in json.loads(nights):
    child = os.fork()  # nothing has begun a thread yet, and nobody imports all this again
    if child == 0:
        try:
            night(Path(folder))
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
print(json.dumps(codes))
"""


def playbook_of(name: str) -> Playbook:
    """The playbook that "module:NAME" names."""
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute)
    assert isinstance(found, Playbook)
    return found


@dataclass(frozen=True)
class Case:
    """An operation that is killed."""

    operation: str
    make: Callable[[Path], object]
    """Leaves a repository in folder/app, and programs, if any, in folder/bin."""
    playbook: str = "tests.case_fixtures:PLAYBOOK"
    choice: Mapping[str, str] = field(default_factory=dict)
    item: str = ""


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

    The code is -SIGKILL, or 0 when there are fewer actions than `point`.
    """
    case = Case(operation, make, playbook, choice or {}, item)
    declared(folder, case)
    (code,) = _die(case, [(folder, point)])
    return code


def nights(folder: Path, case: Case, points: int) -> tuple[Path, list[Path], Path]:
    """A folder as it is before, one for each point at which the case is killed, and one that nobody disturbed."""
    declared(folder / "0", case)
    return folder / "0", *deaths(folder, folder / "0", case, points)


def deaths(
    folder: Path, before: Path, case: Case, points: int, way: Literal["run", "undo"] = "run"
) -> tuple[list[Path], Path]:
    """Copies of `before`, one for each point at which running the case or undoing it is killed; and one undisturbed."""
    nightly = [folder / f"{way}-{n}" for n in range(1, points + 2)]
    for night in nightly:
        copied(before, night)
    codes = _die(case, [(night, n) for n, night in enumerate(nightly, 1)], way)
    assert codes == [*([-signal.SIGKILL] * points), 0], f"there are other points than {points}: {codes}"
    for night in nightly:
        come_to_rest(night)
    return nightly[:-1], nightly[-1]


def come_to_rest(night: Path) -> None:
    """What was left running there has ended: a copy of its folder would wait for ever."""
    begun = [path.parent for path in night.glob("data/runs/*/*/supervisor.log")]
    until = time.monotonic() + 10
    while not all((place / "exit.json").exists() for place in begun):
        assert time.monotonic() < until, f"a command of {night} does not end"
        time.sleep(0.01)


def declared(folder: Path, case: Case) -> None:
    """The case's repository, and an incident beside it."""
    case.make(folder)
    desk = Desk(folder / "data", playbook_of(case.playbook))
    desk.declare()
    desk.store.close()


def copied(night: Path, folder: Path) -> None:
    """The whole night once more: repository, remote, database and programs."""
    shutil.copytree(night, folder, symlinks=True)
    git(folder / "app", "remote", "set-url", "origin", str(folder / "remote.git"))
    git(folder / "app", "update-index", "-q", "--refresh", check=False)  # the copies are other files


def _die(case: Case, where: list[tuple[Path, int]], way: str = "run") -> list[int]:
    """Run the case in each folder in a process of its own that is killed after so many actions; the exit codes."""
    nightly = json.dumps([(str(folder), point) for folder, point in where])
    words = (nightly, case.operation, json.dumps(dict(case.choice)), case.playbook, case.item, way)
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", DIES, *words, root],
        capture_output=True,
        text=True,
        timeout=60 + 5 * len(where),
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    codes = [int(code) for code in json.loads(done.stdout)]
    assert {0, -signal.SIGKILL}.issuperset(codes), done.stderr
    return codes


class Morning:
    """The morning after: the same repository and database in a new process."""

    def __init__(self, folder: Path, playbook: str = "tests.case_fixtures:PLAYBOOK") -> None:
        self.box = Sandbox(folder / "app", folder / "remote.git", "")
        self.site = self.box.site
        self.desk = Desk(folder / "data", playbook_of(playbook))
        self.runner = OperationRunner(self.desk.incidents, open_runs=self.desk.open_runs)
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
        """Take it back, once nothing runs any more."""
        until = time.monotonic() + 10
        while any(at.state == "running" for _, at in left.standings) and time.monotonic() < until:
            time.sleep(0.01)
            (left,) = self.runner.unfinished(self.case, self.site)
        self.case = self.runner.undo(self.case, left, self.site, on_progress=lambda p: None)

    def state(self) -> str:
        """How the one operation stands, on disk."""
        (record,) = self.desk.only().incident.operations.values()
        return record.state
