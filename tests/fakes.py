"""Small real implementations of ports, for tests. Each passes the contract suite of the adapter it stands for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from hotfix_tui.domain.codec import MalformedEvent, decode_as, encode
from hotfix_tui.domain.errors import PortFailure, StaleWrite
from hotfix_tui.domain.events import Event
from hotfix_tui.ports import Log, Quarantined


class FakeStore:
    """An EventStore in memory."""

    def __init__(self, writer: str = "fake") -> None:
        self.writer = writer
        self.logs: dict[str, list[tuple[Event, bytes]]] = {}
        self._lock = threading.Lock()

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Keep the events, all or none."""
        with self._lock:
            return self._append(incident, events, seen)

    def append_decided(self, incident: str, seen: int, decide: Callable[[Log], Sequence[Event]]) -> int:
        """Keep what is decided on the newest entries, before anybody else writes."""
        with self._lock:
            news = self._read(incident, seen)
            if news.length < seen:
                raise StaleWrite(f"{incident} has {news.length} entries, {seen} were seen")
            return self._append(incident, decide(news), news.length)

    def _append(self, incident: str, events: Sequence[Event], seen: int) -> int:
        log = self.logs.get(incident, [])
        if len(log) != seen:
            raise StaleWrite(f"{incident} has {len(log)} entries, {seen} were seen")
        known = {event.id for kept in self.logs.values() for event, _ in kept}
        new = {event.id: (event, encode(event)) for event in events if event.id not in known}
        places = [
            (event.writer, event.seq) for event in (*(e for e, _ in log), *(e for e, _ in new.values()))
        ]
        if len(set(places)) < len(places):
            raise PortFailure("Saving", "its writer has another entry in that place")
        if new:
            self.logs[incident] = [*log, *new.values()]
        return len(log) + len(new)

    def read(self, incident: str) -> Log:
        """The incident's log."""
        return self._read(incident, 0)

    def _read(self, incident: str, after: int) -> Log:
        events, aside = [], []
        entries = list(self.logs.get(incident, ()))
        for position, (event, body) in enumerate(entries[after:], start=after + 1):
            try:
                events.append(decode_as(event.id, body))
            except MalformedEvent as error:
                aside.append(Quarantined(incident, position, str(error), event.writer, event.seq, event.id))
        return Log(tuple(events), len(entries), tuple(aside))

    def incidents(self) -> tuple[str, ...]:
        """The ids of all incidents, oldest first."""
        return tuple(self.logs)

    def length(self, incident: str) -> int:
        """How many entries the incident's log has."""
        return len(self.logs.get(incident, ()))

    def close(self) -> None:
        """There is nothing to release."""
