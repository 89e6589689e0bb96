from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hotfix_tui.adapters.health import examine_data
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.events import NoteAdded
from hotfix_tui.domain.intents import AddNote
from tests.case_fixtures import Desk
from tests.children import Child, run


def _declared(folder: Path) -> str:
    desk = Desk(folder)
    id = desk.declare().id
    desk.store.close()
    return id


def _writing(
    folder: Path, id: str, name: str, count: int, pause: float = 0.0
) -> Callable[[Callable[[str], None]], None]:
    """Work for a child: write notes through the service, and say each event's id once it is acknowledged."""

    def work(say: Callable[[str], None]) -> None:
        desk = Desk(folder)
        case = desk.incidents.open(id)
        for number in range(count):
            case = desk.incidents.ask(case, AddNote(f"{name} {number}"))
            say(case.incident.log[-1].id)
            time.sleep(pause)
        desk.store.close()

    return work


def _stored(folder: Path, id: str) -> tuple[list[str], list[str]]:
    """The ids and the notes that are on disk, through a store opened anew."""
    store = SqliteStore(folder)
    log = store.read(id)
    store.close()
    assert log.quarantined == ()
    assert [event.seq for event in log.events] == list(range(1, log.length + 1))
    return [event.id for event in log.events], [
        event.body.text for event in log.events if isinstance(event.body, NoteAdded)
    ]


def _whole(folder: Path) -> None:
    findings = examine_data(folder)
    assert [finding.state for finding in findings] == ["ok", "ok"], findings
    assert "every chain unbroken" in findings[-1].text


@pytest.mark.slow
def test_two_processes_writing_to_one_incident_lose_nothing(tmp_path: Path) -> None:
    """2 x 100 notes through the service: all 200 are there, each once, in one unbroken chain."""
    id = _declared(tmp_path)
    children = [Child(_writing(tmp_path, id, name, 100, 0.002)) for name in ("left", "right")]
    said = [child.rest() for child in children]
    assert [code for _, code in said] == [0, 0], said
    ids, notes = _stored(tmp_path, id)
    assert sorted(notes) == sorted(f"{name} {n}" for name in ("left", "right") for n in range(100))
    assert {one for lines, _ in said for one in lines} <= set(ids)
    _whole(tmp_path)


@pytest.mark.slow
def test_a_writer_beside_others_that_never_rest_gets_its_turn(tmp_path: Path) -> None:
    """Six processes write as fast as they can: none is told to try again, and none waits until another is done."""
    id, count = _declared(tmp_path), 120
    gate, opener = os.pipe()

    def work(name: str) -> Callable[[Callable[[str], None]], None]:
        def writing(say: Callable[[str], None]) -> None:
            os.close(opener)
            say("ready")
            os.read(gate, 1)  # until the test lets go of the other end
            _writing(tmp_path, id, name, count)(say)

        return writing

    names = "abcdef"
    children = [Child(work(name)) for name in names]
    for child in children:
        child.wait_for_a_word()
    os.close(opener)
    os.close(gate)
    assert [child.rest()[1] for child in children] == [0] * len(names)
    _, notes = _stored(tmp_path, id)
    assert len(notes) == len(set(notes)) == len(names) * count
    first_end = min(notes.index(f"{name} {count - 1}") for name in names)
    writers = [note[0] for note in notes[:first_end]]
    assert min(writers.count(name) for name in names) > 0  # how many each had is the machine's business
    _whole(tmp_path)


@pytest.mark.slow
def test_a_hundred_kills_at_random_moments_lose_no_acknowledged_event(tmp_path: Path) -> None:
    """Two writers at a time, each ended by SIGKILL somewhere in its writing; what was said to be kept is there."""
    dice = random.Random(20261121)  # noqa: S311
    kills = acknowledged = 0
    for group in range(10):
        folder = tmp_path / str(group)
        id = _declared(folder)
        kept: set[str] = set()
        for _ in range(6):
            children = [Child(_writing(folder, id, name, 1000, 0.008)) for name in ("left", "right")]
            for child in children:
                child.wait_for_a_word()
            for child in children:
                time.sleep(dice.uniform(0, 0.03))  # the moment is the test; nothing is waited for
                child.kill()
            for child in children:
                lines, code = child.rest()
                assert code == -9, "\n".join(lines)
                kept.update(lines)
                kills += 1
        ids, _ = _stored(folder, id)
        assert kept <= set(ids)
        acknowledged += len(kept)
        _whole(folder)
    assert kills >= 100
    assert acknowledged >= kills


@pytest.mark.slow
def test_a_first_start_that_was_killed_is_simply_started_again(tmp_path: Path) -> None:
    """Whatever is left of a database that was being made, the next start makes it whole without a question."""
    dice = random.Random(7)  # noqa: S311

    def work(folder: Path) -> Callable[[Callable[[str], None]], None]:
        def make(say: Callable[[str], None]) -> None:
            say("born")
            SqliteStore(folder)

        return make

    for number in range(60):
        folder = tmp_path / str(number)
        child = Child(work(folder))
        child.wait_for_a_word()
        time.sleep(dice.uniform(0, 0.012))  # as above
        child.kill()
        child.rest()
        Desk(folder).declare()
        _whole(folder)


def test_a_database_that_two_processes_make_at_once_has_one_writer(tmp_path: Path) -> None:
    """Both find the one that was made first."""

    def work(say: Callable[[str], None]) -> None:
        say(SqliteStore(tmp_path / "data").writer)

    children = [Child(work) for _ in range(6)]
    said = [child.rest() for child in children]
    assert [code for _, code in said] == [0] * 6, said
    assert len({line for lines, _ in said for line in lines}) == 1


def test_another_process_sees_what_was_written(tmp_path: Path) -> None:
    """The cheap question for the length answers it at once, and the case is opened anew."""
    id = _declared(tmp_path)
    desk = Desk(tmp_path)
    case = desk.incidents.open(id)
    assert desk.incidents.refresh(case) is case
    run(_writing(tmp_path, id, "other", 3))
    fresh = desk.incidents.refresh(case)
    assert fresh.length == case.length + 3
    assert desk.incidents.ask(case, AddNote("mine")).length == case.length + 4
    desk.store.close()
