"""The output that a supervisor keeps, read by its place in the whole: what gave way is counted, never made up."""

from __future__ import annotations

from pathlib import Path

HEAD, TAIL = 32 << 20, 32 << 20
"""Bytes that are kept of the beginning, and of what comes last."""
PIECE = 1 << 16
BEHIND = 4 << 20
"""A reader that is so many bytes behind goes on with the last of them."""
CLOSE = 1 << 20
"""With so many."""


class Spooled:
    """Reads one command's output from its beginning."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.at = 0
        """The place in the whole output of what is read next."""
        self.passed = 0
        """How many bytes were passed over since this was last set to 0."""

    def _parts(self) -> list[tuple[int, Path]]:
        return sorted((int(path.suffix[1:]), path) for path in self._folder.glob("out.*"))

    def size(self) -> int:
        """How much was written so far, also what gave way."""
        parts = self._parts()
        return parts[-1][0] + _size(parts[-1][1]) if parts else 0

    def skip(self, end: int, behind: int = BEHIND, close: int = CLOSE) -> None:
        """Pass over what nobody can read as quickly as it comes."""
        if end - self.at > behind:
            self.passed += end - close - self.at
            self.at = end - close

    def read(self, end: int) -> bytes:
        """The next piece that is still there, up to the place `end`; empty when there is none yet."""
        if self.at >= end:
            return b""
        parts = self._parts()
        for (start, path), following in zip(parts, [*(s for s, _ in parts[1:]), end], strict=True):
            if self.at < start:  # what stood between gave way
                self.passed += start - self.at
                self.at = start
            if start <= self.at < min(following, start + _size(path)):
                return self._piece(path, start, end)
        return b""

    def _piece(self, path: Path, start: int, end: int) -> bytes:
        try:
            with path.open("rb") as part:
                part.seek(self.at - start)
                piece = part.read(min(PIECE, end - self.at))
        except FileNotFoundError:
            return b""  # it gave way just now
        self.at += len(piece)
        return piece


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
