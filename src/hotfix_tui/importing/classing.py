"""Every place of a document that classes issues: headings, tables, lists, the choices of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import label, plain, signless
from hotfix_tui.importing.levels import CODE, Level, level_of, normal
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Origin

_BOX = re.compile(r"^\[[ xX]\]\s*")
_MARKS = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+)?")
_BOXES = re.compile(r"\[[ xX]?\]|[☐☑□⬜]")
_SLASHED = re.compile(r"\s*(?:/|\||,|、|·|•)\s*")


_Found = tuple[Level, Origin, object]
"""A level, where it stands, and what tells about it: a section, a row with its head, a line."""


LEAST = 45
"""A place that weighs less only mentions severities."""


@record(frozen=True, slots=True)
class Source:
    """A place that classes issues: a table, sibling headings, a list."""

    kind: str
    first: int
    levels: tuple[_Found, ...]
    weight: int


def sources(document: Document) -> list[Source]:
    """Every place that classes issues."""
    found = [*_headings(document), *_tables(document), *_lists(document), *_choices(document)]
    return [source for source in found if len(distinct(source)) >= 2 and source.weight >= LEAST]


def distinct(source: Source) -> list[str]:
    """The different levels of a place, as they are compared."""
    return list(dict.fromkeys(normal(level.id) for level, _, _ in source.levels))


def _headings(document: Document) -> Iterator[Source]:
    for around in (document.outline.top, *document.sections):
        inside = around.inside
        named = any(words.about("severity", s.title) for s in (around, *around.above()) if s.title)
        levels = [
            (level, _origin(s), s)
            for s in inside
            for level in (level_of(s.title) or (_named_level(s.title) if named else []))[:4]
        ]
        if not levels:
            continue
        codes = [one for one in levels if one[0].family != "word"]
        chosen = codes if len({normal(c[0].id) for c in codes}) >= 2 else levels if named else []
        if not chosen and len(levels) >= 2 and len(levels) == len(inside):
            chosen = levels
        if chosen:
            plain_ones = sum(
                words.about("template", s.title) or words.about("rollback", s.title) for s in inside
            )
            weight = (100 if named else 80) - 30 * (plain_ones > 0)
            yield Source("headings", inside[0].first, tuple((a, b, c) for a, b, c in chosen), weight)


def _named_level(title: str) -> list[Level]:
    """The level of a heading under one about severities, also behind a number: "1 - High severity"."""
    behind = re.match(r"^\W*\d\s*[-–—.:)]\s*(?P<rest>[^\W\d].*)$", title)
    return level_of(title, named=True) or (level_of(behind["rest"], named=True) if behind else [])


def _origin(section: Section) -> Origin:
    return Origin(section.first, section.last, "a heading that begins with a severity")


def _tables(document: Document) -> Iterator[Source]:
    for section, block in _with_tables(document):
        head, body = block.rows[0], block.rows[1:]
        about = [
            words.about("severity", cell) or bool(re.fullmatch(r"(?i)\W*(sev|prio|p)\W*", plain(cell)))
            for cell in head
        ]
        near = any(words.about("severity", s.title) for s in (section, *section.above()) if s.title)
        leveled = [
            bool(
                re.search(
                    r"(?i)\blevel|niveau|nivel|nível|stufe|уровень|seviye|livello|等级|级别|級別|レベル|단계",
                    plain(cell),
                )
            )
            for cell in head
        ]
        column = next((n for n, yes in enumerate(about) if yes), None)
        if column is None and near:
            column = next((n for n, yes in enumerate(leveled) if yes), 0)
        sure = column is not None
        if column is None and leveled and not any(words.about("contact", c) for c in head):
            column = 0
        if column is None or any(words.about("contact", c) or words.about("escalation", c) for c in head[:1]):
            continue
        levels: list[_Found] = []
        known = sum(bool(level_of(row[column], named=sure)) for row in body if column < len(row))
        for row, line in zip(body, block.row_lines[1:], strict=True):
            cell = row[column] if column < len(row) else ""
            found = level_of(cell, named=sure) or (
                _any_word(cell) if sure and column == 0 and known * 2 >= len(body) else []
            )
            origin = Origin(line, line, "a row of the table of severities")
            levels += [(level, origin, (head, row)) for level in found]
        codes = {normal(level.id) for level, _, _ in levels if level.family != "word"}
        if not sure and len(codes) < 2:
            continue
        weight = 95 if column == 0 else 60
        weight += 10 * near - 30 * (len(levels) < len(body)) - 25 * _is_of_others(head, column)
        weight -= 25 * (column > 0 and not codes and not near and not _CLASSING.search(plain(head[0])))
        yield Source("table", block.first, tuple(levels), weight if sure else 75)


_CLASSING = re.compile(
    r"(?i)condition|impact|situation|issue|problem|bedingung|lage|auswirkung|incident|condición|situación|condição|situação|условие|ситуац|"
    r"koşul|durum|情况|条件|状況|상황|조건|example|description|criteri"
)
"""What the first column of a table of severities is about, where the severity stands in another one."""


def _is_of_others(head: Sequence[str], column: int) -> bool:
    """Whether the severity is only a property of what the table lists: risks, alerts, tests."""
    first = plain(head[0])
    return column > 0 and bool(
        re.search(
            r"(?i)risk|alert|error|metric|check|vulnerab|service|component|test|bug|file|task|finding", first
        )
    )


def _any_word(cell: str) -> list[Level]:
    """In the first column of a table of severities any short text is one."""
    said = signless(cell)
    return (
        [Level(said, "word", "")] if said and len(said.split()) <= 3 and re.search(r"[^\W\d_]", said) else []
    )


def _with_tables(document: Document) -> Iterator[tuple[Section, Block]]:
    for section, top in document.everything():
        for block in top.walk():
            if block.kind == "table" and len(block.rows) > 1:
                yield section, block


def _lists(document: Document) -> Iterator[Source]:
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


def _with_others(lines: Sequence[tuple[int, int, str]], found: Sequence[_Found]) -> list[_Found]:
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
            rows = block.part.text.split("\n")
            first = block.first + 1
            yield (
                "named",
                block.first,
                [(first + n, first + n, row) for n, row in enumerate(rows) if row.strip()],
            )
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


def _choices(document: Document) -> Iterator[Source]:
    """The choices of a field, such as "**Severity**: P0 / P1 / P2" in a form."""
    lines = [
        (part.first + 1 + n, row) for part in document.fences for n, row in enumerate(part.text.split("\n"))
    ]
    lines += [(n, row) for n, row in enumerate(document.lines, 1) if re.search("[:：?？]", row)]
    for number, row in lines:
        value = _choice(_MARKS.sub("", row))
        options = [
            o for o in _SLASHED.split(re.sub(r"[\[\]()]", " ", _BOXES.sub("/", plain(value)))) if o.strip()
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
