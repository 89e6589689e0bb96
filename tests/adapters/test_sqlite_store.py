from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.adapters.health import examine_data
from hotfix_tui.adapters.sqlite_files import BACKUPS_KEPT, network_warning
from hotfix_tui.adapters.sqlite_migrate import migrate
from hotfix_tui.adapters.sqlite_schema import APPLICATION_ID, VERSION
from hotfix_tui.adapters.sqlite_store import FILE, SqliteStore
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.events import Event, NoteAdded
from hotfix_tui.domain.intents import AddNote
from tests.case_fixtures import Desk
from tests.children import Child, run
from tests.events import event, notes

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with three notes in it, closed."""
    store = SqliteStore(tmp_path / "data")
    store.append("HF-1", notes(3), seen=0)
    store.close()
    return tmp_path / "data"


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database of `folder`, opened without the store."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        yield connection


def _read(folder: Path) -> tuple[Event, ...]:
    with closing(SqliteStore(folder)) as store:
        return store.read("HF-1").events


def _next(number: int = 5) -> tuple[Event]:
    return (event(NoteAdded(f"note at {number}"), number),)


def _refused(folder: Path, words: str) -> None:
    """Opening refuses in one sentence with a hint, and changes nothing in the folder."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(PortFailure, match=words) as caught:
        SqliteStore(folder)
    assert str(folder) in caught.value.message
    assert "Traceback" not in caught.value.message
    assert caught.value.hint
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


# --- settings and modes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("application_id", APPLICATION_ID),
        ("user_version", VERSION),
    ],
)
def test_the_settings_hold_on_every_connection(folder: Path, name: str, value: object) -> None:
    """Read back from the connection, as RELIABILITY.md D.2 asks; EXTRA is 3, MEMORY is 2."""
    with closing(SqliteStore(folder)) as store:
        row = store._connect().execute(f"PRAGMA {name}").fetchone()
        assert (row[0] if row else 0) == value


@pytest.mark.parametrize("statement", ["UPDATE events SET body = x'00'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_an_event(database: sqlite3.Connection, statement: str) -> None:
    """Append-only is not only our good manners: triggers say no."""
    with pytest.raises(sqlite3.IntegrityError, match="events are never"):
        database.execute(statement)


def test_the_table_takes_only_the_types_it_names(database: sqlite3.Connection) -> None:
    """STRICT: text where a number belongs is an error, not a surprise later."""
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value"):
        database.execute("INSERT INTO events VALUES (99, 'HF-1', 'four', x'00', 'w', 9, x'00')")


def test_folder_and_file_are_private_also_when_they_were_not(folder: Path) -> None:
    """0700 and 0600, repaired on opening."""
    folder.chmod(0o755)
    (folder / FILE).chmod(0o644)
    assert _read(folder) == notes(3)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_folder_that_its_owner_made_read_only_stays_so(folder: Path) -> None:
    """Others lose what they might do; what the owner may do is the owner's business."""
    folder.chmod(0o555)
    SqliteStore(folder).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o500


def test_a_new_store_is_private_from_the_first_moment(tmp_path: Path) -> None:
    """Whatever the umask of the shell was."""
    old = os.umask(0)
    try:
        SqliteStore(tmp_path / "new").close()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["with space", "two\nlines", "n" * 255, "50%?#x"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Spaces, line ends, characters of URIs, the longest name."""
    with closing(SqliteStore(tmp_path / name)) as store:
        store.append("HF-1", notes(1), seen=0)
    assert len(_read(tmp_path / name)) == 2


# --- what is not ours, or not whole


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    """One sentence with the path."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(PortFailure, match="a file stands in its place"):
        SqliteStore(tmp_path / "data")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    """The other way round."""
    (tmp_path / FILE).mkdir()
    with pytest.raises(PortFailure, match="is not a file"):
        SqliteStore(tmp_path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """By its application id, untouched."""
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA application_id = 42")
        connection.execute("CREATE TABLE t (x)")
    _refused(tmp_path, "belongs to another program")


def test_a_database_without_a_mark_is_another_programs_when_it_holds_something(tmp_path: Path) -> None:
    """Many programs set no application id: their tables are no place for ours."""
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("CREATE TABLE bookmarks (url)")
        other.commit()
    _refused(tmp_path, "belongs to another program")


def test_an_empty_file_is_new_only_without_backups(folder: Path) -> None:
    """An emptied database beside its backups is a loss that somebody should look at."""
    (folder / FILE).write_bytes(b"")
    (folder / f"{FILE}.v1-1.bak").write_bytes(b"x")
    _refused(folder, "is empty, though backups")
    (folder / f"{FILE}.v1-1.bak").unlink()
    assert _read(folder) == ()


@pytest.mark.parametrize("keep", [1, 99, 100, 4096, 8000, -4096])
def test_a_truncated_file_is_refused(folder: Path, keep: int) -> None:
    """However little or much is missing."""
    whole = (folder / FILE).read_bytes()
    size = keep % len(whole)
    (folder / FILE).write_bytes(whole[:size])
    _refused(folder, "is damaged")


def test_a_garbage_header_is_refused(folder: Path) -> None:
    """It is no SQLite file any more."""
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(b"\xff" * 100 + whole[100:])
    _refused(folder, "is damaged")


def test_a_garbage_page_is_a_sentence_when_it_is_read(folder: Path) -> None:
    """Whatever page it is, nothing but PortFailure comes out; doctor finds it."""
    whole = (folder / FILE).read_bytes()
    for page in range(1, len(whole) // 4096):
        (folder / FILE).write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        try:
            _read(folder)
        except PortFailure as error:
            assert str(folder) in error.message  # noqa: PT017  (some pages are not needed for reading)
        assert examine_data(folder)[-1].state == "fail"


def test_a_flipped_byte_sets_one_event_aside_and_the_rest_works_on(folder: Path) -> None:
    """SQLite says ok; the hash does not. The incident opens, names the entry, and takes new events."""
    file = folder / FILE
    whole = file.read_bytes()
    assert whole.count(b'"text":"note 1"') == 1
    file.write_bytes(whole.replace(b'"text":"note 1"', b'"text":"note 7"'))
    with closing(SqliteStore(folder)) as store:
        log = store.read("HF-1")
        assert (len(log.events), log.length) == (3, 4)
        assert [(q.position, q.seq, q.writer) for q in log.quarantined] == [(3, 3, "w1")]
        assert "changed after" in log.quarantined[0].reason
        assert store.append("HF-1", _next(), seen=4) == 5
    assert any("entry 3" in finding.text for finding in examine_data(folder))


def test_a_damaged_newest_event_does_not_block_its_incident(tmp_path: Path) -> None:
    """The writer's next event comes after the place of the one that cannot be read."""
    desk = Desk(tmp_path)
    case = desk.incidents.ask(desk.declare(), AddNote("the newest"))
    desk.store.close()
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes().replace(b'"the newest"', b'"the new\xffst"'))
    desk = Desk(tmp_path)
    damaged = desk.only()
    assert [q.seq for q in damaged.quarantined] == [case.length]
    after = desk.incidents.ask(damaged, AddNote("later"))
    assert after.incident.log[-1].seq == case.length + 1
    assert after.incident.log[-1].prev == case.incident.log[-1].id
    desk.store.close()


def test_doctor_calls_an_interrupted_write_what_it_is(folder: Path) -> None:
    """The journal of a killed write is no damage: the next start takes the write back."""

    def work(say: Callable[[str], None]) -> None:
        connection = sqlite3.connect(folder / FILE, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(1, 500):
            row = ("HF-2", number, os.urandom(32), "w", number, os.urandom(500))
            connection.execute("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?)", row)
        os.kill(os.getpid(), 9)

    Child(work).rest()
    finding = examine_data(folder)[-1]
    assert (finding.state, finding.hint) == ("warn", "Start hotfix: it puts that right by itself.")
    assert _read(folder) == notes(3)
    assert examine_data(folder)[-1].state == "ok"


def test_doctor_finds_a_gap(folder: Path, database: sqlite3.Connection) -> None:
    """An event that was taken out leaves its follower without the one before it."""
    database.execute("DROP TRIGGER events_are_never_removed")
    database.execute("DELETE FROM events WHERE position = 2")
    assert "entry 3 does not follow" in examine_data(folder)[-1].text


# --- versions


def test_a_newer_database_is_read_and_never_written(folder: Path, database: sqlite3.Connection) -> None:
    """Its bytes stay as they are; saving says what to do."""
    database.execute("PRAGMA user_version = 99")
    before = (folder / FILE).read_bytes()
    with closing(SqliteStore(folder)) as store:
        assert store.read("HF-1").events == notes(3)
        with pytest.raises(PortFailure, match="newer hotfix") as caught:
            store.append("HF-1", _next(), seen=4)
        assert caught.value.hint == "Update hotfix-tui."
    assert (folder / FILE).read_bytes() == before


def test_a_newer_database_keeps_its_kind_of_journal(folder: Path, database: sqlite3.Connection) -> None:
    """What a newer hotfix chose, an older one does not undo."""
    database.execute("PRAGMA user_version = 99")
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    before = (folder / FILE).read_bytes()
    assert _read(folder) == notes(3)
    assert (folder / FILE).read_bytes() == before


def test_a_failing_migration_leaves_the_old_version_and_a_backup(
    folder: Path, database: sqlite3.Connection
) -> None:
    """Its steps are one transaction, after a copy."""
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, folder / FILE, 2, ("CREATE TABLE half (x)", "CREATE TABLE half (x)"))
    assert database.execute("PRAGMA user_version").fetchone()[0] == 1
    assert database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    (backup,) = folder.glob("*.bak")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchone()[0] == 4
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert _read(folder) == notes(3)


class Deadly(Sequence[str]):
    """Statements of a migration, of which reaching the n-th ends the process."""

    def __init__(self, statements: tuple[str, ...], deadly: int) -> None:
        self._statements, self._deadly = statements, deadly

    def __len__(self) -> int:
        return len(self._statements)

    def __getitem__(self, index: object) -> str:
        assert isinstance(index, int)
        if index == self._deadly < len(self._statements):
            os.kill(os.getpid(), 9)
        return self._statements[index]


def test_a_migration_killed_at_any_statement_is_old_or_new(folder: Path) -> None:
    """Never between; and the copy is there as soon as the first statement is."""
    statements = tuple(f"CREATE TABLE t{number} (x)" for number in range(4))

    def work(deadly: int) -> Callable[[Callable[[str], None]], None]:
        def migrating(say: Callable[[str], None]) -> None:
            with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
                migrate(connection, folder / FILE, 2, Deadly(statements, deadly))

        return migrating

    for deadly in range(len(statements) + 1):
        _, code = Child(work(deadly)).rest()
        with closing(sqlite3.connect(folder / FILE)) as connection:
            made = connection.execute("SELECT count(*) FROM sqlite_master WHERE name GLOB 't?'").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert (code, version, made) == ((-9, 1, 0) if deadly < len(statements) else (0, 2, 4))
        assert list(folder.glob("*.bak"))
    assert _read(folder) == notes(3)


def test_only_the_newest_backups_are_kept(folder: Path, database: sqlite3.Connection) -> None:
    """Five of them, by number."""
    for target in range(2, 10):
        migrate(database, folder / FILE, target, ())
    kept = sorted(path.name for path in folder.glob("*.bak"))
    assert kept == sorted(f"{FILE}.v{n}-{n}.bak" for n in range(9 - BACKUPS_KEPT, 9))
    assert list(folder.glob("*.tmp")) == []


# --- the world gets in the way


def test_a_lock_of_another_process_fails_that_action_only(folder: Path, database: sqlite3.Connection) -> None:
    """After the wait, with a sentence; once it is released, saving works."""
    with closing(SqliteStore(folder, lock_seconds=0.05)) as store:
        database.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PortFailure, match="another program holds it"):
            store.append("HF-1", _next(), seen=4)
        with pytest.raises(PortFailure, match="another program holds it"):
            store.read("HF-1")
        database.execute("ROLLBACK")
        assert store.append("HF-1", _next(), seen=4) == 5


def test_a_full_disk_saves_nothing_and_saving_resumes_by_itself(folder: Path) -> None:
    """In a child whose files may not grow: all or none, then the limit is lifted."""

    def work(say: Callable[[str], None]) -> None:
        size = (folder / FILE).stat().st_size
        with closing(SqliteStore(folder)) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            many = tuple(event(NoteAdded("x" * 3000), n) for n in range(5, 25))
            with pytest.raises(PortFailure, match="nothing was saved"):
                store.append("HF-1", many, seen=4)
            say(str(store.read("HF-1").length))
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            say(str(store.append("HF-1", many, seen=4)))

    assert run(work) == ["4", "24"]
    assert len(_read(folder)) == 24


def test_a_read_only_folder_reads_and_says_why_it_cannot_save() -> None:
    """The reading half goes on working."""
    above = Path(tempfile.mkdtemp())  # not in tmp_path, which nobody else may enter
    above.chmod(0o711)
    place = above / "data"
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:  # to root nothing is read-only: the child becomes nobody
        os.chown(place, NOBODY, NOBODY)

    def work(say: Callable[[str], None]) -> None:
        if os.geteuid() == 0:
            os.setresuid(NOBODY, NOBODY, NOBODY)
        with closing(SqliteStore(place)) as store:
            store.append("HF-1", notes(3), seen=0)
        place.chmod(0o500)
        with closing(SqliteStore(place)) as store:
            say(str(store.read("HF-1").length))
            with pytest.raises(PortFailure, match=r"cannot be opened|read-only") as caught:
                store.append("HF-1", _next(), seen=4)
            say(caught.value.hint)
        place.chmod(0o700)

    try:
        assert run(work) == ["4", "Set HOTFIX_DATA_DIR to a folder that can be written."]
    finally:
        shutil.rmtree(above)


@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
def test_a_file_that_goes_away_while_open_takes_no_event_with_it(folder: Path, replaced: bool) -> None:
    """Saving says so instead of writing into nothing; with the file back it works again."""
    file, aside = folder / FILE, folder / "aside"
    with closing(SqliteStore(folder)) as store:
        assert store.append("HF-1", _next(5), seen=4) == 5
        file.rename(aside)
        if replaced:
            file.write_bytes(aside.read_bytes())
        with pytest.raises(PortFailure, match="replaced" if replaced else "removed"):
            store.append("HF-1", _next(6), seen=5)
        aside.rename(file)
        assert store.append("HF-1", _next(6), seen=5) == 6
    assert len(_read(folder)) == 6


def test_a_closed_store_says_so_and_never_hangs(folder: Path) -> None:
    """Closing twice is closing once."""
    store = SqliteStore(folder)
    store.append("HF-1", _next(), seen=4)
    store.close()
    store.close()
    with pytest.raises(PortFailure, match="closed already"):
        store.append("HF-1", _next(6), seen=5)
    with pytest.raises(PortFailure, match="closed already"):
        store.read("HF-1")


def test_a_slip_of_the_program_is_raised_where_it_was_made(folder: Path) -> None:
    """An id that is none, an event of another incident: an error at once, and the next append works."""
    with closing(SqliteStore(folder)) as store:
        with pytest.raises(ValueError, match="non-hexadecimal"):
            store.append("HF-1", (replace(_next()[0], id="zz"),), seen=4)
        with pytest.raises(ValueError, match="another incident"):
            store.append("HF-2", _next(), seen=0)
        assert store.append("HF-1", _next(), seen=4) == 5


def test_closing_waits_for_what_was_asked(folder: Path) -> None:
    """Every append either was acknowledged and is there, or says that the store is closed."""
    store = SqliteStore(folder)
    kept: list[int] = []

    def write() -> None:
        for number in range(5, 500):
            try:
                kept.append(store.append("HF-1", _next(number), seen=number - 1))
            except PortFailure:
                return

    thread = threading.Thread(target=write)
    thread.start()
    while len(kept) < 3:
        thread.join(0.001)
    store.close()
    thread.join()
    assert len(_read(folder)) == kept[-1]


def test_an_event_over_the_limit_is_refused_before_it_is_written(folder: Path) -> None:
    """400 kB is the largest."""
    with closing(SqliteStore(folder)) as store:
        with pytest.raises(PortFailure, match="over 400000 bytes"):
            store.append("HF-1", (event(NoteAdded("x" * 400_000), 9),), seen=4)
        assert store.length("HF-1") == 4


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "virtiofs", "lustre"])
def test_a_network_file_system_is_named(kind: str) -> None:
    """By the text of mountinfo; the nearest mount counts."""
    text = f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / /home/my\\040data rw shared:1 - {kind} srv rw\n"
    assert kind in network_warning(Path("/home/my data/hotfix"), text)
    assert network_warning(Path("/var/lib"), text) == ""
