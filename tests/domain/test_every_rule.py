from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.gates import obstacles, unfinished
from hotfix_tui.domain.moments import SKEW
from hotfix_tui.domain.playbook import Condition, Item, Phase
from hotfix_tui.domain.rules import decide, declare
from tests.domain.worlds import PLAYBOOK, World
from tests.events import START

CONTEXT = i.Context(START, "robin", "w1")


@pytest.fixture
def world() -> World:
    """A P0 incident in its first phase."""
    return World()


def _asked(world: World, intent: i.Intent) -> tuple[e.Body, ...]:
    drafts = decide(world.state, PLAYBOOK, intent, world.context("w1"))
    return tuple(draft.body for draft in drafts)


# --- declaring


def _declared(**changes: object) -> tuple[e.Draft, ...]:
    given = {"title": "Unlocking fails", "severity": "P0", "reason": "seen"} | changes
    return declare(PLAYBOOK, i.Declare(**given), CONTEXT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " \t\n"}, "needs a title"),
        ({"severity": "P7"}, "no severity “P7” in this playbook; it has P0, P1"),
        ({"severity": "\x1b[31mX"}, "no severity “X”"),
        ({"started_at": START + SKEW + timedelta(seconds=1)}, "lies in the future"),
    ],
)
def test_declaring_refuses(changes: dict[str, object], words: str) -> None:
    """Each rule with its own sentence."""
    with pytest.raises(Refused, match=words):
        _declared(**changes)


def test_an_override_of_the_rules_wants_a_reason() -> None:
    """S2.SEV.4: by hand is fine, and it is written why."""
    with pytest.raises(NeedsAnswer, match=r"The rules say P0\. Why is it P1") as caught:
        _declared(severity="P1", reason=" ")
    assert caught.value.wanted == "reason"


def test_declaring_writes_the_lead_and_the_first_phase() -> None:
    """A little ahead of our clock is still the present."""
    at = START + SKEW
    first, lead, phase = _declared(started_at=at, lead="")
    assert isinstance(first.body, e.Declared)
    assert (first.happened_at, first.body.decision) == (at, "hotfix")
    assert lead.body == e.RoleAssigned("lead", "robin")
    assert phase.body == e.PhaseEntered("look")


def test_not_a_hotfix_is_recorded_and_closed() -> None:
    """It ends in the next release, with the reason."""
    drafts = _declared(severity="p1", reason="there is a way round")
    assert drafts[-1].body == e.Closed("Not a hotfix, next release: there is a way round")


def test_the_first_phase_is_the_first_that_applies() -> None:
    """A phase for another severity is not entered."""
    other = Phase("other", "Other", when=Condition(severities=("P1",)))
    playbook = replace(PLAYBOOK, phases=(other, *PLAYBOOK.phases))
    drafts = declare(playbook, i.Declare("x", severity="P0"), CONTEXT)
    assert drafts[-1].body == e.PhaseEntered("look")


# --- what a rule says


@pytest.mark.parametrize(
    ("intent", "words", "wanted"),
    [
        (i.ChangeSeverity("P1", " "), "Why does it change from P0 to P1?", "reason"),
        (i.ChangeSeverity("P9", "x"), "no severity “P9”", ""),
        (i.EnterPhase("mend"), "Before Mend: 1.1, 1.2 are open; 1.1 Look at it is a blocker. Why", "reason"),
        (i.EnterPhase("nowhere"), "no phase “nowhere”", ""),
        (i.LeavePhase(), "Before leaving: 1.1, 1.2 are open. Why", "reason"),
        (i.MarkItem("zz", "done"), "no item “zz”", ""),
        (i.MarkItem("a", "skipped"), "Why is “Look at it” skipped?", "reason"),
        (i.MarkItem("c", "done"), "“Mend it” wants evidence: a commit", "evidence"),
        (i.AttachEvidence("zz", "text", "x"), "no item “zz”", ""),
        (i.AddNote("\n\t "), "needs some text", ""),
        (i.AddNote("x", START + timedelta(hours=1)), "lies in the future", ""),
        (i.MarkMilestone("unknown"), "no milestone “unknown”; this playbook has found", ""),
        (i.MarkMilestone("found", START + timedelta(hours=1)), "lies in the future", ""),
        (i.AssignRole("", "ada"), "which role, and who", ""),
        (i.AssignRole("lead", " "), "which role, and who", ""),
        (i.GiveApproval("", "ada"), "which role approved", ""),
        (i.StartStep("r9", "s", ()), "never started", ""),
        (i.Close(), "Before closing: it is not resolved; 3 required items are open", "reason"),
        (i.Reopen("x"), "is active already", ""),
        (i.Undo(), "nothing of yours to take back", ""),
        (i.Redo(), "nothing to redo", ""),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_a_rule_that_says_no_says_why(world: World, intent: i.Intent, words: str, wanted: str) -> None:
    """One sentence, and what is wanted when one more word would make it a yes."""
    with pytest.raises(Refused) as caught:
        _asked(world, intent)
    assert words in str(caught.value)
    assert getattr(caught.value, "wanted", "") == wanted


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        (i.ChangeSeverity("p1", " worse "), (e.SeverityChanged("P1", "worse"),)),
        (i.ChangeSeverity("P0", ""), ()),
        (i.EnterPhase("look"), ()),
        (i.EnterPhase("mend", "no time"), (e.PhaseLeft("look"), e.PhaseEntered("mend", "no time"))),
        (i.LeavePhase("later"), (e.PhaseLeft("look", "later"),)),
        (i.MarkItem("a", "open"), ()),
        (i.MarkItem("a", "skipped", "n/a"), (e.ItemMarked("a", "skipped", "n/a"),)),
        (
            i.MarkItem("c", "done", evidence="abc"),
            (e.EvidenceAttached("c", "text", "abc"), e.ItemMarked("c", "done")),
        ),
        (i.AddNote("two\nlines"), (e.NoteAdded("two\nlines"),)),
        (i.AssignRole("lead", "w1"), ()),
        (i.Resolve("fine"), (e.Resolved("fine"),)),
        (i.Close("enough"), (e.Closed("enough"),)),
        (i.FinishOperation("r9", "done"), ()),
    ],
)
def test_what_a_rule_allows(world: World, intent: i.Intent, expected: tuple[e.Body, ...]) -> None:
    """The events of each intent; none when it holds already."""
    assert _asked(world, intent) == expected


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [("yes-no", "yes or no", "no"), ("number", "which number", "7"), ("text", "what is it", "7")],
)
def test_some_items_want_a_value(world: World, kind: str, words: str, value: str) -> None:
    """A question is not answered by a tick."""
    item = Item("q", "How many", kind=kind)  # type: ignore[arg-type]
    playbook = replace(PLAYBOOK, phases=(Phase("look", "Look", items=(item,)),))
    context = world.context("w1")
    with pytest.raises(NeedsAnswer, match=words) as caught:
        decide(world.state, playbook, i.MarkItem("q", "done"), context)
    assert caught.value.wanted == "value"
    (draft,) = decide(world.state, playbook, i.MarkItem("q", "done", value=value), context)
    assert draft.body == e.ItemMarked("q", "done", value=value)


def test_hostile_text_is_cleaned_before_it_is_stored(world: World) -> None:
    """No escape sequence reaches the log through an intent."""
    for intent in (i.AddNote("a\x1b[2Jb"), i.AttachEvidence("a", "text", "a\x1b[2Jb")):
        (body,) = _asked(world, intent)
        assert getattr(body, "text", "") == "ab"


# --- closed


def test_a_closed_incident_takes_only_what_comes_after(world: World) -> None:
    """Notes, evidence, milestones and messages still come; work does not."""
    world.ask("w1", i.Close("enough"))
    with pytest.raises(Refused, match=r"is closed\. Reopen it first"):
        _asked(world, i.MarkItem("a", "done"))
    with pytest.raises(Refused, match="is closed"):
        _asked(world, i.Close("again"))
    assert _asked(world, i.AddNote("late"))
    assert _asked(world, i.MarkMilestone("found"))
    with pytest.raises(NeedsAnswer, match="Why is HF-1 reopened"):
        _asked(world, i.Reopen(" "))
    world.ask("w1", i.Reopen("again broken"))
    assert (world.state.status, world.state.closed_at) == ("active", None)


# --- operations


def test_one_operation_at_a_time(world: World) -> None:
    """A second one waits until the first has ended; starting the same again is nothing new."""
    start = i.StartOperation("r1", "branch", "Make a branch", {}, ("s1",), "a")
    assert world.ask("w1", start)
    assert _asked(world, start) == ()
    with pytest.raises(Refused, match="“Make a branch” has not ended"):
        _asked(world, replace(start, run="r2"))
    assert "“Make a branch” has not ended" in unfinished(world.state, PLAYBOOK)
    world.ask("w1", i.FinishOperation("r1", "done", "abc123"))
    assert world.state.item("a").mark == "done"
    assert world.state.item("a").evidence[0].text == "abc123"
    assert _asked(world, i.FinishOperation("r1", "done")) == ()
    assert _asked(world, replace(start, run="r2"))


def test_a_failed_operation_ticks_nothing(world: World) -> None:
    """Only done is done."""
    world.ask("w1", i.StartOperation("r1", "branch", "Make a branch", {}, ("s1",), "a"))
    world.ask("w1", i.FinishOperation("r1", "failed"))
    assert world.state.item("a").mark == "open"


# --- gates


def test_the_gate_opens_when_its_items_are_closed(world: World) -> None:
    """Required ones, and blockers wherever they stand; skipping with a reason counts."""
    world.ask("w1", i.MarkItem("a", "done"))
    assert obstacles(world.state, PLAYBOOK, "mend", world.now) == ("1.2 is open",)
    world.ask("w1", i.MarkItem("b", "skipped", "nobody to tell"))
    assert obstacles(world.state, PLAYBOOK, "mend", world.now) == ()
    assert _asked(world, i.EnterPhase("mend", "not needed")) == (e.PhaseLeft("look"), e.PhaseEntered("mend"))


def test_an_optional_item_closes_no_gate(world: World) -> None:
    """It is on the list, and that is all."""
    look, mend = PLAYBOOK.phases
    loose = replace(look, items=tuple(replace(item, required=False, blocks="") for item in look.items))
    assert obstacles(world.state, replace(PLAYBOOK, phases=(loose, mend)), "mend", world.now) == ()


def test_a_blocker_holds_after_its_phase_was_left(world: World) -> None:
    """Leaving does not open the gate, nor does going round it."""
    world.ask("w1", i.LeavePhase("x"))
    assert obstacles(world.state, PLAYBOOK, "mend", world.now) == ("1.1 Look at it is a blocker",)


def test_going_back_has_no_gate(world: World) -> None:
    """Only the way forward does."""
    world.ask("w1", i.EnterPhase("mend", "hurry"))
    assert obstacles(world.state, PLAYBOOK, "look", world.now) == ()


def test_a_minimum_wait_is_waited(world: World) -> None:
    """S2.TRP.6: watching for half an hour takes half an hour, however quickly its items are ticked."""
    look = replace(PLAYBOOK.phases[0], items=(), minimum_wait=timedelta(minutes=30))
    playbook = replace(PLAYBOOK, phases=(look, PLAYBOOK.phases[1]))
    later = START + timedelta(minutes=10)
    assert obstacles(world.state, playbook, "mend", later) == ("Look lasts at least 30m, 20m more",)
    assert obstacles(world.state, playbook, "mend", START + timedelta(minutes=30)) == ()
