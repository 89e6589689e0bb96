from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.adapters.clock import FrozenClock, SystemClock, clock_from
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.moments import note_moment, parse_moment, understood
from tests.small_playbook import MINUTE, START


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("03:10", -4),
        ("@03:10Z", -4),
        ("-12m", -12),
        ("-1h30m", -90),
        ("03:19", 5),
        ("03:20", 6 - 24 * 60),
        ("2026-11-21T03:10Z", -4),
        ("2026-11-21T04:10+01:00", -4),
        ("2026-11-21T03:10", -4),
    ],
)
def test_a_moment_is_written_as_people_write_it(text: str, minutes: int) -> None:
    """A time of day is the last one that has passed, give or take five minutes; the rest is UTC."""
    assert parse_moment(text, START) == START + minutes * MINUTE


@pytest.mark.parametrize("text", ["", "@", "25:00", "soon", "-", "-0m", "-400d", "0001-01-01T00:00+23:00"])
def test_what_is_no_moment_is_refused_in_a_sentence(text: str) -> None:
    """Also what lies before the first year once it is put into UTC."""
    with pytest.raises(Refused, match="is no time; write 03:10"):
        parse_moment(text, START)


def test_a_note_says_when_at_its_beginning() -> None:
    """Only there, and only as @time or -duration."""
    assert note_moment("@03:10 it began", START) == ("it began", START - 4 * MINUTE)
    assert note_moment("-12m it began", START) == ("it began", START - 12 * MINUTE)
    assert note_moment("it began -12m ago", START) == ("it began -12m ago", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@03:10 it began", "03:10Z, 4m ago"),
        ("-12m it began", "03:02Z, 12m ago"),
        ("@03:30 it began", "03:30Z yesterday, 23h44m ago"),
        ("-3d it began", "03:14Z on 2026-11-18, 3d ago"),
        ("@03:16 it began", "03:16Z, now"),
        ("it began", "03:14Z, now"),
        ("it began @03:10", "03:14Z, now"),
    ],
)
def test_how_a_note_s_moment_is_understood(text: str, said: str) -> None:
    """A time of day that has not come today was yesterday, and that is said."""
    assert understood(text, START) == f"will be written at {said}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@25:00 it began", "is no time; write 03:10"),
        ("@soon it began", "is no time; write 03:10"),
        ("@2026-11-21T09:00Z it began", "lies in the future"),
        ("@2024-11-21T09:00Z it began", "more than a year back"),
        ("@03:10", "will be written at 03:10Z, 4m ago; now write the words"),
        ("-12m ", "now write the words"),
    ],
)
def test_a_note_that_would_be_refused_says_so_before(text: str, words: str) -> None:
    """The same sentence that the rules would say afterwards."""
    with pytest.raises(Refused, match=words):
        understood(text, START)


def test_hotfix_now_freezes_the_clock() -> None:
    """In UTC when it names no zone; moved by hand only."""
    clock = clock_from({"HOTFIX_NOW": "2026-11-21T03:14"})
    assert isinstance(clock, FrozenClock)
    assert clock.now() == START
    clock.move(timedelta(minutes=2))
    assert clock.now() == START + 2 * MINUTE


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "0001-01-01", "9999-12-31T23:00-05:00"])
def test_hotfix_now_must_be_a_moment(text: str) -> None:
    """What an incident could not record is refused too."""
    with pytest.raises(Refused, match="HOTFIX_NOW is"):
        clock_from({"HOTFIX_NOW": text})


def test_the_systems_clock_does_not_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall clock that is set two hours back moves nothing, and shows as drift."""
    clock = clock_from({})
    assert isinstance(clock, SystemClock)
    before = clock.now()
    monkeypatch.setattr(
        clock, "_wall", clock._wall + timedelta(hours=2)
    )  # as if the wall had said so at the start
    assert clock.now() - before >= timedelta(hours=2)
    assert (
        timedelta(hours=-2) - timedelta(seconds=5)
        < clock.drift()
        <= timedelta(hours=-2) + timedelta(seconds=5)
    )
