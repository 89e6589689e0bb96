"""Events as bytes: canonical JSON whose hash is the event's id, chained per writer (RELIABILITY.md §6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hotfix_tui.domain.events import KINDS, VERSION, Body, Draft, Event, Unknown
from hotfix_tui.domain.hlc import Stamp

MAX_BYTES = 400_000
"""The largest event that is kept; only `declared`, which carries its playbook, comes near it."""

LARGEST = 2**53
"""The largest whole number that every JSON reader keeps exactly."""
DEEPEST = 16
"""How deep an event may nest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)
"""Moments end here, so that no sum of a moment and a limit leaves the calendar."""


class MalformedEvent(ValueError):
    """Bytes that are not an event: the message says what is wrong with them."""


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, exactly."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The UTC moment of these milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def canonical(value: object) -> bytes:
    """The one JSON text of `value`: sorted keys, no spaces, no NaN, UTF-8."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def _data(body: Body) -> dict[str, Any]:
    if isinstance(body, Unknown):
        return body.data
    return {
        name: list(getattr(body, name)) if shape is list else getattr(body, name)
        for name, shape in _FIELDS[body.kind].items()
    }


def seal(
    draft: Draft, *, incident: str, writer: str, seq: int, prev: str, stamp: Stamp, now: datetime, by: str
) -> Event:
    """The draft as an event with its place in the writer's chain and its id."""
    event = Event(
        "",
        incident,
        writer,
        seq,
        prev,
        stamp,
        _millis(draft.happened_at or now),
        _millis(now),
        by,
        draft.body,
    )
    return _with_id(event)


def _millis(moment: datetime) -> datetime:
    return from_ms(to_ms(moment))


def _payload(event: Event) -> dict[str, Any]:
    version = event.body.version if isinstance(event.body, Unknown) else VERSION
    return {
        "incident": event.incident,
        "writer": event.writer,
        "seq": event.seq,
        "prev": event.prev,
        "clock": [event.stamp.ms, event.stamp.counter],
        "happened_at": to_ms(event.happened_at),
        "recorded_at": to_ms(event.recorded_at),
        "by": event.by,
        "kind": event.body.kind,
        "version": version,
        "data": _data(event.body),
    }


def _with_id(event: Event) -> Event:
    digest = hashlib.sha256(canonical(_payload(event))).hexdigest()
    return replace(event, id=digest)


def encode(event: Event) -> bytes:
    """The event's bytes, without its id, which is their hash: as it was read, or canonical."""
    return event.kept or canonical(_payload(event))


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedEvent("a key appears twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise MalformedEvent(f"{name} is not a number")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_duplicates, parse_constant=_refuse_constant)


def decode(raw: bytes) -> Event:
    """The event of these canonical bytes; an unknown kind, or a known one with a newer version, comes as `Unknown`.

    Raises: MalformedEvent when the bytes are no event of any version.
    """
    if len(raw) > MAX_BYTES:
        raise MalformedEvent(f"an event of {len(raw)} bytes is over the limit of {MAX_BYTES}")
    try:
        found = _DECODER.decode(raw.decode("utf-8", "surrogatepass"))
        if not isinstance(found, dict):
            raise MalformedEvent("not an event: no object")
        event = _event(found, hashlib.sha256(raw).hexdigest())
        # What a newer console wrote may hold more than our types do: then the bytes themselves are kept.
        return event if canonical(_payload(event)) == raw else replace(event, kept=raw)
    except MalformedEvent:
        raise
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise MalformedEvent(f"not an event: {error}") from error


def decode_as(id: str, raw: bytes) -> Event:
    """The event of these bytes, which were stored under this id.

    Raises: MalformedEvent when they are no event, or are no longer the bytes that were stored.
    """
    event = decode(raw)
    if event.id != id:
        raise MalformedEvent("it was changed after it was written")
    return event


def _event(found: dict[str, Any], id: str) -> Event:
    ms, counter = found["clock"]
    return Event(
        id,
        _text(found, "incident"),
        _text(found, "writer"),
        _whole(found["seq"], "seq"),
        _text(found, "prev"),
        Stamp(_whole(ms, "clock"), _whole(counter, "clock")),
        _moment(found, "happened_at"),
        _moment(found, "recorded_at"),
        _text(found, "by"),
        _body(_text(found, "kind"), _whole(found["version"], "version"), found["data"]),
    )


def _text(found: dict[str, Any], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise MalformedEvent(f'"{name}" is not text')
    return value


def _whole(value: Any, name: str) -> int:
    if type(value) is not int or not -LARGEST <= value <= LARGEST:
        raise MalformedEvent(f'"{name}" is not a whole number of a sensible size')
    return value


def _moment(found: dict[str, Any], name: str) -> datetime:
    ms = _whole(found[name], name)
    if not 0 <= ms < _LAST_MS:
        raise MalformedEvent(f'"{name}" is not between 1970 and 2200')
    return from_ms(ms)


def _shallow(found: object) -> None:
    """Raises: MalformedEvent when it nests deeper than any event does, so that nothing later runs out of stack."""
    level = [found]
    for _ in range(DEEPEST):
        level = [
            part
            for value in level
            if isinstance(value, dict | list)
            for part in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return
    raise MalformedEvent(f"it nests deeper than {DEEPEST} levels")


def _body(kind: str, version: int, data: Any) -> Body:
    if not isinstance(data, dict):
        raise MalformedEvent('"data" is no object')
    known = KINDS.get(kind)
    if known is None or version > VERSION or not data.keys() <= _FIELDS[kind].keys():
        _shallow(data)
        return Unknown(kind, version, data)
    missing = next((name for name in _REQUIRED[kind] if name not in data), None)
    if missing:
        raise MalformedEvent(f'"{kind}" has no "{missing}"')
    shapes = _FIELDS[kind]
    body: Body = known(**{name: _value(shapes[name], name, value) for name, value in data.items()})
    return body


_SHAPES: dict[str, type[Any]] = {
    "str": str,
    "bool": bool,
    "int": int,
    "dict[str, str]": dict,
    "tuple[str, ...]": list,
}
_FIELDS = {kind: {f.name: _SHAPES[str(f.type)] for f in fields(body)} for kind, body in KINDS.items()}
"""For each kind its fields, and what JSON makes of them."""
_REQUIRED = {
    kind: tuple(f.name for f in fields(body) if f.default is MISSING and f.default_factory is MISSING)
    for kind, body in KINDS.items()
}


def _value(wanted: type[Any], name: str, value: Any) -> Any:
    if wanted is int:
        return _whole(value, name)
    if not isinstance(value, wanted):
        raise MalformedEvent(f'"{name}" is not a {wanted.__name__}')
    if wanted is str or wanted is bool:
        return value
    parts: Iterable[object] = value.values() if isinstance(value, dict) else value
    if not all(isinstance(part, str) for part in parts):
        raise MalformedEvent(f'"{name}" holds something that is not text')
    return tuple(value) if wanted is list else value
