from __future__ import annotations

import contextlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.durations import LONGEST, parse_duration, spoken
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.moments import note_moment, parse_moment
from hotfix_tui.domain.playbook import Answer, Playbook, Question, Rule, Severity
from hotfix_tui.domain.story import story
from hotfix_tui.domain.templates import NAMES, fill, missing, slug, values
from hotfix_tui.domain.triage import NOT_SURE, judge
from tests.domain.worlds import PLAYBOOK, World
from tests.events import DECLARED, START, chain

NOW = datetime(2026, 11, 21, 3, 14, 30, tzinfo=UTC)

# --- triage

TRIAGE = Playbook(
    id="t",
    title="T",
    severities=(Severity("P0", "Critical", "", "hotfix"), Severity("P1", "High", "", "next-release")),
    questions=(
        Question("danger", "Danger?", (Answer("y", "yes"), Answer("n", "no"))),
        Question("way", "Way round?", (Answer("n", "no"), Answer("y", "yes"))),
    ),
    rules=(
        Rule({"danger": "y"}, "P0", "Danger."),
        Rule({"way": "y"}, "P1", "There is a way round.", "backlog"),
        Rule({"danger": "n", "way": "n"}, "P0", "No way round."),
    ),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"danger": "y", "way": "y"}, ("P0", "hotfix", "Danger.", 1)),
        ({"danger": "n", "way": "y"}, ("P1", "backlog", "There is a way round.", 2)),
        ({"danger": "n", "way": "n"}, ("P0", "hotfix", "No way round.", 3)),
        ({"danger": NOT_SURE, "way": "y"}, ("P0", "hotfix", "Danger.", 1)),
        ({"danger": "n", "way": NOT_SURE}, ("P0", "hotfix", "No way round.", 3)),
        ({}, ("P0", "hotfix", "Danger.", 1)),
        ({"danger": "n"}, ("P0", "hotfix", "No way round.", 3)),
    ],
)
def test_the_first_rule_that_fits_decides_and_not_sure_is_the_worst(
    answers: dict[str, str], expected: tuple[object, ...]
) -> None:
    """S2.SEV.1-4: what nobody answered counts as the worse answer too."""
    verdict = judge(TRIAGE, answers)
    assert (verdict.severity, verdict.decision, verdict.rule, verdict.number) == expected


def test_where_no_rule_fits_the_worst_severity_holds() -> None:
    """Until somebody knows better."""
    verdict = judge(replace(TRIAGE, rules=TRIAGE.rules[:2]), {"danger": "n", "way": "n"})
    assert (verdict.severity, verdict.number) == ("P0", 0)


# --- templates


def test_placeholders_are_filled_and_unknown_ones_stay() -> None:
    """Nothing is evaluated, whatever the text says."""
    known = values(World().state, NOW)
    assert set(known) <= NAMES
    assert fill("$id at $time: $title, ${who}? $$5 {0.__class__}", known) == (
        "HF-1 at 03:14Z: Unlocking fails, ${who}? $5 {0.__class__}"
    )
    assert missing("$id $who $where ${who}", known) == ("who", "where")


@given(st.text())
def test_any_text_can_be_filled(text: str) -> None:
    """A lone dollar is no error."""
    fill(text, {"id": "x"})
    missing(text, {"id": "x"})


@given(st.text())
def test_a_slug_is_fit_for_a_branch_name(title: str) -> None:
    """Lower-case words and hyphens, never empty, never an option."""
    made = slug(title)
    assert 0 < len(made) <= 40
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


# --- durations


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("2h", 120), ("1h30m", 90), ("7d", 10080), ("90s", 1.5)]
)
def test_durations_as_people_write_them(text: str, minutes: float) -> None:
    """Units in any number."""
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["", "30", "m", "-5m", "0m", "1.5h", "5 m", "367d", "9999999d", "1h junk", "٣m"]
)
def test_what_is_no_duration_is_said(text: str) -> None:
    """With a sentence; other alphabets' digits are the exception that is read."""
    if text == "٣m":
        assert parse_duration(text) == timedelta(minutes=3)
        return
    with pytest.raises(ValueError, match="a duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0m"),
        (59, "0m"),
        (3599, "59m"),
        (3600, "1h"),
        (12_660, "3h31m"),
        (-720, "-12m"),
        (-4320, "-1h12m"),
        (187_200, "2d4h"),
        (172_800, "2d"),
    ],
)
def test_durations_as_they_are_spoken(seconds: int, text: str) -> None:
    """At most two units."""
    assert spoken(timedelta(seconds=seconds)) == text


@given(st.integers(1, int(LONGEST.total_seconds()) // 60))
def test_what_is_spoken_can_be_written_again_up_to_two_days(minutes: int) -> None:
    """Nothing is lost below two days; above, less than an hour is."""
    there = timedelta(minutes=minutes)
    back = parse_duration(spoken(there))
    assert timedelta(0) <= there - back < timedelta(hours=1)
    assert minutes >= 2880 or back == there


# --- moments


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("03:10", datetime(2026, 11, 21, 3, 10, tzinfo=UTC)),
        ("@3:10Z", datetime(2026, 11, 21, 3, 10, tzinfo=UTC)),
        ("03:18", datetime(2026, 11, 21, 3, 18, tzinfo=UTC)),  # five minutes ahead: clocks differ
        ("03:30", datetime(2026, 11, 20, 3, 30, tzinfo=UTC)),  # the last one that has passed
        ("23:59", datetime(2026, 11, 20, 23, 59, tzinfo=UTC)),
        ("-12m", NOW - timedelta(minutes=12)),
        ("-1h30m", NOW - timedelta(minutes=90)),
        ("2026-11-20T22:00+02:00", datetime(2026, 11, 20, 20, tzinfo=UTC)),
        ("2026-11-20T22:00", datetime(2026, 11, 20, 22, tzinfo=UTC)),
    ],
)
def test_moments_as_people_write_them(text: str, moment: datetime) -> None:
    """All in UTC."""
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    "text", ["", "@", "25:00", "03:60", "-", "-12", "soon", "2026-13-01", "0001-01-01T00:00+23:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """With examples of what is."""
    with pytest.raises(Refused, match="is no time; write"):
        parse_moment(text, NOW)


@given(st.text())
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    """Nothing else comes out."""
    with contextlib.suppress(Refused):
        assert parse_moment(text, NOW).tzinfo is not None


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("@03:10 it broke", "it broke", -4.5),
        ("-12m restarted\nit", "restarted\nit", -12),
        ("plain", "plain", None),
    ],
)
def test_a_note_may_begin_with_its_moment(text: str, words: str, minutes: float | None) -> None:
    """And only begin with it."""
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert note_moment(text, NOW) == (words, expected)


# --- the story


def test_every_kind_of_event_is_told() -> None:
    """None is left to "something newer", but for what is newer; machinery is not told."""
    bodies: list[e.Body] = [DECLARED]
    for kind in e.KINDS.values():
        if kind is not e.Declared:
            made = {
                f.name: {"bool": True, "int": 7, "dict[str, str]": {}, "tuple[str, ...]": ()}.get(
                    str(f.type), "a"
                )
                for f in fields(kind)
            }
            bodies.append(kind(**made))
    state = fold(chain(*bodies, e.Unknown("moon-landed", 1, {})))
    assert state is not None
    lines = story(state, PLAYBOOK)
    assert [line.text for line in lines if line.unknown] == ["something newer happened: moon-landed"]
    hidden = {event.body.kind for event in state.log} - {
        event.body.kind for event in state.log if event.id in {line.event for line in lines}
    }
    assert hidden == {"undone", "step-started"}


def test_the_story_is_in_the_order_in_which_things_happened() -> None:
    """A note that was dated back stands where it belongs, and says so; what was undone is marked."""
    world = World()
    world.ask("w1", i.MarkItem("a", "done"), 60)
    world.ask("w1", i.AddNote("saw it first", START - timedelta(minutes=5)), 60)
    world.ask("w1", i.AddNote("wrong"), 60)
    world.ask("w1", i.Undo(), 1)
    found = [(line.text, line.backdated, line.undone) for line in story(world.state, PLAYBOOK)]
    assert found[0] == ("note: saw it first", True, False)
    assert found[-2:] == [("done: 1.1 Look at it", False, False), ("note: wrong", False, True)]
