from __future__ import annotations

from dataclasses import replace

import pytest

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.escalation import find_step, ladder, names_to_reach, to_reach
from hotfix_tui.domain.playbook import Contact
from hotfix_tui.domain.roles import called, find_role, holder, parts
from hotfix_tui.domain.rules import decide
from hotfix_tui.domain.story import story
from tests.domain.teams import MINUTE, OLD, TEAM, at, risks
from tests.domain.worlds import World


@pytest.fixture
def world() -> World:
    """A P0 at its declaration."""
    return World(replace(TEAM, roles=()))


def test_rungs_come_due_in_order_from_the_declaration(world: World) -> None:
    """S1.ESC.1-4: at once, within 5, within 30 minutes; a rung of another severity is not there."""
    steps = ladder(world.state, TEAM)
    assert [(s.rung.id, (s.due - at(0)) / MINUTE) for s in steps] == [
        ("channel", 0),
        ("team", 5),
        ("status", 30),
    ]
    world.ask("w1", i.ChangeSeverity("P1", "only some"))
    assert [s.rung.id for s in ladder(world.state, TEAM)] == ["channel", "team", "board", "status"]


def test_an_incident_dated_back_is_escalated_from_when_somebody_knew(world: World) -> None:
    """Nobody could escalate before it was declared."""
    world.events = ()
    from hotfix_tui.domain.rules import declare

    intent = i.Declare("x", severity="P0", reason="seen", started_at=at(-90))
    world.write("w1", declare(TEAM, intent, world.context("w1")))
    assert ladder(world.state, TEAM)[1].due == at(5)


def test_due_rungs_are_risks_until_they_are_taken(world: World) -> None:
    """S3.ESC.2: said before, at, and after their moment."""
    assert risks(world, 0) == [("escalate: Emergency channel, due now", "over")]
    world.ask("w1", i.Escalate("channel"), 0)
    assert risks(world, 1) == []
    assert risks(world, 4) == [("escalate: Call the builder, due in 1m", "soon")]
    assert risks(world, 8) == [("escalate: Call the builder, due 3m ago", "over")]
    world.ask("w1", i.Escalate("team", "by phone"))
    assert risks(world, 8) == []
    world.ask("w1", i.Undo())
    assert risks(world, 8) == [("escalate: Call the builder, due 3m ago", "over")]


def test_nobody_is_escalated_to_once_it_is_resolved(world: World) -> None:
    """Users are well again."""
    world.ask("w1", i.Resolve())
    assert risks(world, 90) == []


@pytest.mark.parametrize(
    ("intent", "body"),
    [
        (i.Escalate("team", "by phone"), e.Escalated("team", "Robin", "by phone")),
        (i.Escalate("Call the Builder", person="Lee"), e.Escalated("team", "Lee")),
        (i.Escalate("1", "\x1b[2Jposted "), e.Escalated("channel", "", "posted")),
        (i.Escalate("status"), e.Escalated("status")),
    ],
)
def test_escalating_records_who_and_how(world: World, intent: i.Escalate, body: e.Escalated) -> None:
    """By id, title or number; the contact's name where nobody else is named."""
    (event,) = world.ask("w1", intent)
    assert event.body == body
    (taken,) = world.state.escalations
    assert (taken.rung, taken.person, taken.how, taken.at) == (body.rung, body.person, body.how, world.now)


def test_a_rung_is_taken_again_when_nobody_answered(world: World) -> None:
    """Both times are kept."""
    world.ask("w1", i.Escalate("team", "by phone, no answer"))
    world.ask("w1", i.Escalate("team", "by phone"))
    step = find_step(world.state, TEAM, "team")
    assert step
    assert [one.how for one in step.taken] == ["by phone, no answer", "by phone"]
    told = [line.text for line in story(world.state, TEAM)]
    assert "escalated to Robin: Call the builder (by phone)" in told


@pytest.mark.parametrize("word", ["board", "0", "9", "x\x1b[2J"])
def test_a_rung_that_is_not_there_is_refused(world: World, word: str) -> None:
    """With the names of those that are."""
    with pytest.raises(Refused, match="it has channel, team, status"):
        decide(world.state, TEAM, i.Escalate(word), world.context("w1"))
    with pytest.raises(Refused, match="it has none"):
        decide(world.state, replace(TEAM, escalations=()), i.Escalate(word), world.context("w1"))


def test_a_rung_names_its_contacts_by_the_roles_id_or_title(world: World) -> None:
    """A rung for the “Builder” finds the contact of “builder”; a channel has nobody."""
    steps = {s.rung.id: s.rung for s in ladder(world.state, TEAM)}
    assert [c.name for c in to_reach(world.state, TEAM, steps["team"])] == ["Robin"]
    assert to_reach(world.state, TEAM, steps["channel"]) == ()
    two = replace(TEAM, contacts=(*TEAM.contacts, Contact("builder", "Lee")))
    (draft,) = decide(world.state, two, i.Escalate("team"), world.context("w1"))
    assert draft.body == e.Escalated("team")


def test_a_contact_without_a_name_is_whoever_has_the_role(world: World) -> None:
    """A person, a delegate, or the role itself; so is a rung whose role has no contact."""
    rung = TEAM.escalations[2]
    nameless = replace(TEAM, contacts=(Contact("builder"),))
    alone = replace(TEAM, contacts=())
    assert names_to_reach(world.state, nameless, rung) == ("@builder",)
    world.ask("w1", i.AssignRole("builder", "Lee"))
    assert names_to_reach(world.state, nameless, rung) == ("Lee",)
    assert names_to_reach(world.state, alone, rung) == ("Lee",)
    assert names_to_reach(world.state, TEAM, rung) == ("Robin",)
    nobody = replace(nameless, roles=())
    assert names_to_reach(World(nobody).state, nobody, rung) == ("builder",)
    assert names_to_reach(World(nobody).state, replace(nobody, contacts=()), rung) == ()
    assert names_to_reach(world.state, TEAM, TEAM.escalations[1]) == ()


# --- roles


def test_a_required_role_without_a_person_is_a_risk() -> None:
    """S4.ESC.2: a commander is named; the delegate stands in, but is not a person."""
    world = World(replace(TEAM, escalations=()))
    assert risks(world, 1) == [("nobody is named as Incident commander, @planner stands in", "soon")]
    world.ask("w1", i.AssignRole("commander", "Kim"))
    assert risks(world, 1) == []
    world.ask("w1", i.Undo())
    world.ask("w1", i.Resolve())
    assert risks(world, 1) == []


def test_the_delegate_has_the_role_until_somebody_is_named() -> None:
    """S1.ESC.5, S4.ESC.4: roles that are not people."""
    world = World(TEAM)
    world.ask("w1", i.AssignRole("builder", "Robin"))
    found = [(p.id, p.person, p.named, p.missing) for p in parts(world.state, TEAM)]
    assert found == [
        ("commander", "@planner", False, True),
        ("builder", "Robin", True, False),
        ("security", "", False, False),
        ("lead", "w1", True, False),
    ]
    assert holder(world.state, TEAM, "commander") == "@planner"
    assert holder(world.state, TEAM, "nobody") == ""
    assert called(world.state, TEAM, "commander") == "Incident commander (@planner)"
    assert called(world.state, TEAM, "Builder") == "Builder (Robin)"
    assert called(world.state, TEAM, "Security") == "Security"
    assert called(world.state, TEAM, "the board") == "the board"


def test_a_role_is_found_by_its_title() -> None:
    """Another word is a role of its own."""
    assert find_role(TEAM, "incident Commander ") == "commander"
    assert find_role(TEAM, "scribe") == "scribe"


# --- lists of contacts


def test_an_outdated_list_is_a_risk() -> None:
    """S3.ESC.3: said once a date, with the names."""
    world = World(replace(TEAM, contacts=OLD, escalations=(), roles=()))
    assert risks(world, 1) == [
        ("contact list outdated since 24 Jan 2026 (Kim, Robin)", "soon"),
        ("contact list valid only from 1 Dec (Sascha)", "soon"),
    ]
    world.ask("w1", i.Resolve())
    assert risks(world, 1) == []
