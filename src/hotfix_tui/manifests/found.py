"""What a version file says: where its version stands, to the character, and where else to look."""

from __future__ import annotations

import re
from typing import Literal

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean

VERSION = r"[0-9][0-9A-Za-z]*(?:[.+-][0-9A-Za-z]+)*"
"""What a version looks like in a file, as a regular expression: it starts with a digit and ends before a full stop."""

_WHOLE = re.compile(VERSION)

Kind = Literal["version", "either", "follows", "locked", "requirement", "reference", "counter"]
"""What changing the version means for this place.

version: it must be the project's version · either: one of several in its file must be · follows: it changes when it is
the same, and is told when not · locked: the version of package `name` in a lock file · requirement, reference: what
somebody says about the version of package `name` · counter: a build number, which rises by one.
"""

Form = Literal["whole", "python", "core", "pre"]
"""How a version is spelled there: whole · as Python packages want it (PEP 440) · without or only its pre-release."""


@record(frozen=True, slots=True)
class Found:
    """A version in a file: the characters from `start` to `end` and no others are its own."""

    version: str
    """What it says; of a place that holds only a part, the version as a whole."""
    start: int
    end: int
    line: int
    """Counted from 1."""
    role: str
    """The place's name in the file, such as "project.version"."""
    kind: Kind = "version"
    name: str = ""
    """The package that it is the version of, where the file knows several."""
    form: Form = "whole"


@record(frozen=True, slots=True)
class Elsewhere:
    """The version is written in another file: the first of `paths` that exists."""

    paths: tuple[str, ...]
    """Relative to the file's own folder."""
    constant: str = ""
    """The name that it is given to in that source; empty when that file holds nothing but the version."""


@record(frozen=True, slots=True)
class Reading:
    """What one file says about versions."""

    founds: tuple[Found, ...] = ()
    name: str = ""
    """The package's own name, where its format has one."""
    inherits: bool = False
    """Whether its version is the workspace's."""
    members: tuple[str, ...] = ()
    """Patterns of its workspace's other files, relative to its folder."""
    excluded: tuple[str, ...] = ()
    """Patterns of what is not a member, relative to its folder."""
    elsewhere: Elsewhere | None = None
    lacking: str = ""
    """Why it has no version, in words; empty when there is nothing special to say."""


def place(text: str, start: int, end: int, role: str, kind: Kind = "version", name: str = "") -> Found:
    """The version that stands in these characters."""
    return Found(text[start:end], start, end, line_of(text, start), role, kind, name)


def line_of(text: str, position: int) -> int:
    """The line, counted from 1, that the position is on."""
    return text.count("\n", 0, position) + 1


def is_version(text: str) -> bool:
    """Whether the text is a version and nothing else."""
    return _WHOLE.fullmatch(text) is not None


def at(path: str, line: int) -> str:
    """The file and the line as people write them, safe to show."""
    return f"{clean(path, NAME)}:{line}"


def unreadable(path: str, line: int, what: str, why: object = "") -> Refused:
    """The refusal of a file that is not what its name says."""
    reason = f": {clean(str(why), NAME)}" if str(why) else ""
    return Refused(f"{at(path, line)}: this is no valid {what}{reason}; repair it first.")


def only(path: str, founds: tuple[Found, ...]) -> tuple[Found, ...]:
    """The one place. Raises: Refused when there are several, for one of them would be a guess."""
    if len(founds) > 1:
        lines = ", ".join(str(found.line) for found in founds)
        raise Refused(
            f"{at(path, founds[1].line)}: the version stands on several lines ({lines}); "
            "say which one by a pattern in the playbook."
        )
    return founds
