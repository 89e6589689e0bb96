"""TOML text with its strings and comments blanked out: what is left is structure, at the same offsets."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r'''
    """ (?: [^"\\] | \\. | "(?!"") )*+ (?: "{3,5} | \\?\Z )
  | \'\'\' (?: [^'] | '(?!'') )*+ (?: '{3,5} | \Z )
  | " (?: [^"\\\n] | \\[^\n] )*+ "?
  | ' [^'\n]*+ '?
  | \# [^\n]*+
    ''',
    re.VERBOSE | re.DOTALL,
)
"""A string, closed or not, or a comment; possessive, so that no text makes it slow (RELIABILITY.md row 52)."""
_CUT = re.compile(r"[\n,={}\[\]]+")
_BRACKET = re.compile(r"[\[\]{}]")
_FILLER = re.compile(r"[^\n]")


def blanked(text: str) -> str:
    """The text with `_` for all that stands in strings and a space for comments; as long as before, line for line."""
    return _TOKEN.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    token = match[0]
    if token[0] == "#":
        return " " * len(token)
    return _FILLER.sub("_", token) if "\n" in token else "_" * len(token)


def open_string(text: str) -> int:
    """The offset of the last string of the text: where the one begins that is never closed."""
    return max((token.start() for token in _TOKEN.finditer(text) if token[0][0] != "#"), default=0)


def longest_key(bare: str) -> tuple[int, int]:
    """The most dots in one key of a blanked text, and the offset where that key begins."""
    most, offset, start = 0, 0, 0
    for cut in _CUT.finditer(bare):
        dots = bare.count(".", start, cut.start())
        if dots > most:
            most, offset = dots, start
        start = cut.end()
    dots = bare.count(".", start)
    return (dots, start) if dots > most else (most, offset)


def deepest(bare: str, limit: int) -> int:
    """The offset where brackets of a blanked text first nest deeper than `limit`; -1 where they never do."""
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > limit:
            return bracket.start()
    return -1


def line_at(text: str, offset: int) -> int:
    """The line, from 1, on which the offset stands."""
    return text.count("\n", 0, offset) + 1
