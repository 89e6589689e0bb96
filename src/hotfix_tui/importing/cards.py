"""Cards for kinds of emergency: what each one is, how soon it is met, and what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.document import Document, over
from hotfix_tui.importing.faults import names_fault
from hotfix_tui.importing.imperative import is_imperative
from hotfix_tui.importing.inline import label, labels, plain, unsigned
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.scenes import is_task
from hotfix_tui.importing.understood import Command, Origin, Phase, Scenario, Task

_EXERCISE = re.compile(
    r"(?i)mock|drill|exercise|simulat|tabletop|game ?day|übung|simulacro|simulação|учени|tatbikat|演练|演習|訓練|훈련|practice"
)
_ACTIONS = re.compile(
    r"(?i)action|step|respon|do\b|immediate|maßnahm|acción|ação|azion|действ|adım|行动|措施|対応|手順|조치"
)


LEAST_FAULTS = 3
"""So many headings beside each other that name what is broken are cards, whatever stands above them."""


def scenarios(
    document: Document, commands: Sequence[Command], tasks: Sequence[Task], phases: Sequence[Phase] = ()
) -> tuple[Scenario, ...]:
    """Cards for one kind of emergency each: under a heading about scenarios, numbered as such, or named after a fault."""
    found: list[Scenario] = []
    faults = {s.index for s in _fault_cards(document, phases)}
    for section in document.sections:
        around = next(iter(section.above()), None)
        number = numbered(section.title)
        named = number is not None and number.kind == "choice" and words.about("scenario", number.word)
        under = (
            around is not None
            and words.about("scenario", around.title)
            and not words.about("contact", section.title)
        )
        example = (
            words.about("example", section.title)
            and number is None
            and around is not None
            and words.about("example", around.title)
        )
        beside = under and around is not None and len(around.inside) >= 2
        if named or beside or example or section.index in faults:
            found.append(
                _scenario(section, commands, tasks, exercise=bool(around and _EXERCISE.search(around.title)))
            )
        elif words.about("scenario", section.title) and not section.inside:
            found += _listed(section)
    return tuple(found)


def _fault_cards(document: Document, phases: Sequence[Phase]) -> Iterator[Section]:
    """Headings with something to do below that name what is broken, where most do, and those numbered as they are."""
    for parent in (document.outline.top, *document.sections):
        able = [s for s in parent.inside if _asks(s) and not any(_shares_lines(s, p) for p in phases)]
        faults = [s for s in able if names_fault(s.title) and not is_imperative(s.title)]
        if len(faults) < LEAST_FAULTS or len(faults) * 2 <= len(parent.inside):
            continue
        above = (parent, *parent.above())
        if any(words.about(c, s.title) for s in above if s.level > 1 for c in ("faq", "rollback")):
            continue
        numbers = {_series(s) for s in faults} - {None}
        like = [s for s in able if _series(s) in numbers and not words.about("process", s.title)]
        yield from {s.index: s for s in (*faults, *like)}.values()


def _series(section: Section) -> tuple[str, str] | None:
    """What the numbers of a heading and of those beside it have in common."""
    number = numbered(section.title)
    return (number.word, number.prefix) if number else None


def _asks(section: Section) -> bool:
    """Whether a list or a fence stands somewhere below a heading."""
    return any(b.kind == "list" or (b.part and b.part.kind == "fence") for b in section.all_blocks())


def _shares_lines(section: Section, phase: Phase) -> bool:
    return section.first <= phase.origin.last and phase.origin.first <= section.last


def _listed(section: Section) -> Iterator[Scenario]:
    exercise = bool(_EXERCISE.search(section.title)) or any(
        words.about("drill", s.title) for s in section.above()
    )
    for block in section.blocks:
        if block.kind == "list" and len(block.children) >= 2:
            for item in block.children:
                said = label(item.text)
                actions = (plain(said.value),) if said and said.value else ()
                title = said.name if said else unsigned(item.text)
                yield Scenario(
                    title[:120],
                    actions=actions,
                    exercise=exercise,
                    origin=Origin(item.first, item.last, "an item of a list of scenarios"),
                )


def _scenario(
    section: Section, commands: Sequence[Command], tasks: Sequence[Task], *, exercise: bool
) -> Scenario:
    facts = {
        found.name.casefold(): found.value
        for s in section.walk()
        for b in s.blocks
        if b.kind == "paragraph"
        for found in labels(b.text)
    }
    heads = [
        plain(b.text)
        for s in section.walk()
        for b in s.blocks
        if b.kind == "paragraph" and "\n" not in b.text
    ]
    early = next(
        (
            times.of_title(h)
            for h in heads
            if _ACTIONS.search(h) and h.rstrip().endswith(":") and times.of_title(h)
        ),
        None,
    )
    first = early or next(
        (
            times.minutes(f"{name} {value}")
            for name, value in facts.items()
            if _ACTIONS.search(name) and times.minutes(f"{name} {value}")
        ),
        None,
    )
    length = next(
        (
            times.minutes(v)
            for k, v in facts.items()
            if words.about("time", k) and not _ACTIONS.search(k) and times.minutes(v)
        ),
        None,
    )
    severity = next(
        (found[0].id for v in facts.values() if (found := level_of(v)) and found[0].family != "word"), ""
    )
    within = [t for t in tasks if section.first <= t.origin.first <= section.last]
    actions: list[str] = []
    examples: list[str] = []
    for one in section.walk():
        for n, block in enumerate(one.blocks):
            if block.kind == "list":
                above = over(one.blocks, n)
                kept = examples if words.about("example", above) else actions
                kept += [unsigned(i.text)[:200] for i in block.children if not is_task(i)]
    return Scenario(
        title=_short(section.title),
        severity=severity,
        minutes=length,
        first_minutes=first,
        examples=tuple(examples)[:12],
        actions=tuple(actions)[:30],
        items=tuple(t.id for t in within),
        commands=tuple(c for c in commands if section.first <= c.origin.first <= section.last),
        communication=next((plain(v) for k, v in facts.items() if words.about("communication", k)), ""),
        exercise=exercise,
        origin=Origin(section.first, section.last, "a heading that names a scenario"),
    )


def _short(title: str) -> str:
    number = numbered(title)
    return (number.rest if number and number.rest else unsigned(title))[:160]
