"""The database's shape and its migrations: a table of (version, statements), each in one transaction after a backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hotfix_tui.adapters.sqlite_failures import Damaged
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import clean

APPLICATION_ID = 0x48465431
"""Marks the file as ours ("HFT1")."""

MIGRATIONS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (
        1,
        (
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
            """CREATE TABLE events (
                row INTEGER PRIMARY KEY,
                incident TEXT NOT NULL,
                position INTEGER NOT NULL,
                id BLOB NOT NULL UNIQUE,
                writer TEXT NOT NULL,
                seq INTEGER NOT NULL,
                body BLOB NOT NULL,
                UNIQUE (incident, position),
                UNIQUE (incident, writer, seq)
            ) STRICT""",
            """CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
               BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
            """CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
               BEGIN SELECT RAISE(ABORT, 'events are never removed'); END""",
            "INSERT INTO meta VALUES ('writer', lower(hex(randomblob(8))))",
        ),
    ),
)
"""Version reached, and what reaches it. The shape of `events` is frozen; only projections may change."""

LOOKED_THROUGH = 64 * 1024 * 1024
"""A larger database, in bytes, is only looked through by `hotfix doctor`."""

VERSION = MIGRATIONS[-1][0]

PRAGMAS = (
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)
"""What every connection sets (RELIABILITY.md D.2); EXTRA synchronises the folder too."""


def identify(connection: sqlite3.Connection, path: Path) -> int:
    """The version of our database; 0 when it is still empty.

    Raises: PortFailure when the file belongs to another program; sqlite3.Error when it is damaged.
    """
    connection.execute("BEGIN")
    try:
        owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if owner != APPLICATION_ID and (owner, version, tables) != (0, 0, 0):
        raise PortFailure(
            "Database", f"{path} belongs to another program.", "Set HOTFIX_DATA_DIR to another folder."
        )
    return version


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Look at every page of a database of up to 64 MB, as RELIABILITY.md D.2 asks. Raises: Damaged; sqlite3.Error.

    A database that nobody looked through answers until the damaged page is asked for, perhaps in the middle of an
    incident. Looking takes half a millisecond for a usual database (100 kB), 50 ms at 26 MB.
    """
    if path.stat().st_size > LOOKED_THROUGH:
        return
    said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if said != "ok":
        raise Damaged(f"{path} is damaged: {clean(' '.join(said.split()), 200)}.")


def keep_delete_journal(connection: sqlite3.Connection, path: Path) -> None:
    """The database keeps a rollback journal and no write-ahead log. Raises: PortFailure when it cannot."""
    mode = str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
    if mode != "delete":
        raise PortFailure(
            "Database", f"{path} keeps a {mode} journal.", "Close the program that opened it, then try again."
        )
