"""What the terminal sends, kept apart: keys go to Textual's parser, pasted text never does.

A paste that holds ESC would otherwise be read as keys, and one invalid byte would end the program
(RELIABILITY.md §0 items 6 and 7).
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
ESC = "\x1b"
PASTE_LIMIT = 1_000_000
"""The most characters of one paste that are kept."""
_TWO_KEYS = re.compile(r"\x1b(?=[^\x1b\[O\]P_^X])")
"""An esc that begins nothing a terminal sends by itself: no CSI, SS3, OSC, DCS, APC, PM or SOS."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class InputStream:
    """Bytes in, messages out; never raises for what the bytes hold."""

    def __init__(self, *, debug: bool = False) -> None:
        self._keys = XTermParser(debug)
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""
        self._paste: list[str] | None = None
        self._pasted = 0
        self._tail = ""

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that these bytes complete."""
        text = self._held + self._decoder.decode(data)
        self._held = ""
        while text:
            if self._paste is None:
                text = yield from self._outside(text)
            else:
                text = yield from self._inside(text)

    def tick(self, *, idle: bool) -> Iterator[Message]:
        """The messages that waiting completes: a lone ESC is a key when nothing followed it."""
        if self._held and idle:
            held, self._held = self._held, ""
            yield from self._feed(held) if held != ESC else (_escape(),)
        yield from self._keys.tick()

    def _feed(self, text: str) -> Iterator[Message]:
        """The keys in `text`; esc and the key typed right after it are the two keys that they were.

        No command has an alt key. Over a slow link both arrive at once and would be read as one, which nobody
        obeys: the dialog would stay, and the next key be done to the wrong thing.
        """
        first, *others = _TWO_KEYS.split(text)
        if first:
            yield from self._keys.feed(first)
        for other in others:
            yield _escape()
            yield from self._keys.feed(other)

    def _outside(self, text: str) -> Generator[Message, None, str]:
        keys, start, rest = text.partition(PASTE_START)
        if start:
            if keys:
                yield from self._feed(keys)
            self._paste, self._pasted, self._tail = [], 0, ""
            return rest
        held = _beginning(text, PASTE_START)
        self._held = text[len(text) - held :]
        if len(text) > held:
            yield from self._feed(text[: len(text) - held])
        return ""

    def _inside(self, text: str) -> Generator[Message, None, str]:
        assert self._paste is not None
        body, end, rest = (self._tail + text).partition(PASTE_END)
        if end:
            self._keep(body)
            whole = "".join(self._paste).replace("\r\n", "\n").replace("\r", "\n")
            self._paste, self._tail = None, ""
            yield events.Paste(_CONTROL.sub("", whole))
            return rest
        held = _beginning(body, PASTE_END)
        self._tail = body[len(body) - held :]
        self._keep(body[: len(body) - held])
        return ""

    def _keep(self, text: str) -> None:
        """Keep what fits; the rest of a too long paste is let go."""
        assert self._paste is not None
        room = PASTE_LIMIT - self._pasted
        if room > 0:
            self._paste.append(text[:room])
            self._pasted += len(text[:room])


def _beginning(text: str, mark: str) -> int:
    """How many characters at the end of `text` could be the beginning of `mark`."""
    return next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)


def _escape() -> Message:
    return events.Key("escape", ESC)
