"""HTML in a document: headings, summaries and tables are read as what they stand for; all other tags stay text."""

from __future__ import annotations

import html
import re

_HEADING = re.compile(r"^\s{0,3}<h(?P<level>[1-6])\b[^<>]*>(?P<text>.*?)</h(?P=level)>\s*$", re.IGNORECASE)
_SUMMARY = re.compile(
    r"^\s{0,3}(?:<details\b[^<>]*>\s*)?<summary\b[^<>]*>(?P<text>.*?)</summary>\s*$", re.IGNORECASE
)
_FOLD = re.compile(r"^\s{0,3}</?details\b[^<>]*>\s*$", re.IGNORECASE)
_INNER = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_CELLS = re.compile(
    r"<(?:(?P<row>tr)|t[dh])\b[^<>]{0,300}>(?P<text>(?:[^<]|<(?!/?t(?:[dhr]|body|able)\b))*)", re.IGNORECASE
)


def unfolded(line: str) -> str:
    """A line in markdown's own words: an HTML heading, what a fold is called, and nothing for the fold itself."""
    if "<" not in line:
        return line
    heading = _HEADING.match(line)
    if heading:
        return f"{'#' * int(heading['level'])} {_INNER.sub('', heading['text']).strip()}"
    summary = _SUMMARY.match(line)
    if summary:
        text = _INNER.sub("", summary["text"]).strip(" *_")
        return f"**{text}**" if text else ""
    return "" if _FOLD.match(line) else line


def table(source: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]] | None:
    """The rows of an HTML table's cells and each row's line, from 0; None where there is none of two rows.

    Read by its marks alone: html.parser takes minutes for a few kilobytes that were written to hold it up.
    """
    rows: list[tuple[list[str], int]] = []
    for found in _CELLS.finditer(source):
        if found["row"]:
            rows.append(([], source.count("\n", 0, found.start())))
        elif rows:
            rows[-1][0].append(" ".join(html.unescape(_INNER.sub(" ", found["text"])).split()))
    full = [(tuple(cells), line) for cells, line in rows if cells]
    if len(full) < LEAST_ROWS:
        return None
    return tuple(cells for cells, _ in full), tuple(line for _, line in full)


LEAST_ROWS = 2
"""A head and something below it."""
