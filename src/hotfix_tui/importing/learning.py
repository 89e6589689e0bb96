"""What is learnt before and after: drills, questions of a review, the form of a post-mortem."""

from __future__ import annotations

import re

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import unsigned
from hotfix_tui.importing.scenes import is_task, lines_about
from hotfix_tui.importing.scripts import fold
from hotfix_tui.importing.understood import Line, Origin

_OFTEN = re.compile(
    r"(?i)\b(?:dai|week|month|quarter|annual|year|biannual|semi-annual)\w*|täglich|wöchentlich|monatlich|vierteljährlich|jährlich|mensuel|trimestriel|annuel|"
    r"mensual|trimestral|anual|ежемесячн|ежеквартальн|ежегодн|aylık|yıllık|每月|每季|每年|毎月|四半期|毎年|매월|분기|매년"
)


def drills(document: Document) -> tuple[Line, ...]:
    """What is to be practised every so often."""
    return tuple(line for line in lines_about(document, "drill") if _OFTEN.search(line.text))


def questions(document: Document) -> tuple[Line, ...]:
    """What a review asks, outside templates: items under a heading about the review."""
    found: list[Line] = []
    for section in document.sections:
        if not any(words.about("postmortem", s.title) for s in (section, *section.above())):
            continue
        for block in section.blocks:
            if block.kind == "list":
                found += [
                    Line(unsigned(i.text)[:300], Origin(i.first, i.last, "a question of the review"))
                    for i in block.children
                    if not is_task(i) and re.search(r"[?？]|_{3,}", " ".join(b.text for b in i.walk()))
                ]
    return tuple(found)[:60]


_PARTS = re.compile(
    r"(?i)timeline|chronolog|zeitverlauf|cronolog|хронолог|zaman çizelge|时间线|タイムライン|타임라인|root cause|cause|ursache|causa|причин|neden|原因|원인|"
    r"impact|auswirk|impacto|влиян|etki|影响|影響|영향|lesson|leçon|lehren|lecc|liç|урок|ders|教训|교훈|action item|went well|went wrong|improv"
)


def postmortem_form(document: Document) -> tuple[int, int] | None:
    """The lines of a post-mortem's form outside fences: its usual parts as headings, labels or items, below that name."""
    for section in document.sections:
        if not words.about("postmortem", section.title) or words.about("process", section.title):
            continue
        parts = [s for s in section.walk() if s is not section and _PARTS.search(fold(s.title))]
        template = words.about("template", section.title)
        named = template or section.level == 1
        if len(parts) >= 3 or (named and len(parts) >= 2):
            return section.first, section.last
        if template and sum(_names_part(block) for block in section.blocks) >= 2:
            return section.first, section.last
    return _listed_form(document)


def _names_part(block: Block) -> bool:
    """Whether a label in bold is the name of a part."""
    return block.kind == "paragraph" and block.text.startswith("**") and bool(_PARTS.search(fold(block.text)))


def _listed_form(document: Document) -> tuple[int, int] | None:
    """The lines of an item that names the form and lists its parts: "RCA template:"."""
    for _, top in document.everything():
        for item in top.walk():
            name = item.text.split("\n")[0]
            if item.kind != "item" or not (words.about("postmortem", name) and words.about("template", name)):
                continue
            parts = [i for b in item.children if b.kind == "list" for i in b.children]
            if sum(bool(_PARTS.search(fold(i.text))) for i in parts) >= 3:
                return item.first, item.last
    return None
