from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotfix_tui.domain.codec import MAX_BYTES, MalformedEvent, decode, decode_as, encode, from_ms, to_ms
from hotfix_tui.domain.events import KINDS, AlarmSnoozed, Body, Escalated, NoteAdded, Unknown
from hotfix_tui.domain.hlc import MAX_AHEAD_MS, Stamp, tick, witness
from tests.events import START, event, payload, raw


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\xfa",
        b"\x00" * 50,
        b"[" * 10_000,
        b'{"a":' * 10_000,
        b"9" * 6000,
        raw(payload()).replace(b'"w1"', b'"w1", "writer": "w2"'),
        raw(payload()).replace(b'"hello"', b'"hello", "text": "again"'),
        raw(payload()).replace(b'"seq": 2', b'"seq": NaN'),
        raw(payload()).replace(b'"seq": 2', b'"seq": Infinity'),
        raw(payload()).replace(b'"seq": 2', b'"seq": 2.0'),
        raw(payload()).replace(b'"seq": 2', b'"seq": 1e999'),
        raw(payload()).replace(b'"seq": 2', b'"seq": ' + b"9" * 5000),
        raw(payload(seq=2**53 + 1)),
        raw(payload(seq=True)),
        raw(payload(seq="2")),
        raw(payload(incident=["HF-1"])),
        raw(payload(kind=None)),
        raw(payload(kind=["note-added"])),
        raw(payload(version="one")),
        raw(payload(clock=[1])),
        raw(payload(clock="12")),
        raw(payload(clock=None)),
        raw(payload(happened_at=2**53)),
        raw(payload(recorded_at=-(2**53))),
        raw(payload(data=[])),
        raw(payload(data={})),
        raw(payload(data={"text": 5})),
        raw(payload(data={"text": None})),
        raw(payload(kind="undone", data={"targets": "abc"})),
        raw(payload(kind="alarm-snoozed", data={"alarms": ["update:soon"], "minutes": True})),
        raw(payload(kind="alarm-snoozed", data={"alarms": ["update:soon"], "minutes": "10"})),
        raw(payload(kind="alarm-snoozed", data={"alarms": ["update:soon"], "minutes": 2**54})),
        raw(payload(kind="alarm-snoozed", data={"alarms": ["update:soon"]})),
        raw(payload(kind="escalated", data={"how": "by phone"})),
        raw(payload(kind="undone", data={"targets": ["a", 1]})),
        raw(payload(kind="unheard-of", data="text")),
        raw(payload(kind="unheard-of", data={"deep": json.loads("[" * 20 + "]" * 20)})),
        raw(payload(kind="unheard-of")).replace(b'"hello"', b"1e999"),
        raw(payload(data={"text": "x" * MAX_BYTES})),
    ],
    ids=lambda body: body[:60].decode("latin-1"),
)
def test_hostile_bytes_are_malformed_and_nothing_else(body: bytes) -> None:
    """Whatever stands in a file or comes from a colleague: one kind of error, with a sentence."""
    with pytest.raises(MalformedEvent) as caught:
        decode(body)
    assert str(caught.value)


@pytest.mark.parametrize("name", sorted(payload()))
def test_every_field_is_wanted(name: str) -> None:
    """Nothing is guessed."""
    fields = payload()
    del fields[name]
    with pytest.raises(MalformedEvent):
        decode(raw(fields))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_but_malformed(body: bytes) -> None:
    """Decoding is total."""
    with pytest.raises(MalformedEvent):
        decode(body)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(payload())), _JSON, max_size=3),
    st.sampled_from(sorted(KINDS)),
    st.booleans(),
)
@example({"kind": "\ud800"}, "note-added", True)
def test_almost_right_bytes_are_an_event_or_malformed(changes: dict[str, Any], kind: str, keep: bool) -> None:
    """An event that can be read gives back the very bytes it came as."""
    body = raw(payload(kind=kind, **{k: v for k, v in changes.items() if k != "kind"}) if keep else changes)
    try:
        found = decode(body)
    except MalformedEvent:
        return
    assert encode(found) == body
    assert found.id == hashlib.sha256(body).hexdigest()


def test_the_id_is_the_hash_of_everything_else() -> None:
    """Two events that differ anywhere have different ids."""
    one = event(NoteAdded("hello"))
    assert one.id == hashlib.sha256(encode(one)).hexdigest()
    others = {event(NoteAdded("hello"), 2).id, event(NoteAdded("hello"), writer="w2").id}
    assert len({one.id, event(NoteAdded("hallo")).id, event(NoteAdded("hello"), prev="x").id} | others) == 5


def test_changed_bytes_are_not_the_event_that_was_stored() -> None:
    """Also when they are an event."""
    one = event(NoteAdded("hello"))
    assert decode_as(one.id, encode(one)) == one
    with pytest.raises(MalformedEvent, match="changed after"):
        decode_as(one.id, encode(one).replace(b"hello", b"hallo"))


@pytest.mark.parametrize(
    "fields",
    [
        payload(kind="unheard-of"),
        payload(version=2),
        payload(data={"text": "hello", "mood": "grim"}),
        payload(kind="escalated", data={"rung": "team", "mood": "grim"}),
        payload(kind="alarm-snoozed", data={"alarms": ["update:soon"], "minutes": 10, "mood": "grim"}),
    ],
    ids=["kind", "version", "field", "escalated", "snoozed"],
)
def test_what_is_newer_comes_as_unknown(fields: dict[str, Any]) -> None:
    """It is shown greyed and handed on; it does not stop the log."""
    found = decode(raw(fields))
    assert found.body == Unknown(fields["kind"], fields["version"], fields["data"])
    assert found.body.kind == fields["kind"]


@pytest.mark.parametrize(
    ("kind", "data", "body"),
    [
        ("note-added", {"text": "hello"}, NoteAdded("hello")),
        ("escalated", {"rung": "team"}, Escalated("team")),
        ("alarm-snoozed", {"alarms": ["update:soon"], "minutes": 10}, AlarmSnoozed(("update:soon",), 10)),
    ],
)
def test_a_field_with_a_default_may_be_missing(kind: str, data: dict[str, Any], body: Body) -> None:
    """An older console did not write it."""
    found = decode(raw(payload(kind=kind, data=data)))
    assert found.body == body
    assert decode(encode(event(body))).body == body


@given(st.integers(-(10**12), 10**13))
def test_moments_survive_to_the_millisecond(ms: int) -> None:
    """No floating point anywhere."""
    assert to_ms(from_ms(ms)) == ms


YEAR, TWO_HOURS = 365 * 86_400_000, 7_200_000


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([-TWO_HOURS, YEAR, -YEAR, 0, 1, 1000]), max_size=40))
def test_stamps_strictly_increase_whatever_the_wall_clock_does(jumps: list[int]) -> None:
    """Two hours back, a year ahead and back again, or standing still."""
    wall, last = to_ms(START), Stamp()
    for jump in jumps:
        wall += jump
        new = tick(last, wall)
        assert new > last
        assert new.ms >= wall
        last = new


@given(st.lists(st.integers(0, MAX_AHEAD_MS * 2), max_size=20))
def test_a_colleague_far_in_the_future_does_not_move_our_clock(aheads: list[int]) -> None:
    """Five minutes ahead is believed; more is not."""
    wall, stamp = to_ms(START), Stamp()
    for ahead in aheads:
        seen = Stamp(wall + ahead)
        new = witness(stamp, seen, wall)
        assert new >= stamp
        assert new == (max(stamp, seen) if ahead <= MAX_AHEAD_MS else stamp)
        stamp = new
    assert stamp.ms <= wall + MAX_AHEAD_MS
