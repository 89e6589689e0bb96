"""Which lines of a document no part of the playbook says, told by their words: an entry may keep less than its lines have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from hotfix_tui.domain.record import record
from hotfix_tui.importing import times
from hotfix_tui.importing.inline import label, plain

_WORD = re.compile(r"[^\W\d_]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKS = re.compile(r"^[\s>]*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s+)?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEAD = re.compile(r"[|:\s-]*-[|:\s-]*")
"""What stands below the head of a table."""
_KEPT = 0.7
"""A line of whose pairs of words so many stand in the playbook is said there."""


@record(frozen=True, slots=True)
class Said:
    """All words of a playbook, and which follow each other."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def said(texts: Iterable[str]) -> Said:
    """The words of these texts."""
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        found = _words(text)
        words.update(found)
        pairs.update(pairwise(found))
    return Said(frozenset(words), frozenset(pairs))


def unsaid(document: str, known: Said) -> Iterator[int]:
    """The lines, counted from 1, that say something which the playbook does not."""
    lines = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), document).split("\n")
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True), start=1):
        if not _FENCE.match(line) and not _is_head(below) and not _is_said(line, known):
            yield number


def _is_head(below: str) -> bool:
    return "|" in below and _HEAD.fullmatch(below) is not None


def _is_said(line: str, known: Said) -> bool:
    parts = [_words(part) for part in _parts(_MARKS.sub("", line))]
    alone = [part[0] for part in parts if len(part) == 1]
    pairs = [pair for part in parts for pair in pairwise(part)]
    kept = sum(word in known.words for word in alone) + sum(pair in known.pairs for pair in pairs)
    return kept >= _KEPT * (len(alone) + len(pairs))


def _parts(line: str) -> list[str]:
    """What a line says: the cells of a row, or what stands behind a label, but for mere times; a label alone says nothing."""
    found = label(line)
    if found is None and "|" not in line:
        return [times.without(line)]
    told = [found.value] if found else line.split("|")
    return [times.without(part) for part in told if len(part.split()) > _BRIEF or not times.minutes(part)]


_BRIEF = 5
"""A time in so few words is nothing but a time."""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(plain(text))]
