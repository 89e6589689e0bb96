"""Which commits may have broken it: ranked by the files that a trace names, by size and by age, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean

if TYPE_CHECKING:
    from hotfix_tui.domain.frames import Frame

    Places = Mapping[str, Sequence[Frame]]
    """The places of a trace by the names of their files."""

SMALL, LARGE = 30, 500
"""The lines up to which a change counts as small, and from which as large."""
FEW, MANY = 3, 30
"""The same in files."""
NAMED, AGAIN, ALIKE = 100, 15, 20
"""What a file that the trace names is worth, each further one, and one that has only its name in common."""
TOLD = 3
"""How many files are told by name."""
_ASIDE = re.compile(
    r"(?:^|/)(?:docs?|tests?|spec|__tests__|\.github)/|\.(?:md|rst|txt|adoc)$|(?:^|/)test_|_test\."
)
"""Files that do not run at the users': documents and tests."""
_COMMON = re.compile(r"^(?:__init__|index|main|mod|lib|utils?|types?)\.\w+$")
"""Names that every folder has: having one in common says nothing."""


@record(frozen=True, slots=True)
class Made:
    """A commit with what it changed."""

    oid: str
    subject: str
    """Untrusted text."""
    author: str
    """Untrusted text."""
    at: datetime
    parents: int
    files: tuple[tuple[str, int], ...] = ()
    """Each path, untrusted text, with how many lines were added or taken away; none for a merge."""

    @property
    def lines(self) -> int:
        """How many lines were added or taken away."""
        return sum(lines for _, lines in self.files)


@record(frozen=True, slots=True)
class Suspect:
    """A commit, how much speaks against it, and why in words."""

    made: Made
    score: int
    reasons: tuple[str, ...]
    """Safe to show, the heaviest first."""
    named: tuple[str, ...] = ()
    """Its files that the trace names; untrusted text."""


def rank(commits: Sequence[Made], trace: Sequence[Frame], bad_at: datetime) -> tuple[Suspect, ...]:
    """The suspects, the likeliest first; merges stand apart, at the end. `commits` are newest first.

    `bad_at` is when the bad release was made; ages are told from there.
    """
    places: dict[str, list[Frame]] = {}
    for frame in trace:
        places.setdefault(frame.parts[-1], []).append(frame)
    judged = [_judged(one, places, bad_at, place, len(commits)) for place, one in enumerate(commits)]
    return tuple(sorted(judged, key=lambda one: (one.made.parents > 1, -one.score)))


def _judged(made: Made, trace: Places, bad_at: datetime, place: int, of: int) -> Suspect:
    named, alike = _named(made, trace)
    told = [
        _by_name(named, trace),
        _alike(alike if not named else {}),
        _by_size(made),
        _aside(made),
        _by_age(made, bad_at, place, of),
    ]
    score = sum(points for points, _ in told)
    return Suspect(made, score, tuple(words for _, words in told if words), tuple(named))


def _named(made: Made, trace: Places) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """The files that the trace names, with the lines; and those that have only their name in common with one."""
    named: dict[str, set[int]] = {}
    alike: dict[str, set[int]] = {}
    for path, _ in made.files:
        parts = tuple(path.split("/"))
        for frame in trace.get(parts[-1], ()):
            common = _shared(parts, frame.parts)
            whole = common and common in (len(parts), len(frame.parts))
            if common > 1 or (whole and not (_COMMON.match(parts[-1]) and len(parts) > 1)):
                named.setdefault(path, set()).add(frame.line)
            elif common and not _COMMON.match(parts[-1]):
                alike.setdefault(path, set()).add(frame.line)
    return named, alike


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many parts at their ends two paths have in common."""
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def _by_name(named: dict[str, set[int]], trace: Places) -> tuple[int, str]:
    if not named:
        return 0, "" if not trace else "changes no file that the trace names"
    told = [
        f"{clean(path, LINE)} (line {', '.join(map(str, sorted(lines)[:TOLD]))})"
        for path, lines in list(named.items())[:TOLD]
    ]
    more = f" and {len(named) - TOLD} more" if len(named) > TOLD else ""
    return NAMED + AGAIN * min(len(named) - 1, TOLD), f"changes what the trace names: {', '.join(told)}{more}"


def _alike(alike: dict[str, set[int]]) -> tuple[int, str]:
    if not alike:
        return 0, ""
    return ALIKE, f"changes a file of a name that the trace has: {clean(next(iter(alike)), LINE)}"


def _by_size(made: Made) -> tuple[int, str]:
    if made.parents > 1:
        return 0, "a merge: look at what it brought"
    size = f"{_count(made.lines, 'line')} in {_count(len(made.files), 'file')}"
    if made.lines <= SMALL and len(made.files) <= FEW:
        return 10, f"small and focused: {size}"
    if made.lines >= LARGE or len(made.files) >= MANY:
        return 5, f"large: {size}; much can hide there"
    return 0, size


def _aside(made: Made) -> tuple[int, str]:
    if made.files and all(_ASIDE.search(path) for path, _ in made.files):
        return -40, "only documents or tests"
    return 0, ""


def _by_age(made: Made, bad_at: datetime, place: int, of: int) -> tuple[int, str]:
    """Up to nine points: what came last was tried least."""
    age = bad_at - made.at
    words = f"made {spoken(age)} before the release" if age.total_seconds() >= 60 else "made with the release"
    return (of - place) * 9 // max(of, 1), words


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
