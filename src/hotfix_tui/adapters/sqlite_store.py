"""Events in SQLite: append-only, durable before acknowledged, one thread that writes (RELIABILITY.md D.2)."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from hotfix_tui.adapters.sqlite_failures import failure, in_doubt
from hotfix_tui.adapters.sqlite_files import check_file, identity, keep_private, private_folder
from hotfix_tui.adapters.sqlite_log import (
    all_incidents,
    append_decided,
    append_events,
    holds,
    log_after,
    log_length,
    transaction,
)
from hotfix_tui.adapters.sqlite_migrate import migrate
from hotfix_tui.adapters.sqlite_schema import (
    MIGRATIONS,
    PRAGMAS,
    VERSION,
    check_pages,
    identify,
    keep_delete_journal,
)
from hotfix_tui.adapters.sqlite_writer import Writer
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.events import Event
from hotfix_tui.ports import Log

FILE = "incidents.sqlite3"
LOCK_SECONDS = 5.0
"""How long another process may hold the database before an action fails."""

T = TypeVar("T")


class SqliteStore:
    """An EventStore in one file of the data folder."""

    def __init__(
        self, folder: Path, lock_seconds: float = LOCK_SECONDS, *, look_through: bool = False
    ) -> None:
        """Open or make the store in `folder`; `look_through` looks at every page of it first (a millisecond or so).

        Raises: Damaged when it is not whole; PortFailure with path, reason and hint.
        """
        private_folder(folder)
        self.path = folder / FILE
        self._lock_seconds = lock_seconds
        self._closed = False
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None
        self._committing: Sequence[Event] = ()
        self._writing = Writer(lambda: self._connect(write=True), self._why_not)
        try:
            self._guard(lambda: check_file(self.path))
            self.version = self._guard(self._prepare)
            if look_through:
                self._guard(lambda: check_pages(self._reader(), self.path))
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
        return self._guard(lambda: log_after(self._reader(), incident))

    def incidents(self) -> tuple[str, ...]:
        """The ids of all incidents, oldest first."""
        return self._guard(lambda: all_incidents(self._reader()))

    def length(self, incident: str) -> int:
        """How many entries the incident's log has."""
        return self._guard(lambda: log_length(self._reader(), incident))

    # --- writing, on the one writer thread

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Store the events in one durable transaction; acknowledged means committed."""
        return self._write(lambda connection: (events, append_events(connection, incident, events, seen)))

    def append_decided(self, incident: str, seen: int, decide: Callable[[Log], Sequence[Event]]) -> int:
        """Store what is decided on the entries after `seen`, read in the transaction that stores it."""
        return self._write(lambda connection: append_decided(connection, incident, seen, decide))

    def _write(self, action: Callable[[sqlite3.Connection], tuple[Sequence[Event], int]]) -> int:
        if self.version > VERSION:
            raise PortFailure(
                "Saving",
                f"{self.path} was written by a newer hotfix; nothing was saved.",
                "Update hotfix-tui.",
            )

        def job(connection: sqlite3.Connection) -> int:
            self._committing = ()
            self._still_there()
            with transaction(connection, self._lock_seconds):
                self._committing, length = action(connection)
            self._still_there()
            return length

        return self._writing.do(job)

    def _why_not(self, error: sqlite3.Error | OSError) -> PortFailure:
        """What to say of a write that failed, on the writer's thread.

        The last thing that a commit does is to make the journal's removal durable; when only that fails, SQLite
        reports a failure although the events are there. To say that nothing was saved would then be a lie.
        """
        try:
            with closing(self._connect()) as fresh:
                there = bool(self._committing) and holds(fresh, self._committing)
        except (sqlite3.Error, OSError, PortFailure):
            there = False
        return in_doubt(self.path) if there else failure(self.path, error, writing=True)

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
