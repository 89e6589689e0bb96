from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.errors import NeedsAnswer
from hotfix_tui.domain.gates import obstacles
from hotfix_tui.domain.intents import (
    ChooseWay,
    Close,
    Declare,
    MarkItem,
    MarkMilestone,
    Resolve,
    SetFlag,
    StartProcedure,
)
from hotfix_tui.domain.playbook import Item
from tests.playbooks.built_in import PLAYBOOKS
from tests.small_playbook import START, Scene

HOUR = timedelta(hours=1)


def declared(source: str, severity: str = "", *flags: str) -> Scene:
    """An incident of that source's playbook, at its worst severity unless told otherwise."""
    playbook = PLAYBOOKS[source]
    level = severity or playbook.severities[0].id
    return Scene(Declare("It fails", severity=level, reason="a test", flags=flags), playbook)


@pytest.mark.parametrize(
    ("source", "answers", "decision"),
    [
        ("S0", {"danger": "n", "usable": "s", "reach": "f", "workaround": "y"}, "backlog"),
        ("S1", {"kind": "o", "impact": "i", "workaround": "y"}, "next-release"),
        ("S2", {"danger": "n", "broken": "a", "reach": "m", "workaround": "y"}, "next-release"),
        ("S2", {"danger": "n", "broken": "d", "reach": "f", "workaround": "y"}, "next-release"),
        ("S3", {"harm": "n", "users": "s", "impact": "m", "workaround": "y"}, "next-release"),
        ("S3", {"harm": "n", "users": "f", "impact": "n", "workaround": "n"}, "backlog"),
        ("S4", {"danger": "n", "broken": "m", "reach": "a", "workaround": "n", "wait": "y"}, "next-release"),
    ],
)
def test_what_is_no_hotfix_stops_where_it_is_declared(
    source: str, answers: dict[str, str], decision: str
) -> None:
    """Closed with its reason, and no phase begins (S0.USE.2, S1.USE.2, S2.USE.2, S2.GAT.2, S3.GAT.1, S4.USE.3)."""
    incident = Scene(Declare("It annoys", answers=answers), PLAYBOOKS[source]).incident
    assert (incident.status, incident.declared.decision) == ("closed", decision)
    assert not incident.phases


LIMITS = [
    ("S0", "P0", 4, 24), ("S0", "P1", 24, 72),
    ("S1", "critical", None, 0.5), ("S1", "high", None, 1), ("S1", "medium", None, 4),
    ("S2", "P0", 0.25, 6),
    ("S3", "P0", 1, 4), ("S3", "P1", 4, 24),
    ("S4", "P0", None, 4), ("S4", "P1", None, 24),
]  # fmt: skip
"""Hours to respond and to resolve, where the source names them."""


@pytest.mark.parametrize(("source", "severity", "respond", "resolve"), LIMITS)
def test_the_clocks_run_as_the_severity_says(
    source: str, severity: str, respond: float | None, resolve: float | None
) -> None:
    """From the start of the incident (S0.SEV.1-2, S1.SEV.1-3, S2.PHA.9, S3.SEV.1-2, S3.TRP.2, S4.SEV.1-2, X.1)."""
    scene = declared(source, severity)
    found = clocks(scene.incident, scene.playbook, START)
    for hours, clock in ((respond, found.respond), (resolve, found.resolve)):
        if hours is not None:
            assert clock is not None
            assert clock.left(START) == hours * HOUR


BLOCKERS = [
    (source, item)
    for source, playbook in PLAYBOOKS.items()
    for phase in playbook.phases
    for item in phase.items
    if item.blocks
]


@pytest.mark.parametrize(("source", "item"), BLOCKERS, ids=[f"{s}-{i.id}" for s, i in BLOCKERS])
def test_a_blocker_holds_its_phase_until_it_is_closed(source: str, item: Item) -> None:
    """Whatever blocks is named at the gate (S1.GAT.4, S2.GAT.3, S3.GAT.2-4, S3.GAT.7, S4.GAT.3, S4.GAT.8, X.11, S0.TRP.2, S1.TST.1, S1.TST.4, S1.TRP.9)."""
    severity = item.when.severities[0] if item.when.severities else ""
    scene = declared(source, severity, *(flag.id for flag in PLAYBOOKS[source].flags))

    def held() -> bool:
        return any(
            item.text in said for said in obstacles(scene.incident, scene.playbook, item.blocks, scene.now)
        )

    assert held()
    scene.ask(MarkItem(item.id, "skipped", reason="nobody is there who could"))
    assert not held()


@pytest.mark.parametrize("source", ["S0", "S1", "S3", "S4"])
def test_going_back_is_weighed_before_anything_is_fixed(source: str) -> None:
    """Choosing the way back starts the one that the playbook names (S0.GAT.3, S3.RBK.1, S4.GAT.1)."""
    scene = declared(source)
    first = scene.playbook.rollback_first
    assert first is not None
    scene.ask(ChooseWay("rollback", "it takes two minutes"))
    assert tuple(scene.incident.procedures) == (first.rollback,)
    assert scene.playbook.procedure(first.rollback) is not None


PROCEDURES = [(source, p.id) for source, playbook in PLAYBOOKS.items() for p in playbook.procedures()]


@pytest.mark.parametrize(("source", "id"), PROCEDURES)
def test_every_way_back_and_every_card_can_be_worked_through(source: str, id: str) -> None:
    """Started, its steps are items like any other; those of an exercise in a drill (S1.SCN.1, S4.SCN.1-5, X.12, S3.SCN.1-5)."""
    playbook = PLAYBOOKS[source]
    flags = tuple(flag.id for flag in playbook.flags)
    severity = playbook.severities[0].id
    scene = Scene(Declare("It fails", severity=severity, flags=flags, drill=True), playbook)
    scene.ask(StartProcedure(id))
    procedure = playbook.procedure(id)
    assert procedure is not None
    steps = procedure.steps if hasattr(procedure, "steps") else procedure.actions
    for step in steps:
        scene.ask(MarkItem(step.id, "skipped", reason="a rehearsal"))
        assert scene.incident.item(step.id).mark == "skipped"
    assert steps


def finished(source: str, *later: str) -> Scene:
    """An incident that is resolved, everything in it done but those items and milestones."""
    scene = declared(source)
    for phase in scene.playbook.phases:
        for item in phase.items:
            if item.id not in later and item.when.holds(scene.incident.severity, ()):
                scene.ask(MarkItem(item.id, "skipped", reason="a rehearsal"))
    for milestone in scene.playbook.milestones:
        if milestone.id not in later:
            scene.ask(MarkMilestone(milestone.id))
    scene.ask(Resolve())
    return scene


@pytest.mark.parametrize(
    ("source", "id"),
    [
        *(("S1", item.id) for phase in PLAYBOOKS["S1"].phases for item in phase.items if item.checklist),
        ("S1", "peer-review-later"),
        ("S1", "review-scheduled"),
        ("S2", "known-issue"),
        ("S4", "runbooks"),
        ("S4", "postmortem-scheduled"),
        ("S4", "ticket-permanent"),
        ("S4", "back-merged"),
    ],
)
def test_what_is_left_open_holds_the_closing(source: str, id: str) -> None:
    """Documents, reviews, tickets (S1.PMT.1-2, S1.TST.3, S2.PMT.1, S4.CHK.6, S4.CHK.9, S4.PMT.3, S1.CHK.1)."""
    scene = finished(source, id)
    with pytest.raises(NeedsAnswer, match="required item"):
        scene.ask(Close())
    scene.ask(MarkItem(id, "skipped", reason="written down elsewhere"))
    scene.ask(Close())
    assert scene.incident.status == "closed"


def test_a_beta_is_not_closed_before_its_fix_is_on_main() -> None:
    """The source forgets the way back to main; the playbook asks for it (S3.TRP.6)."""
    scene = finished("S3", "merged-back")
    with pytest.raises(NeedsAnswer, match="merged back"):
        scene.ask(Close())


def test_a_fact_that_becomes_known_brings_its_boxes() -> None:
    """The audit of privacy comes with telemetry, not before (S3.CHK.25)."""
    scene = declared("S3")
    assert "privacy-audited" not in labels(scene.incident, scene.playbook)
    scene.ask(SetFlag("telemetry"))
    assert "privacy-audited" in labels(scene.incident, scene.playbook)


SHORT = [item for item in PLAYBOOKS["S3"].all_items() if item.checklist.startswith("summary-")]


@pytest.mark.parametrize("item", SHORT, ids=[item.id for item in SHORT])
def test_a_short_line_is_closed_with_its_long_one(item: Item) -> None:
    """Each of the 36 follows the one that it repeats (S3.CHK.17-24, S3.TRP.10)."""
    scene = declared("S3", "", *(flag.id for flag in PLAYBOOKS["S3"].flags))
    scene.ask(MarkItem(item.twin, "skipped", reason="a rehearsal"))
    assert scene.incident.item(item.id).mark == "skipped"


def test_production_waits_for_staging() -> None:
    """Neither the tag nor production's first tenth comes before staging has passed (S4.GAT.2)."""
    scene = declared("S4")
    for id in ("tagged", "production-started"):
        with pytest.raises(NeedsAnswer):
            scene.ask(MarkItem(id, "done"))
    scene.ask(MarkItem("staging-passed", "done", reason="seen on the screens"))
    scene.ask(MarkItem("production-started", "done", evidence="10 %"))
    assert scene.incident.item("production-started").mark == "done"
