from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import Closed, Event, ItemMarked, NoteAdded, Unknown
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.intents import AddNote, Declare, EnterPhase, Intent, MarkItem, Undo
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.ports import EventStore
from hotfix_tui.service.incidents import Case, IncidentService, NoSuchIncident, Unreadable
from tests.domain.worlds import INTENTS, PLAYBOOK
from tests.events import DECLARED, START, chain, event
from tests.fakes import FakeStore

DECLARE = Declare("Unlocking fails", severity="P0", reason="seen", digest="d", source="text")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    """An empty store of either kind."""
    made: EventStore = FakeStore() if request.param == "memory" else SqliteStore(tmp_path)
    yield made
    made.close()


def desk(store: EventStore, by: str = "robin") -> tuple[IncidentService, FrozenClock]:
    """A service over the store, and its clock."""
    clock = FrozenClock(START)
    return IncidentService(store, lambda source: PLAYBOOK, clock, by), clock


def test_declaring_stores_and_opens(store: EventStore) -> None:
    """What comes back is what is on disk."""
    service, _ = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    assert case == service.open(case.id) == service.list()[0]
    assert (case.id, case.length, case.incident.phase) == ("HF-1121-0314", 3, "look")
    assert case.incident.declared_by == "robin"
    assert [event.seq for event in case.incident.log] == [1, 2, 3]
    assert {event.writer for event in case.incident.log} == {store.writer}


def test_ids_of_one_minute_are_apart(store: EventStore) -> None:
    """The second one has a number; a drill's says that it is one."""
    service, _ = desk(store)
    ids = [service.declare(PLAYBOOK, DECLARE).id for _ in range(3)]
    assert ids == ["HF-1121-0314", "HF-1121-0314-2", "HF-1121-0314-3"]
    assert [case.id for case in service.list()] == ids[::-1]
    drill = Declare("x", severity="P0", reason="y", drill=True)
    assert service.declare(PLAYBOOK, drill).id == "HF-D-1121-0314"


def test_an_unknown_id_is_refused(store: EventStore) -> None:
    """With where to look."""
    with pytest.raises(NoSuchIncident, match="hotfix list"):
        desk(store)[0].open("HF-none")


def test_a_refusal_stores_nothing(store: EventStore) -> None:
    """Neither at declaring nor later."""
    service, _ = desk(store)
    with pytest.raises(Refused):
        service.declare(PLAYBOOK, Declare(" "))
    assert store.incidents() == ()
    case = service.declare(PLAYBOOK, DECLARE)
    with pytest.raises(Refused):
        service.ask(case, EnterPhase("mend"))
    assert store.length(case.id) == 3


def test_an_intent_that_holds_already_stores_nothing(store: EventStore) -> None:
    """And gives the same case back."""
    service, _ = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    assert service.ask(case, EnterPhase("look")) is case


def test_an_old_case_is_decided_on_the_newest_state(store: EventStore) -> None:
    """Another console's tick is there before ours is decided; both are in one chain."""
    (ours, _), (theirs, _) = desk(store), desk(store, "ada")
    case = ours.declare(PLAYBOOK, DECLARE)
    theirs.ask(case, MarkItem("a", "done"))
    after = ours.ask(case, MarkItem("b", "done"))
    assert {id for id, record in after.incident.items.items() if record.mark == "done"} == {"a", "b"}
    assert [event.seq for event in after.incident.log] == [1, 2, 3, 4, 5]
    assert [event.prev for event in after.incident.log[1:]] == [event.id for event in after.incident.log[:-1]]
    assert ours.refresh(case) == after
    assert ours.refresh(after) is after


class Contended(FakeStore):
    """A store in which somebody else always comes first between the reading and the storing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
        """Refuse, after the declaration, since another note is there already."""
        if seen:
            self.asked += 1
            other = event(NoteAdded(f"other {self.asked}"), self.asked, writer="them", incident=incident)
            super().append(incident, (other,), seen=seen)
        return super().append(incident, events, seen=seen)


def test_who_came_too_late_once_does_not_come_too_late_again() -> None:
    """However often others come first: the second try reads and stores in one transaction."""
    store = Contended()
    service, _ = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    for number in range(1, 4):
        case = service.ask(case, AddNote(f"ours {number}"))
        assert (store.asked, case.length) == (number, 3 + 2 * number)
        assert case == service.open(case.id)


def test_what_is_decided_in_turn_is_decided_on_the_newest_state() -> None:
    """A refusal stores nothing, and an intent that somebody else carried out just now is carried out."""

    class Closing(FakeStore):
        """Somebody marks the item and closes the incident between our reading and our storing."""

        def append(self, incident: str, events: Sequence[Event], *, seen: int) -> int:
            if seen == 3:
                bodies = (ItemMarked("a", "done"), Closed("over"))
                theirs = chain(*bodies, writer="them", incident=incident)
                super().append(incident, theirs, seen=seen)
            return super().append(incident, events, seen=seen)

    store = Closing()
    service, _ = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    with pytest.raises(Refused, match="is closed"):
        service.ask(case, MarkItem("b", "done"))
    assert store.length(case.id) == 5


def test_an_incident_that_cannot_be_read_is_told_of_and_hinders_no_other(store: EventStore) -> None:
    """Without a declaration, with one of a newer hotfix, with a playbook that does not load: each with its reason."""
    service, _ = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    later = [event.body for event in case.incident.log[1:]]
    store.append("HF-odd", chain(*later, incident="HF-odd"), seen=0)
    store.append("HF-new", chain(Unknown("declared", 9, {"x": 1}), *later, incident="HF-new"), seen=0)
    store.append("HF-bad", chain(replace(DECLARED, digest="bad"), incident="HF-bad"), seen=0)

    def read(source: str) -> Playbook:
        if source == DECLARED.source:
            raise Refused("line 1: no title.\nline 2: no phase.")
        return PLAYBOOK

    survey = IncidentService(store, read, FrozenClock(START), "robin").survey()
    assert [one.id for one in survey.cases] == [case.id]
    assert [(one.id, one.reason) for one in survey.unreadable] == [
        ("HF-bad", "the playbook that it carries does not load: line 1: no title"),
        ("HF-new", "it was declared by a newer hotfix"),
        ("HF-odd", "nothing says how it was declared"),
    ]
    with pytest.raises(Unreadable, match="HF-odd cannot be read: nothing says how it was declared"):
        service.open("HF-odd")


def test_a_colleagues_events_keep_their_chain_and_we_keep_ours(store: EventStore) -> None:
    """Sequence numbers and undo are per writer."""
    store.append("HF-1", chain(DECLARED, writer="them"), seen=0)
    service, _ = desk(store)
    case = service.ask(service.open("HF-1"), AddNote("ours"))
    assert (case.incident.log[-1].seq, case.incident.log[-1].prev) == (1, "")
    assert service.ask(case, Undo()).incident.undone == {case.incident.log[-1].id}


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(days=365)])
def test_our_own_order_survives_a_clock_that_jumps(store: EventStore, jump: timedelta) -> None:
    """There and back again: what was asked last holds."""
    service, clock = desk(store)
    case = service.declare(PLAYBOOK, DECLARE)
    for step, mark in ((jump, "done"), (-jump, "open"), (jump, "done"), (-jump, "open")):
        clock.move(step)
        case = service.ask(case, MarkItem("a", "done" if mark == "done" else "open"))
        assert case.incident.item("a").mark == mark
        assert service.open(case.id) == case
    assert list(case.incident.log) == sorted(case.incident.log, key=lambda event: event.seq)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(INTENTS, st.integers(-5, 600)), max_size=10))
def test_what_is_on_disk_is_the_state_on_screen(store: EventStore, asked: list[tuple[Intent, int]]) -> None:
    """The invariant of every screen: folding what is stored gives what was handed out."""
    service, clock = desk(store)
    case: Case = service.declare(PLAYBOOK, DECLARE) if len(store.incidents()) < 90 else service.list()[0]
    for intent, seconds in asked:
        clock.move(timedelta(seconds=seconds))
        try:
            case = service.ask(case, intent)
        except Refused:
            continue
        assert fold(store.read(case.id).events) == case.incident
        assert case.length == store.length(case.id)
