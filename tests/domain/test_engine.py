"""Items that are values, parts, twins, waits and rounds; gates with approvals and windows; facts, ways, procedures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotfix_tui.domain.applying import items, labels, phases, sections
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.gates import left_behind, obstacles, unfinished, warnings
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.intents import (
    ChangeSeverity,
    ChooseWay,
    EnterPhase,
    FillField,
    GiveApproval,
    MarkItem,
    MarkMilestone,
    Resolve,
    SetFlag,
    StartProcedure,
    Undo,
)
from hotfix_tui.domain.numbers import numbers
from hotfix_tui.domain.playbook import (
    Condition,
    Due,
    Field,
    Flag,
    Gate,
    Item,
    Milestone,
    Phase,
    Playbook,
    Rollback,
    RollbackFirst,
    Scenario,
    Template,
)
from hotfix_tui.domain.story import story
from hotfix_tui.domain.windows import rounds
from tests.small_playbook import MINUTE, START, Scene, a_playbook

HOUR = 60 * MINUTE

WORK = Phase(
    "work",
    "Work",
    items=(
        Item("local", "Test here"),
        Item("unit", "Run the unit tests", under="local"),
        Item("linux", "Run them on Linux", under="local", when=Condition(flags=("linux",))),
        Item(
            "pii",
            "Was personal data sent?",
            kind="yes-no",
            expect="no",
            blocks="release",
            rule="means no release",
        ),
        Item("rate", "Error rate", kind="number", at_most=0.1, unit="%"),
        Item("privacy", "Audit privacy", kind="yes-no", sets="sent"),
        Item("report", "Tell the authority", when=Condition(flags=("sent",))),
        Item("review", "Get a review", debt=True),
        Item("agreed", "Get the design approved", kind="approval", role="engineer"),
    ),
)
RELEASE = Phase(
    "release",
    "Release",
    minimum_wait=timedelta(hours=72),
    minimum_wait_by={"P0": timedelta(hours=48)},
    items=(
        Item("summary", "Tested", twin="local", required=False),
        Item("watch", "Look at the errors", kind="recurring", every=10 * MINUTE, lasts=HOUR),
        Item("soak", "Let it run", kind="wait", wait=30 * MINUTE),
        Item("told", "Write to the testers", due=Due("released", within=30 * MINUTE)),
        Item(
            "adoption",
            "Look at adoption",
            kind="number",
            at_least=80,
            unit="%",
            due=Due("released", wait=24 * HOUR),
        ),
    ),
)
LATER = Phase("later", "Monitor", opens=Due("released", wait=24 * HOUR), items=())


def playbook() -> Playbook:
    """One of everything that the engine knows."""
    return replace(
        a_playbook(),
        flags=(Flag("linux", "Linux too?"), Flag("sent", "Data sent?"), Flag("spreading", "Spreading?")),
        phases=(WORK, RELEASE, LATER),
        milestones=(Milestone("released", "Released"),),
        gates=(
            Gate("production", "Production", "release", approvals=("manager",), items=("rate",)),
            Gate("quiet", "A look around", "release", level="warn", items=("privacy",)),
        ),
        rollback_first=RollbackFirst("Is rolling back faster?", rollback="back"),
        rollbacks=(Rollback("back", "Deploy the old one", steps=(Item("old", "Deploy v1"),)),),
        scenarios=(
            Scenario(
                "leak",
                "Data leaks",
                first_within=15 * MINUTE,
                flags=("spreading",),
                actions=(Item("stop", "Stop it"),),
            ),
            Scenario("mock", "Practice", exercise=True),
        ),
        intake=(Field("os", "Which system?", kind="choice", choices=("linux", "mac"), required=True),),
        criteria=(Field("fixed", "Is it fixed?", kind="yes-no", expect="yes"),),
    )


@pytest.fixture
def scene() -> Scene:
    """An incident in the phase Work, its way chosen."""
    scene = Scene(playbook=playbook())
    scene.ask(ChooseWay("fix", "the old one has the fault too"))
    return scene


def done(scene: Scene, *names: str, **values: str) -> None:
    """Mark these items done, with a reason where one is asked for."""
    for name in (*names, *values):
        scene.ask(MarkItem(name, "done", value=values.get(name, "")))


def risks(scene: Scene) -> str:
    """Every risk that is shown now."""
    return "; ".join(risk.text for risk in glance(scene.incident, scene.playbook, scene.now).risks)


# --- items


def test_parts_stand_under_their_whole(scene: Scene) -> None:
    """A part has its whole's number and its own, appears with its fact, and holds its whole open (S3.CHK.4)."""
    assert labels(scene.incident, scene.playbook)["unit"] == "1.1.1"
    assert "linux" not in labels(scene.incident, scene.playbook)
    scene.ask(SetFlag("linux"))
    names = labels(scene.incident, scene.playbook)
    assert (names["linux"], names["pii"]) == ("1.1.2", "1.2")
    with pytest.raises(NeedsAnswer, match=r"1\.1\.1, 1\.1\.2 are open\. Why"):
        scene.ask(MarkItem("local", "done"))
    done(scene, "unit", "linux", "local")
    assert scene.incident.item("local").mark == "done"


def test_a_part_of_what_does_not_apply_goes_with_it() -> None:
    """Nobody is asked for half of something."""
    phase = Phase(
        "p", "P", items=(Item("a", "A", when=Condition(flags=("linux",))), Item("b", "B", under="a"))
    )
    scene = Scene(playbook=replace(playbook(), phases=(phase,)))
    assert items(scene.incident, phase) == ()


def test_twins_are_marked_together_and_taken_back_together(scene: Scene) -> None:
    """What says the same is not asked twice (S3.CHK.24, S4.TRP.9)."""
    done(scene, "unit", "local")
    assert scene.incident.item("summary").mark == "done"
    scene.ask(Undo())
    assert [scene.incident.item(id).mark for id in ("local", "summary", "unit")] == ["open", "open", "done"]
    scene.ask(MarkItem("summary", "skipped", reason="not today"))
    assert scene.incident.item("local").mark == "skipped"


def test_a_twin_in_the_same_phase_is_not_asked(scene: Scene) -> None:
    """The short line is left out while the long one applies, and the long one's rules hold for both (S3.TRP.10)."""
    summary = Item("short", "Tested", twin="local", required=False)
    scene.playbook = replace(
        scene.playbook, phases=(replace(WORK, items=(*WORK.items, summary)), RELEASE, LATER)
    )
    assert "short" not in labels(scene.incident, scene.playbook)
    with pytest.raises(NeedsAnswer, match=r"1\.1\.1 is open"):
        scene.ask(MarkItem("short", "done"))
    done(scene, "unit", "short")
    assert [scene.incident.item(id).mark for id in ("local", "short", "summary")] == ["done"] * 3


def test_a_wrong_answer_holds_what_it_blocks_and_is_a_risk(scene: Scene) -> None:
    """Any personal data means no release, however it is ticked (S3.GAT.3)."""
    done(scene, pii="yes")
    held = obstacles(scene.incident, scene.playbook, "release", scene.now)
    assert "1.2 Was personal data sent? is yes, not no: means no release" in held
    assert "1.2 Was personal data sent? is yes, not no" in risks(scene)
    scene.ask(MarkItem("pii", "done", value="no"))
    assert "personal data" not in risks(scene)


@pytest.mark.parametrize(
    ("value", "held"),
    [("0.05 %", ""), ("0,1", ""), ("0.4 %", "is 0.4 %, above 0.1 %"), ("1,000", "is 1,000, above 0.1 %")],
)
def test_a_number_is_held_against_its_bounds(scene: Scene, value: str, held: str) -> None:
    """Below 0.1 % or it is told, in either notation of a decimal (S4.GAT.6)."""
    done(scene, rate=value)
    said = [o for o in obstacles(scene.incident, scene.playbook, "release", scene.now) if "Error rate" in o]
    assert said == ([f"1.3 Error rate {held}"] if held else [])


def test_an_answer_makes_a_fact_known_and_items_appear(scene: Scene) -> None:
    """A conditional item appears when its fact becomes known, and the pair is undone as one (S3.CHK.25)."""
    done(scene, privacy="yes")
    assert list(scene.incident.flags) == ["sent"]
    assert "report" in labels(scene.incident, scene.playbook)
    scene.ask(Undo())
    assert not scene.incident.flags
    done(scene, privacy="yes")
    scene.ask(MarkItem("privacy", "done", value="no"))
    assert "report" not in labels(scene.incident, scene.playbook)


def test_severity_brings_and_takes_phases(scene: Scene) -> None:
    """What applies only to one severity comes and goes with it, and what was done stays written."""
    extra = Phase("calls", "Calls", when=Condition(severities=("P1",)), items=(Item("call", "Call"),))
    scene.playbook = replace(scene.playbook, phases=(*scene.playbook.phases, extra))
    assert "calls" not in [p.id for p in phases(scene.incident, scene.playbook)]
    scene.ask(ChangeSeverity("P1", "less than feared"))
    assert "calls" in [p.id for p in phases(scene.incident, scene.playbook)]


def test_a_debt_may_be_left_behind_but_not_closed_over(scene: Scene) -> None:
    """A review allowed after deployment stays open until it is done (S1.TST.3)."""
    assert labels(scene.incident, scene.playbook)["review"] == "1.5"
    assert not any("1.5" in sentence for sentence in left_behind(scene.incident, scene.playbook, scene.now))
    released(scene)
    done(scene, "watch")
    scene.ask(Resolve())
    assert any("1.5" in sentence for sentence in unfinished(scene.incident, scene.playbook))


def test_an_item_that_sends_a_message_records_it_as_sent(scene: Scene) -> None:
    """Marked done, it answers the response clock and starts its promise; undo takes both back (S0.COM.1)."""
    first = Template("first", "First notice", "We look.", audience="users", promise=4 * HOUR)
    paper = Template("paper", "Findings", "What we found.")
    extra = (Item("notify", "Tell them", template="first"), Item("write", "Write it down", template="paper"))
    phases = (replace(WORK, items=(*WORK.items, *extra)), RELEASE, LATER)
    scene.playbook = replace(scene.playbook, phases=phases, templates=(first, paper))
    done(scene, "write")
    assert not scene.incident.sent
    done(scene, "notify")
    assert [sent.template for sent in scene.incident.sent] == ["first"]
    assert clocks(scene.incident, scene.playbook, scene.now).respond is None
    scene.ask(Undo())
    assert not scene.incident.sent
    assert scene.incident.item("notify").mark == "open"


def test_an_approval_item_records_who_and_how(scene: Scene) -> None:
    """Recorded with name, role and how it was given (S3.GAT.2)."""
    with pytest.raises(NeedsAnswer, match="who approved"):
        scene.ask(MarkItem("agreed", "done"))
    scene.ask(MarkItem("agreed", "done", value="Ada", reason="on the phone"))
    given = scene.incident.approvals[-1]
    assert (given.role, given.person, given.how) == ("engineer", "Ada", "on the phone")
    scene.ask(Undo())
    assert scene.incident.approvals == ()


# --- time


def released(scene: Scene) -> None:
    """Everything before the release is done, and the release is marked."""
    done(scene, "unit", "local", pii="no", rate="0", privacy="no", agreed="Ada")
    scene.ask(GiveApproval("manager", "Grace", "chat"))
    scene.ask(EnterPhase("release"))
    scene.ask(MarkMilestone("released"))


def test_a_recurring_item_is_checked_round_by_round(scene: Scene) -> None:
    """Every ten minutes for an hour: six rounds, each overdue when it is missed, then it is done (S4.CHK.13, S3.COM.3, X.2)."""
    released(scene)
    assert [(r.done, r.of) for r in rounds(scene.incident, scene.playbook)] == [(0, 6)]
    scene.wait(12)
    assert "check 1 of 6 is overdue by 2m" in risks(scene)
    for n in range(5):
        done(scene, "watch")
        assert scene.incident.item("watch").mark == "open"
        assert len(scene.incident.item("watch").checked) == n + 1
        scene.wait(10)
    done(scene, "watch")
    assert scene.incident.item("watch").mark == "done"
    assert rounds(scene.incident, scene.playbook) == ()


def test_a_check_is_taken_back_alone(scene: Scene) -> None:
    """Undo takes back the last round, not all of them."""
    released(scene)
    done(scene, "watch")
    scene.wait(10)
    done(scene, "watch")
    scene.ask(Undo())
    assert len(scene.incident.item("watch").checked) == 1


def test_a_wait_is_done_when_its_time_is_over(scene: Scene) -> None:
    """Half an hour from the phase's beginning; earlier only with a reason."""
    released(scene)
    with pytest.raises(NeedsAnswer, match="is due from"):
        scene.ask(MarkItem("soak", "done"))
    scene.wait(31)
    done(scene, "soak")
    assert scene.incident.item("soak").mark == "done"


def test_a_window_after_an_event(scene: Scene) -> None:
    """Within 30 minutes of the release, and not before 24 hours after it (S3.COM.1-2, X.2)."""
    assert "Write to the testers" not in risks(scene)
    released(scene)
    scene.wait(25)
    assert "2.4 Write to the testers due in" in risks(scene)
    scene.wait(10)
    assert "2.4 Write to the testers is overdue by" in risks(scene)
    with pytest.raises(NeedsAnswer, match="is due from"):
        scene.ask(MarkItem("adoption", "done", value="85 %"))
    scene.wait(24 * 60)
    done(scene, adoption="79 %")
    assert "is 79 %, below 80 %" in risks(scene)


@pytest.mark.parametrize(("severity", "hours"), [("P0", 48), ("P1", 72)])
def test_the_minimum_wait_follows_the_severity(scene: Scene, severity: str, hours: int) -> None:
    """48 h or 72 h, however often the console was started in between (S0.PHA.3, S0.GAT.1)."""
    released(scene)
    if severity != scene.incident.severity:
        scene.ask(ChangeSeverity(severity, "less bad"))
    scene.wait(60 * (hours - 1))
    assert any("lasts at least" in s for s in left_behind(scene.incident, scene.playbook, scene.now))
    scene.wait(61)
    assert not any("lasts at least" in s for s in left_behind(scene.incident, scene.playbook, scene.now))


def test_each_visit_waits_anew(scene: Scene) -> None:
    """A second build is looked at as long as the first (S0.GAT.1)."""
    released(scene)
    scene.wait(47 * 60)
    scene.ask(EnterPhase("work", "a second build"))
    scene.ask(EnterPhase("release", "built"))
    scene.wait(2 * 60)
    assert any(
        "lasts at least 2d, 46h more" in s for s in left_behind(scene.incident, scene.playbook, scene.now)
    )


def test_a_playbook_names_the_moment_at_which_it_counts_as_resolved(scene: Scene) -> None:
    """The resolution clock stops when the fix is with users, the incident goes on (S0.TRP.1)."""
    scene.playbook = replace(scene.playbook, resolved_when="released")
    assert clocks(scene.incident, scene.playbook, scene.now).resolve
    released(scene)
    assert clocks(scene.incident, scene.playbook, scene.now).resolve is None
    assert scene.incident.status == "active"
    resolved = next(n for n in numbers(scene.incident, scene.playbook, scene.now) if n.name == "resolve")
    assert resolved.verdict == "within"


def test_a_phase_opens_after_its_event(scene: Scene) -> None:
    """Monitoring begins 24 hours after the release (S3.PHA.8)."""
    assert "Monitor comes after “Released”" in obstacles(scene.incident, scene.playbook, "later", scene.now)
    released(scene)
    assert any(
        s.startswith("Monitor may begin at")
        for s in obstacles(scene.incident, scene.playbook, "later", scene.now)
    )
    scene.wait(24 * 60 + 1)
    assert not any("Monitor" in s for s in obstacles(scene.incident, scene.playbook, "later", scene.now))


# --- gates


def test_a_gate_wants_items_and_approvals(scene: Scene) -> None:
    """Closed until the roles approved; passing it needs a reason, which stays (X.11)."""
    held = obstacles(scene.incident, scene.playbook, "release", scene.now)
    assert "Production wants the approval of manager" in held
    assert "1.3 Error rate is open" in held
    done(scene, rate="0")
    scene.ask(GiveApproval("Manager", "Grace"))
    held = obstacles(scene.incident, scene.playbook, "release", scene.now)
    assert not any("Production" in s or "Error rate is open" in s for s in held)
    scene.ask(EnterPhase("release", "the customer asked for it"))
    assert scene.incident.phases["release"].reason == "the customer asked for it"


def test_a_gate_that_warns_is_a_risk_and_no_obstacle(scene: Scene) -> None:
    """It is said before the phase comes, and holds nobody."""
    said = "1.4 Audit privacy is open"
    assert said in warnings(scene.incident, scene.playbook, "release")
    assert said in risks(scene)
    assert said not in obstacles(scene.incident, scene.playbook, "release", scene.now)


def test_a_gate_may_want_a_word_typed_in_full(scene: Scene) -> None:
    """Anything but the word cancels, however good the reason is (S1.GAT.5)."""
    gate = Gate("sure", "Emergency release", "release", confirm="yes", why="It goes out at once.")
    scene.playbook = replace(scene.playbook, gates=(gate,))
    for typed in ("", "y", "YES"):
        with pytest.raises(NeedsAnswer, match=r"It goes out at once\. Type “yes” in full") as asked:
            scene.ask(EnterPhase("release", "it burns", typed))
        assert asked.value.wanted == "confirm"
    scene.ask(EnterPhase("release", "it burns", "yes"))
    assert scene.incident.phase == "release"


# --- the process


def test_rollback_or_fix_is_asked_first() -> None:
    """Before anything else, and "rollback" starts the way back (S4.GAT.1, S0.GAT.3)."""
    scene = Scene(playbook=playbook())
    assert glance(scene.incident, scene.playbook, scene.now).next.text == "Is rolling back faster?"
    scene.ask(ChooseWay("rollback", "two minutes"))
    assert [s.id for s in sections(scene.incident, scene.playbook)] == ["work", "release", "later", "back"]
    assert glance(scene.incident, scene.playbook, scene.now).next.label == "A.1"
    scene.ask(Undo())
    assert (scene.incident.way, dict(scene.incident.procedures)) == ("", {})


def test_a_scenario_has_its_own_actions_and_clock(scene: Scene) -> None:
    """Started in mid-incident: its actions come next, its clock runs, its facts are set (S3.SCN.1-5)."""
    scene.ask(StartProcedure("leak", "an e-mail from a customer"))
    assert scene.incident.flags == ("spreading",)
    assert glance(scene.incident, scene.playbook, scene.now).next.item == "stop"
    scene.wait(16)
    assert "first actions of A Data leaks is overdue by 1m" in risks(scene)
    done(scene, "stop")
    assert "first actions" not in risks(scene)
    assert "A.1 Stop it" in " ".join(line.text for line in story(scene.incident, scene.playbook))


def test_an_exercise_is_for_drills(scene: Scene) -> None:
    """A mock scenario cannot be started in earnest (S1.SCN.1)."""
    with pytest.raises(Refused, match="drills only"):
        scene.ask(StartProcedure("mock"))


def test_fields_are_filled_in_and_taken_back(scene: Scene) -> None:
    """Fixed answers keep their spelling, a required one is missed at closing, empty takes back (S0.CHK.5)."""
    assert any("Which system?" in s for s in unfinished(scene.incident, scene.playbook))
    with pytest.raises(NeedsAnswer, match="one of: linux, mac"):
        scene.ask(FillField("os", "windows"))
    scene.ask(FillField("os", "Linux"))
    assert dict(scene.incident.fields) == {"os": "linux"}
    assert not any("Which system?" in s for s in unfinished(scene.incident, scene.playbook))
    scene.ask(FillField("os", ""))
    assert dict(scene.incident.fields) == {}


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        (SetFlag("no"), "There is no flag “no” in this playbook; it has linux, sent, spreading."),
        (
            StartProcedure("no"),
            "There is no rollback or scenario “no” in this playbook; it has back, leak, mock.",
        ),
        (FillField("no", "x"), "There is no field “no” in this playbook; it has os, fixed."),
    ],
)
def test_what_the_playbook_does_not_have_is_refused(scene: Scene, intent: SetFlag, said: str) -> None:
    """One sentence with what there is."""
    with pytest.raises(Refused) as refused:
        scene.ask(intent)
    assert str(refused.value) == said


def test_asking_twice_writes_once(scene: Scene) -> None:
    """What already holds is no event."""
    scene.ask(SetFlag("linux"))
    scene.ask(StartProcedure("leak"))
    for intent in (SetFlag("linux"), StartProcedure("leak"), ChooseWay("fix"), SetFlag("sent", on=False)):
        assert scene.ask(intent) == ()


def test_everything_folds_back_from_its_bytes(scene: Scene) -> None:
    """The new kinds survive writing and reading."""
    from hotfix_tui.domain.codec import decode, encode
    from hotfix_tui.domain.incident import fold

    scene.ask(SetFlag("linux"))
    scene.ask(StartProcedure("leak"))
    scene.ask(FillField("os", "mac"))
    done(scene, "linux")
    released(scene)
    done(scene, "watch")
    again = fold(tuple(decode(encode(event)) for event in scene.events))
    assert again == scene.incident
    assert scene.now > START
