"""A whole incident of the npm package: signing in can be got round, and the fix is out within the hour."""

from __future__ import annotations

from pathlib import Path

from hotfix_tui.domain.intents import (
    AssignRole,
    ChangeSeverity,
    ChooseWay,
    Close,
    EnterPhase,
    Escalate,
    MarkItem,
    MarkSent,
    Resolve,
    SetFlag,
    Snooze,
    StartProcedure,
)
from tests.e2e.run import Run, tells

ANSWERS = {"kind": "s", "impact": "m", "workaround": "n"}
REPORT = {"issue": "a signature is not checked", "users": "all who sign in"}


def test_a_whole_incident(tmp_path: Path) -> None:
    """High, then critical: approvals follow the severity, the gate wants a word in full, the review is a debt."""
    run = Run(
        tmp_path,
        "npm-package",
        "Signing in can be got round",
        answers=ANSWERS,
        flags=("security",),
        report=REPORT,
    )
    assert (run.incident.severity, run.incident.severity_reason) == (
        "high",
        "It is a hole, and holes are used.",
    )
    people_are_reached(run)
    pointing_back_comes_first(run)
    it_becomes_critical(run)
    nothing_goes_out_untested(run)
    the_gates_want_approval_and_a_word(run)
    it_is_verified_late(run)
    debts_are_paid_before_closing(run)
    tells(run.export(), *EXPORTED)


def people_are_reached(run: Run) -> None:
    """Two must be named, the team is told within five minutes, and each rung comes due by itself."""
    tells(run.risks, "nobody is named as release manager", "nobody is named as developer")
    run.ask(AssignRole("release-manager", "Grace"), AssignRole("developer", "Linus"))
    assert "nobody is named" not in run.risks
    tells(run.risks, "escalate: Emergency channel, due now")
    run.ask(Escalate("emergency-channel", "Slack"))
    run.wait(minutes=6)
    tells(run.risks, "to the team due 1m ago", "escalate: The developers, due 1m ago")
    run.ask(Snooze("escalate.developers", 10))
    run.ask(MarkSent("team-notification", "Slack"), Escalate("2", "by mail", "Linus"))
    assert "escalate: The developers" not in run.alarms
    run.refused(Escalate("nobody"), "it has emergency-channel, developers, stakeholders, status-page")


def pointing_back_comes_first(run: Run) -> None:
    """The version before is sound, so people get that one while the fix is made."""
    tells(run.next, "Is the version before sound")
    run.ask(ChooseWay("rollback", "1.0.3 checks it"))
    assert run.next == "latest-moved"
    run.work("point-back")
    run.ask(MarkSent("rolled-back", "Slack"))
    assert run.next == "production-version"
    run.refused(StartProcedure("authentication-bypass"), "is for drills only")


def it_becomes_critical(run: Run) -> None:
    """One role fewer must approve, the review may follow, the clock is halved."""
    run.work(production_version="1.0.4")
    run.enter("branch")
    run.work()
    run.enter("implement")
    assert [run.playbook.item(id) in run.here for id in ("peer-review", "peer-review-later")] == [True, False]
    tells(run.obstacles("release"), "wants the approval of release manager and lead developer")
    run.refused(ChangeSeverity("critical", ""), "Why does it change from high to critical?")
    run.ask(ChangeSeverity("critical", "it is used already", {"impact": "c"}))
    assert [run.playbook.item(id) in run.here for id in ("peer-review", "peer-review-later")] == [False, True]
    tells(run.obstacles("release"), "wants the approval of release manager")
    assert "lead developer" not in run.obstacles("release")
    run.wait(minutes=9)
    tells(run.risks, "resolution due in", "update is overdue by")
    run.ask(MarkSent("update", "Slack"))


def nothing_goes_out_untested(run: Run) -> None:
    """A fact that becomes known brings its tests; a blocker says its rule."""
    tells(run.obstacles("release"), "Nothing is released on which the tests did not run.")
    run.ask(SetFlag("database"))
    assert run.playbook.item("database-tests") in run.here
    run.refused(MarkItem("unit-tests", "done"), "wants evidence: the last line of the test run")
    run.work(minutes=0.5)
    run.reach("fix-written")
    assert "tests" not in run.obstacles("release")


def the_gates_want_approval_and_a_word(run: Run) -> None:
    """The approval is passed over with a reason, the word is not."""
    run.refused(EnterPhase("release"), "wants the approval of release manager", "Why go on all the same?")
    run.refused(EnterPhase("release", "she is on a plane"), "Type “yes” in full.")
    run.refused(EnterPhase("release", "she is on a plane", "y"), "Type “yes” in full.")
    run.enter("release", "she is on a plane", "yes")
    run.approve("release manager", "Grace", "on the phone")
    run.work(minutes=0.5)
    run.reach("released")
    assert not run.resolve_by()
    run.restart()


def it_is_verified_late(run: Run) -> None:
    """The status page's rung passes by, the hour is over, and the question of the hour is asked."""
    run.enter("verify")
    run.wait(minutes=30)
    tells(
        run.risks,
        "over the total of 1h. Past the hour",
        "escalate: Status page",
        "phase 5 is over its maximum",
    )
    run.ask(Escalate("stakeholders", "by mail"))
    run.work()
    run.reach("verified")
    run.ask(Resolve("nobody gets past it any more"))
    assert "escalate" not in run.risks
    assert "over the total" not in run.risks


def debts_are_paid_before_closing(run: Run) -> None:
    """What was allowed to wait holds no phase, but it holds the end."""
    run.enter("after")
    run.ask(SetFlag("git-flow"))
    run.work()
    assert run.incident.item("merged-to-develop").mark == "done"
    run.refused(Close(), "9 required items are open (3.", "Why close it all the same?")
    run.wait(hours=10)
    run.restart()
    run.do("peer-review-later")
    for id in (
        "doc-issue",
        "doc-cause",
        "doc-fix",
        "doc-impact",
        "doc-testing",
        "doc-timeline",
        "doc-communication",
    ):
        run.do(id, f"see {id}")
    run.refused(Close(), "1 required item is open (6.", "Why close it all the same?")
    run.do("doc-prevention", "a test with a forged signature")
    run.fill(cause="the key was compared with itself")
    run.close()


EXPORTED = (
    "| Is it about security? | yes |",
    "roll back first (because: 1.0.3 checks it)",
    "| The developers | 11-21 03:19 | 11-21 03:20 | Linus | by mail | 1m late |",
    "| Status page and documentation | 11-21 03:44 | **not taken** |",
    "| discovery to deployment |",
    "| 4 Release |",
    "she is on a plane",
    "Grace as release manager (on the phone)",
    "| What is the root cause? | the key was compared with itself |",
    "- [x] A.1 Point the tag latest to the version before",
    "- [x] 6.14 Prevention: a test with a forged signature",
    "- [ ] Put regression tests of what broke into CI",
    "| **Severity** | critical, because: it is used already |",
)
