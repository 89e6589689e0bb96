"""Events for tests, sealed as the service seals them, without a service."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hotfix_tui.domain.codec import seal, to_ms
from hotfix_tui.domain.events import Body, Declared, Draft, Event, NoteAdded
from hotfix_tui.domain.hlc import Stamp

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
DECLARED = Declared("Unlocking fails", "team", "d" * 64, "schema = 1", "P0", "hotfix")


def event(body: Body, seq: int = 1, *, writer: str = "w1", prev: str = "", incident: str = "HF-1") -> Event:
    """One event, `seq` seconds after the start."""
    now = START + timedelta(seconds=seq)
    return seal(
        Draft(body),
        incident=incident,
        writer=writer,
        seq=seq,
        prev=prev,
        stamp=Stamp(to_ms(now)),
        now=now,
        by="robin",
    )


def chain(*bodies: Body, writer: str = "w1", incident: str = "HF-1") -> tuple[Event, ...]:
    """The events of one writer, each naming the one before it."""
    made: list[Event] = []
    for seq, body in enumerate(bodies, start=1):
        prev = made[-1].id if made else ""
        made.append(event(body, seq, writer=writer, prev=prev, incident=incident))
    return tuple(made)


def notes(count: int, *, writer: str = "w1", incident: str = "HF-1") -> tuple[Event, ...]:
    """A declaration and `count` notes by one writer."""
    return chain(DECLARED, *(NoteAdded(f"note {n}") for n in range(count)), writer=writer, incident=incident)


def payload(**changes: Any) -> dict[str, Any]:
    """The fields of a well-formed note on disk, with some of them changed."""
    return {
        "incident": "HF-1",
        "writer": "w1",
        "seq": 2,
        "prev": "",
        "clock": [1, 0],
        "happened_at": 1,
        "recorded_at": 1,
        "by": "robin",
        "kind": "note-added",
        "version": 1,
        "data": {"text": "hello"},
    } | changes


def raw(fields: dict[str, Any]) -> bytes:
    """The fields as JSON, written with spaces and in the order given: not canonical on purpose."""
    return json.dumps(fields).encode()


def renamed(original: Event, body: bytes) -> Event:
    """The event as it would be if its bytes were `body`."""
    return replace(original, id=hashlib.sha256(body).hexdigest(), kept=body)
