"""Which headings are the phases: the steps of the main procedure, in order, on the highest level that names one.

Groups of sibling headings compete. Structure counts first (numbers that run on, a word before them, durations in the
titles, boxes and commands below), the usual order of an emergency next, what the headings around are about last.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.choosing import Choice, Group
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.outline import Section

_REPORT = re.compile(
    r"(?i)post-?\s?mortem|incident report|rapport d.incident|ポストモーテム|постмортем|informe de incidente|relatório de incidente|复盘报告|障害報告"
)
SURE, UNLIKELY, FALLBACK = 62.0, 45.0, 26.0
"""Bare numbers weigh so much where they are the steps; at so little they are not; between them only where nothing else is."""
LEAST_TOLD = 4
"""So many headings that say what to do are a procedure."""
LAST_STAGE = 8
"""What comes after an emergency: its parts are not the phases."""


class Stages(Choice):
    """Looks at every group of siblings, and chooses."""

    def choose(self) -> Group | None:
        """The phases; None where no headings are."""
        first = next((s for s in self.document.sections if s.level == 1), None)
        if first and _REPORT.search(first.title) and not words.about("process", first.title):
            return None
        groups = [
            group
            for parent in (self.document.outline.top, *self.document.sections)
            for group in self._groups(parent)
        ]
        groups = [group for group in groups if group.score > 0 and not self._repeated(group, groups)]
        if not groups:
            return None
        best = max(groups, key=lambda group: (group.score, -group.members[0].first))
        return self.continued(self.joined(self.higher(best, groups), groups))

    def _repeated(self, group: Group, groups: Sequence[Group]) -> bool:
        """Whether the same headings come again elsewhere: then they are the parts of cards, one for each kind of emergency."""
        titles = {s.title for s in group.members}
        others = [{s.title for s in one.members} for one in groups if one is not group]
        return sum(len(titles & other) * 3 >= len(titles) * 2 for other in others) >= 2

    def _groups(self, parent: Section) -> list[Group]:
        if len(parent.inside) < 2:
            return []
        found = [self._sequence(parent, run) for run in self._runs(parent.inside)]
        made = [group for group in found if group]
        unnumbered = self._unnumbered(parent)
        chapters = any(self.is_chapters(run) for run in self._runs(parent.inside))
        if (
            unnumbered
            and not (chapters and not self.strong(unnumbered.members))
            and not any(self.of_numbers(group, unnumbered) for group in made)
        ):
            made.append(unnumbered)
        return made

    def of_numbers(self, group: Group, other: Group) -> bool:
        """Whether a group with numbers has most of another one's headings: then the numbers say where it ends."""
        return len(set(group.members) & set(other.members)) * 2 >= len(other.members)

    def _runs(self, siblings: Sequence[Section]) -> list[list[Section]]:
        """Siblings whose numbers run on, with the same word before them."""
        by_word: dict[tuple[str, str], list[Section]] = {}
        for section in siblings:
            found = self.numbers[section.index]
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
        found = self.numbers[run[0].index]
        assert found is not None
        kind = found.kind
        if kind == "choice":
            return None
        score = {"step": 100.0, "other": 55.0, "": 45.0}[kind]
        if kind == "other" and level_of(run[0].title):
            return None
        if kind != "step" and self.is_chapters(run):
            return self._within_chapters(parent, run)
        chapters = sum(self.is_chapter(s) for s in run)
        if kind != "step" and chapters == 1 and len(run) <= 3:
            score -= 25
        score += self.surroundings(parent) + self.evidence(run)
        if kind == "":
            score += self.bare(parent, run)
        reason = (
            f"headings with running numbers ({found.word} {found.text} …)" if kind else "numbered headings"
        )
        if score <= SURE and not (kind and score > 30):
            score = FALLBACK if score > UNLIKELY and self.mostly_told(run) else 0
        return Group(tuple(run), score, reason)

    def _within_chapters(self, parent: Section, run: Sequence[Section]) -> Group | None:
        """The numbered headings that are left where chapters stand only before and after them: most are steps."""
        parts = [[*same] for chapter, same in itertools.groupby(run, self.is_chapter) if not chapter]
        core = max(parts, key=len, default=[])
        if len(core) < LEAST_TOLD or len(core) * 2 <= len(run):
            return None
        works = sum(self.is_told(s) or self.is_stage(s) or self.has_commands(s) for s in core)
        whole = [s for s in core if s.inside and words.about("process", s.title)]
        if works * 4 < len(core) * 3 or any(words.stage(s.title) != LAST_STAGE for s in whole):
            return None
        score = 45.0 + self.surroundings(parent) + self.evidence(core) + self.bare(parent, core)
        return Group(tuple(core), score if score > SURE else 0, "numbered headings between chapters")

    def _unnumbered(self, parent: Section) -> Group | None:
        """Headings without numbers that go through an emergency in the usual order, or carry durations."""
        free = [s for s in parent.inside if not self.is_aside(s)]
        run = self.together(parent, [s for s in free if self.is_stage(s) and not self.is_overview(s)])
        if len(run) < 2 or len(run) * 2 < len(free):
            return self._told(parent, free)
        if sum((n := self.numbers[s.index]) is not None and n.kind == "choice" for s in run) * 2 > len(run):
            return None
        timed = self.timed(run)
        boxed = [s for s in parent.inside if self.is_work(s)]
        orderly = self.orderly(run)
        process = any(words.about("process", s.title) for s in (parent, *parent.above()) if s.level > 1) or (
            parent.level == 1 and words.about("process", parent.title) and len(run) * 10 >= len(free) * 8
        )
        most = sum(self.tasks.get(s.index, 0) for s in boxed) * 10 >= max(5, self.tasks.get(-1, 0)) * 7
        everywhere = len(boxed) == len(parent.inside) and len(run) * 2 >= len(boxed) > 2
        everywhere = everywhere or (boxed == run == parent.inside and self.stages_of(run) == len(run))
        by_box = most and (orderly or everywhere) and len(boxed) >= 2 and self.direct(boxed)
        most_free = len(run) * 5 >= len(free) * 3
        strong = parent.level <= 1 and self.strong(run) and most_free and self.varied(run)
        named = sum(self.says_phase(s.title) for s in run) if most_free else 0
        if not (
            (timed >= 2 and most_free)
            or by_box
            or (orderly and process and most_free and self.varied(run))
            or strong
            or named >= 2
        ):
            return self._told(parent, free)
        if by_box and timed < 2:
            run = [s for s in parent.inside if self.is_work(s) and not self.goes_back(s)]
        score = (
            20.0
            + 20 * (timed >= 2)
            + 12 * orderly
            + 35 * by_box
            + 20 * strong
            + 40 * (named >= 2)
            + min(len(run), 6)
        )
        score += self.surroundings(parent) - 25 * (
            parent.level > 1 and words.stage(parent.title) == LAST_STAGE
        )
        told = (
            "headings with durations"
            if timed >= 2
            else "headings that group the items by stage"
            if by_box
            else "stages in their usual order"
        )
        return Group(tuple(run), score if score > 25 else 0, told)

    def _told(self, parent: Section, free: Sequence[Section]) -> Group | None:
        """Headings without numbers that each say what to do: nearly all that stand there."""
        run = self.together(parent, [s for s in free if self.is_told(s) or self.is_stage(s)])
        told = sum(self.is_told(s) for s in run)
        if told < LEAST_TOLD or told * 10 < len(run) * 7 or len(run) * 10 < len(parent.inside) * 7:
            return None
        score = 30.0 + min(len(run), 8) + self.surroundings(parent)
        return Group(tuple(run), score if score > 25 else 0, "headings that each say what to do")
