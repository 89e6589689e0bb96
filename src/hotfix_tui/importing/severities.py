"""The severities of a document: from headings, tables, lists or the choices of a template; codes before words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hotfix_tui.importing.classed import Source, distinct
from hotfix_tui.importing.classing import sources
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.facts import Facts, follows
from hotfix_tui.importing.inline import label, plain
from hotfix_tui.importing.levels import Level, level_of, normal
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Origin, Severity


def read(document: Document) -> tuple[Severity, ...]:
    """The severities in the document's order, each with what is said about it."""
    found = sources(document)
    if not found:
        return ()
    best = max(found, key=lambda source: (source.weight, -source.first))
    order: dict[str, Level] = {}
    origins: dict[str, Origin] = {}
    family = best.levels[0][0].family
    for source in [best, *(s for s in found if s is not best and _adds(s, best, family))]:
        for level, origin, _ in source.levels:
            if level.family != family:
                continue
            order.setdefault(normal(level.id), level)
            origins.setdefault(normal(level.id), origin)
    keys = sorted(order) if family != "word" and set(order) - set(distinct(best)) else list(order)
    made = [_about(key, order[key], origins[key], found) for key in keys]
    return tuple(one if one.meaning or not _DIGIT.search(one.id) else _meant(one, document) for one in made)


_DIGIT = re.compile(r"\d")
"""A code has one; a word such as "critical" stands before much that is no severity."""
_LINE = 400
"""So much of a line is looked at, in characters."""
_TOLD = re.compile(r"(?i)\bupdates?\b.*\b(?:every|hourly|daily)\b|\b(?:notify|inform)\b")
FEWEST = 3
"""So many words explain a severity."""


def _meant(one: Severity, document: Document) -> Severity:
    """The severity with what a line says that it means: "Sev1 = money is wrong. Updates hourly."."""
    head = re.compile(
        rf"\W*{re.escape(one.id)}\W*?\s*(?:=|:|：|\s[-–—]|\bmeans\b)\s*(?P<said>\S.*)", re.IGNORECASE
    )
    found = next(
        (said["said"] for line in _lines(document) if (said := head.match(line)) and _explains(said)), ""
    )
    sentences = re.split(r"(?<=[.!?。])\s+", plain(found))
    told = " ".join(part for part in sentences if _TOLD.search(part))
    meaning = " ".join(part for part in sentences if not _TOLD.search(part))
    return replace(one, meaning=meaning, communication=one.communication or told)


def _lines(document: Document) -> Iterator[str]:
    for _, top in document.everything():
        for block in top.walk():
            yield from (line[:_LINE] for line in block.text.split("\n"))


def _explains(found: re.Match[str]) -> bool:
    said = plain(found["said"])
    return len(said.split()) >= FEWEST and not level_of(said)


def _adds(other: Source, best: Source, family: str) -> bool:
    """Whether another place adds levels: of the same codes, or by words in a table that goes on with the same columns."""
    if family != "word":
        return other.weight >= LIKELY
    tables = other.kind == best.kind == "table" and other.weight >= LIKELY
    return tables and _columns(other) == _columns(best) and not set(distinct(other)) & set(distinct(best))


LIKELY = 60
"""A place that weighs so much classes issues, and does not only mention their classes."""


def _columns(source: Source) -> str:
    where = source.levels[0][2]
    return plain(where[0][0]).casefold() if isinstance(where, tuple) else ""


def _about(key: str, level: Level, origin: Origin, found: Sequence[Source]) -> Severity:
    """A severity with what all sources say of it, the first one's word before the others'."""
    facts = Facts()
    names = [level.rest] if level.rest else []
    each: list[tuple[Facts, int]] = []
    for source in found:
        for one, place, where in source.levels:
            if normal(one.id) != key:
                continue
            if one.rest and not names:
                names.append(one.rest)
            alone = Facts(titles=False)
            for kept in (facts, alone):
                _tell(kept, where)
            each.append((alone, place.first))
    name = re.split(r"\s[-–—:]\s|\s*[(（]", names[0])[0].strip() if names else ""
    return Severity(
        id=level.id,
        name=name or level.id,
        meaning=facts.meaning,
        respond=facts.respond,
        resolve=facts.resolve,
        resolve_text=facts.resolve_text,
        action=facts.action,
        hotfix=follows(f"{facts.action} {facts.resolve_text} {names[0] if names else ''}"),
        examples=tuple(facts.examples),
        approvals=tuple(facts.approvals),
        testing=facts.testing,
        communication=facts.communication,
        differs=tuple(
            line
            for one, line in each
            if _differs(one.respond, facts.respond) or _differs(one.resolve, facts.resolve)
        ),
        origin=origin,
    )


def _tell(facts: Facts, where: object) -> None:
    """Add what a section, a row or a line says."""
    if isinstance(where, Section):
        facts.section(where)
    elif isinstance(where, tuple):
        facts.row(*where)
    elif isinstance(where, str):
        said = label(where.split("\n")[0])
        value = said.value if said else ""
        if value and len(level_of(plain(value).split("/")[0])) == 0:
            facts.meaning = facts.meaning or plain(value)
            facts.time("", value)


def _differs(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is not None and other is not None and one[1] != other[1]
