from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.clocks import PhaseClock, clocks
from hotfix_tui.domain.intents import AssignRole, EnterPhase, MarkSent, StartProcedure
from hotfix_tui.domain.outgoing import offered, outgoing
from hotfix_tui.domain.playbook import Phase, Playbook, Template
from tests.playbooks.built_in import PLAYBOOKS
from tests.playbooks.test_every_playbook import declared

MINUTE = timedelta(minutes=1)
TIMED = [
    (source, phase)
    for source, playbook in PLAYBOOKS.items()
    for phase in playbook.phases
    if phase.target or phase.maximum
]


def after(source: str, phase: Phase, spent: timedelta) -> PhaseClock:
    """The clock of the phase so long after it was entered."""
    scene = declared(source)
    if scene.incident.phase != phase.id:
        scene.ask(EnterPhase(phase.id, "a rehearsal", confirm="yes"))
    current = clocks(scene.incident, scene.playbook, scene.now + spent).current
    assert current is not None
    assert current.phase.id == phase.id
    return current


@pytest.mark.parametrize(("source", "phase"), TIMED, ids=[f"{s}-{p.id}" for s, p in TIMED])
def test_a_phase_is_measured_against_its_times(source: str, phase: Phase) -> None:
    """In time, then over its target, then over its maximum (S1.PHA.1-6, S2.PHA.1-8, S3.PHA.1-8, S4.PHA.1-6)."""
    if phase.maximum:
        assert after(source, phase, phase.maximum - MINUTE).alarm != "over-limit"
        assert after(source, phase, phase.maximum + MINUTE).alarm == "over-limit"
    if phase.target and phase.target != phase.maximum:
        assert after(source, phase, phase.target / 2).alarm == ""
        assert after(source, phase, phase.target + MINUTE).alarm == "over-target"


MESSAGES = [(source, template) for source, playbook in PLAYBOOKS.items() for template in playbook.templates]


@pytest.mark.parametrize(("source", "template"), MESSAGES, ids=[f"{s}-{t.id}" for s, t in MESSAGES])
def test_a_message_is_offered_filled_in_and_recorded(source: str, template: Template) -> None:
    """With what is known filled in (S0.TPL.1-4, S1.TPL.1-3, S2.TPL.1-4, S3.TPL.1-10, S4.TPL.1-2, S4.TPL.5, S4.TPL.7)."""
    scene = declared(source)
    assert template in offered(scene.incident, scene.playbook)
    ready = outgoing(scene.incident, template, scene.now)
    assert "$title" not in ready.text
    assert "$severity" not in ready.text
    scene.ask(MarkSent(template.id, template.channel))
    (sent,) = scene.incident.sent
    assert (sent.template, sent.channel) == (template.id, template.channel)


def test_a_message_names_who_has_the_role_that_it_speaks_of() -> None:
    """Nobody else stands as the release manager; until one is named, that is still to be written (S1.TPL.1)."""
    scene = declared("S1")
    template = scene.playbook.template("team-notification")
    assert template is not None
    assert "release_manager" in outgoing(scene.incident, template, scene.now).missing
    scene.ask(AssignRole("release-manager", "Kim"))
    assert outgoing(scene.incident, template, scene.now).text.endswith("Release manager: Kim")


def numbered(playbook: Playbook, source: str) -> set[str]:
    """The items that have a number at any severity, with every fact known and every card started, or in a twin."""
    found: set[str] = set()
    for severity in playbook.severities:
        if severity.decision != "hotfix":
            continue
        scene = declared(source, severity.id, *(flag.id for flag in playbook.flags))
        for procedure in playbook.scenarios:
            if not procedure.exercise:
                scene.ask(StartProcedure(procedure.id))
        found |= set(labels(scene.incident, playbook))
    return found


@pytest.mark.parametrize("source", PLAYBOOKS)
def test_every_item_of_every_list_can_be_asked(source: str) -> None:
    """By a number of its own, or by the item that it repeats (S0.CHK.1-4, S1.CHK.1, S2.CHK.1-3, S3.CHK.1-24, S4.CHK.1-9)."""
    playbook = PLAYBOOKS[source]
    there = numbered(playbook, source)
    listed = {item.id: item.twin for item in playbook.all_items() if item.checklist}
    assert [id for id, twin in listed.items() if id not in there and twin not in there] == []
