"""By what an imported playbook is known: its first line, and the file beside it."""

from __future__ import annotations

import re
from pathlib import Path

SUFFIX = ".imported"
"""What the file beside the playbook ends with: it is no playbook, so it does not end as one."""
_FIRST = re.compile(r"# Imported from (?P<document>[^\n]+?)(?:, sha256 (?P<digest>[0-9a-f]{64}))?\.\n")


def came_from(playbook: str) -> str:
    """The name of the document that a playbook was imported from; empty where it was not."""
    match = _FIRST.match(playbook.removeprefix("\ufeff").replace("\r\n", "\n"))
    return match["document"] if match else ""


def base_of(playbook: Path) -> Path:
    """The file beside a playbook that keeps what the last import wrote."""
    return playbook.with_name(playbook.stem + SUFFIX)
