"""pubspec.yaml: the version, and the build number behind its "+", which stores want to see rise."""

from __future__ import annotations

from dataclasses import replace

from hotfix_tui.manifests.found import Reading
from hotfix_tui.manifests.yaml_lines import top_level


def read(path: str, text: str) -> Reading:
    """The version and, where it is a number, the build number as a counter. Raises: Refused."""
    founds = top_level(path, text, "version")
    if not founds:
        return Reading()
    found = founds[0]
    version, plus, build = found.version.partition("+")
    if not plus or not build.isdecimal():
        return Reading(founds)
    middle = found.start + len(version)
    return Reading(
        (
            replace(found, version=version, end=middle),
            replace(found, version=build, start=middle + 1, role="build number", kind="counter"),
        )
    )
