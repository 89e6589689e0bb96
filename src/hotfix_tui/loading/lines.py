"""On which line of a TOML text each table and key stands: a light scan beside the real parser, for messages only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hotfix_tui.loading.problems import Path
from hotfix_tui.loading.scan import blanked

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=")
_PART = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)""")


@dataclass(slots=True)
class _Found:
    """What the scan has seen so far."""

    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int, int]] = field(default_factory=list)
    counts: dict[Path, int] = field(default_factory=dict)

    def note(self, path: Path, number: int) -> None:
        """Keep the first line of a path, and tell when there is a second."""
        first = self.lines.setdefault(path, number)
        if first != number:
            self.twice.append((path, first, number))

    def enter(self, parts: tuple[str, ...], *, array: bool) -> Path:
        """The path of the table that a header opens: each array on the way stands at its newest entry."""
        path: Path = ()
        for depth, part in enumerate(parts, start=1):
            path = (*path, part)
            if depth == len(parts) and array:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path


def line_index(text: str) -> dict[Path, int]:
    """The line (from 1) of every table and key, by its path."""
    return _scanned(text).lines


def said_twice(text: str) -> tuple[str, int, int] | None:
    """The first key or table that is written a second time: its name and both lines; None when there is none."""
    for path, first, second in _scanned(text).twice:
        return ".".join(part for part in path if isinstance(part, str)), first, second
    return None


def _scanned(text: str) -> _Found:
    found = _Found()
    table: Path = ()
    for number, line, original in _statements(text):
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            table = found.enter(_parts(original[slice(*header.span(2))]), array=header[1] == "[[")
            found.note(table, number)
            if isinstance(table[-1], int):
                found.lines.setdefault(table[:-1], number)
        elif key:
            found.note((*table, *_parts(original[slice(*key.span(1))])), number)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """The lines on which a statement may begin: number, blanked text, text."""
    depth = 0
    start = 0
    for number, line in enumerate(blanked(text).split("\n"), start=1):
        if depth == 0:
            yield number, line, text[start : start + len(line)]
        start += len(line) + 1
        depth = max(depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"), 0)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part[1] or part[2] or part[3] or "" for part in _PART.finditer(dotted))


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest table around it."""
    while path:
        if path in index:
            return index[path]
        path = path[:-1]
    return 1
