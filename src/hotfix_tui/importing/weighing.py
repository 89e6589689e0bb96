"""What speaks for and against a group of headings being the phases."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.concepts import AROUND, ASIDE, CHAPTERS, HARD_CHAPTERS, TOPICS, about_any
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.durations import labelled
from hotfix_tui.importing.imperative import is_imperative
from hotfix_tui.importing.inline import plain
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.numbering import Numbered, numbered
from hotfix_tui.importing.outline import Section

RECURRING = re.compile(
    r"(?i)\b(?:daily|weekly|monthly|quarterly|annual|yearly|täglich|wöchentlich|monatlich|quotidien|hebdomadaire|mensuel|diari|semanal|mensal|"
    r"ежедневн|еженедельн|ежемесячн|günlük|haftalık|aylık)|每日|每周|每月|毎日|毎週|毎月|매일|매주|매월"
)


_JOINED = re.compile(r"\s(?:/|&|\+|or|and|oder|und|ou|et|o|y|e|или|и|veya|ve)\s", re.IGNORECASE)


def _is_double(title: str) -> bool:
    """Whether a heading names a stage beside the way back: "Fix or roll back"."""
    parts = _JOINED.split(plain(title))
    return len(parts) > 1 and any(
        words.stage(one) is not None and not about_any(HARD_CHAPTERS, one) for one in parts
    )


LAST_STAGE = 8
"""What comes after an emergency: its parts are not the phases."""
LEAST_TOLD = 4
"""So many headings that say what to do are a procedure."""
FAR = 3
"""So many places on, a heading stands no more with the one before it."""


class Evidence:
    """The numbers, boxes, durations and surroundings of headings."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[int, Numbered | None] = {s.index: numbered(s.title) for s in document.sections}
        self.tasks: dict[int, int] = {}
        """How many boxes each section has, with those inside it."""
        self._times: dict[int, bool] = {}
        first = next((s for s in document.sections if s.level == 1), None)
        about = first.title if first is not None and not _is_double(first.title) else ""
        self.topic = {concept for concept in TOPICS if words.about(concept, about)}
        """What the whole document is about: it keeps none of its own headings from being a step."""
        self.of_checklists = any(
            s.level == 1 and words.about("checklist", s.title) for s in document.sections[:1]
        )
        """Whether the whole document is a checklist."""

    def count_tasks(self, lines: Iterable[int]) -> None:
        """Tells which lines have boxes."""
        for line in lines:
            section: Section | None = self.document.section_at(line)
            while section is not None:
                self.tasks[section.index] = self.tasks.get(section.index, 0) + 1
                section = section.parent

    def bare(self, parent: Section, run: Sequence[Section]) -> float:
        """For numbers without a word: steps are most of what stands there, and none of them is a way back."""
        score = 14.0 if parent.level <= 1 and len(run) * 10 >= len(parent.inside) * 7 else 0.0
        score += 8.0 * (sum(self.has_commands(s) for s in run) * 2 >= len(run))
        if (
            parent.level > 1
            and words.about("choice", parent.title)
            and not words.about("process", parent.title)
        ):
            score -= 30
        return score - 20 * any(self.goes_back(s) for s in run)

    def goes_back(self, section: Section) -> bool:
        """Whether a heading is about a way back, in a document that is about something else."""
        about = "rollback" not in self.topic and words.about("rollback", section.title)
        return about and not _is_double(section.title)

    def has_commands(self, section: Section) -> bool:
        """Whether a fence stands somewhere below a heading."""
        return any(b.part and b.part.kind == "fence" for b in section.all_blocks())

    def trimmed(self, run: list[Section]) -> list[Section]:
        """Numbered headings without a form, a way back or the like at their end."""
        form = about_any(("template", "reference", "faq"), run[-1].title)
        return run[:-1] if form and len(run) > 2 else run

    def is_overview(self, section: Section) -> bool:
        """Whether a heading is about the whole process, and holds nothing of it."""
        if not words.about("process", section.title) or self.takes(section) or self.says_phase(section.title):
            return False
        return not (section.inside or self.is_work(section) or self.is_told(section))

    def is_chapter(self, section: Section) -> bool:
        """Whether a heading is about what stands around the steps, and not about a step."""
        if about_any((c for c in HARD_CHAPTERS if c not in self.topic), section.title):
            return not _is_double(section.title)
        if words.stage(section.title) is not None or self.is_told(section):
            return False
        return about_any((*CHAPTERS, *self.topic), section.title)

    def is_chapters(self, run: Sequence[Section]) -> bool:
        """Whether numbered headings are the chapters of the document, and not its steps."""
        chapters = sum(self.is_chapter(s) for s in run)
        return chapters >= 2 and chapters * 5 >= len(run)

    def surroundings(self, parent: Section) -> float:
        """What the headings around say: a process is good, a rollback or an appendix is not."""
        score = 0.0
        for section in (s for s in (parent, *parent.above()) if s.index >= 0):
            if self.only_heading(section):
                continue
            process = words.about("process", section.title)
            without = {
                *self.topic,
                "toc",
                *(("advice",) if process else ()),
            }  # a table of contents has no sections
            aside = about_any((c for c in ASIDE if c not in without), section.title)
            if process and not aside:
                score += 16 if section is parent else 4
            score -= 60 * aside + 25 * (words.about("checklist", section.title) and not self.of_checklists)
        return max(-90.0, score)

    def only_heading(self, section: Section) -> bool:
        """Whether a heading is the whole document's title."""
        return len(section.parent.inside) == 1 if section.parent and section.parent.index < 0 else False

    def evidence(self, run: Sequence[Section]) -> float:
        """Durations in titles, the usual order, boxes below, and their number."""
        places = [place for s in run if (place := words.stage(s.title)) is not None]
        rising = sum(b >= a for a, b in itertools.pairwise(places))
        score = 15.0 * self.timed(run) / len(run) + min(len(run), 8)
        if len(places) * 2 >= len(run) and rising * 2 >= len(places) - 1 and len(set(places)) >= 2:
            score += 12
        return score + (5 if any(self.tasks.get(s.index) for s in run) else 0)

    def is_told(self, section: Section) -> bool:
        """Whether a heading, without its number, says what to do."""
        number = self.numbers[section.index]
        return is_imperative(number.rest if number and number.rest else section.title)

    def mostly_told(self, run: Sequence[Section]) -> bool:
        """Whether most headings say what to do."""
        return sum(self.is_told(s) for s in run) * 5 >= len(run) * 3

    def are_choices(self, run: Sequence[Section]) -> bool:
        """Whether most headings are numbered as things to choose from: "Option 1", "Level 2"."""
        kinds = [found.kind for s in run if (found := self.numbers[s.index])]
        return kinds.count("choice") * 2 > len(run)

    def silent(self, run: Sequence[Section]) -> bool:
        """Whether hardly any heading says what is done, in a language that is known: some do."""
        speaks = sum(self.is_told(s) or self.is_stage(s) or self.has_commands(s) for s in run)
        return 0 < speaks * 3 < len(run) and sum(self.is_work(s) for s in run) * 3 < len(run)

    def together(self, parent: Section, run: Sequence[Section]) -> list[Section]:
        """Headings that stand together: without those that several others part from most of them."""
        places = {s.index: n for n, s in enumerate(parent.inside)}
        parts: list[list[Section]] = []
        for section in run:
            if parts and places[section.index] - places[parts[-1][-1].index] <= FAR:
                parts[-1].append(section)
            else:
                parts.append([section])
        largest = max(parts, key=len, default=[])
        return largest if len(largest) * 3 >= len(run) * 2 else list(run)

    def timed(self, run: Sequence[Section]) -> int:
        """How many headings have a duration, in their title or in a label right below."""
        return sum(self.takes(s) for s in run)

    def takes(self, section: Section) -> bool:
        """Whether a heading says how long its work takes."""
        if section.index not in self._times:
            known = times.of_title(section.title) or labelled(section)
            self._times[section.index] = known is not None
        return self._times[section.index]

    def direct(self, run: Sequence[Section]) -> bool:
        """Whether the boxes stand right below these headings, and not below others inside them."""
        inside = sum(
            self.tasks.get(s.index, 0) - sum(self.tasks.get(i.index, 0) for i in s.inside) for s in run
        )
        return inside * 2 >= sum(self.tasks.get(s.index, 0) for s in run)

    def is_stage(self, section: Section) -> bool:
        """Whether a heading is about a stage, or has a duration; what recurs is no stage."""
        if RECURRING.search(section.title):
            return False
        return self.takes(section) or words.stage(section.title) is not None or self.says_phase(section.title)

    def orderly(self, run: Sequence[Section]) -> bool:
        """Whether headings go through three stages or more in about the usual order."""
        places = [place for s in run if (place := words.stage(s.title)) is not None]
        rising = sum(b >= a for a, b in itertools.pairwise(places))
        return len(places) >= 3 and rising * 3 >= (len(places) - 1) * 2 and len(set(places)) >= 2

    def varied(self, run: Sequence[Section]) -> bool:
        """Whether headings are about different stages for the most part."""
        return self.stages_of(run) >= 3 and self.stages_of(run) * 2 >= len(run)

    def stages_of(self, run: Sequence[Section]) -> int:
        """How many different stages headings are about."""
        return len({place for s in run if (place := words.stage(s.title)) is not None})

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

    def strong(self, run: Sequence[Section]) -> bool:
        """Whether headings go through four different stages or more in the usual order."""
        places = [place for s in run if (place := words.stage(s.title)) is not None]
        rising = sum(b >= a for a, b in itertools.pairwise(places))
        return len(set(places)) >= 4 and rising * 4 >= (len(places) - 1) * 3

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
        return (aside and not self.is_work(section)) or self.goes_back(section)
