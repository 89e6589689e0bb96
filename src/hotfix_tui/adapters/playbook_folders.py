"""Playbook files in folders: the repository's, then the user's, then the built-in ones; nearest wins."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.loading import PlaybookErrors, read
from hotfix_tui.loading.problems import hint
from hotfix_tui.loading.terms import LIMIT
from hotfix_tui.service.library import Entry, Loaded

BUILT_IN = Path(__file__).resolve().parents[1] / "playbooks"
"""The playbooks that come with hotfix."""
DEFAULT = "crates-cli"
"""The built-in one that holds where nobody chose: it stands first of them, the others in the order of names."""
Read = Callable[[bytes, str], Playbook]
"""Makes a playbook of a file's bytes; the other is its name in messages. Raises: PlaybookErrors."""


@record(frozen=True, slots=True)
class _File:
    path: Path
    origin: str
    shown: str
    refusal: str = ""
    """Why it is not even opened; empty when it is."""


class PlaybookFolders:
    """A Library over folders; a broken file is an entry with its problems and stops no other."""

    def __init__(self, repository: Path | None, user: Path, read: Read = read) -> None:
        """Look in `repository`/.hotfix, in `user`/playbooks and in the package."""
        self._repository = repository
        self._user = user
        self._read = read

    def entries(self) -> tuple[Entry, ...]:
        """Every playbook found, the nearest first."""
        return tuple(entry for entry, _ in self._all())

    def load(self, id: str = "") -> Loaded:
        """The nearest playbook with this id, or the one in the file of this path; without one the nearest that loads.

        Raises: Refused; PortFailure when the file cannot be read.
        """
        if is_path(id):
            return load_file(Path(id).expanduser(), id, self._read)
        broken: list[Entry] = []
        known: list[str] = []
        for entry, loaded in self._all():
            if entry.id == id and entry.problems:
                raise Refused("\n".join(entry.problems))
            if loaded is not None and id in ("", entry.id):
                return loaded if id else replace(loaded, passed_over=tuple(broken))
            broken += [entry] if entry.problems else []
            known.append(entry.id)
        if not id:
            raise Refused(
                "\n".join(
                    ["No playbook can be loaded.", *(said for entry in broken for said in entry.problems)]
                )
            )
        raise Refused(f"There is no playbook “{id}”.{hint(id, known)} See: hotfix playbook list")

    def _all(self) -> Iterator[tuple[Entry, Loaded | None]]:
        """Every file; a sound one hides those of its id that are farther away, a broken one hides nothing."""
        seen: set[str] = set()
        for file in self._files():
            entry, loaded = self._entry(file)
            if loaded is not None and entry.id in seen:
                continue
            if loaded is not None:
                seen.add(entry.id)
            yield entry, loaded

    def own_digests(self) -> frozenset[str]:
        """The hashes of the built-in playbooks and of the user's own, read now.

        One that was imported is a stranger's text wherever it lies: it is trusted once somebody has seen its commands.
        """
        from hotfix_tui.service.imports import came_from  # late: asked only where something is about to run

        found = set()
        for file in self._own_files():
            try:
                text = read_text(file.path, file.shown).decode("utf-8-sig")
            except (PortFailure, UnicodeDecodeError):
                continue  # what cannot be read is nobody's playbook; `entries` tells why
            if not came_from(text):
                found.add(hashlib.sha256(text.encode()).hexdigest())
        return frozenset(found)

    def _files(self) -> Iterator[_File]:
        if self._repository is not None:
            yield from _repository_files(self._repository)
        yield from self._own_files()

    def _own_files(self) -> Iterator[_File]:
        for path in _toml_in(self._user / "playbooks"):
            yield _File(path, "user", str(path))
        for path in sorted(_toml_in(BUILT_IN), key=lambda path: path.stem != DEFAULT):
            yield _File(path, "built-in", path.name)

    def _entry(self, file: _File) -> tuple[Entry, Loaded | None]:
        name = file.path.stem
        try:
            if file.refusal:
                raise _unreadable(file.shown, file.refusal)
            source = read_text(file.path, file.shown)
            playbook = self._read(source, file.shown)
        except PlaybookErrors as error:
            said = tuple(str(problem) for problem in error.problems)
            return Entry(error.id or name, "", file.origin, file.shown, said), None
        except PortFailure as error:
            return Entry(name, "", file.origin, file.shown, (error.message,)), None
        text = source.decode("utf-8-sig")
        entry = Entry(playbook.id, playbook.title, file.origin, file.shown, source=text)
        return entry, _loaded(playbook, text, entry)


def _repository_files(root: Path) -> Iterator[_File]:
    """The repository's files; a folder that leads out of the repository is told, not entered (row 54)."""
    folder = root / ".hotfix"
    for inner in (folder, folder / "playbooks"):
        shown = str(inner.relative_to(root))
        if not Path(os.path.realpath(inner)).is_relative_to(os.path.realpath(root)):
            yield _File(inner, "repository", shown, "it leads out of the repository")
            return
        for path in _toml_in(inner) if inner != folder else (folder / "playbook.toml",):
            if path.is_symlink() or path.exists():
                yield _File(path, "repository", str(path.relative_to(root)))


def _loaded(playbook: Playbook, text: str, entry: Entry) -> Loaded:
    return Loaded(playbook, text, hashlib.sha256(text.encode()).hexdigest(), entry)


def is_path(word: str) -> bool:
    """Whether somebody named a file and not an id: ids have neither a slash nor a dot."""
    return "/" in word or word.endswith(".toml")


def load_file(path: Path, shown: str, read: Read = read) -> Loaded:
    """The playbook in this file, wherever it lies. Raises: PlaybookErrors; PortFailure."""
    source = read_text(path, shown)
    playbook = read(source, shown)
    text = source.decode("utf-8-sig")
    return _loaded(playbook, text, Entry(playbook.id, playbook.title, "file", shown, source=text))


def _toml_in(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".toml"))
    except OSError:
        return ()


def read_text(path: Path, shown: str) -> bytes:
    """The bytes of a regular file of at most 256 kB; no symbolic link is followed. Raises: PortFailure."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _unreadable(shown, "it is no regular file")
            return file.read(LIMIT + 1)
    except IsADirectoryError as error:
        raise _unreadable(shown, "it is no regular file") from error
    except OSError as error:
        reason = "it is a symbolic link" if path.is_symlink() else (error.strerror or str(error)).lower()
        raise _unreadable(shown, reason) from error


def _unreadable(shown: str, reason: str) -> PortFailure:
    name = clean(shown, TITLE)
    return PortFailure("Playbook", f"{name} cannot be read: {reason}.", "Put a regular file there.")
