"""Events in SQLite: append-only, durable before acknowledged, one thread that writes (RELIABILITY.md D.2)."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from hotfix_tui.adapters.sqlite_failures import failure
from hotfix_tui.adapters.sqlite_files import check_file, identity, keep_private, private_folder
from hotfix_tui.adapters.sqlite_migrate import migrate
from hotfix_tui.adapters.sqlite_schema import MIGRATIONS, PRAGMAS, VERSION, identify, keep_delete_journal
from hotfix_tui.adapters.sqlite_writer import Writer
from hotfix_tui.domain.codec import MAX_BYTES, MalformedEvent, decode_as, encode
from hotfix_tui.domain.errors import PortFailure, StaleWrite
from hotfix_tui.domain.events import Event
from hotfix_tui.ports import Log, Quarantined

FILE = "incidents.sqlite3"
LOCK_SECONDS = 5.0
"""How long another process may hold the database before an action fails."""

T = TypeVar("T")


class SqliteStore:
    """An EventStore in one file of the data folder."""

    def __init__(self, folder: Path, lock_seconds: float = LOCK_SECONDS) -> None:
        """Open or make the store in `folder`. Raises: PortFailure with path, reason and hint."""
        private_folder(folder)
        self.path = folder / FILE
        self._lock_seconds = lock_seconds
        self._closed = False
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None
        self._writing = Writer(
            lambda: self._connect(write=True), lambda error: failure(self.path, error, writing=True)
        )
        try:
            self._guard(lambda: check_file(self.path))
            self.version = self._guard(self._prepare)
            self._writer = self._guard(lambda: _writer(self._reader()))
        except BaseException:
            self.close()
            raise

    @property
    def writer(self) -> str:
        """The id of this installation."""
        return self._writer

    # --- reading, on the caller's thread

    def read(self, incident: str) -> Log:
        """The incident's log; what cannot be read as an event is set aside with its reason."""
        rows = self._guard(
            lambda: (
                self._reader()
                .execute(
                    "SELECT position, id, writer, seq, body FROM events WHERE incident = ? ORDER BY position",
                    (incident,),
                )
                .fetchall()
            )
        )
        events, aside = [], []
        for position, id, writer, seq, body in rows:
            try:
                events.append(decode_as(id.hex(), body))
            except MalformedEvent as error:
                aside.append(Quarantined(incident, position, str(error), writer, seq, id.hex()))
        return Log(tuple(events), len(rows), tuple(aside))

    def incidents(self) -> tuple[str, ...]:
        """The ids of all incidents, oldest first."""
        rows = self._guard(
            lambda: (
                self._reader()
                .execute("SELECT incident FROM events WHERE position = 1 ORDER BY row")
                .fetchall()
            )
        )
        return tuple(row[0] for row in rows)

    def length(self, incident: str) -> int:
        """How many entries the incident's log has."""
        return int(self._guard(lambda: _length(self._reader(), incident)))

    # --- writing, on the one writer thread

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Store the events in one durable transaction; acknowledged means committed."""
        if self.version > VERSION:
            raise PortFailure(
                "Saving",
                f"{self.path} was written by a newer hotfix; nothing was saved.",
                "Update hotfix-tui.",
            )
        bodies = [(event, encode(event)) for event in events]
        if any(len(body) > MAX_BYTES for _, body in bodies):
            raise PortFailure("Saving", f"an event is over {MAX_BYTES} bytes; nothing was saved.")
        if any(event.incident != incident for event in events):
            raise ValueError(f"an event of another incident does not belong to {incident}")
        return self._writing.do(lambda connection: self._append(connection, incident, bodies, seen))

    def _append(
        self, connection: sqlite3.Connection, incident: str, bodies: list[tuple[Event, bytes]], seen: int
    ) -> int:
        self._still_there()
        length = _append(connection, incident, bodies, seen)
        self._still_there()
        return length

    def close(self) -> None:
        """End the writer after what was asked of it, and close the readers; closing twice is closing once."""
        self._closed = True
        self._writing.close()
        for reader in self._readers:
            reader.close()
        self._readers.clear()
        self._local = threading.local()

    def _still_there(self) -> None:
        """Before and after each commit: what is written into a removed file would be lost."""
        now = identity(self.path)
        if now is None or now != self._file:
            raise PortFailure(
                "Saving",
                f"{self.path} has been {'removed' if now is None else 'replaced'}; nothing was saved.",
                "Put the file back, or restart hotfix.",
            )

    # --- connections

    def _connect(self, *, write: bool = False) -> sqlite3.Connection:
        if self._closed:
            raise PortFailure("Database", f"{self.path} was closed already.")
        connection = sqlite3.connect(
            self.path.absolute().as_uri() + "?mode=rw",  # never made here: a file that is gone stays gone
            uri=True,
            isolation_level=None,
            timeout=self._lock_seconds,
            check_same_thread=False,
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
            if write:
                keep_delete_journal(connection, self.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._readers.append(connection)
        return connection

    def _guard(self, action: Callable[[], T]) -> T:
        try:
            return action()
        except (sqlite3.Error, OSError) as error:
            raise failure(self.path, error, writing=False) from error

    def _prepare(self) -> int:
        """Bring the file to our version; a newer one is left as it is. The version it has then."""
        new = not self.path.exists() or self.path.stat().st_size == 0
        if new:
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        keep_private(self.path)
        self._file = identity(self.path)
        connection = self._reader()
        version = identify(connection, self.path)
        if version > VERSION:
            return version
        keep_delete_journal(connection, self.path)
        for target, statements in MIGRATIONS:
            if version < target:
                version = migrate(connection, self.path, target, statements)
        return version


def _writer(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'writer'").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("it does not say whose it is")
    return str(row[0])


def _length(connection: sqlite3.Connection, incident: str) -> int:
    row = connection.execute("SELECT max(position) FROM events WHERE incident = ?", (incident,)).fetchone()
    return int(row[0] or 0)


def _append(
    connection: sqlite3.Connection, incident: str, bodies: list[tuple[Event, bytes]], seen: int
) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        length = _length(connection, incident)
        if length != seen:
            raise StaleWrite(f"{incident} has {length} entries, {seen} were seen")
        for event, body in bodies:
            id = bytes.fromhex(event.id)
            if connection.execute("SELECT 1 FROM events WHERE id = ?", (id,)).fetchone():
                continue
            length += 1
            connection.execute(
                "INSERT INTO events (incident, position, id, writer, seq, body) VALUES (?, ?, ?, ?, ?, ?)",
                (incident, length, id, event.writer, event.seq, body),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return length
