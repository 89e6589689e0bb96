"""Where each text of a JSON document stands, to the character (the standard parser says only what it says)."""

from __future__ import annotations

import json
import re
from typing import Any

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.manifests.found import Found, Kind, at, line_of, place, unreadable

_TOKEN = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')


@record(frozen=True, slots=True)
class Json:
    """A JSON document: what it says, and where its texts stand."""

    path: str
    text: str
    data: dict[str, Any]
    places: dict[tuple[str, ...], tuple[tuple[int, int], ...]]
    """The characters between the quotes; several when a key stands twice. In lists nothing has a place."""

    def found(self, *keys: str, kind: Kind = "version") -> tuple[Found, ...]:
        """The text under the keys as a version; none when there is none. Raises: Refused when a key stands twice."""
        spots = self.places.get(keys, ())
        if len(spots) > 1:
            line = line_of(self.text, spots[1][0])
            raise Refused(f"{at(self.path, line)}: the key {'.'.join(keys)} stands twice; repair it first.")
        role = ".".join(key or '""' for key in keys)
        return tuple(place(self.text, *spot, role, kind) for spot in spots if spot[0] < spot[1])


def read_json(path: str, text: str) -> Json:
    """The document with the places of its texts. Raises: Refused when it is no JSON object."""
    bare = text.removeprefix("\ufeff")
    try:
        data = json.loads(bare)
    except json.JSONDecodeError as error:
        raise unreadable(path, error.lineno, "JSON", error.msg) from error
    except RecursionError as error:
        raise unreadable(path, 1, "JSON", "too many lists in each other") from error
    if not isinstance(data, dict):
        raise unreadable(path, 1, "JSON object")
    return Json(path, text, data, _places(text, len(text) - len(bare)))


def _places(text: str, start: int) -> dict[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The places of all texts under keys, in a document that the parser has found to be valid."""
    places: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}
    stack: list[str | None] = []  # the key under which each open object stands at the moment; None is a list
    key = False  # whether the next text is a key
    for token in _TOKEN.finditer(text, start):
        said = token[0]
        if said in "{[":
            stack.append("" if said == "{" else None)
            key = said == "{"
        elif said in "}]":
            stack.pop()
        elif said == ",":
            key = stack[-1] is not None
        elif said[0] == '"' and key:
            stack[-1] = json.loads(said)
            key = False
        elif said[0] == '"' and None not in stack:
            path = tuple(part for part in stack if part is not None)
            places[path] = (*places.get(path, ()), (token.start() + 1, token.end() - 1))
    return places
