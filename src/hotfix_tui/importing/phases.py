"""The phases with what belongs to each: times, waits, goals, items, commands, rules and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.durations import WAIT, labelled
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.imperative import is_imperative
from hotfix_tui.importing.inline import labels, plain, unsigned
from hotfix_tui.importing.levels import level_of, normal
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.spans import ByLine
from hotfix_tui.importing.steps import Listed
from hotfix_tui.importing.timetable import TOTAL, aligned, time_tables
from hotfix_tui.importing.understood import Advice, Command, Minutes, Origin, Phase, Severity, Task

_ONLY = re.compile(
    r"[(（](?P<what>[^()（）]{1,30}?)\s*(?:only|nur|uniquement|solo|apenas|somente|только|のみ|만|仅)\s*[)）]|[(（](?:only|nur|solo)\s+(?P<after>[^()（）]{1,30})[)）]",
    re.IGNORECASE,
)

_BOX = re.compile(r"\s*(?:\[[ xX]?\](?:\s|$)|[☐☑☒□▢◻⬜🔲🗹🗷❏❑❐❒])")


class PhaseReader:
    """Makes a phase of each chosen heading."""

    def __init__(self, document: Document, ids: Ids, severities: Sequence[Severity]) -> None:
        self.document = document
        self.ids = ids
        self.levels = {normal(s.id): s.id for s in severities}
        self.tables = list(time_tables(document))

    def of_headings(
        self,
        members: Sequence[Section],
        reason: str,
        tasks: Sequence[Task],
        commands: Sequence[Command],
        advice: Sequence[Advice],
    ) -> tuple[Phase, ...]:
        """The phases of headings, in order."""
        made = []
        items, runnable, rules = ByLine(tasks), ByLine(commands), ByLine(advice)
        for section in members:
            number = numbered(section.title)
            name = times.without(number.rest if number and number.rest else plain(section.title))
            inside = items.within(section.first, section.last)
            boxed = {c.origin.first for t in inside for c in t.commands}
            wait, waits = self._waits(section)
            made.append(
                Phase(
                    id=self.ids.new(unsigned(name) or section.title),
                    title=section.title,
                    name=unsigned(name).strip(" :：-–—") or plain(section.title),
                    number=number.text if number else "",
                    minutes=times.of_title(plain(section.title)) or labelled(section),
                    maximum=times.at_most(plain(section.title)),
                    wait=wait,
                    waits=waits,
                    severities=self._only(section.title) or self._around(section),
                    goal=_goal(section),
                    steps=tuple(plain(s.title) for s in section.inside),
                    items=inside,
                    todo=tuple(_beside(section) if inside else _todo(section)),
                    commands=tuple(
                        c for c in runnable.within(section.first, section.last) if c.origin.first not in boxed
                    ),
                    advice=rules.within(section.first, section.last),
                    origin=Origin(section.first, section.last, reason),
                )
            )
        return self._timed(made)

    def of_list(
        self, listed: Listed, commands: Sequence[Command], tasks: Sequence[Task]
    ) -> tuple[Phase, ...]:
        """The phases of a list's items."""
        made = []
        items, runnable = ByLine(tasks), ByLine(commands)
        for block, title in zip(listed.blocks, listed.titles, strict=True):
            number = numbered(title)
            name = times.without(number.rest if number and number.rest else plain(title))
            inside = items.within(block.first, block.last)
            made.append(
                Phase(
                    id=self.ids.new(unsigned(name)),
                    title=plain(title),
                    name=unsigned(name).strip(" :：-–—") or plain(title),
                    number=str(block.number) if block.number >= 0 else "",
                    minutes=times.of_title(plain(title)),
                    items=inside,
                    todo=tuple(_sub_items(block)) if not inside else (),
                    commands=runnable.within(block.first, block.last),
                    origin=Origin(block.first, block.last, listed.reason, sure=False),
                )
            )
        return self._timed(made)

    def of_table(self) -> tuple[Phase, ...]:
        """The phases of a table with times, where there is nothing else."""
        if not self.tables:
            return ()
        made = [
            Phase(
                id=self.ids.new(name),
                title=name,
                name=name,
                origin=Origin(line, line, "a row of a table of times", sure=False),
            )
            for name, _, _, line in self.tables[0]
            if not TOTAL.match(name)
        ]
        return self._timed(made)

    def total(self) -> Minutes | None:
        """What the whole may take, by the table's last row or a label at the top."""
        for rows in self.tables:
            for name, target, most, _ in rows:
                if TOTAL.match(name) and (target or most):
                    low, high = target or most, most or target
                    assert low is not None
                    assert high is not None
                    return (min(low, high), max(low, high))
        for section in (self.document.outline.top, *self.document.sections[:3]):
            for block in section.blocks[:4]:
                for found in labels(block.text) if block.kind == "paragraph" else ():
                    if words.about("time", found.name) and times.minutes(found.value):
                        return times.minutes(found.value)
        return None

    def _timed(self, phases: Sequence[Phase]) -> tuple[Phase, ...]:
        """The phases with the times of a table; a row that covers two phases stands at the first of them."""
        from dataclasses import replace

        if not self.tables:
            return tuple(phases)
        rows = [row for row in self.tables[0] if not TOTAL.match(row[0])]
        pairs = aligned([row[0] for row in rows], [phase.name for phase in phases])
        done = list(phases)
        for row, phase in pairs.items():
            done[phase] = replace(done[phase], target=rows[row][1], maximum=rows[row][2])
        return tuple(done)

    def _only(self, title: str) -> tuple[str, ...]:
        found = _ONLY.search(plain(title))
        if not found:
            return ()
        named = [
            normal(level.id) for level in level_of((found["what"] or found["after"]).strip(), named=True)
        ]
        return tuple(self.levels[n] for n in named if n in self.levels)

    def _around(self, section: Section) -> tuple[str, ...]:
        """The severity whose own step it is."""
        for one in section.above():
            named = [normal(level.id) for level in level_of(one.title)]
            if named:
                return tuple(self.levels[n] for n in named if n in self.levels)
        return ()

    def _waits(self, section: Section) -> tuple[Minutes | None, tuple[tuple[str, int], ...]]:
        """The least time it must last, and by severity: "48 hours for P0, 72 hours for P1"."""
        for block in section.blocks[:6]:
            for found in labels(block.text) if block.kind == "paragraph" else ():
                if not WAIT.search(found.name):
                    continue
                value = plain(found.value)
                waits = []
                for part in re.split(r"[,;、]|\band\b|\bund\b|\bet\b", value):
                    length = times.minutes(part)
                    for key, id in self.levels.items():
                        if length and key in normal(part):
                            waits.append((id, length[1]))
                return times.minutes(value), tuple(waits)
        return None, ()


def _goal(section: Section) -> str:
    for block in section.blocks[:4]:
        for found in labels(block.text) if block.kind == "paragraph" else ():
            if words.about("goal", found.name) and found.value:
                return plain(found.value)[:300]
    return ""


def _todo(section: Section) -> Iterator[tuple[str, Origin]]:
    """What a phase without boxes asks for: ordered items; else bullets."""
    lists = [block for one in section.walk() for block in one.blocks if block.kind == "list"]
    ordered = [block for block in lists if block.children and block.children[0].number >= 0]
    for block in ordered or lists:
        for item in block.children:
            text = unsigned(item.text)
            if text:
                yield (
                    text[:300],
                    Origin(item.first, item.last, "an item of a list in a phase without boxes", sure=False),
                )


def _beside(section: Section) -> Iterator[tuple[str, Origin]]:
    """What a phase with boxes asks for besides: items that are counted, stand among boxes, or say what to do."""
    for one in section.walk():
        for block in one.blocks:
            among = block.kind == "list" and any(_BOX.match(item.text) for item in block.children)
            for item in block.children if block.kind == "list" else ():
                text = unsigned(item.text)
                if any(_BOX.match(inner.text) for inner in item.walk()):
                    continue
                if text and (among or item.number >= 0 or is_imperative(text)):
                    origin = Origin(item.first, item.last, "an item of a list beside boxes", sure=False)
                    yield text[:300], origin


def _sub_items(block: Block) -> Iterator[tuple[str, Origin]]:
    for child in block.children:
        if child.kind == "list":
            for item in child.children:
                yield unsigned(item.text)[:300], Origin(item.first, item.last, "a part of a step", sure=False)
