"""What every EventStore promises (ports.py), over the one in memory and the one in SQLite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.codec import decode, encode
from hotfix_tui.domain.errors import PortFailure, Refused, StaleWrite
from hotfix_tui.domain.events import Event, NoteAdded, Unknown
from hotfix_tui.ports import EventStore, Log
from tests.events import DECLARED, chain, event, notes, payload, raw
from tests.fakes import FakeStore

MAKERS: dict[str, Callable[[Path], EventStore]] = {
    "memory": lambda folder: FakeStore(),
    "sqlite": SqliteStore,
}


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    """An empty store of either kind."""
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()


def test_an_unknown_incident_has_an_empty_log(store: EventStore) -> None:
    """Reading what was never written is no error."""
    assert store.read("HF-none").events == ()
    assert store.read("HF-none").length == store.length("HF-none") == 0
    assert store.incidents() == ()


def test_what_was_appended_is_read_back_in_the_order_of_writing(store: EventStore) -> None:
    """Append, append and read give the same events; the length counts them."""
    events = notes(5)
    assert store.append("HF-1", events[:2], seen=0) == 2
    assert store.append("HF-1", events[2:], seen=2) == 6
    log = store.read("HF-1")
    assert log.events == events
    assert log.length == store.length("HF-1") == 6
    assert log.quarantined == ()


def test_a_longer_log_than_seen_refuses_and_keeps_nothing(store: EventStore) -> None:
    """Somebody else was first: StaleWrite, and none of the events is there."""
    events = notes(3)
    store.append("HF-1", events[:2], seen=0)
    with pytest.raises(StaleWrite):
        store.append("HF-1", events[2:], seen=1)
    assert store.read("HF-1").events == events[:2]


def test_a_shorter_log_than_seen_refuses_too(store: EventStore) -> None:
    """Under a state that was decided on more than is stored, a new event would follow nothing."""
    with pytest.raises(StaleWrite):
        store.append("HF-1", notes(1), seen=3)
    assert store.incidents() == ()


def test_what_is_decided_on_the_newest_entries_is_stored_behind_them(store: EventStore) -> None:
    """Who decides is handed what was written after the seen entries, and never comes too late."""
    events = notes(4)
    store.append("HF-1", events[:4], seen=0)
    handed: list[Log] = []

    def decide(news: Log) -> tuple[Event, ...]:
        handed.append(news)
        return events[4:]

    assert store.append_decided("HF-1", 2, decide) == 5
    assert handed == [Log(events[2:4], 4)]
    assert store.read("HF-1").events == events
    assert store.append_decided("HF-1", 5, lambda news: news.events) == 5


def test_a_decision_that_fails_stores_nothing(store: EventStore) -> None:
    """What it raises is raised, and the next one is not hindered."""
    events = notes(2)
    store.append("HF-1", events[:2], seen=0)

    def refuse(news: Log) -> tuple[Event, ...]:
        raise Refused("no")

    with pytest.raises(Refused):
        store.append_decided("HF-1", 0, refuse)
    with pytest.raises(StaleWrite):
        store.append_decided("HF-1", 3, lambda news: events[2:])
    assert store.append_decided("HF-1", 2, lambda news: events[2:]) == 3


def test_an_event_that_is_stored_already_is_skipped(store: EventStore) -> None:
    """Handing on the same events twice, also twice in one call, keeps each once."""
    events = notes(3)
    store.append("HF-1", events[:3], seen=0)
    assert store.append("HF-1", (*events[1:], events[3], events[3]), seen=3) == 4
    assert store.read("HF-1").events == events


def test_incidents_are_apart_and_come_oldest_first(store: EventStore) -> None:
    """Each log has its own length; the order is that of declaring, not of names."""
    for id in ("HF-9", "HF-1", "HF-5"):
        store.append(id, notes(1, incident=id), seen=0)
    assert store.incidents() == ("HF-9", "HF-1", "HF-5")
    assert store.append("HF-9", (event(NoteAdded("more"), 3, incident="HF-9"),), seen=2) == 3
    assert [store.length(id) for id in store.incidents()] == [3, 2, 2]


def test_appending_nothing_changes_nothing(store: EventStore) -> None:
    """No events: the length is answered and no incident begins."""
    assert store.append("HF-1", (), seen=0) == 0
    assert store.incidents() == ()


@pytest.mark.parametrize(
    "fields",
    [
        payload(kind="from-the-future", version=1, data={"deep": {"list": [1, 2.5, None, True]}}),
        payload(version=7, data={"text": "hello", "colour": "red"}),
        payload(data={"text": "hello", "new": 1}),
        payload(signature="by somebody newer"),
        payload(kind="from-the-future", data={"float": 1e3, "text": "\ud800 \x00 é"}),
    ],
    ids=["kind", "version", "data-field", "top-field", "number-and-surrogate"],
)
def test_what_a_newer_console_wrote_is_kept_byte_for_byte(
    store: EventStore, fields: dict[str, object]
) -> None:
    """Its bytes, its spaces and its order too: its id is their hash, and it is handed on unchanged."""
    body = raw(fields)
    first = chain(DECLARED)
    store.append("HF-1", (*first, decode(body)), seen=0)
    kept = store.read("HF-1").events[-1]
    assert encode(kept) == body
    assert kept == decode(body)


def test_one_place_in_a_writers_chain_holds_one_event(store: EventStore) -> None:
    """A second event of the same writer and number is refused whole: it would make the log ambiguous."""
    events = notes(2)
    store.append("HF-1", events, seen=0)
    with pytest.raises(PortFailure, match="another entry in that place"):
        store.append("HF-1", (event(NoteAdded("new"), 4), event(NoteAdded("fork"), 2)), seen=3)
    assert store.read("HF-1").events == events


def test_an_unknown_kind_comes_back_as_unknown(store: EventStore) -> None:
    """With its name, its version and what it holds."""
    store.append("HF-1", (event(Unknown("moon-landed", 3, {"by": ["eagle"]})),), seen=0)
    assert store.read("HF-1").events[0].body == Unknown("moon-landed", 3, {"by": ["eagle"]})


def test_the_writer_does_not_change(store: EventStore) -> None:
    """It names this installation in every event."""
    assert store.writer
    assert store.writer == store.writer


def test_threads_append_at_once_and_lose_nothing(store: EventStore) -> None:
    """Of writers that saw the same length one wins; all the others see StaleWrite and try again."""
    count, conflicts, failures = 12, [], []

    def write(number: int) -> None:
        try:
            for one in chain(*(NoteAdded(f"{number}-{n}") for n in range(count)), writer=f"w{number}"):
                while True:
                    try:
                        store.append("HF-1", (one,), seen=store.length("HF-1"))
                        break
                    except StaleWrite:
                        conflicts.append(number)
        except BaseException as error:  # noqa: BLE001  (shown by the assert below)
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    log = store.read("HF-1")
    assert log.length == len({event.id for event in log.events}) == 4 * count
    for number in range(4):
        assert [e.seq for e in log.events if e.writer == f"w{number}"] == list(range(1, count + 1))


def test_threads_that_decide_in_turn_never_come_too_late(store: EventStore) -> None:
    """Each goes on behind the newest entry, without a single conflict."""
    failures: list[BaseException] = []

    def behind(news: Log) -> tuple[Event, ...]:
        return (event(NoteAdded("more"), news.length + 1),)

    def write() -> None:
        try:
            for _ in range(12):
                store.append_decided("HF-1", 0, behind)
        except BaseException as error:  # noqa: BLE001  (as above)
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [one.seq for one in store.read("HF-1").events] == list(range(1, 49))
