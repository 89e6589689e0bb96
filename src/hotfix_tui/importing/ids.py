"""Ids made of an entry's own words: the same words give the same id, so that a second import finds them again."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 48


class Ids:
    """Gives out ids, each once."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def new(self, text: str) -> str:
        """An id for the text; the second one of the same words ends with -2."""
        base = slug(text)
        count = self.used[base] = self.used.get(base, 0) + 1
        if count == 1:
            return base
        made = f"{base}-{count}"
        return made if made not in self.used else self.new(made)


def slug(text: str) -> str:
    """Small letters, digits and dashes; words in other scripts become a short digest."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ı", "i")).casefold()
    kept = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", kept)
    made = ""
    for word in words:
        if made and len(made) + len(word) >= LONGEST:
            break
        made += f"-{word}" if made else word[:LONGEST]
    other = sum(not char.isascii() and char.isalnum() for char in kept)
    if other > len(made) or not made:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]
        made = f"{made}-{digest}" if made else f"x-{digest}"
    return made if made[0].isalpha() else f"n-{made}"
