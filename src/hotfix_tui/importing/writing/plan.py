"""What the parts of the file share: the document's name, the ids that were given, and where every task has its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from hotfix_tui.domain.durations import LONGEST
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.importing.spans import ByLine
from hotfix_tui.importing.understood import Minutes, Origin, Section, Task, Understood

REASONS = 100
"""The longest reason that is written beside an entry, in characters."""


@record(frozen=True, slots=True)
class Plan:
    """A document on its way to be a playbook."""

    found: Understood
    document: str
    """The document's name, for comments."""
    codes: tuple[str, ...]
    """The ids of the severities, in their order."""
    severities: Mapping[str, str]
    """The document's severity to its id here."""
    flags: Mapping[str, str]
    """The condition as written to the id of its flag."""
    phases: Mapping[str, str]
    """The document's phase to its id here."""
    tasks: Mapping[str, Task]
    """Every live task by the document's id."""
    items: Mapping[str, str]
    """The task's id to the item's."""
    checklists: Mapping[str, str]
    """The task's id to its checklist's."""
    sections: ByLine[Section]
    """The headings, by their lines."""

    def beside(self, origin: Origin) -> str:
        """Where an entry comes from, and why somebody should look at it first."""
        said = place(self.document, origin)
        return said if origin.sure else f"{said} - look: {clean(origin.reason, REASONS)}"


def place(document: str, origin: Origin) -> str:
    """The lines of an entry: "HOTFIX.md:41-52"; empty where it has none."""
    if origin.first < 1:
        return ""
    last = f"-{origin.last}" if origin.last > origin.first else ""
    return f"{document}:{origin.first}{last}"


def line(text: str) -> str:
    """A text of the document as one clean line."""
    return clean(" ".join(text.split()), LINE)


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as clean lines, the empty ones left out."""
    return tuple(said for text in texts if (said := line(text)))


def span(minutes: int | None) -> timedelta | None:
    """Minutes as a duration; None for what no playbook can hold: nothing, and more than a year."""
    if minutes is None:
        return None
    return timedelta(minutes=minutes) if 0 < minutes <= LONGEST // timedelta(minutes=1) else None


def ends(minutes: Minutes | None) -> tuple[timedelta | None, timedelta | None]:
    """The least and the most of a range; the least is None where it says no more than the most."""
    if minutes is None:
        return None, None
    least, most = span(minutes[0]), span(minutes[1])
    return (least if least and most and least < most else None), most
