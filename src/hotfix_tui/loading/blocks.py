"""A playbook's text as blocks: each table with its own keys, its comments and the lines that they stand on.

What somebody wrote by hand is changed block by block and line by line, so that all the rest stays as it was, byte for
byte: comments, order, blank lines. Nothing here writes values; lines are taken whole from one text or the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from hotfix_tui.domain.record import record
from hotfix_tui.loading.problems import Path
from hotfix_tui.loading.scan import blanked

Lines = tuple[str, ...]
Name = tuple[str, ...]
"""What a block is called, whatever stands around it: its kind and its id, and those of the block it is in."""

_HEADER = re.compile(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([^=\[\]#]+?)\s*=")
_PART = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)""")
_LABELS = ("id", "number", "key", "role", "title", "label", "text", "question")
"""The keys that tell one table from the next of its kind, the surest first."""
ITEMS = {("phase", "item"), ("rollback", "step"), ("scenario", "action"), ("readiness", "item")}
"""Tables that are items: an id is unique among all of them, so an item that moves keeps its name."""


@record(frozen=True, slots=True)
class Entry:
    """One key of a block: its value, and the lines that it is written on."""

    value: Any
    start: int
    end: int
    """The line after the last one; lines count from 0."""


@record(frozen=True, slots=True)
class Block:
    """One table with its own keys; the tables in it are blocks of their own."""

    name: Name
    kind: tuple[str, ...]
    """The header's words; empty for the keys before the first header."""
    parent: Name
    """The block that it stands in; empty for one that stands in none."""
    start: int
    """The first line of the comment that stands right above the header, or the header's."""
    header: int
    """The line of the header."""
    end: int
    """The line after its last key."""
    entries: dict[str, Entry]
    values: dict[str, Any]
    """What its keys say."""


@record(frozen=True, slots=True)
class Blocks:
    """A whole text."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    named: dict[Name, Block]
    """Each block by its name, in the order of the text."""

    def text(self, start: int, end: int) -> tuple[str, ...]:
        """Some of the lines."""
        return self.lines[start:end]


def blocks(source: str) -> Blocks:
    """The blocks of a text that has loaded before. Raises: ValueError when it is no TOML."""
    text = source.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = tuple(text.split("\n"))
    found = tuple(_blocks(lines, tuple(blanked(text).split("\n")), tomllib.loads(text)))
    return Blocks(lines, found, {block.name: block for block in found})


def ends(text: Blocks) -> dict[Name, int]:
    """The line after each table with all that stands in it."""
    found: dict[Name, int] = {}
    for block in reversed(text.blocks):
        found[block.name] = max(found.get(block.name, 0), block.end)
        if block.parent:
            found[block.parent] = max(found.get(block.parent, 0), found[block.name])
    return found


def _blocks(lines: Lines, bare: Lines, found: dict[str, Any]) -> Iterator[Block]:
    starts = tuple(_statements(bare))
    headers = [number for number in starts if _HEADER.match(bare[number])]
    names: dict[Path, Name] = {}
    taken: set[Name] = set()
    counts: dict[Path, int] = {}
    for at, until in zip([-1, *headers], [*headers, len(lines)], strict=True):
        path = _entered(lines[at], bare[at], counts) if at >= 0 else ()
        kind = tuple(part for part in path if isinstance(part, str))
        keys = [number for number in starts if at < number < until and _KEY.match(bare[number])]
        entries = dict(_entries(lines, bare, keys, until, _at(found, path)))
        parent = next((names[path[:n]] for n in range(len(path) - 1, 0, -1) if path[:n] in names), ())
        names[path] = _unique(_name(kind, parent, entries), taken)
        taken.add(names[path])
        end = max((entry.end for entry in entries.values()), default=at + 1)
        start = _above(lines, bare, at) if at >= 0 else 0
        values = {key: entry.value for key, entry in entries.items()}
        yield Block(names[path], kind, parent, start, max(at, 0), end, entries, values)


def _statements(bare: Lines) -> Iterator[int]:
    """The lines on which a statement may begin; `bare` has neither strings nor comments."""
    depth = 0
    for number, line in enumerate(bare):
        if depth == 0 and line.strip():
            yield number
        depth = max(depth + sum(map(line.count, "[{")) - sum(map(line.count, "]}")), 0)


def _entered(line: str, bare: str, counts: dict[Path, int]) -> Path:
    """The path of the table that a header opens: each array on the way stands at its newest table."""
    header = _HEADER.match(bare)
    assert header is not None
    path: Path = ()
    parts = _parts(line[slice(*header.span(2))])
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if depth == len(parts) and header[1]:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _at(found: Any, path: Path) -> Any:
    for part in path:
        found = found[part]
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part[1] or part[2] or part[3] or "" for part in _PART.finditer(dotted))


def _entries(
    lines: Lines, bare: Lines, keys: list[int], until: int, table: Any
) -> Iterator[tuple[str, Entry]]:
    for number, following in zip(keys, [*keys, until][1:], strict=True):
        match = _KEY.match(bare[number])
        assert match is not None
        parts = _parts(lines[number][slice(*match.span(1))])
        last = max(line for line in range(number, following) if bare[line].strip())
        yield ".".join(parts), Entry(_at(table, parts), number, last + 1)


def _name(kind: tuple[str, ...], parent: Name, entries: dict[str, Entry]) -> Name:
    label = next((str(entries[key].value) for key in _LABELS if key in entries), "")
    if not kind:
        return ("playbook",)
    if kind in ITEMS:
        return ("item", label)
    return (*parent, ".".join(kind), label)


def _unique(name: Name, taken: set[Name]) -> Name:
    """The name, with a number where a table before has it."""
    numbered, number = name, 1
    while numbered in taken:
        number += 1
        numbered = (*name[:-1], f"{name[-1]} ({number})")
    return numbered


def _above(lines: Lines, bare: Lines, at: int) -> int:
    """The first line of the comment that stands right above a line."""
    while at > 0 and lines[at - 1].lstrip().startswith("#") and not bare[at - 1].strip():
        at -= 1
    return at
