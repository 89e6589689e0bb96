from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hotfix_tui.adapters import sqlite_store
from hotfix_tui.adapters.health import examine_data
from hotfix_tui.adapters.sqlite_files import back_up
from hotfix_tui.adapters.sqlite_schema import PRAGMAS
from hotfix_tui.adapters.sqlite_store import FILE, SqliteStore
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.events import NoteAdded
from hotfix_tui.domain.intents import AddNote
from tests.case_fixtures import Desk
from tests.children import Child, run

ROOT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")


def traces() -> bool:
    """Whether strace may watch a process here: some containers forbid it."""
    return (
        bool(STRACE) and subprocess.run([str(STRACE), "-o", os.devnull, "true"], check=False).returncode == 0
    )


needs_strace = pytest.mark.skipif(not traces(), reason="strace is missing here, or may watch no process")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one incident, closed."""
    desk = Desk(tmp_path / "data")
    desk.declare()
    desk.store.close()
    return tmp_path / "data"


def under_strace(folder: Path, injected: str, count: int) -> tuple[list[str], list[str], int]:
    """What a process that writes notes kept and lost while a system call went wrong, and its exit code."""
    calls = injected.partition(":")[0]
    watch = [str(STRACE), "-f", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={injected}"]
    done = subprocess.run(
        [*watch, sys.executable, "-m", "tests.adapters.writing_notes", str(folder), str(count)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    kept = [line.removeprefix("kept ") for line in lines if line.startswith("kept ")]
    lost = [line.removeprefix("lost ") for line in lines if line.startswith("lost ")]
    assert "Traceback" not in done.stderr, done.stderr
    return kept, lost, done.returncode


def on_disk(folder: Path) -> list[str]:
    """The notes that are stored, in a database that is whole."""
    desk = Desk(folder)
    notes = [event.body.text for event in desk.only().incident.log if isinstance(event.body, NoteAdded)]
    desk.store.close()
    findings = examine_data(folder)
    assert [finding.state for finding in findings] == ["ok", "ok"], findings
    return notes


# --- row 2: ended in the middle of a system call


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", ["fdatasync", "pwrite64", "unlink"])
def test_being_killed_at_any_system_call_loses_nothing_that_was_acknowledged(folder: Path, call: str) -> None:
    """SIGKILL at the n-th sync, write or removal: what was said to be kept is there, and at most one note more."""
    ended = 0
    stored = 0
    for number in (1, 2, 3, 4, 5, 7, 11, 17, 26, 40, 60):
        kept, lost, code = under_strace(folder, f"{call}:signal=KILL:when={number}", 12)
        ended += code in {-9, 137}
        notes = on_disk(folder)
        assert lost == []
        assert set(kept) <= set(notes)
        assert len(notes) - stored - len(kept) in {0, 1}
        stored = len(notes)
    assert ended >= 7


# --- row 3: the disk fails once


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", ["fdatasync", "pwrite64", "unlink"])
def test_a_disk_that_fails_once_costs_that_entry_only_and_says_so(folder: Path, call: str) -> None:
    """EIO at the n-th call: what was refused is not on disk, what was acknowledged is, and the next one is saved."""
    refused = 0
    for number in range(1, 8):
        kept, lost, code = under_strace(folder, f"{call}:error=EIO:when={number}", 5)
        notes = on_disk(folder)
        assert code == 0
        assert set(kept) <= set(notes)
        for sentence in lost:
            told = "yet it was saved" in sentence
            assert told == (sentence.partition(": ")[0] in notes), sentence
            assert told or "nothing was saved" in sentence or "Database" in sentence
        assert len(kept) + len(lost) == 5
        assert len(lost) <= 2  # strace counts for each thread: the one that reads meets it too
        refused += len(lost)
    assert refused >= 2


# --- row 4: no room


def test_a_full_database_saves_nothing_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own limit on pages stands for the disk: all or none; with room again saving goes on."""
    desk = Desk(folder)
    case = desk.only()
    pages = (folder / FILE).stat().st_size // 4096
    monkeypatch.setattr(sqlite_store, "PRAGMAS", (*PRAGMAS, f"PRAGMA max_page_count = {pages + 1}"))
    refused: list[PortFailure] = []
    for number in range(50):
        try:
            case = desk.incidents.ask(case, AddNote(f"{number} " + "x" * 1000))
        except PortFailure as error:
            refused.append(error)
    assert refused
    assert {error.message for error in refused} == {f"{folder / FILE}: the disk is full; nothing was saved."}
    assert desk.only() == case
    monkeypatch.undo()
    assert desk.incidents.ask(case, AddNote("room again")).length == case.length + 1
    desk.store.close()
    assert on_disk(folder)[-1] == "room again"


def test_a_folder_in_place_of_the_journal_stops_saving_with_a_sentence(folder: Path) -> None:
    """Something stands where SQLite must write: nothing is acknowledged, and once it is gone saving goes on."""
    desk = Desk(folder)
    case = desk.only()
    (folder / f"{FILE}-journal").mkdir()
    with pytest.raises(PortFailure, match=str(folder / FILE)):
        desk.incidents.ask(case, AddNote("lost"))
    (folder / f"{FILE}-journal").rmdir()
    assert desk.only() == case
    assert desk.incidents.ask(case, AddNote("kept")).length == case.length + 1
    desk.store.close()
    assert on_disk(folder) == ["kept"]


# --- row 13: too many open files


def _take_every_file() -> list[int]:
    """Open files until no more can be opened."""
    taken = []
    while True:
        try:
            taken.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            return taken


def test_too_many_open_files_is_said_and_nothing_leaks(folder: Path) -> None:
    """Every failed try gives back what it opened; with files to spare the next try is saved."""

    def work(say: Callable[[str], None]) -> None:
        desk = Desk(folder)
        case = desk.incidents.ask(desk.only(), AddNote("before"))
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
        spare = _take_every_file()
        taken, said, kept = list(spare), set(), 0
        for number in range(100):
            try:
                case = desk.incidents.ask(case, AddNote(f"note {number}"))
                kept += 1
            except PortFailure as error:
                said.add(str(error))
            taken += _take_every_file()  # what a failure gave back is gone as well
        with pytest.raises(PortFailure) as caught:
            SqliteStore(folder)
        for one in taken:
            os.close(one)
        desk.incidents.ask(case, AddNote("after"))
        assert len(_take_every_file()) >= len(spare)
        say("; ".join(sorted(said)))
        say(caught.value.message)
        say(str(len(taken) - len(spare)))
        say(str(kept))

    saving, opening, given_back, kept = run(work)
    assert saving == (
        f"Saving: {folder / FILE}: too many files are open; nothing was saved. "
        "End another program, or raise the limit (ulimit -n)."
    )
    assert "too many files are open" in opening
    assert int(given_back) <= 3
    notes = on_disk(folder)
    assert (notes[0], notes[-1]) == ("before", "after")
    assert len(notes) == int(kept) + 2


# --- row 18: a copy while others write


@pytest.mark.slow
def test_a_backup_that_is_taken_while_others_write_is_whole(folder: Path) -> None:
    """Two processes write without rest: each copy is a database without a gap, and holds a beginning of the log."""

    def work(name: str) -> Callable[[Callable[[str], None]], None]:
        def writing(say: Callable[[str], None]) -> None:
            desk = Desk(folder)
            case = desk.only()
            for number in range(150):
                case = desk.incidents.ask(case, AddNote(f"{name} {number}"))
                say("kept")

        return writing

    children = [Child(work(name)) for name in ("left", "right")]
    for child in children:
        child.wait_for_a_word()
    copies = []
    for number in range(12):
        with closing(sqlite3.connect(folder / FILE, timeout=10)) as connection:
            copy = back_up(connection, folder / FILE, 1)
        place = folder.parent / str(number)
        place.mkdir(mode=0o700)
        copy.rename(place / FILE)
        copies.append(on_disk(place))
    assert [child.rest()[1] for child in children] == [0, 0]
    every = on_disk(folder)
    assert len(every) == 300
    assert all(every[: len(copy)] == copy for copy in copies)
    assert 0 < len(copies[0]) < 300
    assert sorted(len(copy) for copy in copies) == [len(copy) for copy in copies]
