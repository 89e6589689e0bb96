"""Headings without numbers: stages in the usual order of an emergency, durations, boxes, or words that say what to do."""

from __future__ import annotations

from collections.abc import Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import words
from hotfix_tui.importing.choosing import Group
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.weighing import LAST_STAGE, LEAST_TOLD, Evidence

LEAST = 25.0
"""What weighs no more is no group."""
FEWEST_BOXES = 5
"""With fewer boxes in all, they do not tell where the work is."""

FEWEST_OF_ALL = 3
"""So few headings are a procedure, where there are no others."""
LEAST_LISTED = 3
"""So many headings with lists of steps are stages."""


@record(frozen=True, slots=True)
class Signs:
    """What speaks for headings without numbers."""

    timed: bool
    """Two of them or more have durations."""
    boxed: bool
    """The boxes stand below them."""
    orderly: bool
    """They go through the usual order, in three stages or more."""
    strong: bool
    """They are the document's own headings, in four stages or more."""
    named: bool
    """Two of them or more call themselves phases."""
    inner: bool
    """They stand under a heading about the process, and are about different stages."""

    @property
    def enough(self) -> bool:
        """Whether they are a group at all."""
        return self.timed or self.boxed or self.strong or self.named or (self.orderly and self.inner)

    @property
    def weight(self) -> float:
        """How much they weigh."""
        return (
            20.0 + 20 * self.timed + 12 * self.orderly + 35 * self.boxed + 20 * self.strong + 40 * self.named
        )

    @property
    def reason(self) -> str:
        """What is told about the group."""
        if self.timed:
            return "headings with durations"
        return "headings that group the items by stage" if self.boxed else "stages in their usual order"


class Ordered:
    """Looks for siblings that are stages."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def group(self, parent: Section) -> Group | None:
        """The stages right below this heading; None where there are none."""
        look = self.evidence
        free = [s for s in parent.inside if not look.is_aside(s)]
        run = self._run(parent, free)
        signs = self._signs(parent, free, run)
        if signs is None or not signs.enough:
            return self._told(parent, free) or self._listed(parent) or self._topics(parent)
        if signs.timed:
            run = self._with_work_between(parent, run)
        elif signs.boxed:
            run = self._with_stages_between(parent, free)
            if sum(map(look.is_stage, run)) < 2:
                return None
        if look.skips_numbers(run):
            return None
        late = parent.level > 1 and words.stage(parent.title) == LAST_STAGE
        score = signs.weight + min(len(run), 6) + look.surroundings(parent) - 25 * late
        return Group(tuple(run), score if score > LEAST else 0, signs.reason)

    def _with_work_between(self, parent: Section, run: Sequence[Section]) -> list[Section]:
        """Timed stages, and the headings between two of them that have steps or commands."""
        look = self.evidence
        kept = {s.index for s in run}
        first, last = parent.inside.index(run[0]), parent.inside.index(run[-1])
        return [
            s
            for s in parent.inside[first : last + 1]
            if s.index in kept
            or (
                not look.is_aside(s)
                and not look.is_chapter(s)
                and (look.is_listed(s) or look.has_commands(s))
            )
        ]

    def _with_stages_between(self, parent: Section, free: Sequence[Section]) -> list[Section]:
        """The headings with boxes, and the stages without any that stand between them."""
        look = self.evidence
        works = [s.index for s in parent.inside if look.is_work(s) and not look.goes_back(s)]
        stages = [s.index for s in free if look.is_stage(s)]
        return [
            s
            for s in parent.inside
            if s.index in works or (s.index in stages and works[0] < s.index < works[-1])
        ]

    def _run(self, parent: Section, free: Sequence[Section]) -> list[Section]:
        look = self.evidence
        inner = words.about("process", parent.title) and parent.level > 1
        stages = [s for s in free if look.is_stage(s) or (inner and look.is_told(s))]
        return look.together(parent, self._until_the_end([s for s in stages if not look.is_overview(s)]))

    def _until_the_end(self, run: list[Section]) -> list[Section]:
        """The stages without what stands behind the last of them, what is learnt afterwards, and says no time."""
        ends = [n for n, s in enumerate(run) if words.stage(s.title) == LAST_STAGE]
        if not ends or ends[-1] * 2 < len(run):
            return run
        return [s for n, s in enumerate(run) if n <= ends[-1] or self.evidence.takes(s)]

    def _signs(self, parent: Section, free: Sequence[Section], run: Sequence[Section]) -> Signs | None:
        """What speaks for these headings; None where they are too few, or things to choose from."""
        look = self.evidence
        if len(run) < 2 or len(run) * 2 < len(free) or look.are_choices(run):
            return None
        most = len(run) * 5 >= len(free) * 3
        orderly = look.orderly(run)
        return Signs(
            timed=look.timed(run) >= 2 and most and look.speaks_of_stages(run),
            boxed=self._boxed(parent, run, orderly=orderly),
            orderly=orderly,
            strong=parent.level <= 1 and look.strong(run) and most and look.varied(run),
            named=most and sum(look.says_phase(s.title) for s in run) >= 2,
            inner=most and look.varied(run) and self._is_inner(parent, len(run) * 10 >= len(free) * 8),
        )

    def _is_inner(self, parent: Section, nearly_all: bool) -> bool:  # noqa: FBT001 - a fact, told in place
        around = (parent, *parent.above())
        if any(words.about("process", s.title) for s in around if s.level > 1):
            return True
        return parent.level == 1 and words.about("process", parent.title) and nearly_all

    def _boxed(self, parent: Section, run: Sequence[Section], *, orderly: bool) -> bool:
        """Whether most of the document's boxes stand right below these headings, or all headings have boxes."""
        look = self.evidence
        boxed = [s for s in parent.inside if look.is_work(s)]
        whole_checklist = look.of_checklists and parent.level == 1
        if len(boxed) < 2 or not (whole_checklist or look.direct(boxed)):
            return False
        most = (
            sum(look.tasks.get(s.index, 0) for s in boxed) * 10
            >= max(FEWEST_BOXES, look.tasks.get(-1, 0)) * 7
        )
        everywhere = len(boxed) == len(parent.inside) and len(run) * 2 >= len(boxed) > 2
        whole = boxed == list(run) == parent.inside and look.stages_of(run) + look.timed_alone(run) == len(
            run
        )
        return most and (orderly or everywhere or whole)

    def _told(self, parent: Section, free: Sequence[Section]) -> Group | None:
        """Headings without numbers that each say what to do: nearly all that stand there."""
        look = self.evidence
        run = look.together(parent, [s for s in free if look.is_told(s) or look.is_stage(s)])
        told = sum(look.is_told(s) for s in run)
        if self._is_all(parent, run) and (told == len(run) or look.orderly(run)):
            return Group(tuple(run), 34.0, "headings that are all stages or say what to do")
        few = told >= FEWEST_OF_ALL and parent.level == 1 and look.orderly(run)
        if (
            not (told >= LEAST_TOLD or few)
            or told * 10 < len(run) * 7
            or len(run) * 10 < len(parent.inside) * 7
        ):
            return None
        score = 30.0 + min(len(run), 8) + look.surroundings(parent)
        return Group(tuple(run), score if score > LEAST else 0, "headings that each say what to do")

    @staticmethod
    def _is_all(parent: Section, run: Sequence[Section]) -> bool:
        """Whether these are all headings of the document, but those inside them."""
        whole = parent.level == 1 and len(run) == len(parent.inside) >= FEWEST_OF_ALL
        return whole and not any(words.about("process", s.title) for s in run)

    def _topics(self, parent: Section) -> Group | None:
        """The headings of a document that is one checklist, with nearly all of its boxes: they go from topic to topic."""
        look = self.evidence
        if not look.of_checklists or parent.level != 1:
            return None
        run = [s for s in parent.inside if look.is_work(s) and not look.goes_back(s)]
        covered = sum(look.tasks.get(s.index, 0) for s in run)
        if len(run) < FEWEST_OF_ALL or covered * 10 < look.tasks.get(-1, 0) * 8:
            return None
        return Group(tuple(run), 27.0, "headings that group the items of a checklist")

    def _listed(self, parent: Section) -> Group | None:
        """Headings that each have an ordered list of what to do, nearly all that stand there, in several stages."""
        look = self.evidence
        run = [s for s in parent.inside if look.is_listed(s) and not look.goes_back(s)]
        if len(run) < LEAST_LISTED or len(run) * 5 < len(parent.inside) * 4 or look.are_choices(run):
            return None
        if look.stages_of(run) + sum(look.is_told(s) for s in run) < 2:
            return None
        score = 28.0 + min(len(run), 8) + look.surroundings(parent, of_steps=True)
        return Group(
            tuple(run), score if score > LEAST else 0, "headings that each have steps in their order"
        )
