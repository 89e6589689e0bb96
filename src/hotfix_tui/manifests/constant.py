"""A version in a source file: by the playbook's pattern, or by the name of a Python constant (S3.VER.4)."""

from __future__ import annotations

import re

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.found import VERSION, Form, Found, Kind, Reading, only, place

_BLANKS = re.compile(r"[ \t]+")
_HOLE = "$version"


def read(path: str, text: str) -> Reading:
    """The constant `__version__`. Raises: Refused when it is given twice."""
    return Reading(only(path, python(text, "__version__")))


def by_pattern(path: str, text: str, pattern: str) -> Reading:
    """What stands where the pattern has `$version`; blanks match any number of blanks.

    Raises: Refused when the pattern has no `$version`, or it fits several times.
    """
    before, hole, after = pattern.partition(_HOLE)
    if not hole:
        raise Refused(
            f"The playbook's pattern for {clean(path, NAME)} has no {_HOLE}; write it where it stands."
        )
    expression = f"{_literal(before)}({VERSION}){_literal(after)}"
    spots = [match.span(1) for match in re.finditer(expression, text)]
    founds = tuple(place(text, *spot, "the playbook's pattern") for spot in spots)
    lacking = "" if founds else f"nothing in it is like {clean(pattern, NAME)}, the playbook's pattern"
    return Reading(only(path, founds), lacking=lacking)


def python(text: str, name: str, kind: Kind = "version", form: Form = "python") -> tuple[Found, ...]:
    """The versions that Python source gives to `name`."""
    expression = rf"(?m)^{re.escape(name)}[ \t]*(?::[^=\n]+)?=[ \t]*(['\"])({VERSION})\1"
    spots = (match.span(2) for match in re.finditer(expression, text))
    return tuple(
        Found(text[start:end], start, end, text.count("\n", 0, start) + 1, name, kind, "", form)
        for start, end in spots
    )


def _literal(text: str) -> str:
    """The text as a regular expression in which a blank is any number of blanks."""
    return r"[ \t]+".join(re.escape(part) for part in _BLANKS.split(text))
