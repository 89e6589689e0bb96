"""Ids for everything that others refer to, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.importing.spans import ByLine
from hotfix_tui.importing.understood import Origin, Task, Understood
from hotfix_tui.importing.writing.ids import Ids, code
from hotfix_tui.importing.writing.places import live
from hotfix_tui.importing.writing.plan import Plan, line

FLAGS = 8
"""How many facts a declaration asks for at most; where a document has more conditions, they stay words."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    [
        "if",
        "when",
        "where",
        "as",
        "applicable",
        "needed",
        "necessary",
        "any",
        "possible",
        "required",
        "available",
        "appropriate",
        "relevant",
        "is",
        "are",
        "it",
        "the",
        "a",
        "an",
        "not",
        "only",
        "for",
        "of",
        "to",
        "in",
        "optional",
        "si",
        "nécessaire",
        "falls",
        "nötig",
        "wenn",
        "möglich",
        "si",
        "es",
        "necesario",
        "se",
        "necessário",
    ]
)
"""Words that make no fact: "if applicable" depends on nothing that could be asked."""
Lists = tuple[tuple[str, str, Origin], ...]
"""Checklists: the id, the title and where it stands."""


def planned(found: Understood, document: str) -> tuple[Plan, Ids, Lists]:
    """The plan, the ids of items that are taken, and the checklists."""
    tasks = live(found)
    phases, named = Ids(), Ids()
    own = {one.id: phases.new(one.name or one.title, "phase") for one in found.phases}
    ids = Ids(own.values())  # items and phases are moments of one space of names
    lists = tuple((named.new(one.title, "checklist"), one.title, one.origin) for one in found.checklists)
    codes = tuple(_codes(found))
    named_by = zip((one.id for one in found.severities), codes, strict=True)
    plan = Plan(
        found,
        document,
        codes=codes,
        severities=dict(reversed(tuple(named_by))),
        flags=dict(_flags(tasks)),
        phases=own,
        tasks=tasks,
        items={id: ids.new(id if id.isascii() else task.text, "item") for id, task in tasks.items()},
        checklists={
            task: id for (id, _, _), one in zip(lists, found.checklists, strict=True) for task in one.items
        },
        sections=ByLine(found.sections),
    )
    return plan, ids, lists


def _codes(found: Understood) -> Iterator[str]:
    taken = Ids()
    for number, one in enumerate(found.severities, start=1):
        yield taken.keep(code(one.id, number)[:60])


def _flags(tasks: dict[str, Task]) -> Iterator[tuple[str, str]]:
    """Each condition that is a fact, with the id of the flag; the same words are the same fact."""
    ids = Ids()
    given: dict[tuple[str, ...], str] = {}
    for task in tasks.values():
        if not task.condition or task.severities:
            continue
        words = tuple(word for word in _WORD.findall(task.condition.lower()) if word not in _EMPTY)
        if words and words not in given and len(given) < FLAGS:
            given[words] = ids.new(" ".join(words), "flag")
        if words in given:
            yield task.condition, given[words]


def title_of(found: Understood, document: str) -> str:
    """What the playbook is called: the document's title, else its name."""
    return line(found.title) or document.rsplit(".", maxsplit=1)[0] or "Playbook"
