"""An entry that somebody takes for something else: a phase is a way back, a heading is a phase, a reason is a criterion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from hotfix_tui.domain.record import record
from hotfix_tui.importing.understood import (
    Advice,
    Command,
    Line,
    Origin,
    Phase,
    Rollback,
    Scenario,
    Section,
    Task,
    Template,
    TemplateKind,
    Understood,
)

_WAYS = ("phase", "rollback", "scenario", "checklist")
_LINES = {
    "use when": "use_when",
    "not when": "not_when",
    "criterion": "criteria",
    "drill": "drills",
    "reference": "references",
    "question": "questions",
}
_TEXTS = ("message", "document", "postmortem", "changelog", "commit", "pull-request")
TURNS: dict[str, tuple[str, ...]] = {
    **{kind: tuple(other for other in _WAYS if other != kind) for kind in ("phase", "rollback", "scenario")},
    "heading": ("phase", "rollback", "scenario", "reference"),
    **{kind: tuple(other for other in _LINES if other != kind) for kind in _LINES},
    "text": _TEXTS,
    "advice": ("do", "do not"),
}
"""A kind to what it can be turned into; kinds that are missing are only accepted or left out."""
_WHEN = re.compile(r"(?i)\W*(?:if|when|falls|wenn|si|se|если|eğer|如果|もし)\b")
"""What a line begins with that says when a way back is taken."""
_NO_TEXT = re.compile(r"\s*(?:#{1,6}\s.*|(?:```|~~~).*|[|:=\s-]*)")
"""A heading, the mark of a fence, a rule, nothing."""
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?!\[[ xX]\])(?P<text>\S.*)$")


@record(frozen=True, slots=True)
class _Parts:
    """What a part of a process is made of, whatever it is."""

    title: str
    said: tuple[tuple[str, Origin], ...]
    items: tuple[str, ...]
    commands: tuple[Command, ...]
    origin: Origin


def turned(found: Understood, one: Any, role: str) -> Iterator[tuple[str, Any]]:
    """The entry as what it is now, with the field that holds it; nothing where only its boxes are kept."""
    if role in _LINES:
        yield _LINES[role], Line(one.title if isinstance(one, Section) else one.text, _sure(one.origin))
    elif isinstance(one, Template):
        yield "templates", replace(one, kind=cast("TemplateKind", role), origin=_sure(one.origin))
    elif isinstance(one, Advice):
        yield "advice", replace(one, do=role == "do", origin=_sure(one.origin))
    elif role != "checklist":
        yield _part(found, _parts(found, one), role)


def _sure(origin: Origin) -> Origin:
    return replace(origin, reason="decided by a person", sure=True)


def _parts(found: Understood, one: Any) -> _Parts:
    """What stands in a phase, a way back, a scenario, or under a heading."""
    origin = _sure(one.origin)
    if isinstance(one, Section):
        inside = [task.id for task in _tasks(found) if origin.first <= task.origin.first <= origin.last]
        own = [c for c in found.commands if origin.first <= c.origin.first <= origin.last]
        said = tuple(_bullets(found, origin))
        if not (said or inside or own):
            said = tuple(_texts(found, origin))
        return _Parts(one.title, said, tuple(inside), tuple(own), origin)
    if isinstance(one, Phase):
        said = one.todo or tuple((step, origin) for step in one.steps)
        return _Parts(one.name or one.title, said, tuple(task.id for task in one.items), one.commands, origin)
    steps = one.steps if isinstance(one, Rollback) else one.actions
    return _Parts(one.title, tuple((step, origin) for step in steps), one.items, one.commands, origin)


def _tasks(found: Understood) -> tuple[Task, ...]:
    return (*found.tasks, *found.pseudo_tasks)


def _bullets(found: Understood, origin: Origin) -> Iterator[tuple[str, Origin]]:
    for number, line in enumerate(found.text.split("\n")[origin.first : origin.last], start=origin.first + 1):
        match = _BULLET.match(line)
        if match:
            yield match["text"].strip(), Origin(number, number, "an item of a list")


def _texts(found: Understood, origin: Origin) -> Iterator[tuple[str, Origin]]:
    """Every line that says something: what a person takes for a part of the process has no marks of one."""
    for number, line in enumerate(found.text.split("\n")[origin.first : origin.last], start=origin.first + 1):
        if not _NO_TEXT.fullmatch(line):
            yield line.strip(), Origin(number, number, "a line under the heading")


def _part(found: Understood, parts: _Parts, role: str) -> tuple[str, Any]:
    texts = tuple(text for text, _ in parts.said)
    if role == "rollback":
        when = _triggers(found, parts)
        steps = tuple(text for text in texts if text not in when)
        triggers = tuple(text.rstrip(":：") for text in when)
        way = Rollback(parts.title, steps, parts.commands, triggers, parts.items, origin=parts.origin)
        return "rollbacks", way
    if role == "scenario":
        made = Scenario(
            parts.title, actions=texts, items=parts.items, commands=parts.commands, origin=parts.origin
        )
        return "scenarios", made
    tasks = tuple(task for task in _tasks(found) if task.id in parts.items)
    id = f"phase-{parts.origin.first}"
    return "phases", Phase(
        id,
        parts.title,
        parts.title,
        items=tasks,
        todo=parts.said,
        commands=parts.commands,
        origin=parts.origin,
    )


def _triggers(found: Understood, parts: _Parts) -> tuple[str, ...]:
    """The lines that say when, over what is to be done then."""
    lines = [text for text, _ in _texts(found, parts.origin)]
    return tuple(text for text in lines if _WHEN.match(text) and text.endswith((":", "：")))
