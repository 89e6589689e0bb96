"""A playbook that was written as JSON and read again is the same playbook."""

from __future__ import annotations

import json
import sys
import typing
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from types import NoneType
from typing import Any

import pytest

import hotfix_tui
from hotfix_tui.domain import playbook as kinds
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.playbook.kept import from_json, to_json
from hotfix_tui.loading import read

BUILT_IN = sorted((Path(hotfix_tui.__file__).parent / "playbooks").glob("*.toml"))
RECORDS = [kind for name in kinds.__all__ if isinstance(kind := getattr(kinds, name), type)]
VALUES: dict[Any, Any] = {
    str: "ä \ud800 ' \" \\ \x00 \u2028 𝄞",
    bool: True,
    int: 7,
    float: 0.1,
    date: date(2026, 1, 13),
    timedelta: timedelta(days=3, seconds=1, microseconds=5),
}


def full(shape: Any) -> Any:
    """A value of this type in which nothing is as it would be by default."""
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if is_dataclass(shape):
        hints = typing.get_type_hints(shape, vars(sys.modules[typing.cast("type", shape).__module__]))
        return typing.cast("type", shape)(**{field.name: full(hints[field.name]) for field in fields(shape)})
    if origin is tuple:
        return (full(inner[0]),)
    if origin is dict:
        return {"": full(inner[1]), "P0": full(inner[1])}
    if origin is typing.Literal:
        return inner[-1]
    if NoneType in inner:
        return full(inner[0])
    return VALUES[shape]


def test_every_field_of_every_record_comes_back() -> None:
    """Whatever a field holds, with its type: no default stands in for it, no number turns into another kind."""
    whole = full(Playbook)
    back = from_json(to_json(whole))
    assert back == whole
    assert repr(back) == repr(whole)


def test_a_full_playbook_reaches_every_record() -> None:
    """The test above speaks of all of them: a record that it misses would come back by luck."""
    said = repr(full(Playbook))
    assert [kind.__name__ for kind in RECORDS if f"{kind.__name__}(" not in said] == []


@pytest.mark.parametrize("file", BUILT_IN, ids=lambda file: file.stem)
def test_every_built_in_playbook_comes_back(file: Path) -> None:
    """And hashes the same, as its parts are keys here and there."""
    playbook = read(file.read_bytes(), file.name)
    back = from_json(to_json(playbook))
    assert repr(back) == repr(playbook)
    assert [hash(phase.items) for phase in back.phases] == [hash(phase.items) for phase in playbook.phases]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b'{"":"Nobody"}',
        b'{"":["Playbook"]}',
        b'{"":"Playbook"}',
        b'{"":"Playbook","id":"a","title":"b","more":1}',
        b'{"":"Playbook","id":"a","title":"b","phases":3}',
        b'{"":"Step","number":1,"title":"a"}',
        b'{"":"Rung","id":"a","title":"b","after":1e400}',
        b'{"":"Rung","id":"a","title":"b","after":9999999999999999999999}',
        b'{"":"Contact","role":"a","valid_from":"soon"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_playbook_is_told_as_one_kind_of_error(text: bytes) -> None:
    """Callers read the source again then, and need to know of nothing else."""
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_the_json_says_only_what_differs_from_the_default() -> None:
    """Most fields of an item are empty, and would be most of the file."""
    assert json.loads(to_json(Playbook(id="a", title="b"))) == {"": "Playbook", "id": "a", "title": "b"}
