"""Every record of a playbook with the path at which it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading.problems import Path
from hotfix_tui.loading.structure import fields_of


def walk(playbook: Playbook) -> tuple[tuple[Path, Any], ...]:
    """All records, a table before the tables in it, in the order of the schema."""
    return tuple(_walk((), playbook))


def _walk(path: Path, record: Any) -> Iterator[tuple[Path, Any]]:
    yield path, record
    shape: Any = type(record)
    for field in fields_of(shape):
        if not field.nested:
            continue
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            for number, entry in enumerate(value):
                if is_dataclass(entry):
                    yield from _walk((*path, field.key, number), entry)
        elif is_dataclass(value):
            yield from _walk((*path, field.key), value)
