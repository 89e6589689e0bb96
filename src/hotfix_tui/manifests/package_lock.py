"""package-lock.json and npm-shrinkwrap.json: the two places that name the project's own version, and nothing else."""

from __future__ import annotations

from hotfix_tui.manifests.found import Reading
from hotfix_tui.manifests.json_places import read_json


def read(path: str, text: str) -> Reading:
    """The version at the top and that of the package "" (since npm 7). Raises: Refused."""
    document = read_json(path, text)
    top = document.found("version", kind="locked")
    return Reading((*top, *document.found("packages", "", "version", kind="locked")))
