"""Follows a growing file by looking at it: through rotation, truncation and removal, in bounded memory (rows 41-44)."""

from __future__ import annotations

import os
import stat
from collections import deque
from pathlib import Path

from hotfix_tui.adapters.line_cutter import LineCutter, shown
from hotfix_tui.domain.errors import PortFailure

FIRST_LINES, FIRST_BYTES = 200, 65_536
"""How much of the end of the file is shown at first."""
BATCH = 2000
"""The most lines that one look hands on; what is more is passed over in view and stays in the file."""
READ_BYTES = 4 << 20
"""The most bytes that one look cuts into lines."""
COUNT_BYTES = 64 << 20
"""The most bytes that one look counts the lines of."""
BLOCK = 1 << 20
STALE = 4
"""After so many looks without news, a line without an end is shown as it is."""
PRINT = 64
"""How many bytes before our place are compared, to notice a file that was written anew."""

ROTATED, TRUNCATED = "── file rotated ──", "── file truncated ──"


class _Batch:
    """The lines of one look: the last ones, and how many came before them."""

    def __init__(self) -> None:
        self.lines: deque[str | bytes] = deque(maxlen=BATCH)
        self.skipped = 0
        self.uncounted = False

    def add(self, lines: list[bytes]) -> None:
        """Take in lines, the newest last."""
        self.skipped += max(len(self.lines) + len(lines) - BATCH, 0)
        self.lines.extend(lines)

    def mark(self, words: str) -> None:
        """Take in a line of our own."""
        self.skipped += len(self.lines) == BATCH
        self.lines.append(words)

    def told(self) -> tuple[str, ...]:
        """The lines as text, and first how many are not among them."""
        lines = (line if isinstance(line, str) else shown(line) for line in self.lines)
        if not self.skipped:
            return tuple(lines)
        more = "more than " if self.uncounted else ""
        return (f"… {more}{self.skipped} lines skipped in view, kept in file", *lines)


class FileTail:
    """A LogSource over one regular file; a file that is not there yet is waited for."""

    def __init__(self, path: Path) -> None:
        """Follow `path`. Raises: PortFailure when it is something that cannot be followed."""
        self._path = path
        self._handle = -1
        self._closed = False
        self._place = (0, 0)
        self._offset = 0
        self._print = b""
        self._cutter = LineCutter()
        self._quiet = 0
        self._missing = f"── waiting for {self.name} ──"
        self._back = f"── {self.name} is there ──"
        self._open(first=True)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def poll(self) -> tuple[str, ...]:
        """The whole lines that came since the last look; lines of our own tell of rotation and of what was passed over.

        Raises: PortFailure when the file cannot be read any more; the next look tries again.
        """
        if self._closed:
            return ()
        batch = _Batch()
        try:
            self._look(batch)
        except OSError as error:
            self._let_go()
            raise self._failure(error) from error
        return batch.told()

    def close(self) -> None:
        """Let go of the file; nothing comes any more."""
        self._closed = True
        self._let_go()

    def _let_go(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _failure(self, error: OSError) -> PortFailure:
        reason = (error.strerror or str(error)).lower()
        return PortFailure(
            "Log", f"{self._path} cannot be followed: {reason}.", "Give another file with --log."
        )

    # --- opening

    def _open(self, *, first: bool) -> None:
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise self._failure(error if isinstance(error, OSError) else OSError(str(error))) from error
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            os.close(handle)
            raise PortFailure("Log", f"{self._path} is no regular file.", "Give another file with --log.")
        self._handle = handle
        self._place = (found.st_dev, found.st_ino)
        self._begin(self._start(found.st_size) if first else 0)

    def _start(self, size: int) -> int:
        """Where the last lines begin."""
        offset = max(size - FIRST_BYTES, 0)
        block = os.pread(self._handle, FIRST_BYTES, offset)
        if offset:
            offset += block.find(b"\n") + 1
            block = block[block.find(b"\n") + 1 :]
        lines = block.split(b"\n")
        return offset + sum(len(line) + 1 for line in lines[: -FIRST_LINES - 1])

    def _begin(self, offset: int) -> None:
        """Go on at `offset`, with nothing begun."""
        self._offset, self._cutter, self._quiet = offset, LineCutter(), 0
        self._note_print()

    def _note_print(self) -> None:
        length = min(PRINT, self._offset)
        self._print = os.pread(self._handle, length, self._offset - length)

    # --- looking

    def _look(self, batch: _Batch) -> None:
        if self._handle < 0:
            self._wait(batch)
            return
        self._read(batch)
        moved = self._moved()
        if not moved:
            return
        self._read(batch)  # what came between the two looks
        batch.add(self._cutter.rest())
        self._let_go()
        if moved == "removed":
            self._missing, self._back = f"── file removed, waiting for {self.name} ──", ROTATED
            self._wait(batch)
        else:
            self._open(first=False)
            batch.mark(ROTATED)
            self._read(batch)

    def _wait(self, batch: _Batch) -> None:
        self._open(first=False)
        if self._handle >= 0:
            batch.mark(self._back)
            self._read(batch)
        elif self._missing:
            batch.mark(self._missing)
            self._missing = ""

    def _moved(self) -> str:
        """What became of the name: "rotated" when another file has it, "removed", or nothing.

        While the new file is empty, the old one may still be written to: it is left only with its last line.
        """
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return "removed"
        except (OSError, RuntimeError):
            return ""
        if (found.st_dev, found.st_ino) == self._place:
            return ""
        kept = os.fstat(self._handle).st_nlink > 0
        return "" if found.st_size == 0 and kept else "rotated"

    def _read(self, batch: _Batch) -> None:
        """Take in what is new."""
        if self._handle < 0:
            return
        size = os.fstat(self._handle).st_size
        if size < self._offset or not self._same_print():
            batch.add(self._cutter.rest())
            batch.mark(TRUNCATED)
            self._begin(0)
        if size - self._offset > READ_BYTES:
            self._pass_over(batch, size - READ_BYTES)
        before = self._offset
        while self._offset < size:
            block = os.pread(self._handle, min(BLOCK, size - self._offset), self._offset)
            if not block:
                break
            self._offset += len(block)
            batch.add(self._cutter.feed(block))
        self._note(batch, grown=self._offset > before)

    def _note(self, batch: _Batch, *, grown: bool) -> None:
        """Remember our place, and show a line that does not end although nothing comes."""
        if grown:
            self._quiet = 0
            self._note_print()
        elif self._cutter.holds:
            self._quiet += 1
            if self._quiet == STALE:
                batch.add(self._cutter.rest())

    def _same_print(self) -> bool:
        return os.pread(self._handle, len(self._print), self._offset - len(self._print)) == self._print

    def _pass_over(self, batch: _Batch, until: int) -> None:
        """Count the lines up to `until`, and go on after the next line end behind it."""
        batch.uncounted |= until - self._offset > COUNT_BYTES
        place = max(self._offset, until - COUNT_BYTES)
        while place < until and (block := os.pread(self._handle, min(BLOCK, until - place), place)):
            place += len(block)
            batch.skipped += block.count(b"\n")
        block = os.pread(self._handle, BLOCK, until)
        at = block.find(b"\n")
        batch.skipped += at >= 0
        self._begin(until + at + 1)
