"""What a well-formed playbook can still get wrong: ids twice, names that lead nowhere, times that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Condition, Playbook
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.loading.problems import hint
from hotfix_tui.loading.structure import Note

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Names:
    """The operations and checks that exist in this hotfix."""

    operations: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


def check(playbook: Playbook, names: Names | None, note: Note) -> None:
    """Note everything that makes no sense."""
    for one in _CHECKS:
        one(playbook, note)
    if names is not None:
        _known_names(playbook, names, note)


def _ids(playbook: Playbook, note: Note) -> None:
    if not _ID.fullmatch(playbook.id) or playbook.id != playbook.id.lower():
        note(("id",), f"“{playbook.id}” is no id; use lower-case letters, digits, “.”, “_” and “-”.")
    for table in ("severity", "flag", "question", "checklist", "phase", "template", "rollback", "milestone"):
        records: Sequence[Any] = getattr(playbook, _PLURAL[table])
        _unique(((table, n), record.id) for n, record in enumerate(records))(note)
    items = [
        (("phase", p, "item", n), item.id)
        for p, phase in enumerate(playbook.phases)
        for n, item in enumerate(phase.items)
    ]
    _unique(items)(note)


_PLURAL = {
    "severity": "severities",
    "flag": "flags",
    "question": "questions",
    "checklist": "checklists",
    "phase": "phases",
    "template": "templates",
    "rollback": "rollbacks",
    "milestone": "milestones",
}


def _unique(found: Iterable[tuple[tuple[str | int, ...], str]]) -> Callable[[Note], None]:
    def look(note: Note) -> None:
        seen: set[str] = set()
        for path, id in found:
            if not _ID.fullmatch(id):
                note((*path, "id"), f"“{id}” is no id; use letters, digits, “.”, “_” and “-”, at most 64.")
            if id in seen:
                note((*path, "id"), f"the id “{id}” is used twice.")
            seen.add(id)

    return look


def _whole(playbook: Playbook, note: Note) -> None:
    if not playbook.severities:
        note((), "there is no [[severity]]; a playbook needs at least one.")
    if not playbook.phases:
        note((), "there is no [[phase]]; a playbook needs at least one.")


def _triage(playbook: Playbook, note: Note) -> None:
    questions = {question.id: [a.key for a in question.answers] for question in playbook.questions}
    for n, question in enumerate(playbook.questions):
        keys = questions[question.id]
        if not keys:
            note(("question", n), "it has no [[question.answer]].")
        for key in keys:
            if len(key) != 1 or key == NOT_SURE or not key.isprintable():
                note(
                    ("question", n),
                    f"the answer key “{key}” is not one letter or digit (“?” always means not sure).",
                )
        if len(set(keys)) != len(keys):
            note(("question", n), "two answers have the same key.")
    levels = [severity.id for severity in playbook.severities]
    for n, rule in enumerate(playbook.rules):
        _refers(rule.severity, levels, ("rule", n, "severity"), "severity", note)
        for question_id, key in rule.when.items():
            if question_id not in questions:
                note(
                    ("rule", n, "when"),
                    f"there is no question “{question_id}”.{hint(question_id, questions)}",
                )
            elif key not in questions[question_id]:
                note(("rule", n, "when"), f"question “{question_id}” has no answer “{key}”.")


def _refers(name: str, known: Iterable[str], path: tuple[str | int, ...], what: str, note: Note) -> None:
    names = list(known)
    if name not in names:
        note(path, f"there is no {what} “{name}”.{hint(name, names)}")


def _conditions(playbook: Playbook, note: Note) -> None:
    levels = [severity.id for severity in playbook.severities]
    flags = [flag.id for flag in playbook.flags]

    def look(condition: Condition, path: tuple[str | int, ...]) -> None:
        for level in condition.severities:
            _refers(level, levels, (*path, "severities"), "severity", note)
        for flag in condition.flags:
            _refers(flag, flags, (*path, "flags"), "flag", note)

    for p, phase in enumerate(playbook.phases):
        look(phase.when, ("phase", p, "when"))
        for n, item in enumerate(phase.items):
            look(item.when, ("phase", p, "item", n, "when"))


def _references(playbook: Playbook, note: Note) -> None:
    phases = [phase.id for phase in playbook.phases]
    checklists = [checklist.id for checklist in playbook.checklists]
    for p, phase in enumerate(playbook.phases):
        steps = [step.number for step in phase.steps]
        for n, item in enumerate(phase.items):
            path = ("phase", p, "item", n)
            if item.blocks:
                _refers(item.blocks, phases, (*path, "blocks"), "phase", note)
            if item.checklist:
                _refers(item.checklist, checklists, (*path, "checklist"), "checklist", note)
            if item.step and item.step not in steps:
                note((*path, "step"), f"this phase has no step {item.step}.")
            if item.kind == "choice" and not item.choices:
                note(path, "an item of kind “choice” needs “choices”.")
    for n, template in enumerate(playbook.templates):
        if template.phase:
            _refers(template.phase, phases, ("template", n, "phase"), "phase", note)


def _times(playbook: Playbook, note: Note) -> None:
    if playbook.budget and playbook.budget.target > playbook.budget.maximum:
        note(("budget", "target"), "the target is longer than the maximum.")
    for n, phase in enumerate(playbook.phases):
        if phase.target and phase.maximum and phase.target > phase.maximum:
            said = f"the target {spoken(phase.target)} is longer than the maximum {spoken(phase.maximum)}."
            note(("phase", n, "target"), said)
    for n, severity in enumerate(playbook.severities):
        if severity.respond and severity.resolve and severity.respond > severity.resolve:
            note(("severity", n, "respond"), "the time to respond is longer than the time to resolve.")


def _placeholders(playbook: Playbook, note: Note) -> None:
    texts = [(("git", "branch"), playbook.git.branch)]
    texts += [
        (("formats", name), getattr(playbook.formats, name)) for name in ("commit", "bump", "merge", "tag")
    ]
    texts += [(("template", str(n)), t.body) for n, t in enumerate(playbook.templates)]
    for path, text in texts:
        if not Template(text).is_valid():
            note(_numbered(path), "a “$” is followed by no name; write “$$” for a dollar sign.")
    for p, phase in enumerate(playbook.phases):
        for n, item in enumerate(phase.items):
            if not all(Template(part).is_valid() for part in item.command):
                note(
                    ("phase", p, "item", n, "command"),
                    "a “$” is followed by no name; write “$$” for a dollar sign.",
                )


def _numbered(path: tuple[str, ...]) -> tuple[str | int, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in path)


def _known_names(playbook: Playbook, names: Names, note: Note) -> None:
    for p, phase in enumerate(playbook.phases):
        for n, item in enumerate(phase.items):
            path = ("phase", p, "item", n)
            if item.operation:
                _refers(item.operation, names.operations, (*path, "operation"), "operation", note)
            if item.check:
                _refers(item.check, names.checks, (*path, "check"), "check", note)


_CHECKS: tuple[Callable[[Playbook, Note], None], ...] = (
    _whole,
    _ids,
    _triage,
    _conditions,
    _references,
    _times,
    _placeholders,
)
