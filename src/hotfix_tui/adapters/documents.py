"""A document of the team as bytes, from a file or from standard input; too large a one is refused."""

from __future__ import annotations

import sys
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure

LARGEST = 2_000_000
"""Bytes; a playbook in markdown has some tens of thousands."""


def read_document(folder: Path, file: str) -> bytes:
    """The bytes of a file, relative to the folder; "-" is standard input. Raises: PortFailure."""
    if file == "-":
        return _small(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    path = folder / Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            return _small(opened.read(LARGEST + 1), file)
    except OSError as error:
        raise PortFailure("Document", f"{file} cannot be read: {error.strerror or error}.") from error


def _small(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise PortFailure(
            "Document", f"{name} is larger than {LARGEST // 1_000_000} MB; that is no playbook."
        )
    return data
