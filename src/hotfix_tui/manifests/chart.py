"""Chart.yaml: a Helm chart's version and that of the application in it, which may be two."""

from __future__ import annotations

from hotfix_tui.manifests.found import Reading
from hotfix_tui.manifests.yaml_lines import top_level


def read(path: str, text: str) -> Reading:
    """`version` and `appVersion`; at least one of them is the project's. Raises: Refused."""
    keys = ("version", "appVersion")
    return Reading(tuple(found for key in keys for found in top_level(path, text, key, "either")))
