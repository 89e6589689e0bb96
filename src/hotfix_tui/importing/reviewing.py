"""What was understood, entry by entry, for somebody who looks through it; and what follows from what they decide.

A decision is a role for an entry: accepted as it is, left out, or something else than it was taken for. Decisions are
data beside what was understood; nothing is changed before all of them are taken together (`settled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hotfix_tui.domain.record import record
from hotfix_tui.importing.report import length
from hotfix_tui.importing.turning import TURNS, turned
from hotfix_tui.importing.understood import Origin, Understood

ACCEPTED, DROPPED = "accepted", "left out"
"""The two decisions that every entry knows; others are the name of another role."""
HEADING = "heading"
"""The kind of a heading under which nothing was taken."""
_FIELDS: tuple[tuple[str, str], ...] = (
    ("severity", "severities"),
    ("phase", "phases"),
    ("item", "tasks"),
    ("box", "pseudo_tasks"),
    ("text", "templates"),
    ("rollback", "rollbacks"),
    ("scenario", "scenarios"),
    ("contact", "contacts"),
    ("escalation", "rungs"),
    ("branch", "branches"),
    ("use when", "use_when"),
    ("not when", "not_when"),
    ("criterion", "criteria"),
    ("drill", "drills"),
    ("reference", "references"),
    ("question", "questions"),
    ("advice", "advice"),
    ("command", "commands"),
)
"""Every kind of entry with the field that holds it."""


@record(frozen=True, slots=True)
class Entry:
    """Something that was understood, with where it stands. Its texts are the document's, untrusted."""

    key: str
    """Names it among the entries of this document."""
    kind: str
    """What it was taken for."""
    title: str
    detail: str
    """What else was understood of it, in a few words."""
    origin: Origin
    roles: tuple[str, ...]
    """What it could be instead."""


Decisions = Mapping[str, str]
"""Entry key to the role that somebody decided."""


def entries(found: Understood) -> tuple[Entry, ...]:
    """Everything, in the order to look at it: unsure ones first, then by line, then headings that gave nothing."""
    made = [
        _entry(kind, n, one)
        for kind, field in _FIELDS
        for n, one in enumerate(getattr(found, field))
        if one.origin.first
    ]
    made.sort(key=lambda one: (one.origin.sure, one.origin.first, one.origin.last))
    return (*made, *_headings(found))


def _entry(kind: str, number: int, one: Any) -> Entry:
    words = _WORDS.get(kind)
    detail = words(one) if words else ""
    return Entry(f"{kind}/{number}", kind, _title(one), detail, one.origin, TURNS.get(kind, ()))


def _title(one: Any) -> str:
    if hasattr(one, "respond"):
        return str(one.id) if one.id == one.name else f"{one.id} {one.name}"
    said = [getattr(one, name, "") for name in ("title", "role", "text", "name", "address")]
    return next((str(text).strip().split("\n")[0] for text in said if str(text).strip()), "…")


def _minutes(span: Any) -> str:
    return length(span) if span else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}" if number else ""


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


_WORDS: dict[str, Callable[[Any], str]] = {
    "severity": lambda one: _joined(_minutes(one.resolve) or one.resolve_text, one.meaning),
    "phase": lambda one: _joined(_minutes(one.minutes), _count(len(one.items) + len(one.todo), "item")),
    "item": lambda one: _joined(
        one.condition, _minutes(one.minutes), "irreversible" if one.irreversible else ""
    ),
    "text": lambda one: _joined(str(one.kind), one.channel, one.audience),
    "rollback": lambda one: _count(len(one.steps or one.items or one.commands), "step"),
    "scenario": lambda one: _joined(one.severity, _minutes(one.minutes)),
    "contact": lambda one: _joined(one.name, one.address, one.phone, one.available),
    "escalation": lambda one: f"after {one.after} min" if one.after else "",
    "branch": lambda one: f"from {one.base}" if one.base else "",
    "advice": lambda one: "do" if one.do else "do not",
    "command": lambda one: f"{_count(len(one.text.splitlines()), 'line')}, {one.language or 'shell'}",
}
"""A kind to what else is said of it."""


def _headings(found: Understood) -> Iterator[Entry]:
    """The headings under which nothing was taken and something stands."""
    taken = {one.origin.first for _, field in _FIELDS for one in getattr(found, field)}
    lines = found.text.split("\n")
    starts = [section.origin.first for section in found.sections]
    for n, section in enumerate(found.sections):
        first, last = section.origin.first, section.origin.last
        until = next((start for start in starts[n + 1 :] if start > first), last + 1)
        says = any(line.strip() for line in lines[first : until - 1])
        if says and not any(first <= line < until for line in taken):
            origin = Origin(first, last, "nothing under this heading was taken", sure=False)
            yield Entry(f"{HEADING}/{n}", HEADING, section.title, "", origin, TURNS[HEADING])


def settled(found: Understood, decisions: Decisions) -> Understood:
    """What is left once every decision is carried out."""
    kept: dict[str, list[Any]] = {field: [] for _, field in _FIELDS}
    came: list[tuple[str, Any]] = []
    gone: set[str] = set()
    for kind, field in (*_FIELDS, (HEADING, "sections")):
        for n, one in enumerate(getattr(found, field)):
            role = decisions.get(f"{kind}/{n}", "")
            if role == DROPPED:
                gone |= _inside(one)
            elif role and role != ACCEPTED:
                came += turned(found, one, role)
            elif kind != HEADING:
                kept[field].append(_accepted(one) if role else one)
    for field, one in came:
        kept[field].append(one)
        kept[field].sort(key=lambda entry: entry.origin.first)
    for field in ("tasks", "pseudo_tasks"):
        kept[field] = [task for task in kept[field] if task.id not in gone]
    whole: Any = {field: tuple(entries) for field, entries in kept.items()}
    return replace(found, **whole)


def _inside(one: Any) -> set[str]:
    """The boxes that stand in an entry: they go with it."""
    return {item if isinstance(item, str) else item.id for item in getattr(one, "items", ())}


def _accepted(one: Any) -> Any:
    return replace(one, origin=replace(one.origin, sure=True))
