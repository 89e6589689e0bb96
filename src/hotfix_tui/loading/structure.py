"""TOML values to frozen records, driven by the records' own fields; every mistake is noted, none stops the rest."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from types import SimpleNamespace
from typing import Any, Literal

from hotfix_tui.domain.durations import parse_duration
from hotfix_tui.domain.record import record
from hotfix_tui.loading.problems import Path, hint

Note = Callable[[Path, str], None]
"""Takes a mistake: where, and a sentence."""
Take = Callable[[Any, Path, Note], Any]
"""Makes a value of one shape from what the file says, or WRONG."""

LARGEST = 1_000_000_000
"""The largest whole number; one of thousands of digits could not even be told."""

WRONG: Any = object()
"""Stands for a value that was wrong, once its mistake is noted."""


@record(frozen=True, slots=True)
class _Field:
    """A field of a record: its name, its TOML key, and how its value is taken."""

    name: str
    key: str
    shape: Any
    required: bool
    nested: bool
    """Whether tables of its own can stand in it."""
    take: Take


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
    owners = {
        name: owner for owner in reversed(record.__mro__) for name in vars(owner).get("__annotations__", ())
    }
    return tuple(_field(f, _resolved(str(f.type), owners[f.name].__module__)) for f in fields(record))


@lru_cache(maxsize=64)
def _by_key(record: Any) -> dict[str, _Field]:
    return {f.key: f for f in fields_of(record)}


def _field(field: Any, shape: Any) -> _Field:
    required = field.default is MISSING and field.default_factory is MISSING
    inner = (shape, *typing.get_args(shape))
    nested = any(is_dataclass(part) for part in inner)
    return _Field(field.name, table_name(field.name, shape), shape, required, nested, _taker(shape))


@lru_cache(maxsize=256)
def _resolved(annotation: str, module: str) -> Any:
    """What an annotation means in its module. Many fields share a few, and each is compiled but once."""
    holder: Any = SimpleNamespace(__annotations__={"it": annotation})
    return typing.get_type_hints(holder, vars(sys.modules[module]))["it"]


def structure(shape: Any, value: Any, path: Path, note: Note) -> Any:
    """The value as `shape`, or WRONG with its mistakes noted."""
    return _taker(shape)(value, path, note)


@lru_cache(maxsize=256)
def _taker(shape: Any) -> Take:
    """How a value of `shape` is taken; looked up once, not for every value."""
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if is_dataclass(shape):
        return partial(_record, shape)
    if origin is tuple:
        return partial(_array, inner[0])
    if origin is Literal:
        return partial(_choice, inner)
    if origin in (types.UnionType, typing.Union):
        return _taker(next(part for part in inner if part is not types.NoneType))
    if origin is dict:
        return partial(_mapping, inner[1])
    return partial(_scalar, shape)


def _record(record: Any, value: Any, path: Path, note: Note) -> Any:
    if not isinstance(value, dict):
        note(path, f"“{_last(path)}” is {_said(value)}; write a table.")
        return WRONG
    known = _by_key(record)
    for key in value:
        if key not in known:
            note((*path, key), f"unknown key “{key}”.{hint(key, known)}")
    made: dict[str, Any] = {}
    sound = True
    for key, f in known.items():
        if key in value:
            made[f.name] = f.take(value[key], (*path, key), note)
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
    take = _taker(shape)
    made = [take(entry, (*path, number), note) for number, entry in enumerate(value)]
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
    take = _taker(shape)
    made = {key: take(entry, (*path, key), note) for key, entry in value.items()}
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
