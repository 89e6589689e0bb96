"""composer.json: the version at the top, where there is one; most packages leave it to the tag."""

from __future__ import annotations

from dataclasses import replace

from hotfix_tui.manifests import package_json
from hotfix_tui.manifests.found import Reading


def read(path: str, text: str) -> Reading:
    """The version at the top. Raises: Refused."""
    said = package_json.read(path, text)
    return replace(said, lacking="" if said.founds else "Composer takes the version from the git tag")
