"""Anything that could ever be understood, for property tests: every record with nasty texts, numbers and references."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import count
from typing import Any, Literal

from hypothesis import strategies as st

from hotfix_tui.importing.understood import Task, Understood

TEXTS = st.one_of(
    st.sampled_from(
        (
            "",
            "P0",
            "a",
            "b",
            "IF P0",
            '"""',
            "'''",
            "\\",
            "a\nb",
            "x" * 300,
            "\x1b[31m",
            "\u202e",
            "\ud800",
            "\x7f",
            "\r",
        )
    ),
    st.sampled_from(
        ("$", "${", "$x", "#", "[x]", "X.Y.Z", "24/7", "ä", "修正", "yes", "no", "Mon-Fri 09:00-17:00")
    ),
    st.text(max_size=9),
)
NUMBERS = st.one_of(st.integers(-3, 9), st.sampled_from((60, 1440, 10**6, 10**30)))


@cache
def values(shape: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation."""
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if isinstance(shape, type) and is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        return st.builds(shape, **{f.name: values(hints[f.name]) for f in fields(shape)})
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple and inner[1:] == (...,):
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inner))
    if origin is types.UnionType:
        return st.one_of(*(st.none() if part is types.NoneType else values(part) for part in inner))
    return {str: TEXTS, int: NUMBERS, bool: st.booleans()}[shape]


def understood() -> st.SearchStrategy[Understood]:
    """Whole documents, whose phases and tasks have ids of their own."""
    return values(Understood).map(_own_ids)


def _own_ids(found: Understood) -> Understood:
    numbers = count()

    def numbered(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(one, id=f"{one.id}{next(numbers) or ''}") for one in entries)

    tasks = _related(numbered(found.tasks * 3))
    phases = tuple(
        replace(one, items=tasks[3 * n : 3 * n + 3]) for n, one in enumerate(numbered(found.phases))
    )
    return replace(found, tasks=tasks, phases=phases, pseudo_tasks=numbered(found.pseudo_tasks))


def _related(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """Tasks that name each other as whole and as twin, also themselves and in circles."""
    ids = [task.id for task in tasks]
    return tuple(
        replace(task, under=_one(ids, task.under), twin=_one(ids, task.twin))
        if task.under or task.twin
        else task
        for task in tasks
    )


def _one(ids: list[str], word: str) -> str:
    return ids[sum(map(ord, word)) % len(ids)] if word else ""
