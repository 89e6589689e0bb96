"""A log that a test writes line by line, without a file."""

from __future__ import annotations

from collections.abc import Iterable

KEPT, BATCH = 200, 2000
"""How many lines are shown at first, and the most that one look hands on."""


class FakeLog:
    """A LogSource over what `write` was given."""

    def __init__(self, name: str = "app.log", text: str = "") -> None:
        """Begin as a file does that holds `text` already."""
        self.name = name
        *whole, self._rest = text.split("\n")
        self._lines = whole[-KEPT:]
        self._closed = False

    def write(self, text: str) -> None:
        """Add text, as an application would."""
        *whole, self._rest = (self._rest + text).split("\n")
        self._lines += whole

    def write_lines(self, lines: Iterable[str]) -> None:
        """Add whole lines."""
        self.write("".join(f"{line}\n" for line in lines))

    def poll(self) -> tuple[str, ...]:
        """What came since the last look."""
        lines, self._lines = self._lines, []
        if self._closed:
            return ()
        skipped = len(lines) - BATCH
        if skipped > 0:
            return (f"… {skipped} lines skipped in view, kept in file", *lines[skipped:])
        return tuple(lines)

    def close(self) -> None:
        """Nothing comes any more."""
        self._closed = True
