"""What the parser says about a text that is no TOML, in words for somebody who does not know the parser."""

from __future__ import annotations

import re

from hotfix_tui.loading.lines import said_twice
from hotfix_tui.loading.scan import line_at, open_string

_AT = re.compile(r"\s*\((?:at line (?P<line>\d+), column \d+|at end of document)\)")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate")
_QUOTED = "a text stands in quotes, and so does a duration"
_OPEN = "the text that begins here is never closed"
_WORDS = {
    "Illegal character '\\n'": "a text is not closed at the end of its line",
    "Unterminated string": _OPEN,
    "Expected \"'''\"": _OPEN,
    "Invalid value": f"this is no value; {_QUOTED}",
    "Expected newline or end of document after a statement": f"something follows the value; {_QUOTED}",
    "Invalid statement": "this is neither a [table] nor a “key = value”",
    "Expected '=' after a key in a key/value pair": "a “=” is missing after the key",
    "Unescaped '\\' in a string": "write a backslash twice, or the text in single quotes",
    "Unclosed array": "an array is not closed with “]” before this",
    "Unclosed inline table": "a “{” is not closed on its line",
}
"""The parser's sentence to ours; what is missing here is told in the parser's words."""


def explained(source: str, said: str) -> tuple[int, str]:
    """The line and the sentence for the parser's message `said`; the sentence has no full stop."""
    place = _AT.search(said)
    line = int(place["line"]) if place and place["line"] else source.rstrip().count("\n") + 1
    bare = _AT.sub("", said)
    if _WORDS.get(bare) is _OPEN:
        line = line_at(source, open_string(source))
    if "integer string conversion" in bare:
        return _longest_number(source), "a number has thousands of digits"
    twice = said_twice(source) if bare.startswith(_TWICE) else None
    if twice:
        name, first, second = twice
        return second, f"“{name}” is there already, on line {first}"
    return line, _WORDS.get(bare, bare)


def _longest_number(source: str) -> int:
    found = max(re.finditer(r"[\d_]+", source), key=lambda match: len(match[0]))
    return line_at(source, found.start())
