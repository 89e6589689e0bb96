"""What SQLite and the file system say, as one sentence with the path and what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure

_REASONS = {
    "SQLITE_CONSTRAINT": ("its writer has another entry in that place", "Run hotfix doctor."),
    "SQLITE_FULL": ("the disk is full", "Make room, then try again."),
    "SQLITE_BUSY": ("another program holds it", "Try again, or end that program."),
    "SQLITE_READONLY": ("it is read-only", "Set HOTFIX_DATA_DIR to a folder that can be written."),
    "SQLITE_CANTOPEN": ("it cannot be opened", "Set HOTFIX_DATA_DIR to a folder that can be written."),
    "SQLITE_IOERR": ("the disk failed", "Copy what is on the screen, then look at the disk."),
    "SQLITE_CORRUPT": ("it is damaged", "Run hotfix doctor; restore the newest *.bak file."),
    "SQLITE_NOTADB": ("it is damaged", "Move it away, or restore the newest *.bak file."),
}


def failure(path: Path, error: sqlite3.Error | OSError, *, writing: bool) -> PortFailure:
    """The failure that people read; `writing` says that something was to be saved, and was not."""
    name = getattr(error, "sqlite_errorname", "") or ""
    found = next((said for prefix, said in _REASONS.items() if name.startswith(prefix)), None)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    reason, hint = found or (said, "Run hotfix doctor.")
    outcome = "; nothing was saved" if writing else ""
    return PortFailure("Saving" if writing else "Database", f"{path}: {reason}{outcome}.", hint)
