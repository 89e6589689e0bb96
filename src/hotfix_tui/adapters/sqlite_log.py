"""An incident's log as rows: read, counted, and made longer in one transaction."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotfix_tui.domain.codec import MAX_BYTES, MalformedEvent, decode_as, encode
from hotfix_tui.domain.errors import PortFailure, StaleWrite
from hotfix_tui.domain.events import Event
from hotfix_tui.ports import Log, Quarantined

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAUSE = 0.002
"""About how long, in seconds, a writer waits for its turn before it looks again."""


def log_after(connection: sqlite3.Connection, incident: str, after: int = 0) -> Log:
    """The entries after that position, and the whole log's length; what is no event is set aside with its reason."""
    rows = connection.execute(
        "SELECT position, id, writer, seq, body FROM events WHERE incident = ? AND position > ? ORDER BY position",
        (incident, after),
    ).fetchall()
    events: list[Event] = []
    aside: list[Quarantined] = []
    expected = after + 1
    for position, id, writer, seq, body in rows:
        aside += [Quarantined(incident, lost, "it was lost") for lost in range(expected, position)]
        expected = position + 1
        try:
            events.append(decode_as(id.hex(), body))
        except MalformedEvent as error:
            aside.append(Quarantined(incident, position, str(error), writer, seq, id.hex()))
    return Log(tuple(events), rows[-1][0] if rows else log_length(connection, incident), tuple(aside))


def all_incidents(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The ids of all incidents, oldest first; also of those whose first entry was lost."""
    found = connection.execute("SELECT incident FROM events GROUP BY incident ORDER BY min(row)")
    return tuple(row[0] for row in found)


def log_length(connection: sqlite3.Connection, incident: str) -> int:
    """How many entries the incident's log has."""
    row = connection.execute("SELECT max(position) FROM events WHERE incident = ?", (incident,)).fetchone()
    return int(row[0] or 0)


def append_events(connection: sqlite3.Connection, incident: str, events: Sequence[Event], seen: int) -> int:
    """Add the events to a log of exactly `seen` entries, inside a transaction; the new length.

    Raises: StaleWrite; PortFailure for an event that is too large; ValueError for one of another incident.
    """
    length = log_length(connection, incident)
    if length != seen:
        raise StaleWrite(f"{incident} has {length} entries, {seen} were seen")
    for event in events:
        id, body = bytes.fromhex(event.id), encode(event)
        if len(body) > MAX_BYTES:
            raise PortFailure("Saving", f"an event is over {MAX_BYTES} bytes; nothing was saved.")
        if event.incident != incident:
            raise ValueError(f"an event of another incident does not belong to {incident}")
        if connection.execute("SELECT 1 FROM events WHERE id = ?", (id,)).fetchone():
            continue
        length += 1
        connection.execute(
            "INSERT INTO events (incident, position, id, writer, seq, body) VALUES (?, ?, ?, ?, ?, ?)",
            (incident, length, id, event.writer, event.seq, body),
        )
    return length


def append_decided(
    connection: sqlite3.Connection, incident: str, seen: int, decide: Callable[[Log], Sequence[Event]]
) -> tuple[Sequence[Event], int]:
    """Add what is decided on the entries after `seen`, inside a transaction; what it is, and the new length.

    Raises: StaleWrite when the log is shorter than `seen`; what `decide` and `append_events` raise.
    """
    news = log_after(connection, incident, seen)
    if news.length < seen:
        raise StaleWrite(f"{incident} has {news.length} entries, {seen} were seen")
    events = decide(news)
    return events, append_events(connection, incident, events, news.length)


def holds(connection: sqlite3.Connection, events: Sequence[Event]) -> bool:
    """Whether every one of the events is stored."""
    return all(
        connection.execute("SELECT 1 FROM events WHERE id = ?", (bytes.fromhex(event.id),)).fetchone()
        for event in events
    )


@contextmanager
def transaction(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """What is done inside is on disk when this ends, or nothing of it; `seconds` is the wait for one's turn."""
    _begin(connection, time.monotonic() + seconds)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection, until: float) -> None:
    """Become the one that writes. SQLite's own wait looks ever more rarely, and so never gets a turn beside a busy writer."""
    wait = int(connection.execute("PRAGMA busy_timeout").fetchone()[0])
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE * (0.5 + os.urandom(1)[0] / 255))  # so that two do not keep step
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait}")
