"""By what an imported playbook is known: its first line, and the file beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

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


class ImportShelf(Protocol):
    """Where documents come from and imported playbooks lie. Everything here raises PortFailure when it cannot."""

    def documents(self) -> tuple[str, ...]:
        """Markdown files of this place that may be a playbook, the likeliest first."""
        ...

    def document(self, file: str) -> bytes:
        """The document's bytes."""
        ...

    def place(self, out: str, id: str, *, own: bool) -> Path:
        """Where the playbook goes: to `out`, else to the usual place; `own` wants the user's own folder."""
        ...

    def lying(self, playbook: Path) -> tuple[str, str] | None:
        """The playbook that lies there and what the last import wrote; None where there is none."""
        ...

    def put(self, playbook: Path, text: str, base: str, *, replace: bool) -> None:
        """Write the playbook, and what the import wrote beside it."""
        ...
