"""How far an item is proven, what follows from it, and that the fix is to come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotfix_tui.domain.applying import holds_up
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.gates import obstacles, unfinished
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.intents import (
    AttachEvidence,
    Close,
    EnterPhase,
    MarkItem,
    Redo,
    Resolve,
    SetFlag,
    Undo,
)
from hotfix_tui.domain.playbook import Condition, Flag, GitRules, Item, Phase, Playbook
from hotfix_tui.domain.proof import Proof, proof
from tests.small_playbook import Scene, a_playbook

PUSHED = Item("pushed", "Push it", check="pushed")
BACK = Item("back", "Bring it back", check="merged-back", required=False)
OUT = Item("out", "Tag it", check="tag-remote", required=False)
PLAIN = Item("plain", "Look")


@pytest.fixture
def scene() -> Scene:
    """One phase with items that can be proven, and one after it."""
    phases = (Phase("work", "Work", items=(PUSHED, OUT, BACK, PLAIN)), Phase("next", "Next"))
    playbook: Playbook = replace(a_playbook(), phases=phases, milestones=(), git=GitRules())
    made = Scene(playbook=playbook)
    made.ask(EnterPhase("work"))
    return made


def saw(scene: Scene, item: str, text: str, *, ok: bool) -> int:
    """A check saw this; how many events came of it."""
    return len(scene.ask(AttachEvidence(item, "check", text, ok)))


def state(scene: Scene, item: Item = PUSHED) -> Proof:
    """How the item stands."""
    return proof(item, scene.incident.item(item.id))


def risks(scene: Scene) -> list[str]:
    """The risks of the moment."""
    return [risk.text for risk in glance(scene.incident, scene.playbook, scene.now).risks]


def test_a_tick_alone_is_a_claim(scene: Scene) -> None:
    """To do, claimed, skipped; without a check nothing is said."""
    assert state(scene) == Proof("to do")
    scene.ask(MarkItem("pushed", "done"))
    assert state(scene) == Proof("claimed")
    scene.ask(MarkItem("pushed", "skipped", "x"))
    assert state(scene).state == "skipped"
    scene.ask(MarkItem("plain", "done"))
    assert state(scene, PLAIN) == Proof()


def test_a_check_proves_and_contradicts_what_is_ticked(scene: Scene) -> None:
    """The newest look counts, with its value and its time; and it ticks nothing."""
    saw(scene, "pushed", "x -> 3f2a9c1 on origin", ok=True)
    assert (state(scene).state, state(scene).ok) == ("to do", True)
    scene.ask(MarkItem("pushed", "done"))
    assert (state(scene).state, state(scene).text) == ("proven", "x -> 3f2a9c1 on origin")
    saw(scene, "pushed", "last line\nx is not on origin", ok=False)
    assert (state(scene).state, state(scene).text) == ("contradicted", "x is not on origin")
    assert state(scene).at == scene.now


def test_what_is_contradicted_is_a_risk_and_holds_gates(scene: Scene) -> None:
    """It is told at once, and going on, or closing, wants a reason; a new look takes it away."""
    for item in ("pushed", "plain", "out"):
        scene.ask(MarkItem(item, "done"))
    assert not obstacles(scene.incident, scene.playbook, "next", scene.now)
    saw(scene, "pushed", "x is not on origin", ok=False)
    assert "1.1 Push it is contradicted: x is not on origin" in risks(scene)
    assert obstacles(scene.incident, scene.playbook, "next", scene.now) == (
        "1.1 Push it is contradicted: x is not on origin",
    )
    saw(scene, "pushed", "x -> 3f2a9c1 on origin", ok=True)
    assert not [risk for risk in risks(scene) if "contradicted" in risk]
    assert holds_up(scene.incident, PUSHED) == ""


def test_evidence_that_somebody_gave_is_another_matter(scene: Scene) -> None:
    """A text that is attached later hides no contradiction, and a check no failed evidence."""
    scene.ask(MarkItem("pushed", "done"))
    saw(scene, "pushed", "not there", ok=False)
    scene.ask(AttachEvidence("pushed", "text", "I saw it"))
    assert state(scene).state == "contradicted"
    scene.ask(AttachEvidence("pushed", "command", "exit 1", ok=False))
    saw(scene, "pushed", "there", ok=True)
    assert "1.1 is ticked, but its evidence failed" in risks(scene)


def test_evidence_that_is_wanted_may_be_a_check_s(scene: Scene) -> None:
    """One that saw the contrary is none."""
    scene.playbook = replace(
        scene.playbook, phases=(Phase("work", "Work", items=(replace(PUSHED, evidence="where it is"),)),)
    )
    saw(scene, "pushed", "not there", ok=False)
    with pytest.raises(NeedsAnswer):
        scene.ask(MarkItem("pushed", "done"))
    saw(scene, "pushed", "there", ok=True)
    assert scene.ask(MarkItem("pushed", "done"))


def test_the_same_sight_is_told_once(scene: Scene) -> None:
    """Somebody who asks again and again fills no log; after five minutes it is news that it is still so."""
    assert saw(scene, "pushed", "there", ok=True) == 1
    assert saw(scene, "pushed", "there", ok=True) == 0
    assert saw(scene, "pushed", "there, further", ok=True) == 1
    scene.now += timedelta(minutes=5)
    assert saw(scene, "pushed", "there, further", ok=True) == 1


def test_no_undo_takes_a_fact_back(scene: Scene) -> None:
    """Undo is for what somebody recorded, also where a check looked since; and redo goes on working."""
    scene.ask(MarkItem("pushed", "done"))
    saw(scene, "pushed", "not there", ok=False)
    scene.ask(Undo())
    assert scene.incident.item("pushed").mark == "open"
    assert state(scene).text == "not there"
    saw(scene, "pushed", "there", ok=True)
    scene.ask(Redo())
    assert state(scene).state == "proven"


def test_a_fix_that_is_out_is_a_risk_until_it_is_back(scene: Scene) -> None:
    """Before it is out nothing is said; a tick is not enough; proof, or a skip with its reason, is (S3.TRP.6)."""
    said = "not proven to be merged back to main (1.3)"
    assert said not in risks(scene)
    scene.ask(MarkItem("out", "done"))
    assert said in risks(scene)
    scene.ask(MarkItem("back", "done"))
    assert said in risks(scene)
    saw(scene, "back", "is in main", ok=True)
    assert said not in risks(scene)
    saw(scene, "back", "is not in main", ok=False)
    assert said in risks(scene)
    scene.ask(MarkItem("back", "skipped", "there is no main"))
    assert said not in risks(scene)


def test_a_branch_that_no_item_is_about_is_not_missed(scene: Scene) -> None:
    """An item names the branch that it is about; one that does not apply is not said to be left (S1.GIT.3)."""
    develop = replace(BACK, id="develop", text="Merge it to develop", when=Condition(flags=("git-flow",)))
    items = (OUT, replace(BACK, text="Merge it to main"), develop)
    scene.playbook = replace(
        scene.playbook,
        phases=(Phase("work", "Work", items=items),),
        flags=(Flag("git-flow", "Is there a develop branch?"),),
        git=GitRules(merge_back=("main", "develop")),
    )
    scene.ask(MarkItem("out", "done"))
    assert "not proven to be merged back to main (1.2)" in risks(scene)
    scene.ask(SetFlag("git-flow"))
    assert "not proven to be merged back to main and develop (1.2, 1.3)" in risks(scene)


def test_nothing_is_closed_silently_without_it(scene: Scene) -> None:
    """Also where the item is optional: closing wants a reason that is kept."""
    for item in ("pushed", "plain", "out", "back"):
        scene.ask(MarkItem(item, "done"))
    scene.ask(Resolve())
    left = unfinished(scene.incident, scene.playbook)
    assert left == ("the fix is not proven to be merged back to main (1.3)",)
    with pytest.raises(Refused):
        scene.ask(Close())
    saw(scene, "back", "is in main", ok=True)
    assert scene.ask(Close())
