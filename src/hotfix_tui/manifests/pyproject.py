"""pyproject.toml: PEP 621 and Poetry, or where a dynamic version really is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hotfix_tui.manifests.found import Elsewhere, Reading
from hotfix_tui.manifests.toml_places import Toml, read_toml

_FROM_TAGS = (
    ("setuptools_scm",),
    ("poetry-dynamic-versioning",),
    ("versioningit",),
    ("versioneer",),
    ("uv-dynamic-versioning",),
)
"""Tools that make the version of the git tag."""


def read(path: str, text: str) -> Reading:
    """The version of the project, of Poetry, or both. Raises: Refused."""
    document = read_toml(path, text)
    founds = (*document.found("project", "version"), *document.found("tool", "poetry", "version"))
    name = document.get("project", "name") or document.get("tool", "poetry", "name")
    said = Reading(
        tuple(replace(found, form="python") for found in founds), name if isinstance(name, str) else ""
    )
    return said if founds else replace(said, **_dynamic(document))


def _dynamic(document: Toml) -> dict[str, Any]:
    """Where the version of a project that has none in this file comes from."""
    hatch = document.get("tool", "hatch", "version", "path")
    if isinstance(hatch, str):
        return {"elsewhere": Elsewhere((hatch,), "__version__" if hatch.endswith(".py") else "")}
    setuptools = document.get("tool", "setuptools", "dynamic", "version")
    if isinstance(setuptools, dict):
        return _of_setuptools(setuptools)
    pdm = document.get("tool", "pdm", "version", "path")
    if isinstance(pdm, str):
        return {"elsewhere": Elsewhere((pdm,), "__version__")}
    if "scm" in {*_sources(document)} or any(document.get("tool", *tool) is not None for tool in _FROM_TAGS):
        return {"lacking": "its version is made of the git tag; the tag is all that it needs"}
    if "version" in (document.get("project", "dynamic") or ()):
        return {"lacking": "its version is dynamic, and nothing here says from where"}
    return {}


def _sources(document: Toml) -> tuple[str, ...]:
    hatch = document.get("tool", "hatch", "version", "source")
    pdm = document.get("tool", "pdm", "version", "source")
    return tuple("scm" for source in (hatch, pdm) if source in ("vcs", "scm"))


def _of_setuptools(rule: dict[str, Any]) -> dict[str, Any]:
    """The file behind `{attr = "package.name"}` or `{file = "VERSION"}`."""
    files, attribute = rule.get("file"), rule.get("attr")
    if isinstance(files, str):
        return {"elsewhere": Elsewhere((files,))}
    if isinstance(files, list) and all(isinstance(file, str) for file in files):
        return {"elsewhere": Elsewhere(tuple(files))}
    return {"elsewhere": of_attribute(attribute)} if isinstance(attribute, str) else {}


def of_attribute(attribute: str) -> Elsewhere:
    """The files that may hold `package.module.name`."""
    module, _, constant = attribute.rpartition(".")
    folder = module.replace(".", "/")
    names = (f"{folder}.py", f"{folder}/__init__.py") if folder else ("__init__.py",)
    return Elsewhere((*(f"src/{name}" for name in names), *names), constant)
