"""Bytes that come in pieces, cut into lines in bounded memory: no piece, and no line, can be too long for it."""

from __future__ import annotations

LIMIT = 4000
"""The longest line that is shown, in characters; what is longer ends in "…"."""
_MOST = LIMIT * 4
"""The bytes that this many characters have at most."""


class LineCutter:
    """Takes pieces and hands on the lines that are whole, as bytes for `shown`."""

    def __init__(self) -> None:
        self._rest = b""
        self._passing = False
        self._told = False

    def feed(self, piece: bytes) -> list[bytes]:
        """The lines that this piece ends."""
        *whole, rest = piece.split(b"\n")
        lines: list[bytes] = []
        if whole:
            lines = self._end(whole[0]) + whole[1:]
        self._rest += b"" if self._passing else rest
        self._rest = _last_state(self._rest.lstrip(b"\0"))
        if len(self._rest) > _MOST:
            lines += self.rest()
            self._passing = True  # the end of this line is passed over
        return lines

    def _end(self, part: bytes) -> list[bytes]:
        """The line that `part` ends, unless all of it was handed on already."""
        line, over = self._rest + part, self._passing or (self._told and not part.strip(b"\r"))
        self._rest, self._passing, self._told = b"", False, False
        return [] if over else [line]

    @property
    def holds(self) -> bool:
        """Whether a line has begun and not ended."""
        return bool(self._rest)

    def rest(self) -> list[bytes]:
        """What has come of a line whose end did not; it is not handed on again."""
        rest, self._rest = self._rest, b""
        self._told = self._told or bool(rest)
        return [rest] if rest else []


def _last_state(line: bytes) -> bytes:
    """What a terminal would show of the line: a carriage return writes over what stood before."""
    at = line.rstrip(b"\r").rfind(b"\r")
    return line[at + 1 :]


def shown(line: bytes) -> str:
    """The line as text: invalid UTF-8 replaced, the zeros of a hole left out, cut at `LIMIT` characters."""
    last = _last_state(line).rstrip(b"\r").lstrip(b"\0")
    text = last[:_MOST].decode("utf-8", "replace")
    return text if len(text) <= LIMIT and len(last) <= _MOST else text[: LIMIT - 1] + "…"
