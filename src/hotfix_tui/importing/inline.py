"""Inline text: emphasis, links and marks taken off; labels told from their values."""

from __future__ import annotations

import re
from functools import lru_cache

from hotfix_tui.domain.record import record

REMEMBERED = 20_000
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]|\([^()\s]*\)){0,500}(?:\s+\"[^\"]{0,200}\")?\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_HTML_TAGS = frozenset(
    [
        "a",
        "b",
        "i",
        "u",
        "s",
        "em",
        "strong",
        "sub",
        "sup",
        "br",
        "code",
        "kbd",
        "span",
        "div",
        "details",
        "summary",
        "p",
        "small",
        "mark",
        "ins",
        "del",
        "img",
        "font",
        "center",
    ]
)
_EMPHASIS = re.compile(r"\*{1,3}|(?<![\w`])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![\w`])|~~|`+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&$@:=^\"'/])")
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3\u3030\u303d"
_LEADING = re.compile(rf"^[\s{_SIGNS}]+")
_SIGN = re.compile(rf"[{_SIGNS}]+")
_LABEL = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:(?P<open>\*\*|__|\*|_)(?P<bold>[^*_\n]{1,80}?)\s*(?P<inner>[:：])?\s*(?P=open)(?P<outer>\s*[:：]|\s+[-–—]\s)?"
    r"|(?P<bare>[^\s:：*|`\[<(][^:：*|`\n]{0,50}?)\s*(?::(?=\s|$)|：))\s*(?P<value>.*)$"
)


@record(frozen=True, slots=True)
class Label:
    """A label with what it says: "**Duration**: 5 min"."""

    name: str
    """The label in plain text, without its colon."""
    value: str
    """The rest of the line, as written."""
    strong: bool
    """Whether it is emphasised."""


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """The text as it reads: emphasis, links' addresses, code marks and HTML tags taken off, one line."""
    text = text.replace("\n", " ")
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _COMMENT.sub("", text)
        text = _TAG.sub(_tag, text)
    text = _EMPHASIS.sub("", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def _tag(found: re.Match[str]) -> str:
    name = re.match(r"</?([a-zA-Z]+)", found[0])
    return "" if name and name[1].lower() in _HTML_TAGS else found[0]


def unsigned(text: str) -> str:
    """Plain text without the emoji and arrows before it."""
    return _LEADING.sub("", plain(text))


def signless(text: str) -> str:
    """Plain text without any emoji."""
    return " ".join(_SIGN.sub(" ", plain(text)).split())


def label(line: str) -> Label | None:
    """The label that a line begins with; None where it has none."""
    line = line[:600]
    found = _LABEL.match(_LEADING.sub("", line))
    if not found:
        return None
    name = found["bold"] or found["bare"] or ""
    value = found["value"].strip()
    if found["bold"] is not None and not (found["inner"] or found["outer"]) and value:
        return None
    name = unsigned(name).strip(" :：")
    return Label(name, value, found["bold"] is not None) if name else None


def labels(text: str) -> list[Label]:
    """The labels of a text's lines, in order."""
    return [found for line in text.split("\n") if (found := label(line))]


def title_of(text: str) -> str:
    """A label's or heading's words without marks, numbers of its own kept: what stands over a list."""
    found = label(text)
    return found.name if found and not found.value else unsigned(text).rstrip(":：").strip()
