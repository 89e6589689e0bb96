"""Which headings are the phases: the steps of the main procedure, in order, on the highest level that names one.

Groups of sibling headings compete. Structure counts first (numbers that run on, a word before them, durations in the
titles, boxes and commands below), the usual order of an emergency next, what the headings around are about last.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import times, words
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.weighing import Evidence


@record(frozen=True, slots=True)
class Group:
    """Sibling headings that may be the phases."""

    members: tuple[Section, ...]
    score: float
    reason: str


class Stages(Evidence):
    """Looks at every group of siblings, and chooses."""

    def choose(self) -> Group | None:
        """The phases; None where no headings are."""
        groups = [
            group
            for parent in (self.document.outline.top, *self.document.sections)
            for group in self._groups(parent)
        ]
        groups = [group for group in groups if group.score > 0]
        if not groups:
            return None
        best = max(groups, key=lambda group: (group.score, -group.members[0].first))
        return self._joined(self._higher(best, groups), groups)

    def _groups(self, parent: Section) -> list[Group]:
        if len(parent.inside) < 2:
            return []
        found = [self._sequence(parent, run) for run in self._runs(parent.inside)]
        made = [group for group in found if group]
        unnumbered = self._unnumbered(parent)
        return [*made, unnumbered] if unnumbered else made

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
        chapters = sum(self.is_chapter(s) for s in run)
        if kind != "step" and chapters >= 2 and chapters * 5 >= len(run):
            return None
        if kind != "step" and chapters == 1 and len(run) <= 3:
            score -= 25
        score += self.surroundings(parent) + self.evidence(run)
        if kind == "":
            score += self.bare(parent, run)
        reason = (
            f"headings with running numbers ({found.word} {found.text} …)" if kind else "numbered headings"
        )
        return Group(tuple(run), score if score > 62 or (kind and score > 30) else 0, reason)

    def _unnumbered(self, parent: Section) -> Group | None:
        """Headings without numbers that go through an emergency in the usual order, or carry durations or boxes."""
        free = [s for s in parent.inside if not self.is_aside(s)]
        run = [
            s
            for s in free
            if words.stage(s.title) is not None or times.of_title(s.title) is not None or self.is_work(s)
        ]
        if len(run) < 2 or len(run) * 5 < len(free) * 3:
            return None
        timed = sum(times.of_title(s.title) is not None for s in run)
        boxed = sum(bool(self.tasks.get(s.index)) for s in run)
        places = [place for s in run if (place := words.stage(s.title)) is not None]
        rising = sum(b >= a for a, b in itertools.pairwise(places))
        orderly = len(places) >= 3 and rising * 3 >= (len(places) - 1) * 2 and len(set(places)) >= 3
        process = any(words.about("process", s.title) for s in (parent, *parent.above()) if s.index >= 0)
        most = sum(self.tasks.get(s.index, 0) for s in run) * 10 >= max(5, self.tasks.get(-1, 0)) * 7
        if not (
            timed >= 2 or (boxed * 3 >= len(run) * 2 and (len(run) > 2 or orderly)) or (orderly and process)
        ):
            return None
        score = (
            20.0
            + 20 * (timed >= 2)
            + 12 * orderly
            + (10 + 25 * most) * (boxed * 3 >= len(run) * 2 and self.direct(run))
            + self.surroundings(parent)
            + min(len(run), 6)
        )
        reason = (
            "headings with durations"
            if timed >= 2
            else "headings that group the items by stage"
            if boxed
            else "stages in their usual order"
        )
        return Group(tuple(run), score if score > 25 else 0, reason)

    def _higher(self, best: Group, groups: Sequence[Group]) -> Group:
        """The group around the best one, where several of its members hold steps of their own."""
        for group in groups:
            if group is best or group.score < 45 or not self.numbers[group.members[0].index]:
                continue
            inside = [one for one in groups if one.members[0].parent in group.members]
            if (
                best in inside
                and len({one.members[0].parent.index for one in inside if one.members[0].parent}) >= 2
            ):
                return self._higher(group, groups)
        return best

    def _joined(self, best: Group, groups: Sequence[Group]) -> Group:
        """All steps, where each severity has its own."""
        parent = best.members[0].parent
        if parent is None or parent.parent is None or not level_of(parent.title):
            return best
        beside = {s.index for s in parent.parent.inside if level_of(s.title)}
        same = [
            one
            for one in groups
            if (p := one.members[0].parent) and p.index in beside and one.score >= best.score - 40
        ]
        if len(same) < 2:
            return best
        members = sorted((s for one in same for s in one.members), key=lambda s: s.first)
        return Group(tuple(dict.fromkeys(members)), best.score, "each severity has its own steps")
