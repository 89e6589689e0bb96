"""A whole incident of the web service: payments fail, and the fix goes over staging and a canary to everybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotfix_tui.domain.intents import (
    AssignRole,
    ChangeSeverity,
    ChooseWay,
    Close,
    EnterPhase,
    Escalate,
    MarkItem,
    MarkMilestone,
    MarkSent,
    Resolve,
    Snooze,
    StartProcedure,
)
from tests.e2e.run import START, Run, tells

ANSWERS = {"danger": "n", "broken": "m", "reach": "a", "workaround": "n", "wait": "n"}
REPORT = {"users": "everybody who pays", "revenue": "about 300 an hour"}


def test_a_whole_incident(tmp_path: Path) -> None:
    """P1 becomes P0 by a scenario; two reviews, staging, ten per cent, everybody; a day later it is learnt from."""
    run = Run(
        tmp_path, "web-service", "Checkout fails", answers=ANSWERS, flags=("customer-facing",), report=REPORT
    )
    assert (run.incident.severity, run.incident.severity_reason) == (
        "P1",
        "A major part fails for everybody.",
    )
    everybody_knows(run)
    a_scenario_makes_it_worse(run)
    the_branch_starts_from_what_runs(run)
    two_look_at_the_change(run)
    it_goes_out_step_by_step(run)
    it_is_watched_and_verified(run)
    the_day_after(run)
    it_ends(run)
    tells(run.export(), *EXPORTED)


def everybody_knows(run: Run) -> None:
    """The first message ends the clock of the first response; rolling back was the question before all others."""
    tells(run.next, "Is rolling back to the release before faster than a fix?")
    run.ask(ChooseWay("fix", "the release before fails too"), AssignRole("tech-lead", "Ada"))
    assert "nobody is named" not in run.risks
    run.wait(minutes=25)
    tells(run.risks, "first response due in", "phase 1 is over its maximum")
    run.ask(MarkSent("declaration", "#incidents"))
    run.ask(MarkMilestone("began", START - timedelta(minutes=12)))
    run.reach("detected", "acknowledged")
    assert "first response" not in run.risks
    assert "status-page-opened" in [item.id for item in run.here]
    assert "cause" not in [item.id for item in run.here]


def a_scenario_makes_it_worse(run: Run) -> None:
    """The card says P0, its first actions have a clock of their own, and it sets what is known."""
    run.ask(StartProcedure("payments", "the provider confirms it"))
    assert run.incident.flags == ("customer-facing", "sensitive")
    assert run.next == "payments-first"
    by = run.resolve_by()
    run.ask(ChangeSeverity("P0", "payments fail", {"danger": "y"}))
    after = run.resolve_by()
    assert by
    assert after
    assert by - after == timedelta(hours=20)
    run.wait(minutes=16)
    tells(run.risks, "first actions of A Payments fail is overdue by 1m", "update is overdue by 11m")
    run.ask(Snooze("update", 30), MarkSent("update", "status page"))
    run.work("payments")
    assert "first actions" not in run.risks
    assert run.next == "truly-critical"


def the_branch_starts_from_what_runs(run: Run) -> None:
    """Nobody writes code before production's tag, the branch and the spec are there."""
    run.work(rollback_faster="yes")
    tells(run.obstacles("prepare"), "roll back where that is faster")
    run.do("rollback-faster", "no")
    run.enter("prepare")
    run.do("production-tag", "v2.8.1")
    run.do("branch")
    run.refused(EnterPhase("implement"), "no code before the four answers")
    run.refused(MarkItem("spec", "done"), "wants evidence: where the spec is")
    run.work()
    run.reach("cause-found")
    run.enter("implement")


def two_look_at_the_change(run: Run) -> None:
    """Payments want security's eyes too; they come later, and that is passed over with a reason."""
    run.work(leave=("security-review",), reviewed="Ada", touches_secrets="yes", minutes=5)
    tells(run.obstacles("deploy"), "Security has looked wants the approval of Security team")
    tells(run.obstacles("deploy"), "signing in, payments and secrets need security's eyes")
    run.refused(EnterPhase("deploy"), "wants the approval of Security team")
    run.enter("deploy", "security reads it while staging runs")
    run.do("security-review", "Mallory", reason="in the call")


def it_goes_out_step_by_step(run: Run) -> None:
    """Each step waits for the one before; a canary that is not quiet holds the rest."""
    assert run.incident.item("severity-correct").mark == "done"
    run.refused(MarkItem("production-started", "done"), "Why is it done all the same?")
    for id in ("on-staging", "staging-starts", "staging-health", "staging-fixed"):
        run.do(id)
    run.refused(MarkItem("staging-passed", "done"), "4.4.4 is open.")
    for id in ("staging-log", "staging-passed", "tagged", "production-started"):
        run.do(id)
    run.refused(MarkItem("canary-quiet", "done", value="yes"), "is due from", "in 4m")
    run.do("canary-quiet", "no")
    tells(run.risks, "Is the canary quiet after 5 minutes? is no, not yes")
    tells(run.obstacles("verify"), "stop at each canary step")
    run.do("canary-quiet", "yes")
    run.do("deployed")
    run.reach("released")
    run.restart()


def it_is_watched_and_verified(run: Run) -> None:
    """Fifteen minutes before any number counts; 0.1 % is too much; six rounds in the hour."""
    run.work(error_rate="0.1")
    tells(run.obstacles("verify"), "0.1 % errors or more: roll back")
    run.do("error-rate", "0.02")
    assert run.obstacles("verify") == ""
    tells(run.risks, "check 1 of 6 is overdue by")
    run.do("watched", "0.01")
    assert len(run.incident.item("watched").checked) >= 4
    assert run.incident.item("watched").mark == "done"
    run.enter("verify")
    assert run.incident.item("verified-resolved").mark == "done"
    run.work()
    run.reach("verified")
    run.ask(Resolve("payments go through"))


def the_day_after(run: Run) -> None:
    """What is due within a day of the deployment is told when the day is nearly over, in a new console too."""
    run.enter("after")
    run.wait(hours=21)
    run.restart()
    tells(run.risks, "Update the runbooks due in")
    run.wait(hours=3)
    tells(run.risks, "Update the runbooks is overdue by")
    run.refused(Close(), "required items are open")
    run.work(leave=("runbooks",))
    run.skip("runbooks", "there are none for payments yet")


def it_ends(run: Run) -> None:
    """It closes, and the form of the post-mortem can still be filled in."""
    run.close()
    run.fill(how_detected="the alarm on failed payments", users_affected="212")
    run.refused(Escalate("anybody"), "is closed. Reopen it first")


EXPORTED = (
    "| Does the change touch signing in, payments or secrets? | yes |",
    "| What does it cost while it lasts? | about 300 an hour |",
    "severity is P0 now (because: payments fail)",
    "### A Payments fail, from 11-21 03:39Z",
    "security reads it while staging runs",
    "Ada as tech-lead (said so in the call), Mallory as security (in the call)",
    "| From the beginning to the alarm | 37m |",
    "### Summary",
    "| How many users were affected? | 212 |",
    "the error rate every 10 minutes: 0.01 (checked 5 times)",
    "- [ ] 6.5 Update the runbooks (skipped: there are none for payments yet)",
    "- [ ] Monitor the number that would have told us.",
    "Who does what by when",
    "**promise broken**",
)
