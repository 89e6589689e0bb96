"""What speaks for and against a group of headings being the phases."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.concepts import ASIDE, IN_BRACKETS, about_any
from hotfix_tui.importing.faults import names_fault
from hotfix_tui.importing.headings import Headings
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.outline import Section

LAST_STAGE = 8
"""What comes after an emergency: its parts are not the phases."""
LEAST_TOLD = 4
"""So many headings that say what to do are a procedure."""
BEFORE = ("overview", "use", "not-use")
"""What a numbered heading before the steps is about."""
LEVELS = 2
"""So many severities below a heading are told there, and nothing is done."""
CARDS = 3
"""So many headings beside each other that name what is broken are cards."""
FAR = 3
"""So many places on, a heading stands no more with the one before it."""


class Evidence(Headings):
    """The numbers, boxes, durations and surroundings of headings."""

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

    def trimmed(self, run: list[Section]) -> list[Section]:
        """Numbered headings without a form, a way back or the like at their end, or the severities before them."""
        last = IN_BRACKETS.sub("", run[-1].title)
        form = about_any(("template", "reference", "faq", "drill", "metric"), last) and not self.is_told(
            run[-1]
        )
        run = run[:-1] if form and len(run) > 2 else run
        while len(run) > LEAST_TOLD and self._stands_before(run[0]):
            run = run[1:]
        return run

    def _stands_before(self, section: Section) -> bool:
        """Whether a numbered heading tells what there is to know before the first step."""
        told = self.is_chapter(section) and about_any(BEFORE, section.title)
        return (told or self.tells_levels(section)) and not self.has_boxes(section)

    @staticmethod
    def tells_levels(section: Section) -> bool:
        """Whether the severities are headings inside this one."""
        return sum(bool(level_of(s.title)) for s in section.inside) >= LEVELS

    def is_chapters(self, run: Sequence[Section]) -> bool:
        """Whether numbered headings are the chapters of the document, and not its steps."""
        chapters = sum(self.is_chapter(s) for s in run)
        return chapters >= 2 and chapters * 5 >= len(run)

    def surroundings(self, parent: Section, *, of_steps: bool = False) -> float:
        """What the headings around say: a process is good, a rollback or an appendix is not.

        A checklist is not either, but where its lists go in their order (`of_steps`).
        """
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
            ticked = not (of_steps or self.of_checklists) and words.about("checklist", section.title)
            score -= 60 * aside + 40 * ticked
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

    def mostly_told(self, run: Sequence[Section]) -> bool:
        """Whether most headings say what to do."""
        return sum(self.is_told(s) for s in run) * 5 >= len(run) * 3

    def are_choices(self, run: Sequence[Section]) -> bool:
        """Whether most headings are numbered as things to choose from: "Option 1", "Level 2"."""
        kinds = [found.kind for s in run if (found := self.numbers[s.index])]
        return kinds.count("choice") * 2 > len(run)

    def are_faults(self, run: Sequence[Section]) -> bool:
        """Whether most headings name what is broken, and not what is done about it: they are cards."""
        faults = [s for s in run if names_fault(s.title) and not (self.is_told(s) or self.takes(s))]
        return len(faults) * 2 > len(run) >= 3

    def is_card(self, section: Section) -> bool:
        """Whether a heading and most of those beside it name what is broken: what stands below is done for one fault alone."""
        beside = section.parent.inside if section.parent else ()
        return names_fault(section.title) and sum(names_fault(s.title) for s in beside) >= CARDS

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

    def speaks_of_stages(self, run: Sequence[Section]) -> bool:
        """Whether a heading is about a stage or says when: what only has a label with a time below it may be anything."""
        return any(words.stage(s.title) is not None or self.says_when(s.title) for s in run)

    def timed(self, run: Sequence[Section]) -> int:
        """How many headings have a duration, in their title or in a label right below."""
        return sum(self.takes(s) for s in run)

    def direct(self, run: Sequence[Section]) -> bool:
        """Whether the boxes stand right below these headings, and not below others inside them."""
        inside = sum(
            self.tasks.get(s.index, 0) - sum(self.tasks.get(i.index, 0) for i in s.inside) for s in run
        )
        return inside * 2 >= sum(self.tasks.get(s.index, 0) for s in run)

    def orderly(self, run: Sequence[Section]) -> bool:
        """Whether headings go through three stages or more in about the usual order."""
        known = sum(words.stage(s.title) is not None for s in run)
        chain = _in_order(run)
        return len(chain) >= 3 and len(chain) * 3 >= known * 2 and len(set(chain)) >= 2

    def skips_numbers(self, run: Sequence[Section]) -> bool:
        """Whether these are some of numbered headings: what stands between them is as much a step, or none of them is."""
        numbers = [number.place for s in run if (number := self.numbers[s.index])]
        holes = sum(after - before > 1 for before, after in itertools.pairwise(numbers))
        return len(numbers) == len(run) and holes * 3 >= len(run)

    def timed_alone(self, run: Sequence[Section]) -> int:
        """How many headings say nothing but when: "First 72 hours"."""
        return sum(self.says_when(s.title) and words.stage(s.title) is None for s in run)

    def varied(self, run: Sequence[Section]) -> bool:
        """Whether headings are about different stages for the most part."""
        return self.stages_of(run) >= 3 and self.stages_of(run) * 2 >= len(run)

    def stages_of(self, run: Sequence[Section]) -> int:
        """How many different stages headings are about."""
        return len({place for s in run if (place := words.stage(s.title)) is not None})

    def strong(self, run: Sequence[Section]) -> bool:
        """Whether headings go through four different stages or more in the usual order."""
        known = sum(words.stage(s.title) is not None for s in run)
        chain = _in_order(run)
        return len(set(chain)) >= 4 and len(chain) * 4 >= known * 3


def _in_order(run: Sequence[Section]) -> tuple[int, ...]:
    """The places of the longest part of these headings that goes through the stages in their order."""
    best: dict[int, tuple[int, ...]] = {}
    for section in run:
        longer = {}
        for place in words.stages(section.title):
            before = max((chain for last, chain in best.items() if last <= place), key=len, default=())
            longer[place] = (*before, place)
        best |= {place: chain for place, chain in longer.items() if len(chain) > len(best.get(place, ()))}
    return max(best.values(), key=len, default=())
