from __future__ import annotations

import os
import random
import resource
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.adapters.health import examine_data
from hotfix_tui.adapters.sqlite_failures import Damaged
from hotfix_tui.adapters.sqlite_files import back_up
from hotfix_tui.adapters.sqlite_salvage import open_mended
from hotfix_tui.adapters.sqlite_store import FILE, SqliteStore
from hotfix_tui.domain.codec import encode
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.events import NoteAdded
from tests.children import Child, run
from tests.events import DECLARED, chain, event

PAGE = 4096
TIME = "20261121-031400Z"
OLD = f"{FILE}.corrupt-{TIME}"
FIRST = chain(
    replace(DECLARED, source="x" * 40_000), *(NoteAdded(f"note {n} " + "é" * (n % 400)) for n in range(60))
)
SECOND = chain(DECLARED, *(NoteAdded(f"other {n}") for n in range(60)), incident="HF-2")
EVERY = {one.id for one in (*FIRST, *SECOND)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with two incidents, one of them with a long playbook; closed."""
    with closing(SqliteStore(tmp_path / "data")) as store:
        store.append("HF-1", FIRST[:30], seen=0)
        store.append("HF-2", SECOND, seen=0)
        store.append("HF-1", FIRST[30:], seen=30)
    return tmp_path / "data"


def mended(folder: Path) -> tuple[set[str], str]:
    """The ids of the events that a mended database holds, which is whole and takes new ones; and what was said."""
    with pytest.raises(Damaged):
        SqliteStore(folder, look_through=True)
    store, said = open_mended(folder, TIME)
    with closing(store):
        logs = [store.read(id) for id in store.incidents()]
        found = [one for log in logs for one in log.events]
        assert {aside.reason for log in logs for aside in log.quarantined} <= {"it was lost"}
        for incident, log in zip(store.incidents(), logs, strict=True):
            mine = (event(NoteAdded("new"), 1, writer=store.writer, incident=incident),)
            assert store.append(incident, mine, seen=log.length) == log.length + 1
    SqliteStore(folder, look_through=True).close()
    assert len(found) == len({one.id for one in found})
    return {one.id for one in found}, said


def damage(folder: Path, change: Callable[[bytes], bytes]) -> bytes:
    """Change the database's bytes; the changed ones."""
    changed = change((folder / FILE).read_bytes())
    (folder / FILE).write_bytes(changed)
    return changed


def kept_aside(folder: Path, data: bytes) -> None:
    """The damaged file is there under its new name, as it was, and its owner's alone; nothing else was left over."""
    assert (folder / OLD).read_bytes() == data
    assert (
        stat.S_IMODE((folder / OLD).stat().st_mode) == stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    )
    assert {path.name for path in folder.iterdir()} <= {FILE, OLD, f"{OLD}-journal"}


def pages_of(folder: Path) -> dict[str, list[int]]:
    """The pages of `events`, its indexes and the rest, as SQLite itself lists them."""
    found: dict[str, list[int]] = {"1": [0]}
    whole = (folder / FILE).read_bytes()
    for number in range(1, len(whole) // PAGE):
        found.setdefault(whole[number * PAGE : number * PAGE + 1].hex(), []).append(number)
    return found


def test_any_overwritten_page_costs_only_the_events_on_it(folder: Path, tmp_path: Path) -> None:
    """Every page in turn: what stood elsewhere is kept, the loss is counted, the old file is where the sentence says."""
    whole = (folder / FILE).read_bytes()
    leaves = set(pages_of(folder)["0d"])
    losses = {}
    for page in range(len(whole) // PAGE):
        place = tmp_path / str(page)
        place.mkdir(mode=0o700)
        (place / FILE).write_bytes(whole)
        data = damage(place, lambda old, at=page * PAGE: old[:at] + b"\xa5" * PAGE + old[at + PAGE :])  # type: ignore[misc]
        ids, said = mended(place)
        kept_aside(place, data)
        assert ids <= EVERY
        losses[page] = len(EVERY - ids)
        assert said.startswith(f"The database was damaged: {len(ids)} events of 2 incidents were kept")
        assert said.endswith(f"; the old file is {place / OLD}.")
        assert (f", at least {losses[page]} are missing;" in said) == bool(losses[page])
        if page not in leaves:
            assert losses[page] <= 1  # one page of the long playbook: only the declaration is lost
    assert losses[0] == 0
    assert sum(losses.values()) <= len(EVERY) + 12  # each event is on one page; the long one on eleven
    assert 0 < max(losses.values()) < 40


@pytest.mark.parametrize("share", [0.95, 0.7, 0.2])
def test_a_truncated_file_gives_what_its_beginning_holds(folder: Path, share: float) -> None:
    """The pages that are there are read although the rest is missing."""
    data = damage(folder, lambda whole: whole[: int(len(whole) * share)])
    ids, said = mended(folder)
    kept_aside(folder, data)
    there = {one.id for one in (*FIRST, *SECOND) if encode(one) in data}
    assert there <= ids < EVERY
    assert ids - there <= {FIRST[0].id}  # the one event whose bytes are on several pages
    assert (f"{len(ids)} events" if ids else "no event could be read") in said


def test_a_garbage_header_costs_nothing(folder: Path) -> None:
    """SQLite calls it no database; the events are all there."""
    data = damage(folder, lambda whole: os.urandom(100) + whole[100:])
    ids, said = mended(folder)
    kept_aside(folder, data)
    assert ids == EVERY
    assert "122 events of 2 incidents were kept; the old file is" in said


@pytest.mark.parametrize(
    "data", [b"x", b"Dear diary,\n" * 1000, os.urandom(3 * PAGE)], ids=["x", "text", "noise"]
)
def test_what_is_no_database_at_all_is_kept_too(tmp_path: Path, data: bytes) -> None:
    """It may be somebody's; the incidents begin anew, and that is said."""
    (tmp_path / FILE).write_bytes(data)
    ids, said = mended(tmp_path)
    kept_aside(tmp_path, data)
    assert ids == set()
    assert (
        said == f"The database was damaged: no event could be read from it; the old file is {tmp_path / OLD}."
    )


def test_an_emptied_file_is_made_anew_from_its_backup(folder: Path) -> None:
    """Zero bytes beside a backup: what the backup holds is back."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        back_up(connection, folder / FILE, 1)
    damage(folder, lambda whole: b"")
    ids, said = mended(folder)
    assert ids == EVERY
    assert "122 events" in said


def test_what_a_page_lost_comes_back_from_a_backup(folder: Path) -> None:
    """The damaged file counts first, an older copy fills its holes."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        back_up(connection, folder / FILE, 1)
    leaf = pages_of(folder)["0d"][-1] * PAGE
    damage(folder, lambda whole: whole[:leaf] + bytes(PAGE) + whole[leaf + PAGE :])
    assert mended(folder)[0] == EVERY


def test_the_journal_goes_with_its_file(folder: Path) -> None:
    """Beside the new database it would be played into it."""
    (folder / f"{FILE}-journal").write_bytes(b"a journal")
    data = damage(folder, lambda whole: bytes(200) + whole[200:])
    mended(folder)
    kept_aside(folder, data)
    assert (folder / f"{OLD}-journal").read_bytes() == b"a journal"
    assert stat.S_IMODE((folder / f"{OLD}-journal").stat().st_mode) == 0o600
    assert not (folder / f"{FILE}-journal").exists()


def test_a_write_that_was_interrupted_is_taken_back_before_the_rest_is_kept(folder: Path) -> None:
    """A hot journal and a damaged page at once: nothing half-written is kept."""

    def work(say: Callable[[str], None]) -> None:
        connection = sqlite3.connect(folder / FILE, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        for one in chain(*(NoteAdded("half " + "x" * 500) for _ in range(300)), incident="HF-9"):
            row = ("HF-9", one.seq, bytes.fromhex(one.id), "w", one.seq, encode(one))
            connection.execute("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?)", row)
        os.kill(os.getpid(), 9)

    leaf = pages_of(folder)["0d"][3] * PAGE
    damage(folder, lambda whole: whole[:leaf] + b"\xa5" * PAGE + whole[leaf + PAGE :])
    Child(work).rest()
    ids, _ = mended(folder)
    assert len(EVERY) - 40 < len(ids) < len(EVERY)
    assert ids < EVERY


def test_an_incident_of_which_nothing_is_left_is_named(tmp_path: Path) -> None:
    """The indexes still know of it: nobody may believe that there was none."""
    with closing(SqliteStore(tmp_path)) as store:
        store.append("HF-1", FIRST[1:3], seen=0)
    leaf = pages_of(tmp_path)["0d"][-1] * PAGE
    damage(tmp_path, lambda whole: whole[:leaf] + b"\xa5" * PAGE + whole[leaf + PAGE :])
    ids, said = mended(tmp_path)
    assert ids == set()
    lost = "no event could be read from it, at least 2 are missing, and nothing is left of HF-1"
    assert said == f"The database was damaged: {lost}; the old file is {tmp_path / OLD}."


def test_a_lost_declaration_leaves_an_incident_that_is_named(folder: Path) -> None:
    """Its other entries are kept in their places, and the hole is said."""
    overflow = pages_of(folder)["00"][0] * PAGE
    damage(folder, lambda whole: whole[: overflow + 9] + b"\xa5" * 9 + whole[overflow + 18 :])
    data = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(b"\xff" * 16 + data[16:])
    store, said = open_mended(folder, TIME)
    with closing(store):
        assert store.incidents() == ("HF-1", "HF-2")
        log = store.read("HF-1")
        assert [(q.position, q.reason) for q in log.quarantined] == [(1, "it was lost")]
        assert (len(log.events), log.length) == (60, 61)
    assert "at least 1 are missing" in said


def test_the_new_database_writes_under_a_new_name(folder: Path) -> None:
    """Nobody knows which of the old writer's newest events were lost: their places are given to nobody else."""
    with closing(SqliteStore(folder)) as store:
        before = store.writer
    damage(folder, lambda whole: bytes(16) + whole[16:])
    store, _ = open_mended(folder, TIME)
    with closing(store):
        assert store.writer != before


def test_a_newer_database_is_left_alone_although_it_is_damaged(folder: Path) -> None:
    """An older hotfix does not know all that it holds."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    data = damage(folder, lambda whole: whole[:-PAGE])
    with pytest.raises(PortFailure, match="written by a newer hotfix"):
        open_mended(folder, TIME)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {FILE: data}


def test_without_room_the_damaged_file_stays_in_its_place(folder: Path) -> None:
    """A disk that takes nothing more: one sentence, nothing moved, nothing left over; later it is mended."""
    data = damage(folder, lambda whole: os.urandom(16) + whole[16:])

    def work(say: Callable[[str], None]) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 * PAGE, resource.RLIM_INFINITY))
        with pytest.raises(PortFailure) as caught:
            open_mended(folder, TIME)
        say(caught.value.message)

    (said,) = run(work)
    assert said.startswith(
        f"{folder / FILE} is damaged: it is no SQLite file, and what can be read could not be kept"
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {FILE: data}
    assert mended(folder)[0] == EVERY


def test_processes_that_find_the_damage_at_once_mend_it_once(folder: Path) -> None:
    """One moves the file aside, the others find it mended."""
    data = damage(folder, lambda whole: os.urandom(16) + whole[16:])

    def work(say: Callable[[str], None]) -> None:
        store, said = open_mended(folder, TIME)
        say(f"{sum(store.length(id) for id in store.incidents())} {bool(said)}")

    children = [Child(work) for _ in range(5)]
    said = sorted(line for child in children for line in child.rest()[0])
    assert said == ["122 False"] * 4 + ["122 True"]
    kept_aside(folder, data)


@pytest.mark.slow
def test_being_killed_while_mending_loses_nothing(folder: Path, tmp_path: Path) -> None:
    """At every moment either the damaged file or the whole new one is in its place: the next start goes on."""
    data = damage(folder, lambda whole: os.urandom(16) + whole[16:])
    dice = random.Random(11)  # noqa: S311

    def work(place: Path) -> Callable[[Callable[[str], None]], None]:
        def mending(say: Callable[[str], None]) -> None:
            say("begun")
            open_mended(place, TIME)

        return mending

    for number in range(40):
        place = tmp_path / str(number)
        place.mkdir(mode=0o700)
        (place / FILE).write_bytes(data)
        child = Child(work(place))
        child.wait_for_a_word()
        time.sleep(dice.uniform(0, 0.03))  # the moment is the test; nothing is waited for
        child.kill()
        child.rest()
        store, _ = open_mended(place, TIME)
        with closing(store):
            assert {one.id for id in store.incidents() for one in store.read(id).events} == EVERY
        assert any(old.read_bytes() == data for old in place.glob(f"{FILE}.corrupt-*"))


def test_doctor_names_the_file_that_was_moved_aside(folder: Path) -> None:
    """The one sentence at the start is easily missed."""
    damage(folder, lambda whole: os.urandom(16) + whole[16:])
    (_, found) = examine_data(folder)
    assert (found.state, found.hint) == (
        "fail",
        "Start hotfix anew: it keeps what can be read, and the damaged file.",
    )
    mended(folder)
    assert any(str(folder / OLD) in finding.text for finding in examine_data(folder))
