"""Trusted hashes in the data folder: one private file each, named by the hash, so that two at once hinder nobody."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

from hotfix_tui.adapters.files import write_text
from hotfix_tui.adapters.sqlite_files import private_folder
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import TITLE, clean

FOLDER = "trust"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OTHERS_WRITE = 0o022


class TrustFiles:
    """A TrustStore; a file there counts only where it is ours, regular, and nobody else could have put it there."""

    def __init__(self, data_dir: Path) -> None:
        """Keep the files in a folder of `data_dir`, made when it is needed."""
        self._data = data_dir
        self._folder = data_dir / FOLDER

    def has(self, digest: str) -> bool:
        """Whether this hash is trusted."""
        if not _DIGEST.fullmatch(digest) or not self._data.is_absolute():
            return False
        return _ours(self._folder, stat.S_ISDIR) and _ours(self._folder / digest, stat.S_ISREG)

    def add(self, digest: str, about: str) -> None:
        """Trust this hash. Raises: PortFailure."""
        if not _DIGEST.fullmatch(digest) or not self._data.is_absolute():
            raise PortFailure(
                "Data folder",
                "there is no data folder to keep it in.",
                "Set HOTFIX_DATA_DIR to a folder of yours.",
            )
        private_folder(self._data)
        private_folder(self._folder)
        write_text(self._folder / digest, f"{clean(about, TITLE)}\n", replace=True)

    def remove(self, digest: str) -> bool:
        """Trust it no more. Raises: PortFailure."""
        if not _DIGEST.fullmatch(digest):
            return False
        try:
            (self._folder / digest).unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise PortFailure(
                "Data folder", f"{self._folder / digest} cannot be removed: {reason}.", "Remove it yourself."
            ) from error
        return True


def _ours(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether it is of this kind, no link, belongs to us, and others cannot write to it."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return kind(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE
