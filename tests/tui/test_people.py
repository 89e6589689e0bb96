from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from hotfix_tui.domain import intents as i
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.filters import ControlFilter
from tests.tui.console_fixtures import Stage, console, drawn, ready, what_is_shown_is_on_disk
from tests.tui.people_fixtures import PEOPLE, people
from tests.tui.test_console import carried
from tests.tui.test_hostile_incident import pressed, spoil

WIDE, NARROW = (120, 36), (80, 24)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press these keys, seeing each one's effect."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()


async def test_escalating_shows_whom_to_reach_and_records_it(tmp_path: Path) -> None:
    """S1.ESC, S3.ESC.2: a rung, its people and whether they can be reached now, its message, then who and how."""
    made = people(tmp_path)
    made.later(minutes=8)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "escalate: Say it in the emergency channel" in drawn(app)
        await press(pilot, "L")
        assert "due 3m ago" in drawn(app)
        await press(pilot, "j", "enter")
        shown = drawn(app)
        assert "Robin  +49 170 5678" in shown
        assert "not now until Mon 09:00, 04:22 Europe/Berlin there" in shown
        assert "P0: Vault unlock crash on Windows" in shown
        assert "fill in $part yourself" in shown
        await press(pilot, "enter", *"by phone", "enter")
        await carried(app, made.case.length + 1)
        (taken,) = console(app).present.incident.escalations
        assert (taken.rung, taken.person, taken.how) == ("team", "Robin", "by phone")
        what_is_shown_is_on_disk(made, app)
        await press(pilot, "L")
        assert "taken 03:22Z, Robin" in drawn(app)


async def test_a_copied_message_is_recorded_with_the_rung(tmp_path: Path) -> None:
    """So what it promises counts; a rung that only names a channel is recorded with how, and nobody is made up."""
    made = people(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await press(pilot, "L", "enter", "enter", "enter")
        await carried(app, made.case.length + 1)
        await press(pilot, "L", "enter", "y")
        assert "record that you did it and sent the message" in drawn(app)
        await press(pilot, "enter", *"by phone", "enter")
        await carried(app, made.case.length + 3)
        found = console(app).present.incident
        assert [(e.rung, e.person, e.how) for e in found.escalations] == [
            ("channel", "", "#emergency"),
            ("team", "Robin", "by phone"),
        ]
        assert [sent.template for sent in found.sent] == ["call-out"]
        what_is_shown_is_on_disk(made, app)


async def test_where_nobody_is_known_the_person_says_who_it_was(tmp_path: Path) -> None:
    """A role's title is nobody's name: the field is empty then."""
    made = people(tmp_path, PEOPLE.replace('name = "Robin"\n', "").replace('delegate = "@builder"\n', ""))
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await press(pilot, "L", "j", "enter", "enter", *"Kim, by phone", "enter")
        await carried(app, made.case.length + 1)
        (taken,) = console(app).present.incident.escalations
        assert (taken.person, taken.how) == ("Kim", "by phone")


async def test_leaving_a_rung_records_nothing(tmp_path: Path) -> None:
    """Looking whom to call is not calling."""
    made = people(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await press(pilot, "L", "enter", "escape")
        await press(pilot, "L", "escape")
        assert console(app).present.incident.escalations == ()
        assert console(app).present.length == made.case.length


async def test_contacts_are_one_key_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S0.ESC.1, S3.ESC.1, S3.ESC.3, S4.ESC.3: who can be reached now, whose entry is old, and what to have at hand."""
    copied: list[str] = []
    made = people(tmp_path)
    app = made.app()
    monkeypatch.setattr(app, "copy", lambda text, what: copied.append(text))
    async with app.run_test(size=NARROW) as pilot:
        await ready(pilot)
        await press(pilot, "C")
        shown = drawn(app)
        for words in (
            "reachable now",
            "not now until Mon 09:00",
            "list outdated since 24 Jan 2026",
            "https://status.example.org",
        ):
            assert words in shown
        await press(pilot, "y", "j", "y", "G", "y", "C")
        assert copied == ["+49 170 1234", "+49 170 5678", "https://status.example.org"]
        assert "reachable now" not in drawn(app)


async def test_a_role_is_chosen_from_the_playbooks(tmp_path: Path) -> None:
    """S1.ESC.5, S4.ESC.2: the required one comes first under the cursor; who stands in is shown."""
    made = people(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "@builder leads   0 of 1 done" in drawn(app)
        await press(pilot, "enter")
        assert "Incident commander (@planner) does it" in drawn(app)
        await press(pilot, "escape")
        console(app).action_role()
        await pilot.pause()
        assert "@planner stands in" in drawn(app)
        await press(pilot, "enter", *"Kim", "enter")
        await carried(app, made.case.length + 1)
        assert console(app).present.incident.roles["commander"] == "Kim"
        console(app).action_role()
        await pilot.pause()
        await press(pilot, "G", "enter", *"scribe Lee", "enter")
        await carried(app, made.case.length + 2)
        assert console(app).present.incident.roles["scribe"] == "Lee"
        what_is_shown_is_on_disk(made, app)


async def test_a_message_with_a_promise_starts_its_clock(tmp_path: Path) -> None:
    """S0.COM.1, S3.COM.1: what is owed stands first, and the header counts down to what comes next."""
    made = people(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "message due in 30m" in drawn(app)
        await press(pilot, "T")
        assert "due in 30m" in drawn(app).partition("Which message?")[2]
        await press(pilot, "enter")
        assert "We know of it and look into it." in drawn(app)
        await press(pilot, "S")
        await carried(app, made.case.length + 1)
        await pilot.pause()
        assert "message due" not in drawn(app)
        await press(pilot, "T", "enter")
        assert "promises the next within 20m" in drawn(app)
        await press(pilot, "S")
        await carried(app, made.case.length + 2)
        await pilot.pause()
        assert "update due in 20m" in drawn(app)
        what_is_shown_is_on_disk(made, app)


async def test_a_copied_message_stays_until_it_is_recorded_as_sent(tmp_path: Path) -> None:
    """`y` leaves the view open and says so: `S` behind it is about this message, not the console's update."""
    made = people(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await press(pilot, "T", "enter", "y")
        assert "copied: once you sent it, S records that" in drawn(app)
        assert "We know of it and look into it." in app.clipboard
        await press(pilot, "S")
        await carried(app, made.case.length + 1)
        (sent,) = console(app).present.incident.sent
        assert sent.template != "update"
        assert console(app).present.playbook.template(sent.template)
        what_is_shown_is_on_disk(made, app)


# --- alarms


class Bell:
    """Counts how often the bell rang."""

    def __init__(self, app: HotfixApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rung = 0
        monkeypatch.setattr(app, "bell", self._ring)

    def _ring(self) -> None:
        self.rung += 1


def quiet_people(folder: Path, **options: Any) -> Stage:
    """The same with the first rung taken and the first notice sent: nothing rings for five minutes."""
    made = people(folder)
    made.ask(i.Escalate("channel"), i.MarkSent("notice"))
    return made


async def test_an_alarm_rings_once_and_nags_until_it_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it nears, when it is due, then every ten minutes, twice; each time the bell once, and one sentence."""
    made = quiet_people(tmp_path)
    app = made.app()
    bell = Bell(app, monkeypatch)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        heard = []
        for minutes in (4, 1, 1, 9, 10):
            made.later(minutes=minutes)
            console(app).tick()
            console(app).tick()
            await pilot.pause()
            heard.append(bell.rung)
        assert heard == [1, 2, 2, 3, 4]
        # at 25 minutes the next rung nears, too: one bell, one sentence
        assert "Escalate: Call the builder, due 20m ago, and 1 more.   Z snoozes for 15m" in drawn(app)
        made.ask(i.Escalate("team"), i.Escalate("board"))
        console(app).case = made.case
        await pilot.pause()
        made.later(minutes=15)
        console(app).tick()
        await pilot.pause()
        assert bell.rung == 4


async def test_what_rang_before_is_in_the_header_and_makes_no_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening the console again rings nothing."""
    made = people(tmp_path)
    made.later(minutes=8)
    app = made.app()
    bell = Bell(app, monkeypatch)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        console(app).tick()
        await pilot.pause()
        assert bell.rung == 0
        assert "snoozes" not in drawn(app)


async def test_z_keeps_an_alarm_quiet_and_u_wakes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is on disk, so other consoles and the next start keep quiet, too."""
    made = quiet_people(tmp_path)
    app = made.app()
    bell = Bell(app, monkeypatch)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        made.later(minutes=6)
        console(app).tick()
        await pilot.pause()
        assert "Escalate: Call the builder, due 1m ago.   Z snoozes for 15m" in drawn(app)
        await press(pilot, "Z")
        await carried(app, made.case.length + 1)
        what_is_shown_is_on_disk(made, app)
        made.later(minutes=14)
        console(app).tick()
        await pilot.pause()
        assert bell.rung == 1
        made.later(minutes=2)
        console(app).tick()
        await pilot.pause()
        assert bell.rung == 2


async def test_one_of_several_alarms_is_chosen(tmp_path: Path) -> None:
    """Or all of them."""
    made = people(tmp_path)
    made.later(minutes=8)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await press(pilot, "Z")
        assert "all of them" in drawn(app)
        await press(pilot, "j", "enter")
        await carried(app, made.case.length + 1)
        assert list(console(app).present.incident.snoozes) == ["escalate.channel:escalation-due"]
        await press(pilot, "Z")
        await carried(app, made.case.length + 2)
        await press(pilot, "Z")
        await pilot.pause(0.1)
        assert "No alarm rings now" in drawn(app)


async def test_the_bell_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`[ui] bell = false`: the sentence stays."""
    made = quiet_people(tmp_path)
    made.services = replace(made.services, settings=replace(made.services.settings, bell=False))
    app = made.app()
    bell = Bell(app, monkeypatch)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        made.later(minutes=6)
        console(app).tick()
        await pilot.pause()
        assert bell.rung == 0
        assert "Z snoozes for 15m" in drawn(app)


# --- hostile text


async def test_no_text_about_people_needs_the_net(tmp_path: Path) -> None:
    """Names, numbers, channels, rungs, roles and messages that a stranger wrote are cleaned where they are drawn."""
    made = people(tmp_path)
    made.ask(i.Escalate("channel", "by phone", "Kim"), i.AssignRole("builder", "Lee"))
    spoil(made)
    made.later(minutes=40)
    ControlFilter.caught = 0
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        seen = await pressed(
            pilot, "L j enter enter escape L G enter escape C G escape T enter escape Z escape"
        )
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        seen += await pressed(pilot, "L j enter escape C G escape T enter escape Z escape")
        console(app).action_role()
        await pilot.pause()
        seen += await pressed(pilot, "j enter escape")
    assert app.last_words == ""
    assert seen.count("[/x] [red]") > 50


# --- pictures

Compare = Callable[..., bool]
LOOKS: dict[str, tuple[str, ...]] = {
    "ladder": ("L",),
    "rung": ("L", "j", "enter"),
    "contacts": ("C",),
    "alarms": ("Z",),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", ["120x36", "80x24"])
def test_people_look_as_agreed(snap_compare: Compare, tmp_path: Path, look: str, size: str) -> None:
    """Eight minutes in, two rungs are due, nobody is named as commander, and one list is old."""
    made = people(tmp_path)
    made.later(minutes=8)

    async def drive(pilot: Pilot[None]) -> None:
        await ready(pilot)
        await press(pilot, *LOOKS[look])

    width, height = map(int, size.split("x"))
    assert snap_compare(made.app(), terminal_size=(width, height), run_before=drive)
