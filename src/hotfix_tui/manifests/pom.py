"""pom.xml: the project's own version, never its parent's or a dependency's."""

from __future__ import annotations

import re

from hotfix_tui.manifests.found import Found, Reading, only
from hotfix_tui.manifests.xml_places import Element, read_xml

_PROPERTY = re.compile(r"\$\{([\w.-]+)\}")


def read(path: str, text: str) -> Reading:
    """project/version, or the property that it names. Raises: Refused."""
    elements = read_xml(path, text)
    name = next((element.value for element in _under(elements, "artifactId")), "")
    founds = only(path, _founds(text, elements, "version"))
    if not founds:
        inherited = any(element.path == ("project", "parent", "version") for element in elements)
        why = "it takes its version from its parent; name the parent's pom.xml instead" if inherited else ""
        return Reading(name=name, lacking=why)
    of_property = _PROPERTY.fullmatch(founds[0].version)
    if of_property is None:
        return Reading(founds, name)
    founds = only(path, _founds(text, elements, "properties", of_property[1]))
    lacking = "" if founds else f"its version is the property {of_property[1]}, which is not in this file"
    return Reading(founds, name, lacking=lacking)


def _under(elements: tuple[Element, ...], *names: str) -> tuple[Element, ...]:
    return tuple(element for element in elements if element.path == ("project", *names))


def _founds(text: str, elements: tuple[Element, ...], *names: str) -> tuple[Found, ...]:
    return tuple(element.found(text) for element in _under(elements, *names))
