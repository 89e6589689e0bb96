"""A fix on its whole way through a real repository, operation by operation, as often killed as one likes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.adapters.run_folders import RunFolders
from hotfix_tui.adapters.site import site_of
from hotfix_tui.adapters.work_tree import FileTree
from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading import read
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import START, Desk
from tests.children import Child
from tests.git_fixtures import git

RESTARTS = 80
"""More than any of the ways has commands and edits."""


@dataclass(frozen=True)
class Op:
    """An operation with what was chosen for it."""

    name: str
    choice: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class By:
    """What a person or the forge does between two operations; doing it again changes nothing."""

    hand: Callable[[Night], None]


@dataclass(frozen=True)
class Way:
    """What one playbook's fix starts from, and all that is done to it."""

    playbook: str
    files: Mapping[str, str]
    """The files of the release."""
    tags: tuple[str, ...]
    """The tags of the release; the last one is repaired."""
    fix: str
    path: tuple[Op | By, ...]
    branches: tuple[str, ...] = ()
    """The branches besides main."""


def fixed(path: str, text: str) -> By:
    """Somebody repairs a file."""
    return By(lambda night: _write(night.root, {path: text}))


def _write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


class Night:
    """A repository with a remote, a database, and one incident; in this folder."""

    def __init__(self, folder: Path, way: Way) -> None:
        self.folder, self.way = folder, way
        self.root, self.remote = folder / "app", folder / "remote.git"

    def begin(self) -> None:
        """The release is out and an incident is declared."""
        way = self.way
        self.root.mkdir(parents=True)
        git(self.root, "init", "-q", "-b", "main")
        git(self.root, "init", "-q", "--bare", "-b", "main", str(self.remote))
        _write(self.root, way.files)
        git(self.root, "add", ".")
        git(self.root, "commit", "-q", "-m", "the release")
        for tag in way.tags:
            git(self.root, "tag", "-a", "-m", tag, tag)
        git(self.root, "remote", "add", "origin", str(self.remote))
        for branch in way.branches:
            git(self.root, "branch", branch)
        git(self.root, "push", "-q", "--set-upstream", "origin", "main", *way.branches, "--tags")
        desk = self.desk()
        intent = Declare(
            "Login fails",
            severity=desk.playbook.severities[0].id,
            reason="seen",
            digest="d",
            base=way.tags[-1],
            fix=way.fix,
        )
        desk.incidents.declare(desk.playbook, intent)
        desk.store.close()

    def desk(self) -> Desk:
        """The incident service over the database."""
        return Desk(self.folder / "data", playbook(self.way.playbook))

    def refs(self) -> dict[str, str]:
        """Every ref, here and on the remote, with its object; and the files of the work tree."""
        own = git(self.root, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
        there = git(self.remote, "for-each-ref", "--format=there/%(refname) %(objectname)")
        found = dict(line.split(" ") for line in (own + "\n" + there).splitlines() if line)
        return {
            **found,
            "HEAD": git(self.root, "symbolic-ref", "HEAD"),
            "dirty": git(self.root, "status", "-s"),
        }

    def play(self, site: Site, kind: type[RunFolders] = RunFolders) -> None:
        """Do what is left of the way; an operation that did not end is gone on with. `kind` runs what outlives it."""
        desk = self.desk()
        runner = OperationRunner(desk.incidents, open_runs=lambda: kind(self.folder / "data" / "runs"))
        case = desk.only()
        ran = list(case.incident.operations.values())
        try:
            for step in self.way.path:
                if isinstance(step, By):
                    if len(ran) == 0 or ran[0].state == "running":
                        step.hand(self)
                    continue
                record = ran.pop(0) if ran else None
                if record is None:
                    case = _run(runner, case, _planned(step, desk, case, site), site)
                elif record.state == "running":
                    (left,) = runner.unfinished(case, site)
                    case = _run(runner, case, left.plan, site, run=left.run)
        finally:
            desk.store.close()


def _planned(step: Op, desk: Desk, case: Case, site: Site) -> Plan:
    operation = OPERATIONS[step.name]
    given = operation.prepare(site, case.incident, desk.playbook, step.choice)
    made = operation.plan(given, site)
    assert not made.blocked, (step, made.blocked)
    return made


def _run(runner: OperationRunner, case: Case, plan: Plan, site: Site, run: str = "") -> Case:
    told: list[str] = []
    case = runner.run(
        case, plan, site, run=run, on_progress=lambda news: told.append(news.text), cancelled=lambda: False
    )
    record = list(case.incident.operations.values())[-1]
    assert record.state == "done", (plan.title, record.state, told)
    return case


def playbook(name: str) -> Playbook:
    """The built-in playbook of this name."""
    return read((BUILT_IN / f"{name}.toml").read_text(), name)


def undisturbed(folder: Path, way: Way) -> Night:
    """The night in which nothing happens to the console."""
    night = Night(folder, way)
    night.begin()
    night.play(site_of_night(night))
    return night


def disturbed(folder: Path, way: Way) -> tuple[Night, int]:
    """The night in which the console is killed right after each thing that it does; and how often that was."""
    night = Night(folder, way)
    night.begin()
    for restarts in range(RESTARTS):
        said, code = Child(
            lambda say: night.play(site_of_night(night, dies=True), _dying(RunFolders, "begin"))
        ).rest()
        if code == 0:
            return night, restarts
        assert code == -signal.SIGKILL, "\n".join(said)
    raise AssertionError(f"it did not come to its end in {RESTARTS} starts")


def site_of_night(night: Night, *, dies: bool = False) -> Site:
    """Everything that operations may use there; one that dies ends its process after each thing that it changes."""
    site = site_of(find_repository(night.root), FrozenClock(START))
    if not dies:
        return site
    repository = _dying(GitRepository, "run")(find_repository(night.root).places)
    tree = _dying(FileTree, "write", "remove")(night.root)
    site = replace(site_of(repository, FrozenClock(START)), tree=tree)
    return replace(site, shell=_dying(LocalShell, "run")())


LOOKS = {"list", "view"}
"""The words of gh's commands that only look."""


def _dying(kind: type, *names: str) -> type:
    """The same, whose process ends for good once it has changed something by one of these."""

    def then_dies(method: Callable[..., object]) -> Callable[..., object]:
        def acted(self: object, *args: Any, **more: object) -> object:
            answer = method(self, *args, **more)
            if not LOOKS.intersection(args[0]):
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return acted

    return type(f"Dying{kind.__name__}", (kind,), {name: then_dies(getattr(kind, name)) for name in names})


@contextmanager
def clone(night: Night) -> Iterator[Path]:
    """A colleague's clone of the remote."""
    place = night.folder / "colleague"
    if not place.exists():
        git(night.folder, "clone", "-q", str(night.remote), str(place))
    git(place, "fetch", "-q", "origin")
    yield place
