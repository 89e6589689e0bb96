"""package.json and composer.json: the key "version" at the top (S0.VER.1, S1.VER.1)."""

from __future__ import annotations

from hotfix_tui.manifests.found import Reading
from hotfix_tui.manifests.json_places import read_json


def read(path: str, text: str) -> Reading:
    """The version at the top. Raises: Refused."""
    document = read_json(path, text)
    name = document.data.get("name")
    return Reading(document.found("version"), name if isinstance(name, str) else "")
