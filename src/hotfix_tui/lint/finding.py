"""What a rule has to say about a playbook, and what it may know besides the playbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record

Path = tuple[str | int, ...]
"""Where a value stands: table names, and the index of a table in its array; () for the whole file."""
Level = Literal["warn", "error"]


@record(frozen=True, slots=True)
class Fault:
    """One place where a rule does not hold."""

    path: Path
    message: str
    """What is so, as a sentence; untrusted text."""
    todo: str
    """What to do about it, as a sentence."""


@record(frozen=True, slots=True)
class World:
    """What is so around the playbook; None where nobody looked, and then nothing is said about it."""

    today: date | None = None
    has_file: Callable[[str], bool] | None = None
    """Whether a path, relative to the repository, is there."""
    has_program: Callable[[str], bool] | None = None
    """Whether a command's first word is a program that can be started."""


Find = Callable[[Playbook, World], Iterable[Fault]]


@record(frozen=True, slots=True)
class Rule:
    """Something that a process should keep to."""

    id: str
    title: str
    """The rule in a few words, for the documentation."""
    find: Find
    level: Level = "warn"


@record(frozen=True, slots=True)
class Finding:
    """A fault with the rule that it breaks."""

    rule: str
    level: Level
    fault: Fault
