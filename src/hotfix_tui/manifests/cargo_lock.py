"""Cargo.lock: the versions of the workspace's own packages, which are those without a source (S2.VER.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.manifests.found import VERSION, Found, Reading, place
from hotfix_tui.manifests.toml_places import Toml, read_toml

_REFERENCE = re.compile(rf"([A-Za-z0-9_-]+) ({VERSION})")


def read(path: str, text: str) -> Reading:
    """The own packages' versions, and where others name them together with it. Raises: Refused."""
    document = read_toml(path, text)
    packages = document.get("package")
    own = [
        number
        for number, package in enumerate(packages if isinstance(packages, list) else ())
        if isinstance(package, dict) and "source" not in package
    ]
    return Reading((*_own(document, own), *_references(document)))


def _own(document: Toml, own: list[int]) -> Iterator[Found]:
    for number in own:
        name = document.get("package", number, "name")
        yield from document.found("package", number, "version", kind="locked", name=str(name))


def _references(document: Toml) -> Iterator[Found]:
    """Where "name 1.2.3" stands without a source: Cargo writes it where a package of that name exists twice."""
    for path, (start, end) in document.places.items():
        if path[0] == "package" and "dependencies" in path:
            named = _REFERENCE.fullmatch(document.text, start, end)
            if named:
                role = f"a dependency on {named[1]}"
                yield place(document.text, *named.span(2), role, "reference", named[1])
