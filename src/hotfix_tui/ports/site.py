"""Where operations and checks work: a repository, its files and the machine's programs, as contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from hotfix_tui.domain.record import record
from hotfix_tui.ports.git import Finished, History, Repository
from hotfix_tui.ports.making import Making
from hotfix_tui.ports.rehearsing import Rehearsal
from hotfix_tui.ports.storing import Clock


class WorkTree(Protocol):
    """The files of a work tree. Paths are relative, with "/"; none leads out of the tree, and no link is followed.

    Each method raises PortFailure, also for a path that leads elsewhere.
    """

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None when there is no such file."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write the file whole or not at all, durable once this returns; an existing one keeps its mode."""
        ...

    def remove(self, path: str) -> None:
        """Take the file away; nothing happens when there is none."""
        ...


class Shell(Protocol):
    """Runs other programs than git, by their argv and never through a shell. Runs off the event loop."""

    def which(self, program: str) -> str:
        """Where the program is; empty when it is not on the PATH."""
        ...

    def run(
        self,
        argv: Sequence[str],
        folder: Path,
        on_line: Callable[[str], None] = ...,
        cancelled: Callable[[], bool] = ...,
        timeout: float = 60.0,
    ) -> Finished:
        """Run a program in a folder, handing on each line of its output as it comes; nothing can be typed into it.

        When `cancelled` answers True, or after `timeout` seconds, the program and its children are ended.
        Raises: PortFailure when it cannot start or took too long.
        """
        ...


@record(frozen=True, slots=True)
class Answer:
    """What a page answered."""

    status: int
    """The HTTP status code."""
    url: str
    """Where the answer came from, after redirects; untrusted text."""
    text: str = ""
    """The beginning of what it says; untrusted text."""


class Web(Protocol):
    """Asks pages by http and https, and nothing else. Runs off the event loop."""

    def get(self, url: str, timeout: float = 10.0) -> Answer:
        """The page's answer, also one that says no. Raises: PortFailure when there is none within `timeout` seconds."""
        ...


@record(frozen=True, slots=True)
class Site:
    """Where operations and checks work: one repository, seen and touched in every way that they may."""

    repository: Repository
    history: History
    tree: WorkTree
    shell: Shell
    clock: Clock
    web: Web
    rehearsal: Rehearsal
    making: Making
