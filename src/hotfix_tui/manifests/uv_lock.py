"""uv.lock: the version of the project itself, which is installed from its own folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hotfix_tui.manifests.found import Found, Reading
from hotfix_tui.manifests.toml_places import Toml, read_toml


def read(path: str, text: str) -> Reading:
    """The versions of the packages that come from this folder. Raises: Refused."""
    return Reading(tuple(_own(read_toml(path, text))))


def _own(document: Toml) -> Iterator[Found]:
    packages = document.get("package")
    for number, package in enumerate(packages if isinstance(packages, list) else ()):
        source = package.get("source") if isinstance(package, dict) else None
        if isinstance(source, dict) and source.keys() & {"editable", "virtual"}:
            name = re.sub(r"[-_.]+", "-", str(package.get("name"))).lower()
            for found in document.found("package", number, "version", kind="locked", name=name):
                yield replace(found, form="python")
