"""Where an imported playbook lies: in the repository or in the user's configuration, with what the import wrote beside it."""

from __future__ import annotations

import os
from pathlib import Path

from hotfix_tui.adapters.configuration import work_tree
from hotfix_tui.adapters.documents import read_document
from hotfix_tui.adapters.files import write_text
from hotfix_tui.adapters.playbook_folders import read_text
from hotfix_tui.adapters.starting_file import usual_place
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.service.imports import base_of

USER = "playbooks"
"""The folder of the user's own playbooks, in the configuration folder."""


_FOLDERS = ("", "docs", "doc", ".github", "documentation", "runbooks", "playbooks", "docs/runbooks")
"""Where documents are looked for, seen from the top of the work tree."""
_LIKELY = ("hotfix", "playbook", "incident", "emergency", "runbook", "rollback", "release")
"""Words in a file's name, the likeliest first."""
_MOST = 50


class ImportFiles:
    """The files of an import: an ImportShelf."""

    def __init__(self, folder: Path, config: Path) -> None:
        """Seen from `folder`; `config` is the user's configuration folder."""
        self._folder = folder
        self._config = config

    def documents(self) -> tuple[str, ...]:
        """Markdown files of this place that may be a playbook, the likeliest first; seen from where hotfix was started."""
        root = work_tree(self._folder) or self._folder
        found = [path for folder in _FOLDERS for path in _markdown(root / folder)]
        found.sort(key=lambda path: (_rank(path), str(path)))
        return tuple(os.path.relpath(path, self._folder) for path in found[:_MOST])

    def document(self, file: str) -> bytes:
        """The document's bytes; "-" is standard input. Raises: PortFailure."""
        return read_document(self._folder, file)

    def place(self, out: str, id: str, *, own: bool) -> Path:
        """Where the playbook goes: to `out`, else to the repository's usual place, else to the user's playbooks.

        `own` wants the user's playbooks; there it is named by its id. Raises: PortFailure.
        """
        if out:
            return self._folder / Path(out).expanduser()
        if own or work_tree(self._folder) is None:
            return self._own(id)
        return usual_place(self._folder)

    def _own(self, id: str) -> Path:
        folder = self._config / USER
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise PortFailure(
                "Writing", f"{folder} cannot be made: {reason}.", "Name a file with -o."
            ) from error
        return folder / f"{id}.toml"

    def lying(self, playbook: Path) -> tuple[str, str] | None:
        """The playbook that lies there and what the last import wrote; None where there is none.

        Raises: PortFailure when it cannot be read.
        """
        if not playbook.is_symlink() and not playbook.exists():
            return None
        base = base_of(playbook)
        known = base.is_file() and not base.is_symlink()
        return _decoded(playbook), _decoded(base) if known else ""

    def put(self, playbook: Path, text: str, base: str, *, replace: bool) -> None:
        """Write the playbook, then what the import wrote beside it. Raises: PortFailure.

        Where only the first is written, the next import asks for what is there already: nothing is lost by it.
        """
        write_text(playbook, text, replace)
        write_text(base_of(playbook), base, replace=True)


def _markdown(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(path for path in folder.iterdir() if path.suffix.lower() in (".md", ".markdown"))
    except OSError:
        return ()


def _rank(path: Path) -> int:
    name = path.name.lower()
    return next((n for n, word in enumerate(_LIKELY) if word in name), len(_LIKELY))


def _decoded(path: Path) -> str:
    try:
        return read_text(path, str(path)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PortFailure("Playbook", f"{path} is no UTF-8 text.", "Give another name with -o.") from error
