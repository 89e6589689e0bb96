"""Lists, fields and sentences that class issues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.classed import LEAST, Found, Source
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import label, plain
from hotfix_tui.importing.levels import CODE, Level, level_of, normal
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Origin

_BOX = re.compile(r"^\[[ xX]\]\s*")
_MARKS = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+)?")
_BOXES = re.compile(r"\[[ xX]?\]|[☐☑□⬜]")
LEAST_HEADS = 2
"""So many labels in bold are the entries of a text; what stands below them is what they mean."""
_SLASHED = re.compile(r"\s*(?:/|\||,|、|·|•)\s*")


def listed(document: Document) -> Iterator[Source]:
    """Lists and labelled lines whose entries begin with a severity."""
    for section in (document.outline.top, *document.sections):
        near = any(words.about("severity", s.title) for s in (section, *section.above()) if s.title)
        for kind, first, lines in _runs(section):
            over = near or kind == "named"
            found = [
                (level, Origin(line, last, "a list of severities"), text)
                for line, last, text in lines
                for level in _labelled(text, named=over)
            ]
            codes = [one for one in found if one[0].family != "word"]
            if len({normal(one[0].id) for one in codes}) >= 2:
                yield Source("list", first, tuple(codes), 70 + 15 * over)
            elif over and len({normal(one[0].id) for one in found}) >= 2:
                yield Source(
                    "list",
                    first,
                    tuple(found if len(found) == len(lines) else _with_others(lines, found)),
                    65,
                )


def _with_others(lines: Sequence[tuple[int, int, str]], found: Sequence[Found]) -> list[Found]:
    """In a list of severities a word that is not known is one, where all have labels of a word or two."""
    names = [label(text.split("\n", maxsplit=1)[0]) for _, _, text in lines]
    if not all(name and len(name.name.split()) <= 2 for name in names) or len(found) * 2 < len(lines):
        return list(found)
    by_line = {one[1].first: one for one in found}
    return [
        by_line.get(first)
        or (Level(name.name, "word", ""), Origin(first, last, "a list of severities"), text)
        for (first, last, text), name in zip(lines, names, strict=True)
        if name
    ]


def _runs(section: Section) -> Iterator[tuple[str, int, list[tuple[int, int, str]]]]:
    """Lists, and paragraphs that follow each other, as lines; boxes only where they are choices of a severity."""
    labelled: list[tuple[int, int, str]] = []
    before = section.title
    for block in _with_inner_lists(section.blocks):
        if block.kind == "list":
            named = words.about("severity", before.split("\n")[-1])
            boxed = any(_BOX.match(item.text) for item in block.children)
            named = named or (boxed and _are_levels([_BOX.sub("", item.text) for item in block.children]))
            if named or not boxed:
                kind = "named" if named else ""
                yield kind, block.first, [(i.first, i.last, _BOX.sub("", i.text)) for i in block.children]
        if block.part and block.part.kind == "fence" and words.about("severity", before.split("\n")[-1]):
            said = [
                (n, n, row)
                for n, row in enumerate(block.part.text.split("\n"), block.first + 1)
                if row.strip()
            ]
            heads = [one for one in said if (found := label(one[2])) and found.strong]
            yield "named", block.first, heads if len(heads) >= LEAST_HEADS else said
        if block.kind == "paragraph":
            before = block.text
            rows = block.text.split("\n")
            labelled += [(block.first + n, block.first + n, row) for n, row in enumerate(rows)]
    if labelled:
        yield "", labelled[0][0], labelled


_BRACKETED = re.compile(r"^\W*(?P<name>[^\W_][\w /-]{1,20}?)\s*(?:[(（]|\s[-–—]\s|$)")
"""A choice with what it means behind it: "Critical (nobody can log in)"."""


def _are_levels(texts: Sequence[str]) -> bool:
    """Whether a few boxes are the levels of one choice: each begins with another word for a severity."""
    found = [
        level_of(match["name"])[:1]
        for text in texts
        if (match := _BRACKETED.match(plain(text.split("\n")[0])))
    ]
    words_ = {normal(level.id) for levels in found for level in levels if level.family == "word"}
    return 3 <= len(texts) <= 6 and len(words_) == len(texts)


def _with_inner_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; inside a list those whose item says what its parts are: "Assess the severity:"."""
    for block in blocks:
        yield block
        for item in block.children if block.kind == "list" else ():
            parts = [part for part in item.children if part.kind == "list"]
            if parts and words.about("severity", item.text):
                yield Block("paragraph", item.first, item.first, item.text.split("\n")[0])
                yield from parts


def _labelled(text: str, *, named: bool) -> list[Level]:
    line = text.split("\n", maxsplit=1)[0].replace("`", "")
    found = label(line)
    bracketed = _BRACKETED.match(plain(line)) if named and found is None else None
    if bracketed:
        return level_of(bracketed["name"])[:4]
    if found is None or not (found.strong or named or CODE.match(found.name)):
        return []
    return level_of(found.name, named=False)[:4]


def choices(document: Document) -> Iterator[Source]:
    """The choices of a field, such as "**Severity**: P0 / P1 / P2" in a form."""
    lines = [
        (part.first + 1 + n, row) for part in document.fences for n, row in enumerate(part.text.split("\n"))
    ]
    lines += [(n, row) for n, row in enumerate(document.lines, 1) if re.search("[:：?？]", row)]
    yield from _mentions([*enumerate(document.lines, 1)])
    for number, row in lines:
        value = _choice(_MARKS.sub("", row))
        options = [
            o for o in _SLASHED.split(re.sub(r"[\[\](){}]", " ", _BOXES.sub("/", plain(value)))) if o.strip()
        ]
        levels = [one for option in options for one in level_of(option.strip(), named=False)[:4]]
        codes = [level.id.casefold() for level in levels if level.family != "word"]
        if len(levels) >= 2 and len(options) <= 8 and codes == sorted(codes):
            yield Source(
                "choices",
                number,
                tuple((one, Origin(number, number, "the choices of a field"), row) for one in levels),
                50,
            )


def _mentions(lines: Sequence[tuple[int, str]]) -> Iterator[Source]:
    """A sentence about the severity that names all codes in their order: "class it (`SEV-1` critical, `SEV-2` high, `SEV-3` low)"."""
    for number, row in lines:
        codes = [found[0] for found in CODE.finditer(plain(row)[:LONGEST])]
        names = list(dict.fromkeys(map(normal, codes)))
        if len(names) >= 3 and names == sorted(names) and words.about("severity", row):
            levels = [one for code in dict.fromkeys(codes) for one in level_of(code)]
            origin = Origin(number, number, "a sentence that names the severities", sure=False)
            yield Source("mentions", number, tuple((one, origin, row) for one in levels), LEAST)


def _choice(line: str) -> str:
    """What a field of a severity may be, or what a question about it gives in code; "" for another line."""
    found = label(line)
    if found and words.about("severity", found.name):
        return found.value if len(found.value) <= LONGEST else ""
    asked = _ASKED.search(line)
    return asked["code"] if asked and words.about("severity", line[: asked.start()]) else ""


LONGEST = 160
"""A longer value is no list of choices."""
_ASKED = re.compile(r"[?？]\s*`(?P<code>[^`]{5,100})`")
