"""On which line of a TOML text each table and key stands: a light scan beside the real parser, for messages only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.loading.problems import Path

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$"""
)
_MULTILINE = ('"""', "'''")


def line_index(text: str) -> dict[Path, int]:
    """The line (from 1) of every table and key, by its path."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _outside_strings(text):
        header = _HEADER.match(line)
        if header:
            table = _enter(_parts(header[2]), array=header[1] == "[[", counts=counts)
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _enter(parts: tuple[str, ...], *, array: bool, counts: dict[Path, int]) -> Path:
    """The path of the table that a header opens: each array on the way stands at its newest entry."""
    path: Path = ()
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if depth == len(parts) and array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not inside a multi-line string or array, with their numbers."""
    closing = ""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        inside = depth > 0
        if not inside:
            yield number, line
        opened = next((mark for mark in _MULTILINE if line.count(mark) % 2), "")
        if opened:
            closing = opened
        elif inside or not _HEADER.match(line):
            depth = max(depth + _balance(line), 0)


def _balance(line: str) -> int:
    """How many more square brackets open than close outside strings and comments."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', "", line).split("#", 1)[0]
    value = bare.split("=", 1)[-1]
    return value.count("[") - value.count("]")


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest table around it."""
    while path:
        if path in index:
            return index[path]
        path = path[:-1]
    return 1
