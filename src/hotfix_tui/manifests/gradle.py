"""build.gradle, build.gradle.kts and gradle.properties: the version that is written down as a text."""

from __future__ import annotations

import re

from hotfix_tui.manifests.found import VERSION, Found, Kind, Reading, only, place

_HIDDEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|\"{3}.*?\"{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL
)
_STATEMENT = re.compile(
    rf"""(?m)^[ \t]*(?P<key>(?:project\.|rootProject\.)?version|versionName)[ \t]*(?:=[ \t]*|[ \t(]+)(["'])(?P<value>{VERSION})\2"""
)
_PROPERTY = re.compile(rf"(?m)^[ \t]*(?:version|VERSION_NAME)[ \t]*[=:][ \t]*({VERSION})[ \t]*\r?$")
_BLOCK = re.compile(r"(?P<name>\w*)[ \t]*(?:\([^()\n]*\))?[ \t]*\{|\}")
_FOR_ALL = {"allprojects", "subprojects"}


def read(path: str, text: str) -> Reading:
    """`version = "…"` of the project; deeper ones follow when they are the same. Raises: Refused."""
    if path.endswith(".properties"):
        spots = (match.span(1) for match in _PROPERTY.finditer(text))
        return Reading(only(path, tuple(place(text, *spot, "version") for spot in spots)))
    outline = _HIDDEN.sub(_dots, text)
    places = [
        place(text, *match.span("value"), match["key"], _kind(outline, match))
        for match in _STATEMENT.finditer(text)
        if outline[match.start("key")] != "."
    ]
    own = only(path, tuple(found for found in places if found.kind == "version"))
    return Reading((*own, *_deeper(places)) if own else tuple(_deeper(places)))


def _deeper(places: list[Found]) -> list[Found]:
    return [found for found in places if found.kind != "version"]


def _dots(match: re.Match[str]) -> str:
    """A comment or a text of the same length that says nothing."""
    return re.sub(r"[^\n]", ".", match[0])


def _kind(outline: str, statement: re.Match[str]) -> Kind:
    """The project's own version stands in no block, or in one for all projects; an app's name of it in its own."""
    if statement["key"] == "versionName":
        return "either"
    blocks: list[str] = []
    for block in _BLOCK.finditer(outline, 0, statement.start("key")):
        if block[0] == "}":
            blocks = blocks[:-1]
        else:
            blocks.append(block["name"] or "")
    return "version" if set(blocks) <= _FOR_ALL else "follows"
