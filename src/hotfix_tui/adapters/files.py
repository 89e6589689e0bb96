"""Writes a file whole or not at all, and never over another one unless told to (RELIABILITY.md D.3, row 76)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure


def write_text(path: Path, text: str, replace: bool) -> None:  # noqa: FBT001  (the port's signature)
    """Write `text` as UTF-8 to `path`, durable once this returns.

    Raises: PortFailure when the file exists and `replace` is not set, is a folder, or cannot be written.
    """
    target = path.expanduser()
    if target.is_dir():
        raise PortFailure("Writing", f"{target} is a folder.", "Give the name of a file.")
    if not replace and (target.exists() or target.is_symlink()):
        raise PortFailure(
            "Writing", f"{target} exists and was left as it is.", "Use --force, or another name."
        )
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        _put(Path(temporary), target, replace=replace)
        temporary = ""
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
    except FileExistsError as error:
        raise PortFailure(
            "Writing", f"{target} exists and was left as it is.", "Use --force, or another name."
        ) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PortFailure(
            "Writing", f"{target} cannot be written: {reason}.", "Give another folder with -o."
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _put(temporary: Path, target: Path, *, replace: bool) -> None:
    """Give the finished file its name in one step; `link` fails where another file came first."""
    if replace:
        temporary.replace(target)
    else:
        os.link(temporary, target)
        temporary.unlink()
