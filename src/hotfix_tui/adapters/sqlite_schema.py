"""The database's shape and its migrations: a table of (version, statements), each in one transaction after a backup."""

from __future__ import annotations

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

VERSION = MIGRATIONS[-1][0]

PRAGMAS = (
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)
"""RELIABILITY.md D.2: no write-ahead log, and the directory is synchronised too."""
