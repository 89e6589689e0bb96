"""setup.cfg: the version of its section [metadata], or the file that it names."""

from __future__ import annotations

import re
from dataclasses import replace

from hotfix_tui.manifests.found import Elsewhere, Reading, is_version, only, place
from hotfix_tui.manifests.pyproject import of_attribute

_LINE = re.compile(
    r"(?m)^(?:\[(?P<section>[^\]\n]+)\]|version[ \t]*[=:][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$)"
)


def read(path: str, text: str) -> Reading:
    """The version in [metadata]. Raises: Refused when it stands there twice."""
    section, values = "", []
    for match in _LINE.finditer(text.removeprefix("\ufeff")):
        if match["section"] is not None:
            section = match["section"].strip()
        elif section == "metadata":
            values.append(match.span("value"))
    shift = len(text) - len(text.removeprefix("\ufeff"))
    spots = tuple(place(text, start + shift, end + shift, "metadata.version") for start, end in values)
    founds = tuple(replace(found, form="python") for found in only(path, spots))
    if not founds or is_version(founds[0].version):
        return Reading(founds)
    directive, _, name = (part.strip() for part in founds[0].version.partition(":"))
    if directive == "attr":
        return Reading(elsewhere=of_attribute(name))
    if directive == "file":
        return Reading(elsewhere=Elsewhere(tuple(part.strip() for part in name.split(","))))
    return Reading(founds)
