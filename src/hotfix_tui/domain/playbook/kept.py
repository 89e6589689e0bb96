"""A checked playbook as JSON and back: what is read again is equal to what was written, field by field.

Each object of the JSON is one record: its kind under the empty key, then the fields that differ from their default.
It is written and read by the same version only (docs/adr/0004-playbook-cache.md), so nothing in it needs to last.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, timedelta
from typing import Any

from hotfix_tui.domain import playbook as kinds
from hotfix_tui.domain.playbook import Playbook

_KIND = ""
_UNIT = timedelta(microseconds=1)


def _span(units: int) -> timedelta:
    return timedelta(microseconds=units)


def _spans(pairs: list[tuple[str, int]]) -> dict[str, timedelta]:
    return {key: _span(units) for key, units in pairs}


_FORMS: dict[str, Callable[[Any], Any]] = {
    "timedelta": _span,
    "date": date.fromisoformat,
    "dict[str, str]": dict,
    "dict[str, timedelta]": _spans,
}
"""How a field of this type is made of what JSON has for it; arrays are tuples, all else is what JSON says."""

_RECORDS = {name: kind for name in kinds.__all__ if isinstance(kind := getattr(kinds, name), type)}
_DEFAULTS = {kind: tuple((f.name, f.default) for f in fields(kind)) for kind in _RECORDS.values()}
"""The fields of each kind with their defaults; MISSING is equal to nothing."""


def _form(annotation: str) -> Callable[[Any], Any] | None:
    bare = annotation.removesuffix(" | None")
    return tuple if bare.startswith("tuple[") else _FORMS.get(bare)


_MADE = {
    name: (kind, {f.name: form for f in fields(kind) if (form := _form(str(f.type)))})
    for name, kind in _RECORDS.items()
}
"""Each kind by its name, with the fields that JSON does not hold as they are."""


def to_json(playbook: Playbook) -> bytes:
    """The playbook's JSON in UTF-8."""
    return _ENCODER.encode(playbook).encode("utf-8", "surrogatepass")


def from_json(raw: bytes) -> Playbook:
    """The playbook of this JSON. Raises: ValueError when it is no playbook."""
    try:
        found = json.loads(raw.decode("utf-8", "surrogatepass"), object_hook=_record)
    except (LookupError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"this is no playbook: {error}") from error
    if not isinstance(found, Playbook):
        raise ValueError("this is no playbook")  # noqa: TRY004  (whatever is wrong with the text is one error)
    return found


def _plain(value: Any) -> Any:
    """What JSON holds for a value that it does not know."""
    if isinstance(value, timedelta):
        return value // _UNIT
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value)
    plain: dict[str, Any] = {_KIND: kind.__name__}
    for name, default in _DEFAULTS[kind]:
        said = getattr(value, name)
        if default is MISSING or said != default:
            plain[name] = list(said.items()) if isinstance(said, dict) else said
    return plain


_ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=False, check_circular=False, separators=(",", ":"))


def _record(found: dict[str, Any]) -> Any:
    """One object as its record."""
    kind, forms = _MADE[found.pop(_KIND)]
    for name, form in forms.items():
        if found.get(name) is not None:
            found[name] = form(found[name])
    return kind(**found)
