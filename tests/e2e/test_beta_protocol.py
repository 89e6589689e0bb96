"""A whole incident of the beta protocol: it crashes at the start, and people are looked after for two days."""

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

ANSWERS = {"harm": "n", "users": "m", "impact": "u", "workaround": "n"}
REPORT = {"reporter": "three testers", "platform": "all"}


def test_a_whole_incident(tmp_path: Path) -> None:
    """Eight phases: rungs, a scenario, privacy, the budget's question, windows of a day and two, criteria at the end."""
    run = Run(
        tmp_path, "beta-protocol", "It crashes at the start", answers=ANSWERS, flags=("beta",), report=REPORT
    )
    assert run.incident.severity_reason == "Most people cannot use it, and nothing helps them."
    nobody_answers(run)
    the_scenario_comes_first(run)
    it_is_a_hotfix(run)
    another_engineer_agrees(run)
    the_severity_brings_its_tests(run)
    no_personal_data_leaves(run)
    six_hours_are_over(run)
    it_is_released_and_told(run)
    two_days_pass(run)
    the_criteria_are_held(run)
    tells(run.export(), *EXPORTED)


def nobody_answers(run: Run) -> None:
    """The list of contacts is outdated and said to be; rungs come due one after another; roles are missed until named."""
    tells(run.risks, "nobody is named as Release manager", "contact list outdated since 24 Jan")
    run.ask(Escalate("to-release-manager", "phone: no answer"))
    run.wait(minutes=16)
    tells(run.risks, "escalate: No answer: the lead engineer, due 1m ago")
    run.ask(Snooze("escalate.to-lead-engineer", 10))
    run.ask(Escalate("to-lead-engineer", "chat", "Kim"), AssignRole("release-manager", "Kim"))
    tells(run.risks, "contact list outdated")
    assert "nobody is named" not in run.risks
    assert "to-lead-engineer" not in run.alarms


def the_scenario_comes_first(run: Run) -> None:
    """Its card sets what is known and has half an hour for its actions; a message keeps or breaks what one promised."""
    run.ask(StartProcedure("crash-at-start"))
    assert run.incident.flags == ("beta", "every-platform")
    run.ask(ChooseWay("fix", "the version before crashes too"), MarkSent("update", "chat"))
    run.reach("detected", "acknowledged")
    assert run.next == "trace-got"
    run.work("crash-at-start", minutes=5)
    run.ask(MarkSent("update", "chat"))
    run.wait(minutes=31)
    tells(run.risks, "update is overdue by 1m")
    run.ask(MarkSent("update", "chat"))
    assert "update is overdue" not in run.risks
    assert run.next == "bug-seen"


def it_is_a_hotfix(run: Run) -> None:
    """Who decides for the next release does not come to the fix; short lists are not asked twice."""
    assert not [item.id for item in run.here if item.id.startswith("short-")]
    run.work(hotfix_decided="next release")
    tells(run.obstacles("cause"), "A P2 goes into the backlog of the next release: stop here.")
    run.do("hotfix-decided", "hotfix")
    assert run.incident.item("short-hotfix-decided").mark == "done"
    run.enter("cause")


def another_engineer_agrees(run: Run) -> None:
    """The design is approved by somebody with a name before anything is written."""
    run.work(leave=("design-approved",))
    run.refused(EnterPhase("fix"), "At least one other engineer approves the design.")
    run.refused(MarkItem("design-approved", "done"), "who approved?")
    run.do("design-approved", "Noor", reason="read it on the train")
    run.reach("cause-found")
    run.enter("fix")
    run.work(minutes=15)
    run.reach("fixed")
    run.enter("test")


def the_severity_brings_its_tests(run: Run) -> None:
    """At P1 other tests are asked for, and other rungs; back at P0 they are gone again."""
    run.ask(ChangeSeverity("P1", "fewer than we thought"))
    assert "p1-platforms" in [item.id for item in run.here]
    assert "testers-confirmed" not in [item.id for item in run.here]
    run.ask(ChangeSeverity("P0", "more than we thought"))
    assert "p1-platforms" not in [item.id for item in run.here]
    assert {"testers-confirmed", "macos-tested"} <= {item.id for item in run.here}


def no_personal_data_leaves(run: Run) -> None:
    """Telemetry turns out to be touched: its audit appears, and a wrong answer holds the release."""
    assert "privacy-audited" not in [item.id for item in run.here]
    run.ask(SetFlag("telemetry", reason="the crash report goes through it"))
    run.work(no_personal_data="no", bug_varied="9", leave=("clean-tested", "tested-elsewhere"), minutes=2)
    tells(run.obstacles("prepare"), "is no, not yes: Any personal data means no release.", "is 9, below 10")
    run.do("no-personal-data", "yes")
    run.do("bug-varied", "12")


def six_hours_are_over(run: Run) -> None:
    """The total has passed, its question is asked, and a gate is passed with a reason."""
    run.wait(hours=3)
    tells(run.risks, "over the total of 6h. Over six hours: ship a mitigation", "resolution is overdue by")
    run.ask(Snooze())
    run.refused(EnterPhase("prepare"), "4.2, 4.2.3 are open")
    run.enter("prepare", "people cannot start it, the clean system follows")
    run.work()
    run.enter("deploy")


def it_is_released_and_told(run: Run) -> None:
    """Everybody within half an hour of the release; nobody before it was tried; the day after is a debt."""
    run.work(leave=("publication-verified",))
    tells(run.obstacles("tell"), "Nobody is told to upgrade to what was not tried.")
    run.work()
    run.reach("released", "verified")
    run.enter("tell")
    run.wait(minutes=25)
    tells(run.risks, "Mail the beta testers due in 4m")
    run.do("testers-mailed")
    run.do("discussion-posted")
    run.wait(minutes=6)
    tells(run.risks, "Post on social media is overdue by")
    run.work()
    run.ask(MarkSent("beta-mail", "mail"), MarkSent("update", "chat"), Resolve("it starts everywhere"))
    run.refused(MarkItem("upgrades-checked", "done"), "is due from", "Why is it done all the same?")
    run.enter("monitor")
    run.restart()


def two_days_pass(run: Run) -> None:
    """A look every four hours, a day before anything can be said, two before it is over; the console is not there all along."""
    run.wait(hours=4.5)
    run.restart()
    tells(run.risks, "check 1 of 6 is overdue by 30m")
    run.do("issues-watched")
    assert len(run.incident.item("issues-watched").checked) >= 4
    run.restart()
    run.do("upgrades-checked")
    run.do("postmortem-told")
    run.work(adoption_tracked="79 %", leave=("regressions-watched",))
    tells(run.risks, "How many are on the new version? is 79 %, below 80")
    run.refused(MarkItem("regressions-watched", "done"), "is due from")
    run.wait(hours=12)
    run.restart()
    run.do("regressions-watched")
    assert run.incident.milestones["released"] < run.clock.now()


def the_criteria_are_held(run: Run) -> None:
    """Six questions, each answered; the branch is gone; what was passed over is done by now."""
    run.refused(
        Close(), "required items are open (4.2, 4.2.3)", "“merged back, branch deleted”", "have no answer"
    )
    run.work("test")
    run.reach("merged-back")
    run.fill(no_longer_there="yes", no_new_bugs="yes", users_told="yes", adoption="79", stable="yes")
    run.refused(Close(), "“Is there a regression test, and is the process better?” has no answer")
    run.fill(prevented="yes", found_by="user report", test_added="yes", clarity="yes, people said so")
    run.close()


EXPORTED = (
    "| Who reported it? | three testers |",
    "| Is telemetry touched? | yes |",
    "the crash report goes through it",
    "| No answer: the lead engineer | 11-21 03:29 | 11-21 03:30 | Kim | chat | 1m late |",
    "| Nobody answers: the emergency contact | 11-21 03:59 | **not taken** |",
    "### A It crashes at the start, everywhere, from 11-21 03:30Z",
    "| Status update | everybody who waits | chat | kept |",
    "| Status update | everybody who waits | chat | **promise broken** |",
    "people cannot start it, the clean system follows",
    "Noor as second-engineer (read it on the train)",
    "| time to acknowledge | 16m | 1h | within |",
    "| time to release | ",
    "| 4h | over |",
    "| How many had upgraded within 48 hours? | 79 | **missed**: is 79, below 80 % |",
    "| How was the bug found? | user report |",
    "### Root cause",
    "| Why did it happen, technically? | _open question_ |",
    "Within 48 hours of the release",
)
