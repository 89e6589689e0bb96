"""The data folder and the database file: private, ours, whole, and copied before anything changes its shape."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from hotfix_tui.adapters.sqlite_failures import Damaged
from hotfix_tui.adapters.sqlite_schema import APPLICATION_ID
from hotfix_tui.domain.errors import PortFailure

BACKUPS_KEPT = 5
_HEADER = b"SQLite format 3\x00"
_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.", "virtiofs", "gpfs", "lustre")


def private_folder(folder: Path) -> None:
    """Make the folder, or repair its mode to 0700. Raises: PortFailure when it cannot be ours."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_private(folder)
    except OSError as error:
        reason = (
            "a file stands in its place"
            if isinstance(error, FileExistsError | NotADirectoryError)
            else error.strerror
        )
        raise PortFailure(
            "Data folder", f"{folder} cannot be used: {reason}.", "Set HOTFIX_DATA_DIR to another folder."
        ) from error


def keep_private(path: Path) -> None:
    """Take away what others may do; what we may do stays as it is. Raises: PortFailure when it is not ours; OSError."""
    found = path.stat()
    if found.st_uid != os.geteuid():
        raise PortFailure(
            "Data folder", f"{path} belongs to another user.", "Set HOTFIX_DATA_DIR to a folder of yours."
        )
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077 and not os.statvfs(path).f_flag & os.ST_RDONLY:
        path.chmod(mode & 0o700)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there (device and inode); None when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)


def check_file(path: Path) -> None:
    """Refuse a file that is not ours, or not whole by its size and head.

    Raises: Damaged, PortFailure, OSError; the file is left as it is.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise PortFailure("Database", f"{path} is not a file.", "Set HOTFIX_DATA_DIR to another folder.")
    pages = _pages_before(path.with_name(path.name + "-journal"))
    if pages == 0:
        return  # the process that made the file was ended in the middle of it: SQLite takes that back
    size = path.stat().st_size
    if size == 0:
        if pages is not None or any(path.parent.glob(f"{path.name}.v*.bak")):
            raise Damaged(f"{path} is empty, though backups or a journal exist.")
        return
    with path.open("rb") as file:
        head = file.read(100)
    _check_head(path, head)
    if pages is None and size < _stated_size(head):
        raise Damaged(f"{path} is damaged: its end is missing.")


def _pages_before(journal: Path) -> int | None:
    """How many pages the database had before the transaction that the journal can take back; None without one."""
    try:
        with journal.open("rb") as file:
            head = file.read(20)
    except FileNotFoundError:
        return None
    return int.from_bytes(head[16:20], "big") if len(head) == 20 and head.startswith(_JOURNAL) else None


def _stated_size(head: bytes) -> int:
    """The file's size in bytes as its header says; 0 when an old SQLite wrote it, whose word does not count."""
    page = int.from_bytes(head[16:18], "big")
    counts = head[24:28] == head[92:96]
    return int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page) if counts else 0


def _check_head(path: Path, head: bytes) -> None:
    if len(head) < 100 or not head.startswith(_HEADER):
        raise Damaged(f"{path} is damaged: it is no SQLite file.")
    found = int.from_bytes(head[68:72], "big")
    if found not in (0, APPLICATION_ID):
        raise PortFailure(
            "Database", f"{path} belongs to another program.", "Set HOTFIX_DATA_DIR to another folder."
        )


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to `<name>.v<version>-<n>.bak`, durable before this returns, and keep the newest five."""
    import tempfile  # late: most starts migrate nothing

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
        os.fsync(handle)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    taken = sorted(path.parent.glob(f"{path.name}.v*.bak"), key=_age)
    number = max((_age(backup)[1] for backup in taken), default=0) + 1
    target = path.with_name(f"{path.name}.v{version}-{number}.bak")
    Path(temporary).replace(target)
    sync_folder(path.parent)
    _prune((*taken, target))
    return target


def _age(backup: Path) -> tuple[float, int]:
    number = backup.name.rsplit("-", 1)[-1].removesuffix(".bak")
    return (backup.stat().st_mtime, int(number) if number.isdecimal() else 0)


def _prune(backups: Iterable[Path]) -> None:
    for old in list(backups)[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def network_warning(folder: Path, mountinfo: str) -> str:
    """A sentence when the folder lies on a network file system, by the text of /proc/self/mountinfo; else empty."""
    best = ("", "")
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        parts, kind = before.split(), after.split()
        if len(parts) < 5 or not kind:
            continue
        point = parts[4].replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, kind[0])
    if not best[1].startswith(_NETWORK):
        return ""
    return f"{folder} lies on {best[1]}, a network file system: use it from one machine at a time."
