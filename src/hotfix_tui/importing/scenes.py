"""What stands around the steps: when to use it, advice, criteria, references."""

from __future__ import annotations

import re

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document, over
from hotfix_tui.importing.inline import labels, plain, unsigned
from hotfix_tui.importing.understood import Advice, Line, Origin

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
