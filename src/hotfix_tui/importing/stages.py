"""Which headings are the phases: the steps of the main procedure, in order, on the highest level that names one.

Groups of sibling headings compete. Structure counts first (numbers that run on, a word before them, durations in the
titles, boxes and commands below), the usual order of an emergency next, what the headings around are about last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.choosing import Choice, Group
from hotfix_tui.importing.counted import Counted
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.ordered import Ordered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.scripts import fold

_REPORT = re.compile(
    r"(?i)post-?\s?mortem|incident report|rapport d.incident|ポストモーテム|постмортем|informe de incidente|relatório de incidente|复盘报告|障害報告"
)


class Stages(Choice):
    """Looks at every group of siblings, and chooses."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.counted = Counted(self)
        self.ordered = Ordered(self)

    def choose(self) -> Group | None:
        """The phases; None where no headings are."""
        first = next((s for s in self.document.sections if s.level == 1), None)
        if first and _REPORT.search(fold(first.title)) and not words.about("process", first.title):
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
        chosen = self.higher(best, groups)
        return self.continued(self.joined(chosen, groups)) if chosen else None

    def _repeated(self, group: Group, groups: Sequence[Group]) -> bool:
        """Whether the same headings come again elsewhere: then they are the parts of cards, one for each kind of emergency."""
        titles = set(map(self._bare, group.members))
        others = [set(map(self._bare, one.members)) for one in groups if one is not group]
        return sum(len(titles & other) * 3 >= len(titles) * 2 for other in others) >= 2

    def _bare(self, section: Section) -> str:
        """A title without its number."""
        number = self.numbers[section.index]
        return number.rest or section.title if number else section.title

    def _groups(self, parent: Section) -> list[Group]:
        if len(parent.inside) < 2:
            return []
        made = self.counted.groups(parent)
        if self.is_card(parent):
            return [group for group in made if self.kind(group) == "step"]
        stages = self.ordered.group(parent)
        if stages is None or any(self._of_numbers(group, stages) for group in made):
            return made
        if self.counted.chapters(parent) and not self.strong(stages.members):
            return made
        return [*made, stages]

    def _of_numbers(self, group: Group, other: Group) -> bool:
        """Whether a group with numbers has most of another one's headings: then the numbers say where it ends."""
        return len(set(group.members) & set(other.members)) * 2 >= len(other.members)
