"""docs/playbooks.md: how to write a playbook, and every key of the schema, made from the schema's own docstrings."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from hotfix_tui.cli.playbook_guide import AFTER_RULES, GUIDE
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Condition, Due, Playbook
from hotfix_tui.domain.templates import NAMES
from hotfix_tui.lint import RULES
from hotfix_tui.loading.structure import fields_of

_COMMON = {
    "id": "The name that other parts call it by.",
    "title": "What it is called.",
    "text": "What it says.",
    "hint": "What helps with it.",
    "note": "What else there is to know.",
    "when": "When it applies.",
    "due": "The window in which it is to be done.",
    "role": "The role that it is for.",
    "channel": "Where.",
    "examples": "What it looks like.",
    "severity": "The id of a severity.",
}
"""What a key means wherever the schema says nothing more of it."""
_SOURCES = re.compile(r" ?\((?:[SX]\d*\.[\w.,\- SX]*)\)")
_TYPES = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    timedelta: "duration",
    date: "date",
}
_INLINE = (Condition, Due)
"""Tables that are written in one line, wherever they stand."""


def playbooks_page() -> str:
    """The whole page."""
    rules = ["| rule | level | what holds |", "| --- | --- | --- |"]
    rules += [
        f"| `{rule.id}` | {'error' if rule.level == 'error' else 'warning'} | {rule.title} |"
        for rule in RULES
    ]
    names = ", ".join(f"`${name}`" for name in sorted(NAMES))
    tables = "\n\n".join(_table(shape, places) for shape, places in _places().items())
    return f"{GUIDE}\n" + "\n".join(rules) + f"\n{AFTER_RULES.format(names=names)}\n{tables}\n"


def _places() -> dict[Any, list[str]]:
    """Every kind of table with the names that it is written by, in the order of the schema."""
    found: dict[Any, list[str]] = {Playbook: []}
    todo: list[tuple[Any, str]] = [(Playbook, "")]
    while todo:
        shape, around = todo.pop(0)
        inner = []
        for field in fields_of(shape):
            many = typing.get_origin(field.shape) is tuple
            kind = next((part for part in _parts(field.shape) if is_dataclass(part)), None)
            if kind is None or kind in _INLINE:
                continue
            name = f"{around}.{field.key}".lstrip(".")
            found.setdefault(kind, []).append(f"[[{name}]]" if many else f"[{name}]")
            if len(found[kind]) == 1:
                inner.append((kind, name))
        todo = inner + todo
    return found | {kind: [] for kind in _INLINE}


def _parts(shape: Any) -> tuple[Any, ...]:
    return (shape, *typing.get_args(shape))


def _table(shape: Any, places: list[str]) -> str:
    """One kind of table: its heading, what it is, and its keys."""
    named = {Playbook: "The head", Condition: "A condition: `when`", Due: "A window: `due`, `opens`"}
    heading = named.get(shape) or ", ".join(f"`{place}`" for place in places)
    rows = ["| key | type | default | meaning |", "| --- | --- | --- | --- |"]
    rows += [f"| `{key}` | {kind} | {default} | {meaning} |" for key, kind, default, meaning in _rows(shape)]
    return "\n".join([f"### {heading}", "", _clean(inspect.getdoc(shape) or ""), "", *rows])


def _rows(shape: Any) -> Iterator[tuple[str, str, str, str]]:
    if shape is Playbook:
        yield "schema", "`1`", "required", "The schema's number: the first line of the file."
    told = _docstrings(shape)
    defaults = {field.name: field.default for field in fields(shape)}
    for field in fields_of(shape):
        kind = next((part for part in _parts(field.shape) if is_dataclass(part)), None)
        meaning = told.get(field.name) or _COMMON.get(field.name)
        if kind is not None and (kind not in _INLINE or not meaning):
            meaning = told.get(field.name) or (inspect.getdoc(kind) or "").split("\n")[0]
        assert meaning, f"{shape.__name__}.{field.name} has no docstring"
        yield field.key, _type(field.shape), _default(defaults[field.name]), _clean(meaning)


def _type(shape: Any) -> str:
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if shape in _INLINE:
        return "[condition](#a-condition-when)" if shape is Condition else "[window](#a-window-due-opens)"
    if is_dataclass(shape):
        return "table"
    if origin is tuple:
        return "tables" if is_dataclass(inner[0]) else "texts"
    if origin is Literal:
        return ", ".join(f"`{word}`" if word else "nothing" for word in inner)
    if origin is dict:
        return f"table of {_type(inner[1])}s"
    if inner:
        return _type(next(part for part in inner if part is not type(None)))
    return _TYPES[shape]


def _default(value: Any) -> str:
    if value is MISSING:
        return "required"
    if value in ("", (), None) or is_dataclass(value):
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(f"`{entry}`" for entry in value)
    return spoken(value) if isinstance(value, timedelta) else f"`{value}`"


@lru_cache(maxsize=64)
def _docstrings(shape: Any) -> dict[str, str]:
    """What stands below each field in the source."""
    module = ast.parse(inspect.getsource(sys.modules[shape.__module__]))
    body = next(n.body for n in module.body if isinstance(n, ast.ClassDef) and n.name == shape.__name__)
    return {
        field.target.id: ast.literal_eval(text.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }


def _clean(text: str) -> str:
    """A docstring as a cell: one line, without the ids of the source documents."""
    return _SOURCES.sub("", " ".join(text.split())).replace("|", "\\|").strip()
