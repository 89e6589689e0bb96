from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.domain.applying import items
from hotfix_tui.domain.errors import NeedsAnswer
from hotfix_tui.domain.gates import obstacles
from hotfix_tui.domain.intents import Declare, MarkItem
from tests.playbooks.test_web_service import PLAYBOOK, item, phase
from tests.small_playbook import MINUTE, Scene


def deployed(flags: tuple[str, ...] = ()) -> Scene:
    """An incident whose fix has just gone out to everybody."""
    scene = Scene(Declare("Login answers 500", severity="P0", flags=flags), PLAYBOOK)
    scene.ask(MarkItem("deployed", "done", reason="an hour ago, by hand"))
    return scene


def mark(scene: Scene, id: str) -> str:
    """The item's mark."""
    return scene.incident.item(id).mark


def held(scene: Scene, target: str, id: str) -> list[str]:
    """What the gate before the phase says about the item."""
    return [line for line in obstacles(scene.incident, PLAYBOOK, target, scene.now) if item(id).text in line]


def test_production_comes_after_staging_and_everybody_after_the_canary() -> None:
    """Earlier only with a reason, which stays written (S4.GAT.2, S4.GAT.7)."""
    scene = Scene(Declare("Login answers 500", severity="P0"), PLAYBOOK)
    for id, before in (("production-started", "staging"), ("deployed", "canary")):
        with pytest.raises(NeedsAnswer, match=f"comes after .*{before}"):
            scene.ask(MarkItem(id, "done"))
        scene.ask(MarkItem(id, "done", reason="money is being lost"))
        assert scene.incident.item(id).reason == "money is being lost"


def test_no_new_errors_is_asked_once_and_never_by_staging() -> None:
    """One mark answers the three lists of production; staging's log is another fact (S4.TRP.9)."""
    scene = deployed()
    scene.now += 15 * MINUTE
    scene.ask(MarkItem("log-quiet", "done"))
    assert [mark(scene, id) for id in ("new-errors", "log-quiet", "none-introduced")] == ["done"] * 3
    assert mark(scene, "staging-log") == "open"


def test_staging_log_answers_for_nothing_in_production() -> None:
    """What was quiet before the deployment says nothing of after it (S4.TRP.9)."""
    scene = Scene(Declare("Login answers 500", severity="P0"), PLAYBOOK)
    scene.ask(MarkItem("staging-log", "done"))
    assert {mark(scene, id) for id in ("new-errors", "log-quiet", "none-introduced")} == {"open"}


def test_the_early_status_page_leaves_the_last_word_open() -> None:
    """An entry that says "we look into it" is not the one that says "resolved" (S4.TRP.9, S4.COM.2)."""
    scene = deployed(("customer-facing",))
    scene.ask(MarkItem("status-page-opened", "done"))
    assert mark(scene, "status-page-updated") == "open"


@pytest.mark.parametrize("id", ["new-errors", "log-quiet", "none-introduced", "response-time", "cpu-memory"])
def test_a_quarter_of_an_hour_is_watched(id: str) -> None:
    """Before it is over a reason is wanted, also from the twins (S4.PHA.7, S4.CHK.4)."""
    scene = deployed()
    scene.now += 15 * MINUTE - timedelta(seconds=2)  # asking takes a second
    with pytest.raises(NeedsAnswer, match="is due from"):
        scene.ask(MarkItem(id, "done"))
    scene.ask(MarkItem(id, "done"))
    assert mark(scene, id) == "done"


@pytest.mark.parametrize("id", ["issue-resolved", "original-resolved", "verified-resolved"])
def test_the_fault_is_gone_only_with_proof(id: str) -> None:
    """Whichever of the three is marked wants the exact scenario's answer, and marks the others (S4.TST.2, S4.TRP.9)."""
    scene = deployed()
    with pytest.raises(NeedsAnswer, match="wants evidence"):
        scene.ask(MarkItem(id, "done"))
    scene.ask(MarkItem(id, "done", evidence="POST /login: 200"))
    group = ("issue-resolved", "original-resolved", "verified-resolved")
    assert [mark(scene, other) for other in group] == ["done"] * 3


@pytest.mark.parametrize(("rate", "holds"), [("0.05", False), ("0.09", False), ("0.1", True), ("0.2", True)])
def test_the_error_rate_holds_the_flow(rate: str, holds: bool) -> None:
    """A tenth of a percent is too much already (S4.GAT.6)."""
    scene = deployed()
    scene.now += 15 * MINUTE
    scene.ask(MarkItem("error-rate", "done", value=rate))
    assert bool(held(scene, "verify", "error-rate")) == holds


def test_the_canary_is_watched_five_minutes_and_must_be_quiet() -> None:
    """Sooner wants a reason, and a "no" holds the flow (S4.GAT.7, S4.PHA.7)."""
    scene = Scene(Declare("Login answers 500", severity="P0"), PLAYBOOK)
    scene.ask(MarkItem("production-started", "done", reason="staging is down"))
    with pytest.raises(NeedsAnswer, match="is due from"):
        scene.ask(MarkItem("canary-quiet", "done", value="yes"))
    scene.now += 5 * MINUTE
    scene.ask(MarkItem("canary-quiet", "done", value="no"))
    assert held(scene, "verify", "canary-quiet")


def test_the_hour_takes_six_looks() -> None:
    """Five of them leave it open, the sixth ends it (S4.CHK.13)."""
    scene = deployed()
    marks = []
    for _ in range(6):
        scene.now += 10 * MINUTE
        scene.ask(MarkItem("watched", "done", value="0.02"))
        marks.append(mark(scene, "watched"))
    assert marks == ["open"] * 5 + ["done"]


def test_a_change_of_secrets_brings_the_security_review() -> None:
    """The answer sets the fact, the fact brings the item and its gate (S4.GAT.4)."""
    scene = deployed()
    assert "security-review" not in [i.id for i in items(scene.incident, phase("implement"))]
    scene.ask(MarkItem("touches-secrets", "done", value="yes"))
    assert held(scene, "deploy", "security-review")
    wants = "Security has looked wants the approval of Security team"
    assert wants in obstacles(scene.incident, PLAYBOOK, "deploy", scene.now)
    scene.ask(MarkItem("security-review", "done", value="kim"))
    assert wants not in obstacles(scene.incident, PLAYBOOK, "deploy", scene.now)


def test_a_faster_way_back_holds_the_hotfix() -> None:
    """The answer "yes" holds the flow with its rule; "no" lets it go on (S4.GAT.1)."""
    scene = deployed()
    scene.ask(MarkItem("rollback-faster", "done", value="yes"))
    assert any("roll back where that is faster" in line for line in held(scene, "prepare", "rollback-faster"))
    scene.ask(MarkItem("rollback-faster", "done", value="no"))
    assert not held(scene, "prepare", "rollback-faster")


def test_staging_has_passed_when_its_four_checks_have() -> None:
    """The whole wants its parts (S4.CHK.3)."""
    scene = deployed()
    scene.ask(MarkItem("on-staging", "done"))
    with pytest.raises(NeedsAnswer, match="are open"):
        scene.ask(MarkItem("staging-passed", "done"))
    for part in ("staging-starts", "staging-health", "staging-fixed", "staging-log"):
        scene.ask(MarkItem(part, "done"))
    scene.ask(MarkItem("staging-passed", "done"))
    assert mark(scene, "staging-passed") == "done"
