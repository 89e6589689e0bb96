"""How long a section's work takes: in its title, else in a label right below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.importing import times, words
from hotfix_tui.importing.inline import label, plain
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Minutes

WAIT = re.compile(
    r"(?i)minimum|at least|wait|soak|bake|mindest|attendre|minimal|mínimo|minimo|esperar|aguardar|ждать|минимум|не менее|en az|bekle|至少|等待|最低|待機|최소|대기"
)
"""Words of a label that says how long to wait at least, not how long the work takes."""


def labelled(section: Section) -> Minutes | None:
    """The duration in a label directly below a heading: the first blocks, before any list of steps."""
    for line in _first_lines(section):
        found = label(line)
        if found and words.about("time", found.name) and not WAIT.search(found.name):
            return times.minutes(plain(found.value))
        if found is None and re.match(r"^\W*[⏱⏰⏳🕐-🕧]", line):
            return times.minutes(plain(line))
        bracketed = re.fullmatch(r"\s*[*_]*[(（]?(?P<all>[^()（）]{3,40})[)）]?[*_]*\s*", line)
        if (
            found is None
            and bracketed
            and line.strip().startswith(("*", "_", "(", "（"))
            and len(plain(line).split()) <= 6
        ):
            length = times.minutes(plain(line))
            if length:
                return length
    return None


def _first_lines(section: Section) -> Iterator[str]:
    for block in section.blocks[:2]:
        inner = [b for b in block.walk() if b.kind == "paragraph"] if block.kind == "quote" else [block]
        for one in inner:
            if one.kind == "paragraph":
                for line in one.text.split("\n")[:4]:
                    yield from (part.strip() for part in line.split(" | ")) if "**" in line else (line,)
            elif one.kind == "list":
                yield from (item.text.split("\n")[0] for item in one.children[:4])
