"""What stands around the steps: when to use it, scenarios, advice, drills, criteria, questions, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document, over
from hotfix_tui.importing.inline import label, labels, plain, unsigned
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Advice, Command, Line, Origin, Scenario, Task

_DO = re.compile(
    r"^\W*(?:do|dos|do this|do's|always|should|à faire|immer|tun|hacer|faça|fazer|sempre|делать|всегда|yap|要|推荐|推奨|すべき|해야|wel doen)\W*$|^\W*✅\W*(?:do\b|$)",
    re.IGNORECASE,
)
_DONT = re.compile(
    r"^\W*(?:do not|don['’]?ts?|don't do|never|avoid|should not|à ne pas faire|ne pas|nicht|niemals|no hacer|evitar|não faça|nunca|mai|non fare|не делать|нельзя|никогда|"
    r"yapma|不要|避免|禁止|しない|禁忌|하지)(?:\b|\W|$).{0,30}$|^\W*❌\W*(?:don|$)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?i)\b(?:not|don['’]?t|never|nicht|kein|pas|no|não|non|нельзя|не|değil)\b|不|ない|않|아닌"
)
_USE = re.compile(r"(?i)\b(?:use|when|only|hotfix|trigger|utiliser|verwend|usar|использ|kullan)\b|使|用")
_EXERCISE = re.compile(
    r"(?i)mock|drill|exercise|simulat|tabletop|game ?day|übung|simulacro|simulação|учени|tatbikat|演练|演習|訓練|훈련|practice"
)
_ACTIONS = re.compile(
    r"(?i)action|step|respon|do\b|immediate|maßnahm|acción|ação|azion|действ|adım|行动|措施|対応|手順|조치"
)


def use_lines(document: Document) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """When it is a hotfix, and when it is not."""
    yes: list[Line] = []
    no: list[Line] = []
    for section in document.sections:
        titled = [s.title for s in (section, *section.above()) if s.index >= 0][:2]
        negative = any(
            words.about("not-use", t) or (words.about("use", t) and _NOT.search(t)) for t in titled[:1]
        )
        positive = any(words.about("use", t) for t in titled)
        if (
            not (negative or positive)
            or words.about("rollback", titled[0])
            or words.about("contact", titled[0])
            or words.about("escalation", titled[0])
        ):
            continue
        for n, block in enumerate(section.blocks):
            if block.kind != "list":
                continue
            above = over(section.blocks, n)
            against = negative or bool(above and _NOT.search(plain(above)))
            kept = no if against else yes
            kept += [
                Line(
                    unsigned(i.text)[:300],
                    Origin(i.first, i.last, "an item under a heading about when to use it"),
                )
                for i in block.children
                if not is_task(i)
            ]
    return tuple(yes)[:40], tuple(no)[:40]


def is_task(item: Block) -> bool:
    """Whether a list item has a box."""
    return bool(re.match(r"\[[ xX]\]", item.text))


def scenarios(document: Document, commands: Sequence[Command], tasks: Sequence[Task]) -> tuple[Scenario, ...]:
    """Cards for one kind of emergency each: headings under one about scenarios, or numbered as such."""
    found: list[Scenario] = []
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
        if named or (under and around is not None and len(around.inside) >= 2) or example:
            found.append(
                _scenario(section, commands, tasks, exercise=bool(around and _EXERCISE.search(around.title)))
            )
        elif words.about("scenario", section.title) and not section.inside:
            found += _listed(section)
    return tuple(found)


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


def advice(document: Document) -> tuple[Advice, ...]:
    """Dos and don'ts: lists under such a label or heading, and items that begin with ✅ or ❌ under one of rules."""
    found: list[Advice] = []
    for section in document.sections:
        heading = plain(section.title)
        if any(
            words.about("use", s.title) or words.about("not-use", s.title)
            for s in (section, *section.above())
            if s.level > 1
        ):
            continue
        for n, block in enumerate(section.blocks):
            if block.kind != "list":
                continue
            above = plain(over(section.blocks, n)).rstrip(":： ") or heading
            do, dont = bool(_DO.match(above)), bool(_DONT.match(above))
            ruled = words.about("advice", above)
            for item in block.children:
                text, origin = (
                    unsigned(item.text)[:300],
                    Origin(item.first, item.last, "an item of a list of rules"),
                )
                sign = item.text.strip()[:1]
                if is_task(item):
                    continue
                if dont or (ruled and sign == "❌"):
                    found.append(Advice(text, False, section.title, origin))
                elif do or (ruled and sign in "✅✔☑"):
                    found.append(Advice(text, True, section.title, origin))
    return tuple(found)


def lines_about(document: Document, concept: str) -> tuple[Line, ...]:
    """Items, and labelled lines, under headings about a concept."""
    found: list[Line] = []
    for section in document.sections:
        around = next(iter(section.above()), None)
        listed = any(block.kind == "list" for block in section.blocks)
        if not (
            words.about(concept, section.title) or (around is not None and words.about(concept, around.title))
        ):
            continue
        for block in section.blocks:
            if block.kind == "list":
                found += [
                    Line(
                        unsigned(i.text)[:300],
                        Origin(i.first, i.last, f'an item under "{plain(section.title)[:50]}"'),
                    )
                    for i in block.children
                    if not is_task(i)
                ]
            elif block.kind == "paragraph" and not listed:
                for n, line in enumerate(block.text.split("\n")):
                    if labels(line) and labels(line)[0].value:
                        found.append(
                            Line(
                                plain(line)[:300],
                                Origin(
                                    block.first + n,
                                    block.first + n,
                                    f'a line under "{plain(section.title)[:50]}"',
                                ),
                            )
                        )
    return tuple(found)[:60]
