"""The last net under all text: no control character reaches the terminal from any widget (RELIABILITY.md §0 item 2)."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ControlFilter(LineFilter):
    """Removes what is left of control characters; text that went through `plain` has none."""

    caught = 0
    """How many segments had some: 0 on any screen whose text was cleaned."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control characters; the same list when there were none."""
        if not any(_CONTROL.search(text) for text, _, control in segments if not control):
            return segments
        type(self).caught += 1
        return [
            segment if segment.control else Segment(_CONTROL.sub("", segment.text), segment.style)
            for segment in segments
        ]


_ASCII = str.maketrans(
    {
        "…": "~",
        "·": "-",
        "▲": "!",
        "⏎": "/",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "→": ">",
        "–": "-",
        "─": "-",
        "›": ">",
        "‹": "<",
    }
)


class AsciiFilter(LineFilter):
    """Draws only ASCII, each character as wide as before: for terminals and locales that have nothing else."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII; the same list when they were."""
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [
            segment if segment.control else Segment(_plain(segment.text), segment.style)
            for segment in segments
        ]


def _plain(text: str) -> str:
    known = text.translate(_ASCII)
    return known if known.isascii() else "".join(c if c.isascii() else "?" * cell_len(c) for c in known)
