"""Untrusted text made safe to show: nothing that a terminal obeys, nothing that hides (RELIABILITY.md D.4)."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

TITLE, NAME, LINE, MESSAGE = 200, 100, 4000, 20_000
"""The longest title, name, log line and message that is shown, in characters."""

_SEQUENCES = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]                                    # CSI
  | (?: \x1b\] | \x9d ) [^\x07\x1b\x9c]{0,4096} (?: \x07 | \x1b\\ | \x9c )?    # OSC
  | (?: \x1b[PX^_] | [\x90\x98\x9e\x9f] ) [^\x1b\x9c]{0,4096} (?: \x1b\\ | \x9c )?  # DCS, SOS, PM, APC
  | \x1b [ -/]* [0-~]                                                          # other escapes
    """,
    re.VERBOSE,
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_VARIATION = re.compile("[\ufe00-\ufe0f]")
"""Asks for another shape of the sign before it, of which no two terminals agree how wide it is."""
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARK}{{4}}){_MARK}+")
_SINGLE = (0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
_HIDDEN = {
    point: f"<U+{point:04X}>"
    for span in (
        *((p, p) for p in _SINGLE),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0xFFF9, 0xFFFB),
        (0x13430, 0x1343F),
        (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A),
        (0xE0000, 0xE007F),
    )
    for point in range(span[0], span[1] + 1)
}
"""Bidirectional controls, characters without a shape and tags: shown by their number."""


def clean(value: str | bytes, limit: int = LINE, *, multiline: bool = False) -> str:
    """The text with escape sequences removed and other hidden characters made visible, at most `limit` characters."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    too_long = len(text) > limit * 4
    text = text[: limit * 4].encode("utf-8", "replace").decode("utf-8")
    text = _SEQUENCES.sub("", text).replace("\r\n", "\n")
    text = text.expandtabs(4) if multiline else text.replace("\t", " ").replace("\n", "⏎")
    text = _VARIATION.sub("", _CONTROL.sub(_visible, text).translate(_HIDDEN))
    text = _PILE.sub(r"\1", text)
    return text[: limit - 1] + "…" if too_long or len(text) > limit else text


def _visible(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"<{point:02X}>"


def one_line(text: str, limit: int = TITLE) -> str:
    """Somebody's text as one clean line; a line end that was pasted along is not shown as a mark."""
    return clean(text.strip(), limit).strip()


def visible_argv(argv: Sequence[str]) -> str:
    """The command exactly as it runs, quoted as a shell would need it, with hidden characters visible."""
    return " ".join(clean(_CONTROL.sub(_visible, shlex.quote(part)), MESSAGE) for part in argv)
