"""Where each text of a TOML document stands, to the character (tomllib says only what it says)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Generator, Iterator
from typing import Any

from hotfix_tui.domain.record import record
from hotfix_tui.manifests.found import Found, Kind, line_of, place, unreadable

Path = tuple[str | int, ...]
Places = Generator[tuple[Path, tuple[int, int]], None, int]
"""Places, and where what follows the value stands."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KEY_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\r\n]+")
_DEEPEST = 100
"""How many arrays and tables may stand in each other; a version file has three."""


@record(frozen=True, slots=True)
class Toml:
    """A TOML document: what it says, and where its texts stand."""

    text: str
    data: dict[str, Any]
    places: dict[Path, tuple[int, int]]
    """The characters between the quotes."""

    def get(self, *path: str | int) -> Any:
        """What stands at the path, or None."""
        here: Any = self.data
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def found(self, *path: str | int, kind: Kind = "version", name: str = "") -> tuple[Found, ...]:
        """The text at the path as a version; none when there is no text."""
        spot = self.places.get(path)
        role = ".".join(str(part) for part in path)
        return (place(self.text, *spot, role, kind, name),) if spot and spot[0] < spot[1] else ()


def read_toml(path: str, text: str) -> Toml:
    """The document with the places of its texts. Raises: Refused when it is no TOML."""
    bare = text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(bare)
        walk = _Walk(text)
        places = dict(walk.document(len(text) - len(bare)))
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"line (\d+)", str(error))
        line = int(said[1]) if said else line_of(text, len(text))
        raise unreadable(path, line, "TOML", error) from error
    except RecursionError as error:
        raise unreadable(path, 1, "TOML", "too many tables in each other") from error
    return Toml(text, data, places)


class _Walk:
    """One way through a document that tomllib has found to be valid."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._table: Path = ()
        self._count: dict[Path, int] = {}

    def document(self, at: int) -> Iterator[tuple[Path, tuple[int, int]]]:
        """The places of all texts from `at` on."""
        at = self._skip(at)
        while at < len(self._text):
            if self._text[at] == "[":
                at = self._header(at)
            else:
                key, at = self._key(at)
                at = yield from self._value(self._skip(at + 1), self._table + key, 0)
            at = self._skip(at)

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        return found.end() if found else at

    def _header(self, at: int) -> int:
        several = self._text.startswith("[[", at)
        key, at = self._key(at + 1 + several)
        whole = self._numbered(key[:-1]) + key[-1:]
        if several:
            self._count[whole] = self._count.get(whole, -1) + 1
        self._table = self._numbered(key)
        return at + 1 + several

    def _numbered(self, key: Path) -> Path:
        """The key with the number of the newest table of each array on its way."""
        path: Path = ()
        for part in key:
            path = (*path, part)
            if path in self._count:
                path = (*path, self._count[path])
        return path

    def _key(self, at: int) -> tuple[Path, int]:
        """A dotted key, and where what follows it stands."""
        parts: list[str] = []
        while True:
            at = self._blank(at)
            found = _STRING.match(self._text, at) or _BARE.match(self._text, at)
            assert found is not None
            parts.append(_spoken(found[0]))
            at = self._blank(found.end())
            if self._text[at] != ".":
                return tuple(parts), at
            at += 1

    def _blank(self, at: int) -> int:
        found = _KEY_SPACE.match(self._text, at)
        return found.end() if found else at

    def _value(self, at: int, path: Path, depth: int) -> Places:
        if depth > _DEEPEST:
            raise RecursionError
        if self._text[at] == "[":
            return (yield from self._array(at + 1, path, depth + 1))
        if self._text[at] == "{":
            return (yield from self._inline(at + 1, path, depth + 1))
        if found := _STRING.match(self._text, at):
            quotes = 3 if found[0][:3] in {'"""', "'''"} else 1
            yield path, (found.start() + quotes, found.end() - quotes)
            return found.end()
        found = _PLAIN.match(self._text, at)
        assert found is not None
        return found.end()

    def _array(self, at: int, path: Path, depth: int) -> Places:
        number = 0
        while self._text[at := self._skip(at)] != "]":
            at = self._skip((yield from self._value(at, (*path, number), depth)))
            number += 1
            at += self._text[at] == ","
        return at + 1

    def _inline(self, at: int, path: Path, depth: int) -> Places:
        while self._text[at := self._skip(at)] != "}":
            key, at = self._key(at)
            at = self._skip((yield from self._value(self._skip(at + 1), path + key, depth)))
            at += self._text[at] == ","
        return at + 1


def _spoken(key: str) -> str:
    """The key without its quotes."""
    return str(tomllib.loads(f"v = {key}")["v"]) if key[0] in "\"'" else key
