"""The headings of a changelog and the versions in them, whatever form it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hotfix_tui.domain.record import record

VERSION = r"[0-9]+(?:\.[0-9]+)+[0-9A-Za-z]*(?:[.+-][0-9A-Za-z]+)*"
"""A version in a heading: it has at least one dot."""

LONGEST = 300
"""The longest line that can be a heading, in characters."""

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)$")
_UNDERLINE = re.compile(r"([=~^\"*+-])\1{2,}[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NAMED = re.compile(
    rf"(?P<before>[\[*_<]*(?:[A-Za-z@][\w@/.-]*[ @])?[\[*_]*v?)(?P<version>{VERSION})(?![\w])(?P<after>.*)$"
)
_UNRELEASED = re.compile(r"[\[*_]*(?:unreleased|next|upcoming|in progress|development)\b", re.IGNORECASE)
_PLAIN = re.compile(rf"[*_]*v?{VERSION}[*_]*(?:[\s,:/(–—-]+[\w\s,./-]*[0-9]{{4}}[\w./-]*[)*_]*)?:?[ \t]*$")


@record(frozen=True, slots=True)
class Heading:
    """A heading: where it stands, how deep it is and what it says."""

    line: int
    """Counted from 0."""
    lines: int
    """How many lines it takes: two when it is underlined."""
    level: int
    words: str
    underline: str = ""
    version: str = ""
    """The version that its section is about; empty when it is none."""
    before: str = ""
    """What of the words stands before the version."""
    after: str = ""
    """What of the words stands after it."""

    @property
    def is_unreleased(self) -> bool:
        """Whether its section collects what no version has yet."""
        return not self.version and _UNRELEASED.match(self.words) is not None


def headings(lines: Sequence[str]) -> tuple[Heading, ...]:
    """All headings; where no heading has a version, lines that are nothing but a version count as such."""
    visible = [(number, line) for number, line in _visible(lines) if len(line) <= LONGEST]
    found = tuple(_with_version(heading) for heading in _marked(lines, visible))
    if any(heading.version for heading in found):
        return found
    plain = (
        _with_version(Heading(number, 1, 0, line.strip())) for number, line in visible if _PLAIN.match(line)
    )
    return tuple(sorted((*found, *plain), key=lambda heading: heading.line))


def _marked(lines: Sequence[str], visible: Sequence[tuple[int, str]]) -> Iterator[Heading]:
    """The headings that are marked as such."""
    for number, line in visible:
        if found := _ATX.match(line):
            yield Heading(number, 1, len(found[1]), _without_end(found[2]))
        elif under := _underline(lines, number):
            yield Heading(number, 2, 1 if under[0] == "=" else 2, line.strip(), under)


def _without_end(words: str) -> str:
    """The words without the marks that may close a heading."""
    bare = words.rstrip().rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else words.rstrip()


def _underline(lines: Sequence[str], number: int) -> str:
    """What underlines the line as a heading; empty when nothing does."""
    line = lines[number]
    under = _UNDERLINE.match(lines[number + 1].rstrip()) if number + 1 < len(lines) else None
    begins = number == 0 or not lines[number - 1].strip() or _NAMED.match(line)
    return under[0] if under and begins and line.strip() and not _UNDERLINE.match(line.rstrip()) else ""


def _visible(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that are in no code block and no comment, without their ends, with their numbers."""
    fence, comment = "", False
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
        elif mark:
            fence = mark[1]
        else:
            yield number, line.rstrip("\r\n")


def _with_version(heading: Heading) -> Heading:
    named = _NAMED.match(heading.words)
    if named is None:
        return heading
    return replace(heading, version=named["version"], before=named["before"], after=named["after"])


def order(version: str) -> tuple[object, ...]:
    """What versions of changelogs sort by: numbers, then pre-releases before the release, then what comes after it."""
    found = re.match(r"([0-9]+(?:\.[0-9]+)*)[.-]?([^+]*)", version)
    numbers, rest = (found[1], found[2]) if found else ("0", version)
    parts = [int(part) for part in numbers.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    words = tuple(
        (0, int(word), "") if word.isdecimal() else (1, 0, word)
        for word in re.findall(r"[0-9]+|[A-Za-z]+", rest)
    )
    rank = 2 if rest.startswith(("post", "rev")) else 0 if rest else 1
    return (tuple(parts), rank, words)
