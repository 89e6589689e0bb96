"""TOML values to frozen records, driven by the records' own fields; every mistake is noted, none stops the rest."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from hotfix_tui.domain.durations import parse_duration
from hotfix_tui.domain.record import record
from hotfix_tui.loading.problems import Path, hint

Note = Callable[[Path, str], None]
"""Takes a mistake: where, and a sentence."""

LARGEST = 1_000_000_000
"""The largest whole number; one of thousands of digits could not even be told."""

WRONG: Any = object()
"""Stands for a value that was wrong, once its mistake is noted."""


@record(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    shape: Any
    required: bool


_TABLES = {
    "severities": "severity",
    "flags": "flag",
    "questions": "question",
    "answers": "answer",
    "rules": "rule",
    "checklists": "checklist",
    "phases": "phase",
    "items": "item",
    "templates": "template",
    "rollbacks": "rollback",
    "milestones": "milestone",
    "contacts": "contact",
    "examples": "example",
    "moments": "moment",
    "references": "reference",
    "steps": "step",
    "gates": "gate",
    "guards": "guard",
    "roles": "role",
    "escalations": "escalation",
    "scenarios": "scenario",
    "actions": "action",
    "metrics": "metric",
    "criteria": "criterion",
    "drills": "drill",
    "cards": "card",
    "fields": "field",
}
"""Field name to the name of its tables: `[[phase.item]]` fills `items` of a phase."""


def table_name(field: str, shape: Any) -> str:
    """The TOML key of a field: singular for arrays of tables, hyphens never."""
    inner = typing.get_args(shape)
    if typing.get_origin(shape) is tuple and inner and is_dataclass(inner[0]):
        return _TABLES.get(field, field)
    return field


@lru_cache(maxsize=64)
def fields_of(record: Any) -> tuple[_Field, ...]:
    """The fields of a record with their TOML keys and types."""
    hints = typing.get_type_hints(record)
    return tuple(
        _Field(
            f.name,
            table_name(f.name, hints[f.name]),
            hints[f.name],
            f.default is MISSING and f.default_factory is MISSING,
        )
        for f in fields(record)
    )


def structure(shape: Any, value: Any, path: Path, note: Note) -> Any:
    """The value as `shape`, or WRONG with its mistakes noted."""
    origin = typing.get_origin(shape)
    if is_dataclass(shape):
        return _record(shape, value, path, note)
    if origin is tuple:
        return _array(typing.get_args(shape)[0], value, path, note)
    if origin is Literal:
        return _choice(typing.get_args(shape), value, path, note)
    if origin in (types.UnionType, typing.Union):
        inner = next(part for part in typing.get_args(shape) if part is not types.NoneType)
        return structure(inner, value, path, note)
    if origin is dict:
        return _mapping(typing.get_args(shape)[1], value, path, note)
    return _scalar(shape, value, path, note)


def _record(record: Any, value: Any, path: Path, note: Note) -> Any:
    if not isinstance(value, Mapping):
        note(path, f"“{_last(path)}” is {_said(value)}; write a table.")
        return WRONG
    known = {f.key: f for f in fields_of(record)}
    for key in value:
        if key not in known:
            note((*path, key), f"unknown key “{key}”.{hint(key, known)}")
    made: dict[str, Any] = {}
    sound = True
    for key, f in known.items():
        if key in value:
            made[f.name] = structure(f.shape, value[key], (*path, key), note)
            sound = sound and made[f.name] is not WRONG
        elif f.required:
            note((*path, key), f"“{key}” is missing.")
            sound = False
    return record(**made) if sound else WRONG


def _array(shape: Any, value: Any, path: Path, note: Note) -> Any:
    if not isinstance(value, list):
        wanted = "an array of tables, [[...]]" if is_dataclass(shape) else 'an array, such as ["one", "two"]'
        note(path, f"“{_last(path)}” is {_said(value)}; write {wanted}.")
        return WRONG
    made = [structure(shape, entry, (*path, number), note) for number, entry in enumerate(value)]
    return WRONG if any(entry is WRONG for entry in made) else tuple(made)


def _choice(choices: tuple[Any, ...], value: Any, path: Path, note: Note) -> Any:
    if value in choices:
        return value
    names = [str(choice) for choice in choices]
    told = f"“{value}”" if isinstance(value, str) else _said(value)
    note(path, f"“{_last(path)}” is {told}; write one of {', '.join(names)}.")
    return WRONG


def _mapping(shape: Any, value: Any, path: Path, note: Note) -> Any:
    if not isinstance(value, Mapping):
        example = '{ P0 = "48h" }' if shape is timedelta else '{ users = "all" }'
        note(path, f"“{_last(path)}” is {_said(value)}; write a table of texts, such as {example}.")
        return WRONG
    made = {key: structure(shape, entry, (*path, key), note) for key, entry in value.items()}
    return WRONG if any(entry is WRONG for entry in made.values()) else made


_WORDS = {
    str: 'a text, such as "…"',
    bool: "true or false",
    int: "a whole number",
    date: "a date, such as 2026-01-13",
}


def _scalar(shape: Any, value: Any, path: Path, note: Note) -> Any:
    if shape is timedelta:
        return _duration(value, path, note)
    if shape is float:
        return _number(value, path, note)
    if type(value) is shape and not (shape is int and abs(value) > LARGEST):
        return value
    note(path, f"“{_last(path)}” is {_said(value)}; write {_WORDS.get(shape, 'a text')}.")
    return WRONG


def _number(value: Any, path: Path, note: Note) -> Any:
    if type(value) in (int, float) and abs(value) <= LARGEST:
        return float(value)
    note(path, f"“{_last(path)}” is {_said(value)}; write a number, such as 0.1.")
    return WRONG


def _duration(value: Any, path: Path, note: Note) -> Any:
    if not isinstance(value, str):
        note(path, f'“{_last(path)}” is {_said(value)}; write a duration such as "30m" or "2h".')
        return WRONG
    try:
        return parse_duration(value)
    except ValueError as error:
        note(path, f"“{_last(path)}” is “{value}”: {error}.")
        return WRONG


def _last(path: Path) -> str:
    names = [str(part) for part in path if isinstance(part, str)]
    return names[-1] if names else "the file"


def _said(value: Any) -> str:
    """A value as a person would say it."""
    if isinstance(value, str):
        return f"the text “{value[:40]}”"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "an array"
    if isinstance(value, bool):
        return str(value).lower()
    too_large = isinstance(value, int | float) and not abs(value) <= LARGEST
    return "a number that is too large" if too_large else str(value)
