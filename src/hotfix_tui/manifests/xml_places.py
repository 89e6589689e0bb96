"""Where the text of each element of an XML document stands, to the character; nothing is ever rewritten as XML."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.manifests.found import Found, Kind, at, place, unreadable


@record(frozen=True, slots=True)
class Element:
    """An element without children: its path of names, its text without blanks around it, and the text's bytes."""

    path: tuple[str, ...]
    value: str
    span: tuple[int, int]
    line: int

    def found(self, text: str, kind: Kind = "version") -> Found:
        """Its text as a version."""
        whole = text.encode()
        before = len(whole[: self.span[0]].decode())
        raw = whole[self.span[0] : self.span[1]].decode("utf-8", "replace")
        start = before + len(raw) - len(raw.lstrip())
        return place(text, start, start + len(raw.strip()), "/".join(self.path), kind)


def read_xml(path: str, text: str) -> tuple[Element, ...]:
    """All elements that hold text and nothing else. Raises: Refused when it is no XML."""
    walk = _Walk(path, text)
    try:
        walk.parse()
    except expat.ExpatError as error:
        raise unreadable(path, error.lineno, "XML", expat.ErrorString(error.code)) from error
    return tuple(walk.elements)


class _Walk:
    """One way through a document; a document type, and so every entity of its own, is refused."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._bytes = text.encode()
        self._names: list[str] = []
        self._span: tuple[int, int] | None = None
        self.elements: list[Element] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = False
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said

    def parse(self) -> None:
        """Fill `elements`. Raises: expat.ExpatError; Refused."""
        self._parser.Parse(self._bytes, True)

    def _doctype(self, *_: Any) -> None:
        line = self._parser.CurrentLineNumber
        raise Refused(f"{at(self._path, line)}: a document type is not read; change the version by hand.")

    def _begin(self, name: str, _: dict[str, str]) -> None:
        self._names.append(name.rpartition(":")[2])
        self._span = None

    def _said(self, data: str) -> None:
        if data.strip():
            start = self._parser.CurrentByteIndex
            self._span = (self._span[0] if self._span else start, start + len(data.encode()))

    def _end(self, _: str) -> None:
        if self._span:
            raw = self._bytes[slice(*self._span)].decode("utf-8", "replace")
            line = self._parser.CurrentLineNumber
            self.elements.append(Element(tuple(self._names), raw.strip(), self._span, line))
        self._span = None
        self._names.pop()
