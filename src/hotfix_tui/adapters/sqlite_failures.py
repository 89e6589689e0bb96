"""What SQLite and the file system say, as one sentence with the path and what to do."""

from __future__ import annotations

import errno
import os
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
    "EMFILE": ("too many files are open", "End another program, or raise the limit (ulimit -n)."),
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
    if name.startswith("SQLITE_CANTOPEN") and _no_file_to_spare():
        name = "EMFILE"
    if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
        name = "EMFILE"
    found = next((said for prefix, said in _REASONS.items() if name.startswith(prefix)), None)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    reason, hint = found or (said, "Run hotfix doctor.")
    outcome = "; nothing was saved" if writing else ""
    title, message = "Saving" if writing else "Database", f"{path}: {reason}{outcome}."
    return Damaged(message, title) if name.startswith(_DAMAGE) else PortFailure(title, message, hint)


def in_doubt(path: Path) -> PortFailure:
    """The failure of a write that is there all the same, but that a power cut could take back."""
    return PortFailure(
        "Saving",
        f"{path}: the disk failed, yet it was saved; a power cut now could take it back.",
        "Do not enter it again; look at the disk.",
    )


def _no_file_to_spare() -> bool:
    """Whether this process, or the machine, cannot open the few files of a write: SQLite does not say why it could not."""
    taken: list[int] = []
    try:
        for _ in range(4):  # the database, its journal, their folder; and one that the failed write gave back
            taken.append(os.open(os.devnull, os.O_RDONLY))  # noqa: PERF401  (each must be known if the next fails)
    except OSError as error:
        return error.errno in {errno.EMFILE, errno.ENFILE}
    finally:
        for handle in taken:
            os.close(handle)
    return False
