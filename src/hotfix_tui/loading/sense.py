"""What a well-formed playbook can still get wrong: ids twice, names that lead nowhere, times that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from string import Template as Text
from typing import Any

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import (
    Budget,
    Contact,
    Due,
    Guard,
    Item,
    Phase,
    Playbook,
    Scenario,
    Severity,
    Template,
)
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.loading.items import items
from hotfix_tui.loading.problems import Path
from hotfix_tui.loading.references import references, refers
from hotfix_tui.loading.structure import Note
from hotfix_tui.loading.terms import Names
from hotfix_tui.loading.walk import walk

Records = Sequence[tuple[Path, Any]]

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SEVERITY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ANSWER_KEY = re.compile(r"[a-z0-9]")
_WITH_IDS = (
    ("flag", "flags"),
    ("intake", "intake"),
    ("question", "questions"),
    ("checklist", "checklists"),
    ("phase", "phases"),
    ("gate", "gates"),
    ("guard", "guards"),
    ("template", "templates"),
    ("role", "roles"),
    ("escalation", "escalations"),
    ("milestone", "milestones"),
    ("metric", "metrics"),
    ("criterion", "criteria"),
    ("drill", "drills"),
)
"""Tables whose entries have ids, each with its field."""


def check(playbook: Playbook, names: Names | None, note: Note) -> None:
    """Note everything that makes no sense."""
    records = walk(playbook)
    for one in _CHECKS:
        one(playbook, records, note)
    if names is not None:
        _known_names(records, names, note)


def _whole(playbook: Playbook, records: Records, note: Note) -> None:
    if not playbook.severities:
        note((), "there is no [[severity]]; a playbook needs at least one.")
    if not playbook.phases:
        note((), "there is no [[phase]]; a playbook needs at least one.")


def _ids(playbook: Playbook, records: Records, note: Note) -> None:
    _unique([((), playbook.id)], note)
    _unique(((("severity", n), s.id) for n, s in enumerate(playbook.severities)), note, _SEVERITY_ID)
    for table, field in _WITH_IDS:
        entries: Sequence[Any] = getattr(playbook, field)
        _unique((((table, n), entry.id) for n, entry in enumerate(entries)), note)
    _unique(
        chain(
            ((("rollback", n), rollback.id) for n, rollback in enumerate(playbook.rollbacks)),
            ((("scenario", n), scenario.id) for n, scenario in enumerate(playbook.scenarios)),
        ),
        note,
    )
    _unique(((path, entry.id) for path, entry in records if isinstance(entry, Item)), note)


def _unique(found: Iterable[tuple[Path, str]], note: Note, form: re.Pattern[str] = _ID) -> None:
    seen: set[str] = set()
    letters = "letters" if form is _SEVERITY_ID else "lower-case letters"
    for path, id in found:
        if not form.fullmatch(id):
            note((*path, "id"), f"“{id}” is no id; use {letters}, digits, “.”, “_” and “-”, at most 64.")
        if id in seen:
            note((*path, "id"), f"the id “{id}” is used twice.")
        seen.add(id)


def _questions(playbook: Playbook, records: Records, note: Note) -> None:
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


def _rules(playbook: Playbook, records: Records, note: Note) -> None:
    questions = {question.id: {a.key: None for a in question.answers} for question in playbook.questions}
    for n, rule in enumerate(playbook.rules):
        for id, key in rule.when.items():
            path = ("rule", n, "when", id)
            refers(id, questions, path, "question", note)
            if id in questions and key not in questions[id]:
                known = ", ".join(list(questions[id])[:8])
                note(path, f"question “{id}” has no answer “{key}”. Known: {known}.")


def _steps(playbook: Playbook, records: Records, note: Note) -> None:
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


def _times(playbook: Playbook, records: Records, note: Note) -> None:
    for path, entry in records:
        if isinstance(entry, Phase | Budget) and entry.target and entry.maximum:
            _orderly(path, "target", entry.target, "maximum", entry.maximum, note)
        if isinstance(entry, Phase) and entry.least and entry.maximum:
            _orderly(path, "least", entry.least, "maximum", entry.maximum, note)
        if isinstance(entry, Severity | Scenario) and entry.resolve and entry.resolve_least:
            _orderly(path, "resolve_least", entry.resolve_least, "resolve", entry.resolve, note)
        if isinstance(entry, Due) and entry.wait and entry.within:
            _orderly(path, "wait", entry.wait, "within", entry.within, note)
        if isinstance(entry, Item) and entry.every and entry.lasts:
            _orderly(path, "every", entry.every, "lasts", entry.lasts, note)
        if isinstance(entry, Severity) and entry.respond and entry.resolve and entry.respond > entry.resolve:
            note((*path, "respond"), "the time to respond is longer than the time to resolve.")


def _orderly(path: Path, less: str, short: Any, more: str, long: Any, note: Note) -> None:
    if short > long:
        said = f"the {less} {spoken(short)} is longer than the {more} {spoken(long)}."
        note((*path, less), said)


def _people(playbook: Playbook, records: Records, note: Note) -> None:
    if not playbook.contacts:
        return
    from hotfix_tui.domain.availability import UTC, parse_hours, zone  # late: most name no contacts

    for path, entry in records:
        if not isinstance(entry, Contact):
            continue
        checks: dict[str, Callable[[str], object]] = {"available": parse_hours}
        if entry.timezone != UTC:  # loading time zones takes as long as all the rest
            checks["timezone"] = zone
        for key, parse in checks.items():
            try:
                parse(getattr(entry, key))
            except ValueError as error:
                note((*path, key), f"“{getattr(entry, key)}”: {error}.")
        if entry.valid_from and entry.valid_until and entry.valid_from > entry.valid_until:
            note((*path, "valid_from"), "it begins to hold after it has ended.")


def _guards(playbook: Playbook, records: Records, note: Note) -> None:
    needs = {
        "files-changed": "limit",
        "lines-changed": "limit",
        "commit-message": "pattern",
        "branch-name": "pattern",
        "protected-paths": "paths",
    }
    for path, entry in records:
        if not isinstance(entry, Guard):
            continue
        key = needs.get(entry.kind)
        if key and not getattr(entry, key):
            note((*path, "kind"), f"a guard of kind “{entry.kind}” needs “{key}”.")
        try:
            re.compile(entry.pattern)
        except (re.error, RecursionError, OverflowError) as error:
            note((*path, "pattern"), f"this is no regular expression: {error}.")


def _placeholders(playbook: Playbook, records: Records, note: Note) -> None:
    texts: list[tuple[Path, str]] = [
        (("git", "branch"), playbook.git.branch),
        *((("git", "branches", n, "branch"), form.branch) for n, form in enumerate(playbook.git.branches)),
        (("version", "changelog_entry"), playbook.version.changelog_entry),
        *((("formats", f), getattr(playbook.formats, f)) for f in playbook.formats.__slots__),
    ]
    for path, entry in records:
        if isinstance(entry, Template):
            texts += [((*path, "subject"), entry.subject), ((*path, "body"), entry.body)]
        elif isinstance(entry, Item):
            texts += [((*path, "command"), part) for part in entry.command]
    for path, text in texts:
        if not Text(text).is_valid():
            note(path, "a “$” is followed by no name; write “$$” for a dollar sign.")


def _known_names(records: Records, names: Names, note: Note) -> None:
    operations, checks = dict.fromkeys(names.operations), dict.fromkeys(names.checks)
    for path, entry in records:
        if isinstance(entry, Item) and entry.operation:
            refers(entry.operation, operations, (*path, "operation"), "operation", note)
        if isinstance(entry, Item) and entry.check:
            refers(entry.check, checks, (*path, "check"), "check", note)


_CHECKS: tuple[Callable[[Playbook, Records, Note], None], ...] = (
    _whole,
    _ids,
    _questions,
    _rules,
    references,
    items,
    _steps,
    _times,
    _people,
    _guards,
    _placeholders,
)
