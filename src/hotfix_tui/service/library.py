"""The playbooks that can be declared with: the repository's, the user's, the built-in ones; nearest wins."""

from __future__ import annotations

from typing import Protocol

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Entry:
    """A playbook file that was found; `problems` are sentences with file and line, empty when it loads."""

    id: str
    title: str
    origin: str
    """One of "repository", "user" and "built-in"; "file" for one that was named by its path."""
    path: str
    problems: tuple[str, ...] = ()
    source: str = ""
    """Its text; empty where it does not load."""


@record(frozen=True, slots=True)
class Loaded:
    """A checked playbook with the text it came from."""

    playbook: Playbook
    source: str
    digest: str
    """sha256 of `source` as UTF-8, in hexadecimal."""
    entry: Entry
    passed_over: tuple[Entry, ...] = ()
    """The nearer ones that are broken; empty when this one was named."""

    @property
    def broken(self) -> str:
        """Which nearer playbook is broken, where and how, as one sentence; empty when none is."""
        return f"{broken(self.passed_over[0])}." if self.passed_over else ""

    @property
    def warning(self) -> str:
        """The same, and what is used instead."""
        instead = f"“{self.entry.title}” ({self.entry.origin}) is used instead."
        return f"{broken(self.passed_over[0])}; {instead}" if self.passed_over else ""


def broken(entry: Entry) -> str:
    """Where and how a playbook is broken: "x.toml is broken at line 3: …, and 2 more problems"."""
    first = entry.problems[0].removeprefix(f"{entry.path}:")
    line, _, message = first.partition("  ")
    where = f" at line {line}: {message}" if line.isdigit() else f": {first}"
    more = len(entry.problems) - 1
    tail = "" if not more else f", and {more} more problem{'s' if more > 1 else ''}"
    return f"{entry.path} is broken{where.rstrip('.')}{tail}"


class Library(Protocol):
    """The playbooks at hand."""

    def entries(self) -> tuple[Entry, ...]:
        """Every playbook found, the nearest first; broken ones too, with their problems."""
        ...

    def load(self, id: str = "") -> Loaded:
        """The playbook with this id, in the file of this path, or the nearest one that loads.

        Raises: Refused with file, line and hint when it is unknown or broken.
        """
        ...
