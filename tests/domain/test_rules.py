from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from tests.small_playbook import MINUTE, START, Scene

YEAR = timedelta(days=366)


def refusal(scene: Scene, intent: i.Intent) -> str:
    """The sentence that refuses it; nothing was written."""
    before = scene.events
    with pytest.raises(Refused) as caught:
        scene.ask(intent)
    assert scene.events == before
    return str(caught.value)


def wanted(scene: Scene, intent: i.Intent) -> str:
    """What one more thing would make it a yes."""
    with pytest.raises(NeedsAnswer) as caught:
        scene.ask(intent)
    return caught.value.wanted


def bodies(events: tuple[e.Event, ...]) -> list[e.Body]:
    """What the events say."""
    return [event.body for event in events]


# --- declaring


def test_declaring_says_the_verdict_gives_the_lead_and_begins_the_first_phase() -> None:
    """Not answered counts as not sure, not sure as the worst: P0, a hotfix."""
    scene = Scene(i.Declare("Unlocking fails", lead="kim"))
    assert scene.incident.severity == "P0"
    assert scene.incident.declared.rule == "Data is at risk."
    assert scene.incident.roles == {"lead": "kim"}
    assert scene.incident.phase == "assess"
    assert scene.incident.status == "active"


@pytest.mark.parametrize(
    ("intent", "sentence"),
    [
        (i.Declare("  "), "An incident needs a title: say in one line what users see."),
        (
            i.Declare("x", severity="P9"),
            "There is no severity “P9” in this playbook; it has P0, P1, P2.",
        ),
        (i.Declare("x", severity="P1"), "The rules say P0. Why is it P1?"),
        (
            i.Declare("x", started_at=START + 6 * MINUTE),
            "The start lies in the future; give the time when it began.",
        ),
        (
            i.Declare("x", started_at=START - YEAR - MINUTE),
            "The start lies more than a year back; give the time when it began.",
        ),
    ],
)
def test_a_declaration_is_refused_with_a_sentence(intent: i.Declare, sentence: str) -> None:
    """No title, an unknown severity, an override without a reason, an impossible start."""
    with pytest.raises(Refused) as caught:
        Scene(intent)
    assert str(caught.value) == sentence


def test_an_override_with_a_reason_is_kept_with_it() -> None:
    """The rule said P0; a person knew better, and said why."""
    declared = Scene(i.Declare("x", severity="p1", reason="only one customer")).incident.declared
    assert (declared.severity, declared.reason, declared.rule) == (
        "P1",
        "only one customer",
        "Data is at risk.",
    )


def test_what_is_no_hotfix_ends_in_the_next_release_with_the_reason() -> None:
    """`not a hotfix` closes at once; no phase begins."""
    scene = Scene(i.Declare("typo", answers={"danger": "n", "many": "n"}))
    assert scene.incident.status == "closed"
    assert scene.incident.phase == ""
    closed = scene.events[-1].body
    assert closed == e.Closed("Not a hotfix, next release: Few are hit, and nothing is lost.")


def test_an_incident_is_declared_once() -> None:
    """Declaring an incident that exists is refused in words."""
    assert refusal(Scene(), i.Declare("again")) == "HF-1 is declared already."


# --- phases and gates


def test_the_gate_names_what_is_open_and_wants_a_reason() -> None:
    """Required items of the running phase keep the next one shut; the reason is kept with the phase."""
    scene = Scene()
    assert wanted(scene, i.EnterPhase("fix")) == "reason"
    assert refusal(scene, i.EnterPhase("fix")) == "Before Fix: 1.1, 1.2 are open. Why go on all the same?"
    left, entered = bodies(scene.ask(i.EnterPhase("fix", "seen already")))
    assert (left, entered) == (e.PhaseLeft("assess"), e.PhaseEntered("fix", "seen already"))


def test_an_open_gate_asks_nothing() -> None:
    """With all required items done the next phase begins, and no reason is kept."""
    scene = Scene()
    scene.ask(i.MarkItem("confirmed", "done"))
    scene.ask(i.MarkItem("impact", "done", value="40"))
    assert bodies(scene.ask(i.EnterPhase("fix", "no matter")))[-1] == e.PhaseEntered("fix")
    assert scene.ask(i.EnterPhase("fix")) == ()


def in_fix() -> Scene:
    """The second phase runs."""
    scene = Scene()
    scene.ask(i.EnterPhase("fix", "quick"))
    return scene


def test_a_minimum_wait_and_a_blocker_are_gates_too() -> None:
    """All that is in the way is said at once."""
    sentence = refusal(in_fix(), i.EnterPhase("tell"))
    assert "2.1, 2.2 are open" in sentence
    assert "Fix lasts at least 5m, 4m more" in sentence
    assert "2.2 Get an approval is a blocker" in sentence


def test_a_phase_that_is_passed_over_is_said() -> None:
    """Nobody jumps over a phase's required items without a reason."""
    scene = Scene()
    scene.ask(i.MarkItem("confirmed", "done"))
    scene.ask(i.MarkItem("impact", "done", value="40"))
    scene.ask(i.MarkItem("approved", "done"))
    assert "phase 2 Fix is passed over" in refusal(scene, i.EnterPhase("tell"))


def test_leaving_a_phase_is_no_way_round_its_gate() -> None:
    """Leaving with required items open wants a reason, which is kept; leaving nothing is nothing."""
    scene = Scene()
    assert refusal(scene, i.LeavePhase()) == ("Before leaving: 1.1, 1.2 are open. Why leave it all the same?")
    assert bodies(scene.ask(i.LeavePhase("waiting"))) == [e.PhaseLeft("assess", "waiting")]
    assert scene.ask(i.LeavePhase()) == ()
    assert "phase 2 Fix is passed over" in refusal(scene, i.EnterPhase("tell"))


def test_a_phase_that_does_not_apply_cannot_begin() -> None:
    """The audit is for incidents with telemetry; with the flag it is a phase like the others."""
    assert (
        refusal(Scene(), i.EnterPhase("audit", "why not"))
        == "Phase Audit is not part of this incident at P0."
    )
    flagged = Scene(i.Declare("x", flags=("telemetry",)))
    flagged.ask(i.EnterPhase("audit", "first of all"))
    assert flagged.incident.phase == "audit"


# --- items


def test_an_item_wants_what_it_wants() -> None:
    """A skip wants a reason, a number its value, evidence its evidence."""
    scene = Scene()
    assert wanted(scene, i.MarkItem("confirmed", "skipped")) == "reason"
    assert wanted(scene, i.MarkItem("impact", "done")) == "value"
    assert wanted(scene, i.MarkItem("tests", "done")) == "evidence"
    attached, marked = bodies(scene.ask(i.MarkItem("tests", "done", evidence="test_unlock")))
    assert attached == e.EvidenceAttached("tests", "text", "test_unlock")
    assert marked == e.ItemMarked("tests", "done")


def test_what_already_holds_writes_nothing() -> None:
    """The same mark, value, severity or person again is no event."""
    scene = Scene()
    scene.ask(i.MarkItem("impact", "done", value="40"))
    scene.ask(i.AssignRole("scribe", "kim"))
    again: tuple[i.Intent, ...] = (
        i.MarkItem("impact", "done", value="40"),
        i.MarkItem("impact", "done"),
        i.MarkItem("confirmed", "open"),
        i.AssignRole("scribe", "kim"),
        i.ChangeSeverity("P0", ""),
        i.EnterPhase("assess"),
    )
    for intent in again:
        assert scene.ask(intent) == ()


@pytest.mark.parametrize(
    "intent",
    [
        i.MarkItem("nope", "done"),
        i.AttachEvidence("nope", "text", "x"),
        i.AttachEvidence("tests", "text", " \n "),
        i.AddNote(""),
        i.AddNote("x", item="nope"),
        i.AddNote("x", START + 10 * MINUTE),
        i.AddNote("x", START - 2 * YEAR),
        i.MarkMilestone("nope"),
        i.MarkMilestone("detected", START + 10 * MINUTE),
        i.EnterPhase("nope"),
        i.AssignRole("", "kim"),
        i.GiveApproval("lead", " "),
        i.ChangeSeverity("P9", "x"),
        i.ChangeSeverity("P1", " "),
        i.Reopen("x"),
        i.Redo(),
        i.Undo(),
        i.StartStep("r1", "s", ("git",)),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_a_sentence(intent: i.Intent) -> None:
    """An unknown name, an empty text, an impossible moment: a sentence, and nothing is written."""
    assert refusal(Scene(), intent).endswith((".", "?", "verified"))


def test_a_moment_within_the_skew_of_clocks_is_taken() -> None:
    """Five minutes ahead is somebody else's clock."""
    scene = Scene()
    (noted,) = scene.ask(i.AddNote("x", START + 4 * MINUTE))
    assert noted.happened_at == START + 4 * MINUTE


# --- operations


def start(run: str = "r1", item: str = "") -> i.StartOperation:
    """A plan of one step."""
    return i.StartOperation(run, "branch", "Create the branch", {}, ("make",), item)


def test_one_operation_runs_at_a_time() -> None:
    """The second is refused by the first one's title; the same run again is no event."""
    scene = Scene()
    scene.ask(start())
    assert scene.ask(start()) == ()
    assert refusal(scene, start("r2")) == (
        "“Create the branch” has not ended; continue, undo or leave it first."
    )


def test_an_operation_that_is_done_answers_its_item_with_evidence() -> None:
    """What git showed is attached, then the item is ticked; a failed one ticks nothing."""
    scene = Scene()
    scene.ask(start(item="tests"))
    scene.ask(i.FinishOperation("r1", "failed", "no"))
    assert scene.incident.item("tests").mark == "open"
    scene.ask(start("r2", item="tests"))
    scene.ask(i.FinishOperation("r2", "done", "branch at abc"))
    record = scene.incident.item("tests")
    assert record.mark == "done"
    assert [piece.text for piece in record.evidence] == ["branch at abc"]


# --- the end


def test_closing_says_what_is_left_and_wants_a_reason() -> None:
    """Not resolved, items open, a milestone missing, an operation running: all of it."""
    scene = Scene()
    scene.ask(start())
    sentence = refusal(scene, i.Close())
    for part in (
        "it is not resolved",
        "5 required items are open (1.1, 1.2, 2.1, 2.2, …)",
        "the milestone “Verified” is not marked",
        "“Create the branch” has not ended",
    ):
        assert part in sentence
    scene.ask(i.Close("handed over"))
    assert scene.events[-1].body == e.Closed("handed over")


def test_closing_with_nothing_left_asks_nothing() -> None:
    """A reason that nobody wanted is not kept."""
    scene = finished()
    assert bodies(scene.ask(i.Close("just so"))) == [e.Closed("")]


def finished() -> Scene:
    """Everything is done, marked and resolved."""
    scene = Scene()
    for item in ("confirmed", "approved", "told"):
        scene.ask(i.MarkItem(item, "done"))
    scene.ask(i.MarkItem("impact", "done", value="4"))
    scene.ask(i.MarkItem("tests", "skipped", "none possible"))
    scene.ask(i.MarkMilestone("verified"))
    scene.ask(i.Resolve("all well"))
    return scene


def test_one_item_is_and_two_are() -> None:
    """The sentence speaks proper English."""
    scene = finished()
    scene.ask(i.MarkItem("told", "open"))
    assert "1 required item is open (3.1)" in refusal(scene, i.Close())


CHANGES: tuple[Any, ...] = (
    i.ChangeSeverity("P1", "x"),
    i.EnterPhase("fix", "x"),
    i.LeavePhase("x"),
    i.MarkItem("confirmed", "open"),
    i.AssignRole("scribe", "kim"),
    i.GiveApproval("lead", "kim"),
    i.Resolve(),
    i.Close("x"),
    start(),
)


@pytest.mark.parametrize("intent", CHANGES, ids=lambda intent: type(intent).__name__)
def test_a_closed_incident_changes_no_more(intent: i.Intent) -> None:
    """Only what tells about it may still be added."""
    scene = finished()
    scene.ask(i.Close())
    assert refusal(scene, intent) == "HF-1 is closed. Reopen it first, with a reason."
    assert scene.ask(i.AddNote("the vendor wrote"))


def test_a_closed_incident_reopens_with_a_reason() -> None:
    """Active again, its clocks run again, and the reason is kept."""
    scene = finished()
    scene.ask(i.Close())
    assert wanted(scene, i.Reopen("")) == "reason"
    scene.ask(i.Reopen("it is back"))
    assert scene.incident.status == "active"
    assert scene.incident.ended_at is None
    assert scene.incident.reopened_reason == "it is back"
