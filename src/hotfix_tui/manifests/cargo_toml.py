"""Cargo.toml: a package's version or its workspace's, and what it asks of packages that lie beside it (S2.VER.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.manifests.found import VERSION, Found, Reading, place
from hotfix_tui.manifests.toml_places import Toml, read_toml

_TABLES = ("dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies")
_REQUIREMENT = re.compile(rf"\s*(?:[=^~]|>=)?\s*({VERSION})\s*")


def read(path: str, text: str) -> Reading:
    """The version, whether it is inherited, the workspace's members and the demands on neighbours. Raises: Refused."""
    document = read_toml(path, text)
    name = document.get("package", "name")
    name = name if isinstance(name, str) else ""
    return Reading(
        (
            *document.found("package", "version", name=name),
            *document.found("workspace", "package", "version"),
            *_requirements(document),
        ),
        name,
        inherits=document.get("package", "version", "workspace") is True,
        members=_members(document),
        excluded=_folders(document, "exclude"),
    )


def _members(document: Toml) -> tuple[str, ...]:
    """The members' folders: the patterns, and in a workspace whatever a dependency's path leads to."""
    if not isinstance(document.get("workspace"), dict):
        return ()
    paths = (
        document.text[start:end]
        for path, (start, end) in document.places.items()
        if path[-1] == "path" and len(path) > 2 and path[-3] in _TABLES
    )
    return (*_folders(document, "members"), *(f"{path}/Cargo.toml" for path in paths))


def _folders(document: Toml, key: str) -> tuple[str, ...]:
    said = document.get("workspace", key)
    folders = [folder for folder in said if isinstance(folder, str)] if isinstance(said, list) else []
    return tuple(f"{folder.strip('/')}/Cargo.toml" for folder in folders)


def _requirements(document: Toml) -> Iterator[Found]:
    """The whole versions that dependencies with a path ask for; "1.2" says less and stays."""
    for path, (start, end) in document.places.items():
        if path[-1] != "version" or len(path) < 3 or path[-3] not in _TABLES:
            continue
        key = path[-2]
        if not isinstance(document.get(*path[:-1], "path"), str):
            continue
        name = document.get(*path[:-1], "package") or key
        asked = _REQUIREMENT.fullmatch(document.text, start, end)
        if asked:
            role = ".".join(str(part) for part in path[:-1])
            yield place(document.text, *asked.span(1), role, "requirement", str(name))
