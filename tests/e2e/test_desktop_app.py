"""A whole incident of the desktop application: it damages vaults, and its fix waits two days among testers, twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotfix_tui.domain.intents import (
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

ANSWERS = {"danger": "y", "usable": "m", "reach": "f", "workaround": "y"}
REPORT = {"issue": "#812", "version": "3.4.1", "system": "Windows 11", "source": "users"}


def test_a_whole_incident(tmp_path: Path) -> None:
    """P0 within a day in beta, 48 hours of validation that survive the console, then stable and the post-mortem."""
    run = Run(
        tmp_path, "desktop-app", "A vault cannot be opened after saving", answers=ANSWERS, report=REPORT
    )
    assert run.incident.severity_reason == "Data or security is in danger: hotfix at once, everybody helps."
    the_way_is_decided_first(run)
    users_are_told_in_time(run)
    the_severity_goes_down_and_up(run)
    nothing_unreleased_goes_out(run)
    it_is_in_beta(run)
    the_validation_takes_its_time(run)
    it_goes_to_stable(run)
    it_ends(run)
    tells(run.export(), *EXPORTED)


def the_way_is_decided_first(run: Run) -> None:
    """Whether going back is faster is the first question, and its answer is kept."""
    assert run.next == "Is it faster to send people back to the version before than to fix it?"
    run.ask(ChooseWay("fix", "the version before wrote the same damage"))
    assert run.next == "report"
    run.refused(Escalate("anybody"), "in this incident; it has none")


def users_are_told_in_time(run: Run) -> None:
    """The acknowledgement is owed within four hours; it promises the next message, which comes late."""
    run.work()
    run.enter("triage")
    run.wait(hours=3.5)
    tells(run.risks, "first response due in 2", "P0 acknowledgement to users due in 2")
    run.ask(Snooze("respond", 15))
    run.ask(MarkSent("acknowledgement", "forge issue"))
    run.reach("acknowledged")
    run.do("acknowledged-to-users")
    assert "first response" not in run.risks
    run.wait(hours=4.5)
    tells(run.risks, "update is overdue by", "update to users due 30m ago")
    run.ask(MarkSent("update", "forge issue"))
    assert "overdue" not in run.risks
    assert "update to users" not in run.risks


def the_severity_goes_down_and_up(run: Run) -> None:
    """Clocks follow it, what is for P0 alone goes and comes back; a fact that becomes known brings its item."""
    first = run.resolve_by()
    run.ask(ChangeSeverity("P1", "only vaults of one kind"))
    later = run.resolve_by()
    assert first
    assert later
    assert later - first == timedelta(days=2)
    run.refused(EnterPhase("learn"), "Phase Post-mortem is not part of this incident at P1.")
    run.ask(ChangeSeverity("P0", "all kinds after all"))
    assert run.glance.phase_count == 7
    run.refused(MarkItem("area", "done", value="windows"), "vault, search, follow-ups")
    run.ask(SetFlag("workaround"))
    run.work(area="vault", type="data", affected="3.4.0 and 3.4.1")
    assert run.incident.item("workaround-told").mark == "done"
    run.reach("triaged")


def nothing_unreleased_goes_out(run: Run) -> None:
    """A wrong answer holds what it blocks until it is right."""
    run.enter("develop")
    run.reach("cause-found")
    run.work(nothing_unreleased="no", minutes=30)
    assert "3.2 Is the branch free of unreleased work? is no, not yes" in run.risks
    assert "A hotfix ships the fix and nothing else." in run.obstacles("beta")
    run.do("nothing-unreleased", "yes")
    run.enter("beta")


def it_is_in_beta(run: Run) -> None:
    """Once it is in beta the fix is with users: the clock of the resolution stops there."""
    run.work()
    assert run.resolve_by()
    run.reach("beta-released")
    assert not run.resolve_by()
    run.ask(Resolve("fixed in 3.4.2-beta.1"))
    run.enter("validate")


def the_validation_takes_its_time(run: Run) -> None:
    """48 hours that go on while the console is closed; a new crash leads back, and the second build waits as long."""
    run.wait(hours=30)
    run.restart()
    run.do("new-crashes", "1")
    assert "One new crash, and it does not go to stable." in run.obstacles("stable")
    run.ask(StartProcedure("beta-channel", "it crashes with large vaults"))
    assert run.next == "beta-revert"
    run.work("beta-channel")
    run.ask(MarkSent("rolled-back", "mail"))
    run.enter("beta")
    run.ask(MarkItem("build", "open"))
    run.work()
    run.enter("validate")
    run.do("new-crashes", "0")
    run.wait(hours=47)
    run.restart()
    run.work(testers="2")
    tells(run.obstacles("stable"), "Validation lasts at least 2d, 5", "is 2, below 3")
    run.wait(hours=1)
    run.refused(EnterPhase("stable"), "Fewer than three beta users show nothing.")


def it_goes_to_stable(run: Run) -> None:
    """Passing over a rule takes a reason, which stays."""
    run.enter("stable", "both testers have a hundred vaults each")
    run.refused(MarkItem("updater", "done"), "wants evidence: the version that it shows afterwards")
    run.work()
    run.reach("released")
    run.ask(MarkSent("stable-release", "forge release"))
    run.enter("learn")


def it_ends(run: Run) -> None:
    """Neither the report's open lines nor the post-mortem are forgotten at closing."""
    run.refused(
        Close(), "1 required item is open (7.1)", "“How it is reproduced”, “Error messages, screenshots”"
    )
    run.fill(steps="save twice", errors="MAC mismatch")
    run.work()
    run.close()


EXPORTED = (
    "| **Duration** | 11h15m |",
    "| **Post-mortem due** | 2026-11-2",
    "| Operating system | Windows 11 |",
    "| How it is reproduced | save twice |",
    "| Is it faster to send people back to the version before than to fix it? | no, fix it |",
    "| Is there a workaround? | yes |",
    "severity is P1 now (because: only vaults of one kind)",
    "| report to stable | 3d",
    "| Time to resolve | 11h15m | 24h | within |",
    "| 6 Stable promotion |",
    "both testers have a hundred vaults each",
    "**promise broken**",
    "(**is 2, below 3 beta users**)",
    "### A Take the beta back, from 11-22",
    "- [x] 3.2 Is the branch free of unreleased work? yes",
    "- [x] A.4 Notify the beta testers",
    "What will keep it from happening again?",
)
