"""The files of a work tree: read and written whole, inside it only, and never through a link (RELIABILITY.md D.3)."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path, PurePosixPath

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean

LARGEST = 5_000_000
"""The most bytes of a file that is read."""
NEW = 0o644
"""The mode of a new file: the tree's files are the team's, and not only their user's."""


@record(frozen=True, slots=True)
class FileTree:
    """The files below `root`."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None when there is no such file. Raises: PortFailure."""
        place = self._place(path)
        try:
            with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise PortFailure("Reading", f"{clean(path)} is no file.")
                data = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed("read", path, error) from error
        if len(data) > LARGEST:
            raise PortFailure("Reading", f"{clean(path)} is larger than {LARGEST // 1_000_000} MB.")
        return data

    def write(self, path: str, data: bytes) -> None:
        """Write the file whole or not at all; an existing one keeps its mode. Raises: PortFailure."""
        place = self._place(path)
        temporary = ""
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else NEW
            handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".hotfix-")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            Path(temporary).replace(place)
            temporary = ""
        except OSError as error:
            raise _failed("written", path, error) from error
        finally:
            if temporary:
                Path(temporary).unlink(missing_ok=True)

    def remove(self, path: str) -> None:
        """Take the file away; nothing happens when there is none. Raises: PortFailure."""
        try:
            self._place(path).unlink(missing_ok=True)
        except OSError as error:
            raise _failed("removed", path, error) from error

    def _place(self, path: str) -> Path:
        """Where the path leads. Raises: PortFailure when that is not inside the tree, or a link is on the way."""
        parts = PurePosixPath(path).parts
        if (
            not parts
            or PurePosixPath(path).is_absolute()
            or ".." in parts
            or parts[0] == ".git"
            or "\0" in path
        ):
            raise PortFailure("Files", f"“{clean(path)}” is no path inside the repository.")
        place = self.root
        for part in parts:
            place = place / part
            if place.is_symlink():
                raise PortFailure(
                    "Files",
                    f"{clean(path)} is reached through a link.",
                    "Change the file that it names by hand.",
                )
        return place


def _failed(what: str, path: str, error: OSError) -> PortFailure:
    reason = (error.strerror or str(error)).lower()
    return PortFailure(
        "Files", f"{clean(path)} cannot be {what}: {reason}.", "Look at its rights and the disk."
    )
