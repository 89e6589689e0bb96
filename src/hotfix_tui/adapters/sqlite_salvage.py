"""A damaged database is moved aside, and every event that can be read from it goes into a new one.

An event is its own proof: its id is the hash of its bytes. So the file is read page by page without SQLite, which
refuses a file whose first page is gone, and each row counts whose bytes have the hash that they are stored under.
The new database gets a new writer id: nobody knows which of our newest events were lost, and to give their places
to others would make the log ambiguous.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from hotfix_tui.adapters.sqlite_failures import Damaged, failure
from hotfix_tui.adapters.sqlite_files import sync_folder
from hotfix_tui.adapters.sqlite_migrate import migrate
from hotfix_tui.adapters.sqlite_pages import HEADER, index_entries, rows
from hotfix_tui.adapters.sqlite_schema import APPLICATION_ID, MIGRATIONS, PRAGMAS, VERSION
from hotfix_tui.adapters.sqlite_store import FILE, LOCK_SECONDS, SqliteStore
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean

Stored = tuple[int, str, int, bytes, str, int, bytes]
"""A row of `events` in the order of its columns."""
NAMED = 3
"""So many incidents of which nothing is left are named."""


@record(frozen=True, slots=True)
class Salvaged:
    """What was read from a damaged database."""

    events: tuple[Stored, ...]
    known: frozenset[tuple[str, int]] = frozenset()
    """Incident and position of each entry that was read, or that an index knows of."""

    @property
    def sentence(self) -> str:
        """What was kept, and what is known to be missing."""
        last: dict[str, int] = {}
        for incident, position in self.known:
            last[incident] = max(position, last.get(incident, 0))
        missing = sum(last.values()) - len(self.events)  # an incident's positions have no gap
        there = {incident for _, incident, *_ in self.events}
        kept = f"{_count(len(self.events), 'event')} of {_count(len(there), 'incident')} were kept"
        said = kept if self.events else "no event could be read from it"
        gone = sorted(last.keys() - there)
        names = ", ".join(clean(id, 40) for id in gone[:NAMED]) + (" and others" if gone[NAMED:] else "")
        lost = f", at least {missing} are missing" if missing else ""
        return f"{said}{lost}" + (f", and nothing is left of {names}" if gone else "")


def open_mended(folder: Path, time: str, lock_seconds: float = LOCK_SECONDS) -> tuple[SqliteStore, str]:
    """The store in a folder whose database is damaged, with a new one, and the sentence about it.

    `time` names the old file. The sentence is empty when another process was mending it just now.
    Raises: PortFailure; then the damaged file is in its place.
    """
    with _alone(folder):
        try:
            return SqliteStore(folder, lock_seconds, look_through=True), ""
        except Damaged as damage:
            said = _mended(folder / FILE, time, lock_seconds, damage)
    return SqliteStore(folder, lock_seconds), said


def _mended(path: Path, time: str, lock_seconds: float, damage: Damaged) -> str:
    try:
        return mend(path, time, lock_seconds)
    except (OSError, sqlite3.Error) as error:
        why = failure(path, error, writing=False)
        found = damage.message.rstrip(".")
        message = f"{found}, and what can be read could not be kept: {why.message.removeprefix(f'{path}: ')}"
        raise PortFailure("Database", message, why.hint) from error


def mend(path: Path, time: str, lock_seconds: float) -> str:
    """Move the damaged file aside and put a new one with its events in its place; a sentence about both.

    At every moment there is a database at `path`: the damaged one until the new one is whole and durable.
    Raises: sqlite3.Error, OSError, and the damaged file is left in its place.
    """
    aside = _free_name(path, time)
    journal, old_journal = path.with_name(path.name + "-journal"), aside.with_name(aside.name + "-journal")
    try:
        with _held(path, journal, old_journal, lock_seconds) as data:
            _not_newer(path, data)
            found = _salvaged((data, *_backups(path)))
            new = _new_database(path, found)
            _replace(path, new, aside, journal)
    except BaseException:
        if journal.exists():
            old_journal.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return f"The database was damaged: {found.sentence}; the old file is {aside}."


def _not_newer(path: Path, data: bytes) -> None:
    """Raises: PortFailure when a newer hotfix made the file: we do not know all that it holds."""
    ours = data[:16] == HEADER and int.from_bytes(data[68:72], "big") == APPLICATION_ID
    if ours and int.from_bytes(data[60:64], "big") > VERSION:
        raise PortFailure(
            "Database", f"{path} is damaged, and was written by a newer hotfix.", "Update hotfix-tui."
        )


def _replace(path: Path, new: Path, aside: Path, journal: Path) -> None:
    """Give the old file its second name, then the new one its place."""
    try:
        _keep(path, aside)
        try:
            journal.unlink(missing_ok=True)  # it is the old file's, and would be played into the new one
            sync_folder(path.parent)
            new.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _free_name(path: Path, time: str) -> Path:
    names = [f"{path.name}.corrupt-{time}", *(f"{path.name}.corrupt-{time}-{n}" for n in range(2, 1000))]
    return next(at for name in names if not (at := path.with_name(name)).exists())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time mends; the others wait, and find it mended."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _held(path: Path, journal: Path, old_journal: Path, lock_seconds: float) -> Iterator[bytes]:
    """The file's bytes, while nobody else writes to it, as far as SQLite can still be asked for that.

    What SQLite can take back by the journal it takes back first; the journal as it was is kept with the old file.
    Raises: sqlite3.OperationalError when another process is writing.
    """
    if journal.exists():
        _write_private(old_journal, journal.read_bytes())
    with path.open("rb") as file, closing(sqlite3.connect(path, lock_seconds, isolation_level=None)) as held:
        try:
            held.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL}:
                raise
        yield file.read()  # closed after the connection's end: closing it would let go of SQLite's locks
        if held.in_transaction:
            held.execute("ROLLBACK")


def _backups(path: Path) -> Iterator[bytes]:
    """Older copies: the log only ever grew, so that what they hold belongs into the same places."""
    for backup in sorted(path.parent.glob(f"{path.name}.v*.bak")):
        with suppress(OSError):
            yield backup.read_bytes()


def _salvaged(files: tuple[bytes, ...]) -> Salvaged:
    """The events of all files, each place once; what stands in the first file counts first."""
    found: list[Stored] = []
    taken: set[tuple[object, ...]] = set()
    for data in files:
        for number, values in rows(data):
            stored = _event(number, values)
            places = set() if stored is None else _places(stored)
            if stored is not None and not places & taken:
                taken |= places
                found.append(stored)
    known = {(incident, position) for _, incident, position, *_ in found}
    for data in files:
        known.update(place for entry in index_entries(data) if (place := _place(entry)) is not None)
    return Salvaged(tuple(sorted(found)), frozenset(known))


def _place(entry: tuple[object, ...]) -> tuple[str, int] | None:
    """The incident and the position, when this is an entry of their index."""
    match entry:
        case (str(incident), int(position), int(row)) if 0 < position <= row:
            return incident, position
        case _:
            return None


def _places(stored: Stored) -> set[tuple[object, ...]]:
    """What the table holds once only."""
    row, incident, position, id, writer, seq, _ = stored
    return {(row,), (id,), (incident, position), (incident, writer, seq)}


def _event(number: int, values: tuple[object, ...]) -> Stored | None:
    """The row as one of `events`, if it is one whose bytes have the hash that they are stored under."""
    match values:
        case (None, str(incident), int(position), bytes(id), str(writer), int(seq), bytes(body)):
            whole = position > 0 and hashlib.sha256(body).digest() == id
            return (number, incident, position, id, writer, seq, body) if whole else None
        case _:
            return None


def _new_database(path: Path, found: Salvaged) -> Path:
    """A database with these events beside `path`, durable; its name is no one's yet."""
    import tempfile  # late, as in back_up

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    os.close(handle)
    new = Path(name)
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            for pragma in PRAGMAS:
                connection.execute(pragma)
            for target, statements in MIGRATIONS:
                migrate(connection, new, target, statements)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", found.events)
            connection.execute("COMMIT")
    except BaseException:
        new.unlink(missing_ok=True)
        new.with_name(new.name + "-journal").unlink(missing_ok=True)
        raise
    return new


def _keep(path: Path, aside: Path) -> None:
    """The file under a second name, private: until the new one takes its place it has both."""
    path.chmod(0o600)
    try:
        aside.hardlink_to(path)
    except OSError:  # a file system without hard links
        _write_private(aside, path.read_bytes())


def _write_private(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
