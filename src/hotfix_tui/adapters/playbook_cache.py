"""Playbooks that were read and found sound, kept as JSON in the data folder (docs/adr/0004-playbook-cache.md).

It is a cache and nothing else: whatever is wrong with it, the source is read again and nobody is told. What lies
there counts only where it is ours, nobody else could have written it, and it is whole: its first line is a digest
over its name and all the rest. Its name is made from the source, the code that reads it, and the known names.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from hotfix_tui import __version__
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.playbook.kept import from_json, to_json
from hotfix_tui.loading import Names, read
from hotfix_tui.loading.terms import SCHEMA

FOLDER = "cache"
MOST = 64
"""How many files are kept; the oldest go first."""
LARGEST = 4 * 1024 * 1024
"""The largest file that is believed or written, in bytes: many times what the largest playbook makes."""
_OTHERS_WRITE = 0o022
_PACKAGE = Path(__file__).resolve().parents[1]
_READERS = ("loading", "domain", "domain/playbook")
"""The folders whose code decides what a text becomes."""


class PlaybookCache:
    """Reads playbooks, each text but once. Safe to use from any thread and any number of processes."""

    def __init__(self, data_dir: Path, names: Names | None = None) -> None:
        """Keep the files in a folder of `data_dir`, where that exists; `names` are as in `loading.read`."""
        self._data = data_dir
        self._folder = data_dir / FOLDER
        self._names = names

    def read(self, text: str | bytes, name: str) -> Playbook:
        """The playbook that `text` describes; `name` is the file's name in messages. Raises: PlaybookErrors."""
        key = _key(text, self._names)
        playbook = self._kept(key)
        if playbook is None:
            playbook = read(text, name, self._names)
            self._keep(key, playbook)
        return playbook

    def _kept(self, key: str) -> Playbook | None:
        try:
            with _opened(self._folder) as folder:
                raw = _content(folder, key)
            digest, _, payload = raw.partition(b"\n")
            return from_json(payload) if digest == _digest(key, payload) else None
        except (OSError, ValueError):
            return None

    def _keep(self, key: str, playbook: Playbook) -> None:
        try:
            if not self._data.is_absolute() or self._data.stat().st_uid != os.geteuid():
                return
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with _opened(self._folder) as folder:
                payload = to_json(playbook)
                _put(folder, key, _digest(key, payload) + b"\n" + payload)
                _drop_the_oldest(folder)
        except (OSError, ValueError):
            return


def _key(text: str | bytes, names: Names | None) -> str:
    """The name of the file for this text, read by this very code with these names."""
    source = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    held = repr((__version__, SCHEMA, names, _code())).encode()
    return hashlib.sha256(hashlib.sha256(held).digest() + source).hexdigest()


@lru_cache(maxsize=1)
def _code() -> tuple[object, ...]:
    """What tells this code from another state of it under the same version, as a working copy has many."""
    try:
        files = [file for folder in _READERS for file in os.scandir(_PACKAGE / folder) if file.is_file()]
        states = sorted((file.path, file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    except OSError:  # a package in an archive: no working copy
        states = []
    return (sys.version, *states)


def _digest(key: str, payload: bytes) -> bytes:
    return hashlib.sha256(key.encode() + payload).hexdigest().encode()


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The folder, whose files nobody else can have put there. Raises: OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _must_be_ours(handle)
        yield handle
    finally:
        os.close(handle)


def _must_be_ours(handle: int) -> None:
    found = os.fstat(handle)
    if found.st_uid != os.geteuid() or found.st_mode & _OTHERS_WRITE:
        raise PermissionError("others can write it")


def _content(folder: int, name: str) -> bytes:
    """The bytes of a regular file of ours; a digest tells whether these are all. Raises: OSError."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, dir_fd=folder), "rb") as file:
        _must_be_ours(file.fileno())
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise IsADirectoryError("it is no regular file")
        return file.read(LARGEST)


def _put(folder: int, name: str, raw: bytes) -> None:
    """Write the file whole or not at all. It is not made durable: a torn one is known by its digest. Raises: OSError."""
    if len(raw) > LARGEST:
        return
    temporary = f".{name[:16]}.{os.urandom(4).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(temporary, flags, 0o600, dir_fd=folder), "wb") as file:
            file.write(raw)
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise


def _drop_the_oldest(folder: int) -> None:
    """At most `MOST` files stay, whatever they are. Raises: OSError."""
    names = os.listdir(folder)
    if len(names) <= MOST:
        return
    ages = {name: os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime_ns for name in names}
    for name in sorted(names, key=ages.__getitem__)[: len(names) - MOST]:
        os.unlink(name, dir_fd=folder)
