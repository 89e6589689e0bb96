"""Every place of a document that classes issues: headings, tables, and what `classlists` finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.classed import LEAST, Found, Source, distinct
from hotfix_tui.importing.classlists import choices, listed
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import plain, signless
from hotfix_tui.importing.levels import Level, level_of, normal
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Origin


def sources(document: Document) -> list[Source]:
    """Every place that classes issues."""
    found = [*_headings(document), *_tables(document), *listed(document), *choices(document)]
    return [source for source in found if len(distinct(source)) >= 2 and source.weight >= LEAST]


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
        levels: list[Found] = []
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
