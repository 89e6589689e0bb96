"""A whole incident of the command-line tool on crates.io: nobody can start it after an upgrade."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotfix_tui.domain.intents import (
    AddNote,
    AttachEvidence,
    ChangeSeverity,
    Close,
    EnterPhase,
    MarkItem,
    MarkSent,
    Resolve,
    Snooze,
    StartProcedure,
    Undo,
)
from tests.e2e.run import Run, tells

ANSWERS = {"danger": "n", "broken": "a", "reach": "m", "workaround": "n", "size": "y"}


def test_a_whole_incident(tmp_path: Path) -> None:
    """Six timed hours from the report to the clean-up, with a promise broken, a gate overridden and the hotfix withdrawn."""
    run = Run(tmp_path, "crates-cli", "The loader crashes on Windows", answers=ANSWERS)
    assert (run.incident.severity, run.incident.declared.decision) == ("P0", "hotfix")
    assert run.incident.severity_reason == "Nobody can do the basics, and nothing helps them."
    it_is_answered_in_time(run)
    the_severity_changes_and_comes_back(run)
    a_promise_is_broken(run)
    run.work()
    run.enter("fix")
    the_gates_hold(run)
    run.work(minutes=20)
    run.reach("fix-written")
    the_fix_is_released(run)
    it_is_withdrawn(run)
    it_ends(run)
    tells(run.export(), *EXPORTED)


def it_is_answered_in_time(run: Run) -> None:
    """The first message stops the clock of the first response."""
    run.wait(minutes=13)
    assert "first response due in" in run.risks
    run.ask(MarkSent("update", "chat"))
    run.reach("acknowledged")
    assert "first response" not in run.risks
    assert run.next == "confirmed"


def the_severity_changes_and_comes_back(run: Run) -> None:
    """Its clocks go and come back, and the answers stay written."""
    run.refused(ChangeSeverity("P1", ""), "Why does it change from P0 to P1?")
    run.ask(ChangeSeverity("P1", "a flag seems to avoid it", {"workaround": "y"}))
    assert (run.glance.clocks.resolve, run.glance.clocks.update) == (None, None)
    run.ask(ChangeSeverity("P0", "the flag loses data", {"danger": "y"}))
    assert run.resolve_by() == run.incident.started_at + timedelta(hours=6)
    assert run.incident.answers["danger"] == "y"


def a_promise_is_broken(run: Run) -> None:
    """An update that is overdue is a risk and rings, also while it is snoozed; a message ends it."""
    run.wait(minutes=31)
    assert "update is overdue by" in run.risks
    run.ask(Snooze("update", 20))
    assert "update" in run.alarms
    run.ask(MarkSent("update", "chat"))
    assert "update" not in run.alarms


def the_gates_hold(run: Run) -> None:
    """What is open is said; a blocker is missed wherever one stands."""
    run.refused(EnterPhase("test"), "2.1, 2.2 are open", "Why go on all the same?")
    assert "phase 3 Test is passed over" in run.obstacles("version")
    assert "1.1" not in run.obstacles("test")
    run.ask(MarkItem("no-workaround", "open"))
    assert "1.2 blocks phase 2" in run.risks
    run.ask(Undo())
    assert "blocks phase" not in run.risks


def the_fix_is_released(run: Run) -> None:
    """Evidence is wanted, a gate is passed with a reason, a phase takes too long."""
    run.enter("test")
    assert "3.1 Run the critical path tests is a blocker" in run.obstacles("merge")
    run.refused(MarkItem("critical-tests", "done"), "wants evidence: the last line of the test run")
    run.do("critical-tests", evidence="test result: ok. 41 passed")
    run.enter("version", "3.2 runs on the reporter's machine meanwhile")
    run.skip("changelog", "it comes with the notes")
    run.work()
    run.enter("merge")
    run.work(minutes=4)
    run.reach("released")
    run.restart()
    run.enter("workflows")
    run.work(minutes=25)
    assert "phase 6 is over its maximum" in run.risks
    run.enter("verify")


def it_is_withdrawn(run: Run) -> None:
    """The first release brings a fault of its own: back, mended, and out once more."""
    run.do("on-registry")
    run.ask(AttachEvidence("on-registry", "command", "exit 101: panicked", ok=False))
    assert "7.1 is ticked, but its evidence failed" in run.risks
    run.ask(StartProcedure("yank", "it crashes on macOS now"))
    assert (run.next, run.glance.next.label) == ("delete-tag-here", "A.1")
    run.work("yank")
    run.ask(MarkSent("yanked", "forge release"), MarkSent("update", "chat"))
    run.enter("fix")
    run.ask(MarkItem("minimal-fix", "open"))
    assert run.next == "minimal-fix"
    run.work(minutes=10)
    run.enter("verify")
    run.ask(AttachEvidence("on-registry", "command", "exit 0: 1.0.6", ok=True))
    run.work()
    run.reach("verified")
    assert "evidence failed" not in run.risks


def it_ends(run: Run) -> None:
    """Nothing closes over what is open; then it closes without a word."""
    run.refused(Close(), "it is not resolved", "6 required items are open (3.2, 8.1, 8.2, 8.3, …)")
    run.ask(Resolve("the reporter starts it again"))
    limit = run.resolve_by()
    assert limit
    assert run.incident.resolved_at
    assert run.incident.resolved_at < limit
    run.enter("tell")
    run.work()
    run.enter("close")
    run.work()
    run.refused(Close(), "1 required item is open (3.2)")
    run.work("test")
    assert run.next == "Close the incident"
    run.ask(AddNote("thank the reporter"))
    run.close()
    assert run.next == "Export the post-mortem"
    run.refused(EnterPhase("fix"), "is closed. Reopen it first, with a reason.")


EXPORTED = (
    "How it ended: the reporter starts it again",
    "severity is P1 now (because: a flag seems to avoid it)",
    "| Time to resolve |",
    "**over maximum**",
    "3.2 runs on the reporter's machine meanwhile",
    "(skipped: it comes with the notes)",
    "started: Withdraw the hotfix (because: it crashes on macOS now)",
    "- [x] A.3 Yank the version on crates.io",
    "contrary evidence: exit 101: panicked",
    "test result: ok. 41 passed",
    "Post-mortem due",
    "Why did no test catch it before the release?",
    "What still works for the people who use it?",
)
