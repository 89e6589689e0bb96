"""An entry that was only reworded keeps its id, and with it everything that was written to it by hand.

Ids are made of words; without this a corrected word would be one entry lost and another one found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hotfix_tui.loading.blocks import Block, Blocks, Name, blocks

_LIKE = 0.6
"""How alike two texts are, from 0 to 1, that are taken for one."""
_MOST = 200
"""How many entries of one place are compared; past it nothing is, for it takes the square of it."""
_KINDS: dict[str, tuple[str, ...]] = {
    "checklist": ("checklist",),
    "phase": ("blocks", "phase", "before"),
    "rollback": ("rollback",),
    "scenario": (),
    "template": ("template",),
    "item": ("under", "twin"),
}
"""Each kind whose entries are known again, wholes before their parts, with the keys that name one."""
_REFERS = re.compile(r'^(\s*[\w-]+\s*=\s*)"([^"]*)"')


def renamed(base: str, theirs: str) -> str:
    """Their text with the ids that the base has for what was only reworded. Raises: ValueError when one is no TOML."""
    for kind in _KINDS:
        old, new = blocks(base), blocks(theirs)
        ids = dict(_pairs(_lost(old, new, kind), _lost(new, old, kind)))
        if ids:
            theirs = "\n".join(_with(new, kind, ids))
    return theirs


def _lost(one: Blocks, other: Blocks, kind: str) -> tuple[Block, ...]:
    """The entries of the one that the other has not."""
    return tuple(
        b for b in one.blocks if b.name[0] == kind and len(b.name) == 2 and b.name not in other.named
    )


def _pairs(gone: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Each new id with the old one of the entry that it is like most; entries of one place only."""
    from difflib import SequenceMatcher

    places: dict[Name, list[Block]] = {}
    for block in gone:
        places.setdefault(block.parent, []).append(block)
    for block in new:
        old = places.get(block.parent, [])
        if not old or len(old) > _MOST or len(new) > _MOST:
            continue
        match = SequenceMatcher(b=_words(block), autojunk=False)
        scores = []
        for one in old:
            match.set_seq1(_words(one))
            scores.append(match.ratio())
        best = max(range(len(old)), key=scores.__getitem__)
        if scores[best] >= _LIKE:
            yield block.name[-1], old.pop(best).name[-1]


def _words(block: Block) -> str:
    return str(block.values.get("text") or block.values.get("title") or "")[:300].lower()


def _with(text: Blocks, kind: str, ids: dict[str, str]) -> Iterable[str]:
    """The lines with the ids of one kind changed, and every name that leads to them."""
    lines = list(text.lines)
    for block in text.blocks:
        own = block.name[0] == kind and len(block.name) == 2
        for key, entry in block.entries.items():
            match = _REFERS.match(lines[entry.start])
            if match and match[2] in ids and (own if key == "id" else key in _KINDS[kind]):
                lines[entry.start] = f'{match[1]}"{ids[match[2]]}"{lines[entry.start][match.end() :]}'
    return lines
