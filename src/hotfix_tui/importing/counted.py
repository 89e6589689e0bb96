"""Headings with running numbers: "Step 1", "2.1", "第一阶段"."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.choosing import Group
from hotfix_tui.importing.concepts import HARD_CHAPTERS, about_any
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.weighing import LAST_STAGE, LEAST_TOLD, Evidence

LEAST = 30.0
"""Numbers with a word before them that weigh no more are no steps."""
UNBOXED, BOXES = 60.0, 5
"""So much less weigh steps without boxes in a checklist with so many."""
SURE, UNLIKELY, FALLBACK = 62.0, 45.0, 26.0
"""Bare numbers weigh so much where they are the steps; at so little they are not; between them only where nothing else is."""


class Counted:
    """Looks for siblings whose numbers run on."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.numbers = evidence.numbers

    def groups(self, parent: Section) -> list[Group]:
        """The groups of numbered headings right below this one."""
        found = [self._sequence(parent, run) for run in self._runs(parent.inside)]
        return [group for group in found if group]

    def chapters(self, parent: Section) -> bool:
        """Whether the numbers right below this heading are those of chapters."""
        return any(self.evidence.is_chapters(run) for run in self._runs(parent.inside))

    def _runs(self, siblings: Sequence[Section]) -> list[list[Section]]:
        """Siblings whose numbers run on, with the same word before them."""
        by_word: dict[tuple[str, str], list[Section]] = {}
        for section in siblings:
            found = self.numbers[section.index]
            if found is None and by_word and words.about("reference", section.title):
                break  # an appendix: what is numbered behind it is about something else
            if found is None:
                continue
            run = by_word.setdefault((found.word, found.prefix), [])
            before = self.numbers[run[-1].index] if run else None
            if before is None or found.place >= before.place:
                run.append(section)
        return [run for run in by_word.values() if len(run) >= 2 and self._runs_on(run)]

    def _runs_on(self, run: Sequence[Section]) -> bool:
        places = [found.place for s in run if (found := self.numbers[s.index])]
        good = sum(after - before in (0, 1) for before, after in itertools.pairwise(places))
        return places[0] <= 1 and good * 3 >= (len(places) - 1) * 2

    def _sequence(self, parent: Section, run: list[Section]) -> Group | None:
        """These headings as the steps; those between their chapters; None where they are neither."""
        found = self.numbers[run[0].index]
        assert found is not None
        if found.kind == "choice" or (found.kind == "other" and level_of(run[0].title)):
            return None
        run = run if found.kind else self._without(self._is_choice, run)
        if found.kind != "step" and self.evidence.are_faults(run):
            return None
        if found.kind != "step" and self.evidence.is_chapters(run):
            core = self._within_chapters(parent, run)
            left = self._without_ways_back(run)
            if core or left == run or self.evidence.is_chapters(left):
                return core
            run = left
        if not found.kind:
            run = self._without_ways_back(self._without(self._is_form, self.evidence.trimmed(run)))
        told = f" with running numbers ({found.word} {found.text} …)"
        reason = f"headings{told}" if found.kind else "numbered headings"
        return Group(tuple(run), self._weight(found.kind, parent, run), reason)

    def _weight(self, kind: str, parent: Section, run: Sequence[Section]) -> float:
        """How much numbered headings weigh; 0 where they are no steps."""
        look = self.evidence
        score = (
            {"step": 100.0, "other": 55.0, "": 45.0}[kind] + look.surroundings(parent) + look.evidence(run)
        )
        if kind != "step" and len(run) <= 3 and sum(map(look.is_chapter, run)) == 1:
            score -= 25
        if kind:
            return score - UNBOXED * self._unboxed(run) if score > LEAST else 0
        late = parent.level > 1 and words.stage(parent.title) == LAST_STAGE
        score += look.bare(parent, run) - 20 * look.silent(run) - 25 * late
        if score > SURE:
            return score
        staged = look.orderly(run) and look.stages_of(run) == len(run)
        return FALLBACK if score > UNLIKELY and (look.mostly_told(run) or staged) else 0

    def _unboxed(self, run: Sequence[Section]) -> bool:
        """Whether these steps have none of the boxes of a document that is a checklist: they prepare something beside it."""
        look = self.evidence
        return look.of_checklists and look.tasks.get(-1, 0) >= BOXES and not any(map(look.is_work, run))

    def _without(self, kind: Callable[[Section], bool], run: list[Section]) -> list[Section]:
        """The headings but those of a kind, where that leaves a procedure."""
        left = [s for s in run if not kind(s)]
        return left if len(left) >= 2 else run

    def _is_choice(self, section: Section) -> bool:
        """Whether what is numbered is one of several ways: "2. Plan A"."""
        number = self.numbers[section.index]
        inner = numbered(number.rest) if number else None
        return inner is not None and inner.kind == "choice"

    def _is_form(self, section: Section) -> bool:
        """Whether it is a text to fill in."""
        return words.about("template", section.title) and not self.evidence.is_told(section)

    def _without_ways_back(self, run: list[Section]) -> list[Section]:
        """The headings without one or two ways back among them or at their end: they are no steps."""
        look = self.evidence
        ends = {s.index for s in run[-2:]}
        left = [s for s in run if not look.goes_back(s) or (look.takes(s) and s.index not in ends)]
        return left if len(left) >= LEAST_TOLD - 1 and 0 < len(run) - len(left) <= 2 else run

    def _within_chapters(self, parent: Section, run: Sequence[Section]) -> Group | None:
        """The numbered headings that are left where chapters stand only before and after them: most are steps."""
        look = self.evidence
        core = max(self._parts(run), key=len, default=[])
        most = len(core) >= LEAST_TOLD and len(core) * 2 > len(run)
        core = self._with_those_between(run, core) if core else []
        if not most and (not look.orderly(core) or look.skips_numbers(core)):
            return None
        works = sum(look.is_told(s) or look.is_stage(s) or look.has_commands(s) for s in core)
        whole = [s for s in core if (s.inside or look.is_listed(s)) and words.about("process", s.title)]
        inner = len(whole) == 1 and words.stage(whole[0].title) != LAST_STAGE
        inner = inner or any(look.orderly(s.inside) for s in whole)
        if works * 3 < len(core) * 2 or inner:
            return None
        score = 45.0 + look.surroundings(parent) + look.evidence(core) + look.bare(parent, core)
        score += 5 * look.orderly(core)
        return Group(tuple(core), score if score > SURE else 0, "numbered headings between chapters")

    def _with_those_between(self, run: Sequence[Section], core: Sequence[Section]) -> list[Section]:
        """The steps, and what is numbered between two of them and may be one: calling for help, taking care."""
        first, last = run.index(core[0]), run.index(core[-1])
        maybe = [s for s in run[first:last] if about_any(("escalation", "advice"), s.title)]
        hard = (*HARD_CHAPTERS, "contact")
        kept = {s.index for s in (*core, *(s for s in maybe if not about_any(hard, s.title)))}
        return [s for s in run if s.index in kept]

    def _parts(self, run: Sequence[Section]) -> list[list[Section]]:
        """The stretches between chapters; one chapter alone parts nothing."""
        parts: list[list[Section]] = []
        away = LEAST_TOLD
        for section in run:
            if self.evidence.is_chapter(section):
                away += 1
                continue
            if parts and away <= 1:
                parts[-1].append(section)
            else:
                parts.append([section])
            away = 0
        return parts
