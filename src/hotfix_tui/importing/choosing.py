"""From the best group of headings to the phases: one level up, the first of several ways, with what runs on elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import words
from hotfix_tui.importing.concepts import ASIDE, about_any
from hotfix_tui.importing.levels import level_of
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.weighing import Evidence


@record(frozen=True, slots=True)
class Group:
    """Sibling headings that may be the phases."""

    members: tuple[Section, ...]
    score: float
    reason: str


HIGHER = 40.0
"""A group around the best one weighs so much at least to take its place."""
KINDS = 3
"""So many scenarios beside each other are kinds of emergencies."""


class Choice(Evidence):
    """What becomes of the best group."""

    def higher(self, best: Group, groups: Sequence[Group]) -> Group | None:
        """The group around the best one, where several of its members hold steps of their own."""
        for group in groups:
            if group is not best and group.score >= HIGHER and self._is_around(group, best, groups):
                return self.higher(group, groups)
        return self.first_option(best, groups)

    def _is_around(self, group: Group, best: Group, groups: Sequence[Group]) -> bool:
        """Whether a group's headings are the steps, and what stands inside some of them, as the best one, is not."""
        inside = [one for one in groups if one.members[0].parent in group.members]
        plain_numbers = self.kind(best) == ""
        numbers = self.numbers[group.members[0].index] is not None
        if not plain_numbers and self.kind(group) in ("step", "other") and best in inside:
            return True
        if not plain_numbers:
            return numbers and (self._holds(group, best) or (best in inside and self._several(inside)))
        around = best.members[0].parent
        staged = (
            around is not None
            and words.stage(around.title) is not None
            and not words.about("process", around.title)
        )
        around_all = self.strong(group.members) or self.timed(group.members) >= 2
        strong = not numbers and staged and around_all
        return best in inside and (self._several(inside) or strong)

    @staticmethod
    def _several(inside: Sequence[Group]) -> bool:
        """Whether groups stand inside different headings."""
        return len({id(one.members[0].parent) for one in inside}) >= 2

    def _holds(self, group: Group, best: Group) -> bool:
        """Whether steps stand inside one of the stages of a whole process: then the stages are the phases."""
        parent = group.members[0].parent
        process = parent is not None and parent.level > 1 and words.about("process", parent.title)
        numbered = self.numbers[group.members[0].index] is not None
        inside = any(section in group.members for section in best.members[0].above())
        return process and numbered and inside and self.strong(group.members)

    def first_option(self, best: Group, groups: Sequence[Group]) -> Group | None:
        """Of several ways that have steps each, the first one's; None where they are kinds of emergencies."""
        parent = best.members[0].parent
        number = self.numbers.get(parent.index) if parent else None
        if parent is None or parent.parent is None or number is None or number.kind != "choice":
            return best
        beside = {
            s.index for s in parent.parent.inside if (n := self.numbers[s.index]) and n.word == number.word
        }
        same = [
            one
            for one in groups
            if (p := one.members[0].parent) and p.index in beside and self.kind(one) == self.kind(best)
        ]
        if len(beside) >= KINDS and len(same) > 1 and words.about("scenario", number.word):
            return None  # each kind of emergency has steps of its own: none of them is the procedure
        return min(same, key=lambda one: one.members[0].first)

    def kind(self, group: Group) -> str | None:
        """The kind of a group's numbers; None where it has none."""
        found = self.numbers[group.members[0].index]
        return found.kind if found else None

    def continued(self, best: Group) -> Group:
        """With the steps that run on under the next headings: steps 1 and 2 here, 3 and 4 there."""
        last = best.members[-1]
        number = self.numbers[last.index]
        if number is None or number.kind != "step":
            return best
        members = list(best.members)
        for section in self.document.sections[last.index + 1 :]:
            found = self.numbers[section.index]
            if found is None or (found.word, found.prefix) != (number.word, number.prefix):
                continue
            if section.level != last.level and (
                found.place != number.place + 1 or section.level > last.level
            ):
                continue
            if found.place != number.place + 1 or about_any(
                ASIDE, section.parent.title if section.parent else ""
            ):
                break
            members.append(section)
            number = found
        return Group(tuple(members), best.score, best.reason)

    def joined(self, best: Group, groups: Sequence[Group]) -> Group:
        """All steps, where each severity has its own; where only some are a group, the headings of the other codes as well."""
        parent = best.members[0].parent
        if parent is None or parent.parent is None or not level_of(parent.title):
            return best
        beside = [s for s in parent.parent.inside if level_of(s.title)]
        found = {
            p.index: one.members
            for one in groups
            if (p := one.members[0].parent) in beside and one.score >= best.score - 40
        }
        for section in beside if len(found) == 1 else ():
            if _family(section) == _family(parent) != "word" and len(section.inside) >= 2:
                found.setdefault(section.index, tuple(s for s in section.inside if not self.is_aside(s)))
        if len(found) < 2:
            return best
        members = sorted((s for own in found.values() for s in own), key=lambda s: s.first)
        return Group(tuple(dict.fromkeys(members)), best.score, "each severity has its own steps")


def _family(section: Section) -> str:
    return level_of(section.title)[0].family
