"""What SQLite and the file system say, as one sentence with the path and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure

MENDS = "Start hotfix anew: it keeps what can be read, and the damaged file."
"""What to do about a damaged database."""

_REASONS = {
    "SQLITE_CONSTRAINT": ("its writer has another entry in that place", "Run hotfix doctor."),
    "SQLITE_FULL": ("the disk is full", "Make room, then try again."),
    "SQLITE_BUSY": ("another program holds it", "Try again, or end that program."),
    "SQLITE_READONLY": ("it is read-only", "Set HOTFIX_DATA_DIR to a folder that can be written."),
    "SQLITE_CANTOPEN": ("it cannot be opened", "Set HOTFIX_DATA_DIR to a folder that can be written."),
    "SQLITE_IOERR": ("the disk failed", "Copy what is on the screen, then look at the disk."),
    "SQLITE_CORRUPT": ("it is damaged", MENDS),
    "SQLITE_NOTADB": ("it is damaged", MENDS),
}
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Damaged(PortFailure):
    """The database file is not whole; what can be read from it is worth keeping."""

    def __init__(self, message: str, title: str = "Database") -> None:
        """`message` is the sentence with the path; what to do is always the same."""
        super().__init__(title, message, MENDS)


def failure(path: Path, error: sqlite3.Error | OSError, *, writing: bool) -> PortFailure:
    """The failure that people read; `writing` says that something was to be saved, and was not."""
    name = getattr(error, "sqlite_errorname", "") or ""
    found = next((said for prefix, said in _REASONS.items() if name.startswith(prefix)), None)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    reason, hint = found or (said, "Run hotfix doctor.")
    outcome = "; nothing was saved" if writing else ""
    title, message = "Saving" if writing else "Database", f"{path}: {reason}{outcome}."
    return Damaged(message, title) if name.startswith(_DAMAGE) else PortFailure(title, message, hint)
