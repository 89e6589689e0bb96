"""What a well-formed playbook can still get wrong: ids twice, names that lead nowhere, times that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import Template
from typing import Any

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Budget, Condition, Item, Phase, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.loading.problems import Path, hint
from hotfix_tui.loading.structure import Note

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SEVERITY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ANSWER_KEY = re.compile(r"[a-z0-9]")
_WITH_IDS = {
    "flag": "flags",
    "question": "questions",
    "checklist": "checklists",
    "phase": "phases",
    "template": "templates",
    "rollback": "rollbacks",
    "milestone": "milestones",
}
"""Tables whose entries have ids, each with its field."""


@record(frozen=True, slots=True)
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


def _items(playbook: Playbook) -> Iterator[tuple[Path, Item]]:
    """Every item of the phases and every step of the ways back, with its path."""
    for p, phase in enumerate(playbook.phases):
        yield from ((("phase", p, "item", n), item) for n, item in enumerate(phase.items))
    for r, rollback in enumerate(playbook.rollbacks):
        yield from ((("rollback", r, "step", n), item) for n, item in enumerate(rollback.steps))


def _whole(playbook: Playbook, note: Note) -> None:
    if not playbook.severities:
        note((), "there is no [[severity]]; a playbook needs at least one.")
    if not playbook.phases:
        note((), "there is no [[phase]]; a playbook needs at least one.")


def _ids(playbook: Playbook, note: Note) -> None:
    _unique([((), playbook.id)], note)
    _unique(((("severity", n), s.id) for n, s in enumerate(playbook.severities)), note, _SEVERITY_ID)
    for table, field in _WITH_IDS.items():
        records: Sequence[Any] = getattr(playbook, field)
        _unique((((table, n), record.id) for n, record in enumerate(records)), note)
    _unique(((path, item.id) for path, item in _items(playbook)), note)


def _unique(found: Iterable[tuple[Path, str]], note: Note, form: re.Pattern[str] = _ID) -> None:
    seen: set[str] = set()
    letters = "letters" if form is _SEVERITY_ID else "lower-case letters"
    for path, id in found:
        if not form.fullmatch(id):
            note((*path, "id"), f"“{id}” is no id; use {letters}, digits, “.”, “_” and “-”, at most 64.")
        if id in seen:
            note((*path, "id"), f"the id “{id}” is used twice.")
        seen.add(id)


def _questions(playbook: Playbook, note: Note) -> None:
    for n, question in enumerate(playbook.questions):
        keys = [answer.key for answer in question.answers]
        if not keys:
            note(("question", n), "it has no [[question.answer]].")
        for place, key in enumerate(keys):
            path = ("question", n, "answer", place, "key")
            if key == NOT_SURE:
                note(path, f"the answer key “{NOT_SURE}” is taken: it always means “not sure”.")
            elif not _ANSWER_KEY.fullmatch(key):
                note(path, f"the answer key “{key}” is not one lower-case letter or digit.")
            if key in keys[:place]:
                note(path, f"the answer key “{key}” is used twice.")


def _rules(playbook: Playbook, note: Note) -> None:
    questions = {question.id: {a.key: None for a in question.answers} for question in playbook.questions}
    levels = {severity.id: None for severity in playbook.severities}
    for n, rule in enumerate(playbook.rules):
        _refers(rule.severity, levels, ("rule", n, "severity"), "severity", note)
        for id, key in rule.when.items():
            path = ("rule", n, "when", id)
            _refers(id, questions, path, "question", note)
            if id in questions and key not in questions[id]:
                known = ", ".join(list(questions[id])[:8])
                note(path, f"question “{id}” has no answer “{key}”. Known: {known}.")


def _refers(name: str, known: dict[str, Any], path: Path, what: str, note: Note) -> None:
    if name not in known:
        note(path, f"there is no {what} “{name}”.{hint(name, known)}")


def _conditions(playbook: Playbook, note: Note) -> None:
    levels = {severity.id: None for severity in playbook.severities}
    flags = {flag.id: None for flag in playbook.flags}

    def look(condition: Condition, path: Path) -> None:
        for level in condition.severities:
            _refers(level, levels, (*path, "when", "severities"), "severity", note)
        for flag in condition.flags:
            _refers(flag, flags, (*path, "when", "flags"), "flag", note)

    for p, phase in enumerate(playbook.phases):
        look(phase.when, ("phase", p))
    for path, item in _items(playbook):
        look(item.when, path)


def _references(playbook: Playbook, note: Note) -> None:
    phases = {phase.id: None for phase in playbook.phases}
    checklists = {checklist.id: None for checklist in playbook.checklists}
    for path, item in _items(playbook):
        if item.blocks:
            _refers(item.blocks, phases, (*path, "blocks"), "phase", note)
        if item.checklist:
            _refers(item.checklist, checklists, (*path, "checklist"), "checklist", note)
        if item.kind == "choice" and not item.choices:
            note((*path, "kind"), "an item of kind “choice” needs “choices”.")
    for n, template in enumerate(playbook.templates):
        if template.phase:
            _refers(template.phase, phases, ("template", n, "phase"), "phase", note)
    for n, example in enumerate(playbook.examples):
        levels = {severity.id: None for severity in playbook.severities}
        _refers(example.severity, levels, ("example", n, "severity"), "severity", note)


def _steps(playbook: Playbook, note: Note) -> None:
    seen: set[int] = set()
    for p, phase in enumerate(playbook.phases):
        for n, step in enumerate(phase.steps):
            if step.number in seen:
                note(("phase", p, "step", n, "number"), f"the step {step.number} is written twice.")
            seen.add(step.number)
        own = {step.number for step in phase.steps}
        for n, item in enumerate(phase.items):
            if item.step and item.step not in own:
                note(("phase", p, "item", n, "step"), f"this phase has no step {item.step}.")


def _times(playbook: Playbook, note: Note) -> None:
    limits: list[tuple[Path, Phase | Budget]] = [(("phase", n), p) for n, p in enumerate(playbook.phases)]
    if playbook.budget:
        limits.append((("budget",), playbook.budget))
    for path, limit in limits:
        if limit.target and limit.maximum and limit.target > limit.maximum:
            said = f"the target {spoken(limit.target)} is longer than the maximum {spoken(limit.maximum)}."
            note((*path, "target"), said)
    for n, severity in enumerate(playbook.severities):
        if severity.respond and severity.resolve and severity.respond > severity.resolve:
            note(("severity", n, "respond"), "the time to respond is longer than the time to resolve.")


def _placeholders(playbook: Playbook, note: Note) -> None:
    texts: list[tuple[Path, str]] = [
        (("git", "branch"), playbook.git.branch),
        (("version", "changelog_entry"), playbook.version.changelog_entry),
        *((("formats", f), getattr(playbook.formats, f)) for f in playbook.formats.__slots__),
        *((("template", n, "body"), template.body) for n, template in enumerate(playbook.templates)),
        *(((*path, "command"), part) for path, item in _items(playbook) for part in item.command),
    ]
    for path, text in texts:
        if not Template(text).is_valid():
            note(path, "a “$” is followed by no name; write “$$” for a dollar sign.")


def _known_names(playbook: Playbook, names: Names, note: Note) -> None:
    operations, checks = dict.fromkeys(names.operations), dict.fromkeys(names.checks)
    for path, item in _items(playbook):
        if item.operation:
            _refers(item.operation, operations, (*path, "operation"), "operation", note)
        if item.check:
            _refers(item.check, checks, (*path, "check"), "check", note)


_CHECKS: tuple[Callable[[Playbook, Note], None], ...] = (
    _whole,
    _ids,
    _questions,
    _rules,
    _conditions,
    _references,
    _steps,
    _times,
    _placeholders,
)
