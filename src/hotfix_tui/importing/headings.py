"""One heading: its number, its time, its boxes, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotfix_tui.importing import times, words
from hotfix_tui.importing.concepts import (
    AROUND,
    CHAPTERS,
    HARD_CHAPTERS,
    IN_BRACKETS,
    TOPICS,
    about_any,
    goes_back,
)
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.durations import labelled
from hotfix_tui.importing.imperative import is_imperative
from hotfix_tui.importing.inline import plain
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.numbering import Numbered, numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.scripts import fold

RECURRING = re.compile(
    r"(?i)\b(?:daily|weekly|monthly|quarterly|annual|yearly|täglich|wöchentlich|monatlich|quotidien|hebdomadaire|mensuel|diari|semanal|mensal|"
    r"ежедневн|еженедельн|ежемесячн|günlük|haftalık|aylık)|每日|每周|每月|毎日|毎週|毎月|매일|매주|매월"
)
_BY_WHEN = re.compile(
    r"(?i)\b(?:next|first|this|same)\s(?:hour|day|week|month)\b|(?:nächste|erste)\s(?:stunde|woche)|(?:semaine|mois)\sprochaine?|(?:próxim[ao]|primer[ao]?)\s(?:semana|hora|mes|mês|día|dia)"
    r"|下周|下个月|第一周|来週|来月|翌日|翌週|다음\s?[주달]"
)
"""Times that are no durations: "Next week"."""
LEAST_ITEMS = 2
"""So many items in their order are a list of steps."""
_RESTORES = re.compile(
    r"(?i)disaster|\brecovery\s(?:plan|runbook|procedure|guide)|\bDR\s(?:plan|runbook)|katastroph|desastre|sinistre|felaket|аварийн|灾难|災難|災害"
)
"""A title of a document about getting everything back: its headings about that are steps."""
_BOX = re.compile(r"\[[ xX]\]\s")
_JOINED = re.compile(r"\s(?:/|&|\+|or|and|oder|und|ou|et|o|y|e|или|и|veya|ve)\s", re.IGNORECASE)


def _is_double(title: str) -> bool:
    """Whether a heading names a stage beside the way back: "Fix or roll back"."""
    parts = _JOINED.split(plain(title))
    return len(parts) > 1 and any(
        words.stage(one) is not None and not about_any(HARD_CHAPTERS, one) for one in parts
    )


def _is_before(title: str) -> bool:
    """Whether a heading says that it comes before the work: "Pre-release checklist"."""
    return bool(re.search(r"(?i)\b(?:pre|avant|vor|antes|prima|öncesi|before)\b|前|전", plain(title)))


class Headings:
    """What is asked about a heading by itself."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[int, Numbered | None] = {s.index: numbered(s.title) for s in document.sections}
        self.tasks: dict[int, int] = {}
        """How many boxes each section has, with those inside it."""
        self._times: dict[int, bool] = {}
        self._lists: dict[int, bool] = {}
        first = next((s for s in document.sections if s.level == 1), None)
        about = first.title if first is not None and not _is_double(first.title) else ""
        self.topic = {concept for concept in TOPICS if words.about(concept, about)}
        self.topic |= {"rollback"} if _RESTORES.search(fold(about)) else set()
        """What the whole document is about: it keeps none of its own headings from being a step."""
        self.of_checklists = any(
            s.level == 1 and words.about("checklist", s.title) for s in document.sections[:1]
        )
        """Whether the whole document is a checklist."""

    def count_tasks(self, lines: Iterable[int]) -> None:
        """Tells which lines have boxes; a heading with a box in front is one of the heading above it."""
        boxed = (s.parent.first for s in self.document.sections if s.parent and _BOX.match(plain(s.title)))
        for line in (*lines, *boxed):
            section: Section | None = self.document.section_at(line)
            while section is not None:
                self.tasks[section.index] = self.tasks.get(section.index, 0) + 1
                section = section.parent

    def goes_back(self, section: Section) -> bool:
        """Whether a heading is about a way back, in a document that is about something else."""
        about = "rollback" not in self.topic and goes_back(section.title)
        return about and not _is_double(section.title)

    def has_commands(self, section: Section) -> bool:
        """Whether a fence stands somewhere below a heading."""
        return any(b.part and b.part.kind == "fence" for b in section.all_blocks())

    def is_overview(self, section: Section) -> bool:
        """Whether a heading is about the whole process, and holds nothing of it."""
        if not words.about("process", section.title) or self.takes(section) or self.says_phase(section.title):
            return False
        return not (section.inside or self.is_work(section) or self.is_told(section))

    def is_chapter(self, section: Section) -> bool:
        """Whether a heading is about what stands around the steps, and not about a step."""
        hard = (
            c
            for c in HARD_CHAPTERS
            if c not in self.topic
            and not (c == "checklist" and (_is_before(section.title) or self.takes(section)))
        )
        if about_any(hard, section.title):
            return not _is_double(section.title)
        if words.stage(section.title) is not None or self.is_told(section):
            return False
        return about_any((*CHAPTERS, *self.topic), section.title)

    def is_told(self, section: Section) -> bool:
        """Whether a heading, without its number, says what to do."""
        number = self.numbers[section.index]
        said = number.rest if number and number.rest else section.title
        return is_imperative(IN_BRACKETS.sub("", said))

    @staticmethod
    def says_when(title: str) -> bool:
        """Whether a title has a duration or a time."""
        return times.of_title(title) is not None or _BY_WHEN.search(title) is not None

    def takes(self, section: Section) -> bool:
        """Whether a heading says how long its work takes, or by when it is done."""
        if section.index not in self._times:
            said = self.says_when(section.title) or labelled(section) is not None
            self._times[section.index] = said
        return self._times[section.index]

    def is_stage(self, section: Section) -> bool:
        """Whether a heading is about a stage, or has a duration; what recurs is no stage."""
        if RECURRING.search(section.title):
            return False
        if "rollback" in self.topic and section.inside and words.about("rollback", section.title):
            return True
        return self.takes(section) or words.stage(section.title) is not None or self.says_phase(section.title)

    def says_phase(self, title: str) -> bool:
        """Whether a title calls itself a phase: "Investigation Phase (15-60 minutes)"."""
        bare = plain(times.without(title)).casefold()
        last = bare.split()[-1] if bare.split() else ""
        return bool(
            re.fullmatch(
                r"(?:phase|stage|step|étape|phase|schritt|etapa|fase|этап|фаза|aşaması|fazı|faza|阶段|階段|フェーズ|단계)s?",
                last,
            )
        ) or bare.endswith(("阶段", "フェーズ", "단계", "段階"))

    def has_boxes(self, section: Section) -> bool:
        """Whether boxes stand right below a heading, and not only below others inside it."""
        return self.tasks.get(section.index, 0) > sum(self.tasks.get(s.index, 0) for s in section.inside)

    def is_listed(self, section: Section) -> bool:
        """Whether an ordered list right below a heading says what to do, from item to item."""
        if section.index not in self._lists:
            items = [i for b in section.blocks if b.kind == "list" for i in b.children if i.number >= 0]
            told = sum(is_imperative(plain(i.text.split("\n")[0])) for i in items)
            self._lists[section.index] = len(items) >= LEAST_ITEMS and told * 3 >= len(items) * 2
        return self._lists[section.index]

    def is_work(self, section: Section) -> bool:
        """Whether a heading has boxes below it."""
        return bool(self.tasks.get(section.index))

    def is_aside(self, section: Section) -> bool:
        """Whether a heading among stages is about something else than a stage."""
        if level_of(section.title):
            return True
        if self.is_told(section) and not about_any(HARD_CHAPTERS, section.title):
            return False
        if self.takes(section) and words.stage(section.title) is not None:
            return False
        aside = about_any((c for c in AROUND if c not in self.topic), section.title)
        return (aside and not self.has_boxes(section)) or self.goes_back(section)
