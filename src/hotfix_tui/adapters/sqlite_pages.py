"""The rows in the bytes of a database file, read page by page: no other page has to be whole for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Value = None | int | bytes | str
USUAL_PAGE = 4096
"""The page size in bytes of every file that we make."""
LARGEST_ROW = 500_000
"""No row of ours has more bytes; a longer one is damage."""
HEADER = b"SQLite format 3\x00"
"""How every SQLite file begins."""
_TABLE_LEAF, _INDEX_LEAF = 0x0D, 0x0A
_WHOLE_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial type to bytes."""


class Row(NamedTuple):
    """One row of some table."""

    number: int
    values: tuple[Value, ...]


def rows(data: bytes) -> Iterator[Row]:
    """Every row of any table that can be read; the reader must judge of which table it is, and whether it is whole."""
    size = _page_size(data)
    for page, cell in _cells(data, size, _TABLE_LEAF):
        try:
            length, at = _varint(page, cell)
            number, at = _varint(page, at)
            if length <= LARGEST_ROW:
                yield Row(number, tuple(_values(_payload(data, page, at, length, size))))
        except (IndexError, ValueError):
            continue


def index_entries(data: bytes) -> Iterator[tuple[Value, ...]]:
    """Every short entry of any index that can be read; an index may know of rows that are lost."""
    size = _page_size(data)
    for page, cell in _cells(data, size, _INDEX_LEAF):
        try:
            length, at = _varint(page, cell)
            yield tuple(_values(page[at : at + length]))
        except (IndexError, ValueError):
            continue


def _cells(data: bytes, size: int, kind: int) -> Iterator[tuple[bytes, int]]:
    """Each cell of the pages of one kind: its page, and where on it the cell begins."""
    for start in range(0, len(data), size):
        page = data[start : start + size]
        head = 100 if start == 0 else 0
        if page[head : head + 1] != bytes([kind]):
            continue
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        for place in range(head + 8, min(head + 8 + 2 * count, len(page) - 1), 2):
            yield page, int.from_bytes(page[place : place + 2], "big")


def _page_size(data: bytes) -> int:
    said = int.from_bytes(data[16:18], "big")
    said = 65536 if said == 1 else said
    sane = data.startswith(HEADER) and 512 <= said <= 65536 and said & (said - 1) == 0
    return said if sane else USUAL_PAGE


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises: IndexError."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _payload(data: bytes, page: bytes, at: int, length: int, size: int) -> bytes:
    """The row's bytes, those on overflow pages too. Raises: ValueError when some are missing."""
    local = length if length <= size - 35 else _local(length, size)
    parts = [page[at : at + local]]
    left = length - len(parts[0])
    following = int.from_bytes(page[at + local : at + local + 4], "big") if left else 0
    while left and following:
        overflow = data[(following - 1) * size : following * size]
        parts.append(overflow[4 : 4 + left])
        if not parts[-1]:
            break
        left -= len(parts[-1])
        following = int.from_bytes(overflow[:4], "big")
    if left:
        raise ValueError("the end of the row is missing")
    return b"".join(parts)


def _local(length: int, size: int) -> int:
    """How many bytes of a row that overflows are on its own page (SQLite's file format, 1.6)."""
    least = (size - 12) * 32 // 255 - 23
    kept = least + (length - least) % (size - 4)
    return kept if kept <= size - 35 else least


def _values(record: bytes) -> Iterator[Value]:
    """The columns. Raises: IndexError, ValueError (UnicodeDecodeError too)."""
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    at = end
    for kind in kinds:
        length = _WHOLE_NUMBERS.get(kind, 0) if kind < 12 else (kind - 12) // 2
        part = record[at : at + length]
        if len(part) < length or kind in {7, 10, 11}:
            raise ValueError("no column of ours")
        at += length
        yield _value(kind, part)


def _value(kind: int, part: bytes) -> Value:
    if kind >= 12:
        return part.decode() if kind % 2 else part
    return None if kind == 0 else kind - 8 if kind in {8, 9} else int.from_bytes(part, "big", signed=True)
