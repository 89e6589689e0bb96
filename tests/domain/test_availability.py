from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.availability import opens_at, outdated, parse_hours, reach, zone
from hotfix_tui.domain.contacts import contacts, entry
from hotfix_tui.domain.playbook import Contact
from tests.domain.teams import TEAM
from tests.domain.worlds import World

NIGHT = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
"""A Saturday."""
OFFICE = Contact("lead", available="Mon-Fri 09:00-17:00", timezone="Europe/Berlin")


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the week of Monday 16 to Sunday 22 November 2026, in UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("available", "moment", "state"),
    [
        ("", NIGHT, "unknown"),
        ("always", NIGHT, "yes"),
        ("Always", NIGHT, "yes"),
        ("Mon-Fri 09:00-17:00", on(20, 16, 59), "yes"),
        ("Mon-Fri 09:00-17:00", on(20, 17), "no"),
        ("Mon-Fri 09:00-17:00", on(21, 12), "no"),
        ("Sat 00:00-24:00", NIGHT, "yes"),
        ("Sat 00:00-24:00", on(22, 0), "no"),
        ("Fri 22:00-06:00", NIGHT, "yes"),  # over midnight
        ("Fri 22:00-06:00", on(21, 6), "no"),
        ("Fri 22:00-06:00", on(20, 3), "no"),
        ("Sun-Mon 09:00-17:00", on(16, 10), "yes"),  # over the end of the week
        ("Sun-Mon 09:00-17:00", on(17, 10), "no"),
        ("09:00-17:00", on(22, 12), "yes"),
        ("Mon 09:00-10:00, Sat 03:00-04:00", NIGHT, "yes"),
    ],
)
def test_who_can_be_reached_when(available: str, moment: datetime, state: str) -> None:
    """S0.ESC.1: days and hours, several of them, over midnight and over the end of the week."""
    assert reach(Contact("lead", available=available), moment) == state


@pytest.mark.parametrize(("moment", "state"), [(on(20, 7, 59), "no"), (on(20, 8), "yes"), (on(20, 16), "no")])
def test_hours_are_in_the_persons_own_zone(moment: datetime, state: str) -> None:
    """Nine in Berlin is eight in UTC, in winter."""
    assert reach(OFFICE, moment) == state


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (NIGHT, "Mon 23 09:00"),
        (on(20, 7), "Fri 20 09:00"),
        (on(20, 12), "Mon 23 09:00"),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "Mon 30 09:00"),  # the clocks change between
    ],
)
def test_when_somebody_can_be_reached_next(moment: datetime, opens: str) -> None:
    """In their own time."""
    found = opens_at(OFFICE, moment)
    assert found
    assert f"{found:%a %d %H:%M}" == opens
    assert reach(OFFICE, found) == "yes"


@pytest.mark.parametrize("available", ["", "always"])
def test_nobody_waits_for_who_is_always_there(available: str) -> None:
    """Nor for who never said."""
    assert opens_at(replace(OFFICE, available=available), NIGHT) is None


def test_nobody_waits_for_a_contact_that_ends_before() -> None:
    """The list is outdated by then."""
    assert opens_at(replace(OFFICE, valid_until=date(2026, 11, 22)), NIGHT) is None


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: NIGHT + timedelta(minutes=minutes)),
    st.sampled_from(["Mon-Fri 09:00-17:00", "22:00-06:00", "Sun 23:00-01:00", "Sat-Mon 00:00-24:00"]),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"]),
)
def test_between_now_and_then_nobody_is_there(moment: datetime, available: str, name: str) -> None:
    """What is said to be the next moment is one at which somebody can be reached, within a week."""
    contact = Contact("lead", available=available, timezone=name)
    found = opens_at(contact, moment)
    assert found
    assert moment < found <= moment + timedelta(days=8)
    if reach(contact, moment) == "no":
        assert reach(contact, moment + (found - moment) / 2) == "no"
    assert reach(contact, found.astimezone(UTC)) == "yes"


@pytest.mark.parametrize(
    "text", ["now", "Mon", "9-17", "Mon-Fri 9:00-17:00", "Foo 09:00-17:00", "09:00-25:00", "24:00-09:00", ","]
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    """With a sentence."""
    with pytest.raises(ValueError, match=r"\w"):
        parse_hours(text)


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "/etc/localtime", "x" * 500, "a\0b"])
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    """Whatever somebody wrote there."""
    with pytest.raises(ValueError, match="no such time zone"):
        zone(name)


@pytest.mark.parametrize(
    ("first", "last", "old"),
    [
        (None, None, False),
        (None, date(2026, 11, 21), False),
        (None, date(2026, 11, 20), True),
        (date(2026, 11, 21), None, False),
        (date(2026, 11, 22), None, True),
    ],
)
def test_a_list_holds_from_its_first_to_its_last_day(
    first: date | None, last: date | None, old: bool
) -> None:
    """S3.ESC.3: both days belong to it; the state says so before it says anything about hours."""
    contact = Contact("lead", available="always", valid_from=first, valid_until=last)
    assert outdated(contact, NIGHT.date()) is old
    assert reach(contact, NIGHT) == ("outdated" if old else "yes")
    assert reach(replace(contact, available=""), NIGHT) == ("outdated" if old else "unknown")


@pytest.mark.parametrize(
    ("contact", "told", "local"),
    [
        (Contact("lead", available="always"), "reachable now", ""),
        (OFFICE, "not now until Mon 09:00", "04:14 Europe/Berlin"),
        (Contact("lead", available="09:00-17:00"), "not now until 09:00", ""),
        (Contact("lead"), "nobody said when", ""),
        (
            Contact("lead", available="Fri 09:00-17:00", valid_until=date(2026, 11, 22)),
            "not now",
            "",
        ),
        (Contact("lead", valid_until=date(2026, 1, 24)), "list outdated since 24 Jan 2026", ""),
        (Contact("lead", valid_until=date(2026, 11, 20)), "list outdated since 20 Nov", ""),
        (Contact("lead", valid_from=date(2026, 12, 1)), "list valid only from 1 Dec", ""),
    ],
)
def test_a_contact_in_words(contact: Contact, told: str, local: str) -> None:
    """S3.ESC.1: whether they can be reached now, and what time it is there."""
    found = entry(contact, NIGHT, None, TEAM)
    assert (found.told, found.local) == (told, local)


def test_only_the_contacts_of_this_severity_are_shown() -> None:
    """All of them where there is no incident."""
    world = World(TEAM)
    assert [e.contact.name for e in contacts(world.state, TEAM, NIGHT)] == ["Kim", "Robin"]
    assert [e.contact.name for e in contacts(None, TEAM, NIGHT)] == ["Kim", "Robin", "Sascha"]


def test_a_contact_is_called_by_its_name_or_whoever_has_the_role() -> None:
    """And shows the role's title; a list that names no people says the role."""
    playbook = replace(TEAM, contacts=(Contact("builder"), Contact("Security"), Contact("builder", "Robin")))
    world = World(playbook)
    world.ask("w1", i.AssignRole("builder", "Lee"))
    found = [(e.name, e.role) for e in contacts(world.state, playbook, NIGHT)]
    assert found == [("Lee", "Builder"), ("Security", ""), ("Robin", "Builder")]
    assert [e.name for e in contacts(None, playbook, NIGHT)] == ["Builder", "Security", "Robin"]
