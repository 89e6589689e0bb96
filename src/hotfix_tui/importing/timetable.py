"""Tables that give each step its time, and which phase each row is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import plain
from hotfix_tui.importing.levels import level_of

TOTAL = re.compile(
    r"(?i)^\W*(?:total|gesamt|итого|всего|toplam|合计|总计|合計|합계|summe|totale|całość|łącznie)"
)
_MOST = re.compile(r"(?i)max|limit|deadline|höchst|limite|máx|предел|макс|azami|最大|上限|최대")


def aligned(rows: Sequence[str], names: Sequence[str]) -> dict[int, int]:
    """Which phase each row of a table is about: the rows go through the phases in order."""
    pairs: dict[int, int] = {}
    at = 0
    for n, row in enumerate(rows):
        likely = [(_likeness(row, names[m]), -m) for m in range(at, len(names))]
        best = max(likely, default=(0.0, 0))
        if best[0] >= 0.5:
            first = next(m for m in range(at, len(names)) if _likeness(row, names[m]) >= 0.5 * best[0])
            pairs[n] = first
            at = first + 1
    for n in range(1, len(rows) - 1):
        if n not in pairs and n - 1 in pairs and n + 1 in pairs and pairs[n + 1] - pairs[n - 1] == 2:
            pairs[n] = pairs[n - 1] + 1
    return pairs if len(pairs) * 2 >= len(rows) else {}


def _likeness(one: str, other: str) -> float:
    """The part of the shorter one's words that the other has, their beginnings compared."""
    own, theirs = _content(one), _content(other)
    if not own or not theirs:
        return 0.0
    shared = sum(any(a[:5] == b[:5] or (len(a) > 3 and b.startswith(a)) for b in theirs) for a in own)
    return shared / min(len(own), len(theirs)) if shared else 0.0


def _content(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", plain(text).casefold())) - {
        "and",
        "the",
        "und",
        "et",
        "of",
        "to",
        "hotfix",
    }


def time_tables(document: Document) -> Iterator[list[tuple[str, int | None, int | None, int]]]:
    """Tables whose rows are steps and whose columns are times: name, target, maximum, line."""
    for section, top in document.everything():
        for block in top.walk():
            if block.kind != "table" or len(block.rows) < 3 or len(block.rows[0]) < 2:
                continue
            head = [plain(cell) for cell in block.rows[0]]
            if (
                words.about("severity", head[0])
                or words.about("severity", section.title)
                or words.about("contact", head[0])
            ):
                continue
            columns = [n for n in range(1, len(head)) if _timed_column(block, n)]
            if not columns or not (words.about("time", " ".join(head)) or words.about("time", section.title)):
                continue
            if sum(bool(level_of(row[0])) for row in block.rows[1:] if row) * 2 > len(block.rows) - 1:
                continue
            most = next((n for n in columns if _MOST.search(head[n])), None)
            target = next((n for n in columns if n != most), None)
            yield [
                (plain(row[0]), _upper(row, target), _upper(row, most), line)
                for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True)
            ]


def _timed_column(block: Block, n: int) -> bool:
    cells = [row[n] for row in block.rows[1:] if n < len(row)]
    timed = sum(times.minutes(plain(cell)) is not None for cell in cells)
    return timed * 3 >= len(cells) * 2 and timed >= 2


def _upper(row: Sequence[str], n: int | None) -> int | None:
    found = times.minutes(plain(row[n])) if n is not None and n < len(row) else None
    return found[1] if found else None
