"""Follows a growing file by looking at it: through rotation, truncation and removal, in bounded memory (rows 41-44)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure

FIRST_BYTES = 32_768
"""How much of the end of the file is shown at first."""
READ_BYTES = 1 << 20
"""The most that one look takes in; what is more is passed over in view and stays in the file."""
LINE_LIMIT = 4000
PARTIAL_LIMIT = 65_536


class FileTail:
    """A LogSource over one regular file; a file that is not there yet is waited for."""

    def __init__(self, path: Path) -> None:
        """Follow `path`. Raises: PortFailure when it is something that cannot be followed."""
        self._path = path
        self._handle = -1
        self._place = (0, 0)
        self._offset = 0
        self._partial = b""
        self._told_missing = False
        self._open(first=True)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def poll(self) -> tuple[str, ...]:
        """The whole lines that came since the last look; marker lines tell of rotation and of what was passed over."""
        if self._handle < 0:
            return self._wait()
        lines = self._read()
        moved = self._moved()
        if moved:
            lines += self._flush()
            self.close()
            if moved == "removed":
                self._told_missing = True
                return (*lines, f"── {self.name} was removed; waiting for it ──")
            self._open(first=False)
            return (*lines, f"── {self.name} was rotated ──", *self._read())
        return tuple(lines)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _wait(self) -> tuple[str, ...]:
        self._open(first=False)
        if self._handle >= 0:
            self._told_missing = False
            return (f"── {self.name} is there ──", *self._read())
        if self._told_missing:
            return ()
        self._told_missing = True
        return (f"── waiting for {self.name} ──",)

    def _open(self, *, first: bool) -> None:
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise PortFailure(
                "Log", f"{self._path} cannot be followed: {reason}.", "Give another file with --log."
            ) from error
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            os.close(handle)
            raise PortFailure("Log", f"{self._path} is no regular file.", "Give another file with --log.")
        self._handle = handle
        self._place = (found.st_dev, found.st_ino)
        self._partial = b""
        self._offset = max(found.st_size - FIRST_BYTES, 0) if first else 0
        if first and self._offset:
            self._skip_to_line()

    def _skip_to_line(self) -> None:
        """Begin after the next line end, so that no half line is shown."""
        block = os.pread(self._handle, FIRST_BYTES, self._offset)
        at = block.find(b"\n")
        self._offset += at + 1 if at >= 0 else 0

    def _moved(self) -> str:
        """What became of the name: "rotated" when another file has it, "removed", or nothing."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return "removed"
        except OSError:
            return ""
        return "rotated" if (found.st_dev, found.st_ino) != self._place else ""

    def _read(self) -> list[str]:
        size = os.fstat(self._handle).st_size
        lines: list[str] = []
        if size < self._offset:
            lines.append(f"── {self.name} was cut off ──")
            self._offset, self._partial = 0, b""
        if size - self._offset > READ_BYTES:
            passed = size - self._offset - READ_BYTES
            self._offset, self._partial = size - READ_BYTES, b""
            self._skip_to_line()
            lines.append(f"── {passed // 1024} kB passed over in view, kept in the file ──")
        while self._offset < size and (
            block := os.pread(self._handle, min(READ_BYTES, size - self._offset), self._offset)
        ):
            self._offset += len(block)
            lines += self._split(block)
        return lines

    def _split(self, block: bytes) -> list[str]:
        *whole, rest = (self._partial + block).split(b"\n")
        self._partial = rest
        lines = [_text(line) for line in whole]
        if len(rest) > PARTIAL_LIMIT:
            lines.append(_text(rest))
            self._partial = b""
        return lines

    def _flush(self) -> list[str]:
        rest, self._partial = self._partial, b""
        return [_text(rest)] if rest else []


def _text(line: bytes) -> str:
    """The line as text: what a carriage return overwrote is gone, what is too long is cut."""
    last = line.rstrip(b"\r").rsplit(b"\r", 1)[-1]
    text = last[: LINE_LIMIT * 4].decode("utf-8", "replace")
    return text if len(text) <= LINE_LIMIT else text[: LINE_LIMIT - 1] + "…"
