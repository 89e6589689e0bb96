"""Playbook files in folders: the repository's, then the user's, then the built-in ones; nearest wins."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading import PlaybookErrors, read
from hotfix_tui.loading.problems import hint
from hotfix_tui.loading.reader import LIMIT
from hotfix_tui.loading.sense import Names
from hotfix_tui.service.library import Entry, Loaded

BUILT_IN = Path(__file__).resolve().parents[1] / "playbooks"
"""The playbooks that come with hotfix."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    origin: str
    shown: str


class PlaybookFolders:
    """A Library over folders; a broken file is an entry with its problems and stops no other."""

    def __init__(self, repository: Path | None, user: Path, names: Names | None = None) -> None:
        """Look in `repository`/.hotfix, in `user`/playbooks and in the package."""
        self._repository = repository
        self._user = user
        self._names = names

    def entries(self) -> tuple[Entry, ...]:
        """Every playbook found, the nearest first."""
        return tuple(entry for entry, _ in self._all())

    def load(self, id: str = "") -> Loaded:
        """The nearest playbook with this id; without one the nearest that loads. Raises: Refused."""
        broken: list[str] = []
        known: list[str] = []
        for entry, loaded in self._all():
            if entry.id == id and entry.problems:
                raise Refused("\n".join(entry.problems))
            if loaded is not None and id in ("", entry.id):
                return loaded
            broken += entry.problems
            known.append(entry.id)
        if not id:
            raise Refused("\n".join(["No playbook can be loaded.", *broken]))
        raise Refused(f"There is no playbook “{id}”.{hint(id, known)} See: hotfix playbook list")

    def _all(self) -> Iterator[tuple[Entry, Loaded | None]]:
        seen: set[str] = set()
        for file in self._files():
            entry, loaded = self._entry(file)
            if entry.id in seen and not entry.problems:
                continue
            seen.add(entry.id)
            yield entry, loaded

    def _files(self) -> Iterator[_File]:
        if self._repository is not None:
            folder = self._repository / ".hotfix"
            for path in (folder / "playbook.toml", *_toml_in(folder / "playbooks")):
                if path.is_symlink() or path.exists():
                    yield _File(path, "repository", str(path.relative_to(self._repository)))
        for path in _toml_in(self._user / "playbooks"):
            yield _File(path, "user", str(path))
        for path in _toml_in(BUILT_IN):
            yield _File(path, "built-in", path.name)

    def _entry(self, file: _File) -> tuple[Entry, Loaded | None]:
        name = file.path.stem
        try:
            source = read_text(file.path, file.shown)
            playbook = read(source, file.shown, self._names)
        except PlaybookErrors as error:
            said = tuple(str(problem) for problem in error.problems)
            return Entry(name, "", file.origin, file.shown, said), None
        except PortFailure as error:
            return Entry(name, "", file.origin, file.shown, (f"{file.shown}: {error.message}",)), None
        entry = Entry(playbook.id, playbook.title, file.origin, file.shown)
        return entry, _loaded(playbook, source, entry)


def _loaded(playbook: Playbook, source: bytes, entry: Entry) -> Loaded:
    text = source.decode("utf-8-sig")
    return Loaded(playbook, text, hashlib.sha256(text.encode()).hexdigest(), entry)


def _toml_in(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".toml"))
    except OSError:
        return ()


def read_text(path: Path, shown: str) -> bytes:
    """The bytes of a regular file of at most 256 kB; no symbolic link is followed. Raises: PortFailure."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        reason = "it is a symbolic link" if path.is_symlink() else (error.strerror or str(error)).lower()
        raise PortFailure(
            "Playbook", f"{shown} cannot be read: {reason}.", "Put a regular file there."
        ) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PortFailure("Playbook", f"{shown} is no regular file.", "Put a regular file there.")
        return file.read(LIMIT + 1)
