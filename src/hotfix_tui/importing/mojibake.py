"""Text that was decoded once too often gets its characters back: `‚Üí` is → read as Mac Roman, `Ã©` is é as cp1252."""

from __future__ import annotations

import re
from collections.abc import Callable

_RUN = re.compile("[^\x00-\x7f]{2,}")
_MAC = {chr_: byte for byte in range(128, 256) for chr_ in bytes([byte]).decode("mac_roman")}


def _windows() -> dict[str, int]:
    """cp1252, where the five bytes that it leaves undefined stand for themselves, as in most programs."""
    known = {chr(byte): byte for byte in range(0x80, 0xA0)}
    known |= {chr(byte): byte for byte in range(0xA0, 0x100)}
    for byte in range(0x80, 0xA0):
        try:
            known[bytes([byte]).decode("cp1252")] = byte
        except UnicodeDecodeError:
            continue
    return known


def _page(name: str) -> dict[str, int]:
    known = {}
    for byte in range(0x80, 0x100):
        try:
            known[bytes([byte]).decode(name)] = byte
        except UnicodeDecodeError:
            known[chr(byte)] = byte
    return known


_LATIN: tuple[dict[str, int], ...] = (_MAC, _windows())
"""Encodings that whole words are mended from."""
_SIGNS_ONLY: tuple[dict[str, int], ...] = tuple(
    _page(name) for name in ("cp1254", "cp437", "cp850", "cp1251", "cp1250")
)
"""Encodings that only signs are mended from: `ğŸš¨`, `Γ£à` and `рџљЁ` are 🚨 and ✅; letters of theirs may be meant."""
_SIGNS = ((0x2010, 0x2BFF), (0x3000, 0x303F), (0xFE00, 0xFE0F), (0x1F000, 0x1FAFF))
"""Punctuation, arrows, boxes, signs and emoji: what documents have singly."""
_LETTERS = ((0x00A0, 0x017F),)
_LEADS = "ÃÂÅÄ√¬≈ƒ"
"""What the first byte of a Latin letter looks like in both tables."""
_SCRIPTS = (
    (0x0370, 0x03FF),
    (0x0400, 0x04FF),
    (0x0600, 0x06FF),
    (0x0900, 0x0DFF),
    (0x3040, 0x9FFF),
    (0xAC00, 0xD7AF),
)


def mend(line: str) -> tuple[str, int]:
    """The line with the broken runs mended, and how many there were."""
    if line.isascii():
        return line, 0
    count = 0

    def put(match: re.Match[str]) -> str:
        nonlocal count
        for table in (*_LATIN, *_SIGNS_ONLY):
            better = _again(match.group(), table)
            if better is not None and (table in _LATIN or all(map(_within(_SIGNS), better))):
                count += 1
                return better
        return match.group()

    return _RUN.sub(put, line), count


def _again(run: str, table: dict[str, int]) -> str | None:
    """The run decoded as it should have been; None where that gives nothing that a person would write."""
    if not all(char in table for char in run):
        return None
    try:
        text = bytes(table[char] for char in run).decode()
    except UnicodeDecodeError:
        return None
    return text if _likely(text, run) else None


def _likely(text: str, run: str) -> bool:
    if len(text) >= len(run):
        return False
    if all(_within(_SIGNS)(char) or _within(_LETTERS)(char) for char in text):
        return any(_within(_SIGNS)(char) for char in text) or run[0] in _LEADS
    return len(text) >= 2 and any(all(map(_within((script,)), text)) for script in _SCRIPTS)


def _within(ranges: tuple[tuple[int, int], ...]) -> Callable[[str], bool]:
    return lambda char: any(low <= ord(char) <= high for low, high in ranges)
