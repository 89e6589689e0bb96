"""Looks at the data folder and its database without changing them, for `hotfix doctor`."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hotfix_tui.adapters.sqlite_failures import MENDS
from hotfix_tui.adapters.sqlite_files import check_file, network_warning
from hotfix_tui.adapters.sqlite_log import all_incidents, log_after
from hotfix_tui.adapters.sqlite_schema import VERSION, identify
from hotfix_tui.adapters.sqlite_store import FILE
from hotfix_tui.domain.codec import MalformedEvent, decode
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.service.health import Finding
from hotfix_tui.service.incidents import Unreadable, case_of

ROOM = 50 * 1024 * 1024
"""Less free room than this, in bytes, is worth a warning."""


ReadPlaybook = Callable[[str], Playbook]
"""Reads the playbook text that an incident carries. Raises: Refused."""


def examine_data(
    folder: Path, read_playbook: ReadPlaybook | None = None, *, database: bool = True
) -> tuple[Finding, ...]:
    """How the data folder is, and the database in it, which takes longer the more there is.

    With `read_playbook` also whether each incident can be opened.
    """
    if not folder.is_absolute():
        return (
            Finding("fail", "data", "you have no home folder", "Set HOTFIX_DATA_DIR to a folder of yours."),
        )
    if not folder.exists():
        parent = next(at for at in folder.parents if at.exists())
        if not os.access(parent, os.W_OK):
            return (
                Finding("fail", "data", f"{folder} cannot be made", "Set HOTFIX_DATA_DIR to another folder."),
            )
        return (Finding("ok", "data", f"{folder} will be made with the first incident"),)
    return (*_folder(folder), *(_database(folder / FILE, read_playbook) if database else ()))


def _folder(folder: Path) -> list[Finding]:
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        return [Finding("fail", "data", f"{folder} is no folder", "Set HOTFIX_DATA_DIR to another folder.")]
    findings = []
    if found.st_uid != os.geteuid():
        findings.append(Finding("fail", "data", f"{folder} belongs to another user", "Set HOTFIX_DATA_DIR."))
    if stat.S_IMODE(found.st_mode) & 0o077:
        findings.append(Finding("warn", "data", f"others may look into {folder}", f"chmod 700 {folder}"))
    if not os.access(folder, os.W_OK):
        findings.append(Finding("fail", "data", f"{folder} cannot be written", "Set HOTFIX_DATA_DIR."))
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        mounts = ""
    network = network_warning(folder.resolve(), mounts)
    if network:
        findings.append(Finding("warn", "data", network))
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        findings.append(
            Finding("warn", "data", f"only {free // 1024**2} MB are free in {folder}", "Make room.")
        )
    return findings or [Finding("ok", "data", f"{folder}, yours alone")]


def _database(path: Path, read_playbook: ReadPlaybook | None) -> list[Finding]:
    return [*_state(path, read_playbook), *_moved_aside(path)]


def _moved_aside(path: Path) -> list[Finding]:
    """The damaged files that are still there: somebody may want what a new database could not take from them."""
    found = sorted(
        at for at in path.parent.glob(f"{path.name}.corrupt-*") if not at.name.endswith("-journal")
    )
    return [
        Finding(
            "warn", "database", f"a damaged one was moved aside: {at}", "Remove it once nothing is missed."
        )
        for at in found[-3:]
    ]


def _state(path: Path, read_playbook: ReadPlaybook | None) -> list[Finding]:
    if not path.exists():
        return [Finding("ok", "database", "none yet")]
    try:
        check_file(path)
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            return _contents(connection, path, read_playbook)
    except PortFailure as error:
        return [Finding("fail", "database", error.message, error.hint)]
    except (sqlite3.Error, OSError) as error:
        if path.with_name(path.name + "-journal").exists():
            text = f"{path}: a write was interrupted"
            return [Finding("warn", "database", text, "Start hotfix: it puts that right by itself.")]
        return [Finding("fail", "database", f"{path}: {error}", MENDS)]


def _contents(
    connection: sqlite3.Connection, path: Path, read_playbook: ReadPlaybook | None
) -> list[Finding]:
    version = identify(connection, path)
    if version > VERSION:
        return [
            Finding("warn", "database", "written by a newer hotfix: it is only read", "Update hotfix-tui.")
        ]
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said != "ok":
        return [Finding("fail", "database", f"{path}: {' '.join(said.split())}", MENDS)]
    if version == 0:
        return [Finding("ok", "database", "none yet")]
    rows = connection.execute("SELECT incident, position, id, body FROM events ORDER BY incident, position")
    incidents, count, broken = set(), 0, []
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    for incident, position, id, body in rows:
        incidents.add(incident)
        count += 1
        broken += _entry(incident, position, id, body, heads)
    findings = [
        Finding("warn", "database", text, "Export what you need; the rest stays usable.")
        for text in broken[:5]
    ]
    findings += _unreadable(connection, read_playbook) if read_playbook else []
    return findings or [
        Finding("ok", "database", f"whole: {len(incidents)} incidents, {count} events, every chain unbroken")
    ]


def _unreadable(connection: sqlite3.Connection, read_playbook: ReadPlaybook) -> list[Finding]:
    """The incidents that are there and cannot be opened."""
    findings = []
    for id in all_incidents(connection):
        try:
            case_of(id, log_after(connection, id), lambda incident: read_playbook(incident.declared.source))
        except Unreadable as trouble:
            findings.append(Finding("fail", "incident", trouble.message, trouble.hint))
    return findings


def _entry(
    incident: str, position: int, id: bytes, body: bytes, heads: dict[tuple[str, str], tuple[int, str]]
) -> list[str]:
    """What is wrong with one stored event: its hash is its id, and each names the one before it."""
    try:
        event = decode(body)
    except MalformedEvent as error:
        return [f"{incident} entry {position} cannot be read: {error}"]
    if event.id != id.hex():
        return [f"{incident} entry {position} was changed after it was written"]
    seq, before = heads.get((incident, event.writer), (0, ""))
    heads[incident, event.writer] = (event.seq, event.id)
    if (event.seq, event.prev) != (seq + 1, before):
        return [f"{incident} entry {position} does not follow the entry before it: one is missing"]
    return []
