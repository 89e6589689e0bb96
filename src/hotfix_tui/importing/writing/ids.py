"""Ids made of the document's words: the same words give the same id, wherever they stand."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 48
"""The longest id in characters, before a number is put to it."""
_WORD = re.compile(r"[a-z0-9]+")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LETTERS = 3
"""How many letters of a text must be of our alphabet for an id to be made of them."""


def slug(text: str, kind: str = "entry") -> str:
    """The words in lower-case ASCII joined by hyphens; of a text in another script a short sum, which lasts as well."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = _WORD.findall(plain)
    letters = sum(char.isalpha() for char in text)
    if sum(map(len, words)) < min(_LETTERS, letters) or not words or 2 * sum(map(len, words)) < letters:
        return f"{kind}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return _cut(words)


def _cut(words: list[str]) -> str:
    made = words[0][:LONGEST]
    for word in words[1:]:
        if len(made) + 1 + len(word) > LONGEST:
            break
        made = f"{made}-{word}"
    return made


def code(text: str, number: int) -> str:
    """A severity's id: the document's own where it can be one, without its accents where that helps."""
    bare = "-".join(text.split())
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    known = plain if 2 * len(plain) > len(bare) else bare
    return known if _CODE.fullmatch(known) else f"S{number}"


def variable(text: str) -> str:
    """The words as the name of a placeholder; empty where they cannot be one."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = _WORD.findall(plain)
    made = "_".join(words)[:40].strip("_")
    if 2 * len(made) < len(text.strip()) or not any(char.isalpha() for char in made):
        return ""
    return f"n_{made}" if made[:1].isdigit() else made


class Ids:
    """The ids that are given already, one space of names."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, text: str, kind: str = "entry") -> str:
        """An id for this text that nothing has yet."""
        return self.keep(slug(text, kind))

    def keep(self, wanted: str) -> str:
        """This id, with a number where it is taken."""
        made, number = wanted, 1
        while made in self._taken:
            number += 1
            made = f"{wanted}-{number}"
        self._taken.add(made)
        return made
