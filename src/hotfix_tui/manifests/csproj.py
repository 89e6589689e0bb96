"""*.csproj and its relatives: Version, or VersionPrefix and VersionSuffix; the assembly's versions when they are equal."""

from __future__ import annotations

from dataclasses import replace

from hotfix_tui.manifests.found import Found, Reading, only
from hotfix_tui.manifests.xml_places import Element, read_xml

_OTHERS = ("PackageVersion", "AssemblyVersion", "FileVersion", "InformationalVersion")


def read(path: str, text: str) -> Reading:
    """The versions of its property groups. Raises: Refused when one stands there twice."""
    elements = [
        e for e in read_xml(path, text) if e.path[:2] == ("Project", "PropertyGroup") and len(e.path) == 3
    ]
    version = _named(path, text, elements, "Version")
    parts = _parts(path, text, elements)
    others = (found for name in _OTHERS for found in _named(path, text, elements, name))
    return Reading((*version, *parts, *(replace(found, kind="follows") for found in others)))


def _named(path: str, text: str, elements: list[Element], name: str) -> tuple[Found, ...]:
    return only(path, tuple(element.found(text) for element in elements if element.path[2] == name))


def _parts(path: str, text: str, elements: list[Element]) -> tuple[Found, ...]:
    """The prefix and the suffix, each as a part of the version that they are together."""
    prefix = _named(path, text, elements, "VersionPrefix")
    suffix = _named(path, text, elements, "VersionSuffix")
    if not prefix:
        return ()
    whole = "-".join(found.version for found in (*prefix, *suffix))
    cores = tuple(replace(found, version=whole, form="core") for found in prefix)
    if not suffix:
        return cores
    return (*cores, *(replace(found, version=whole, form="pre") for found in suffix))
