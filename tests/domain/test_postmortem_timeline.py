"""The timeline tells what happened; what stands elsewhere in the document is not said twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.postmortem import render
from hotfix_tui.domain.postmortem_timeline import lines_of
from tests.case_fixtures import START
from tests.tui.console_fixtures import Stage, stage


def told(made: Stage) -> list[str]:
    """The lines of the timeline."""
    return [line.text for line in lines_of(made.case.incident, made.case.playbook)]


def ran(made: Stage, *, minutes: int = 0, outcome: str = "done") -> None:
    """An operation for 1.5 with two steps, its evidence and its tick, as the runner writes them."""
    made.ask(
        i.StartOperation(
            "r1", "branch", "Create hotfix/v1.0.5 from v1.0.4", {}, ("create", "switch"), "branch"
        ),
        i.StartStep("r1", "create", ("git", "branch", "x")),
        i.FinishStep("r1", "create", "done", "x is at b818678"),
    )
    made.later(minutes=minutes)
    made.ask(i.FinishOperation("r1", "done" if outcome == "done" else "failed", "hotfix/v1.0.5 at b818678"))
    if outcome == "done":
        made.ask(
            i.AttachEvidence("branch", "commit", "hotfix/v1.0.5 at b818678"),
            i.MarkItem("branch", "done"),
            i.AttachEvidence("branch", "check", "hotfix/v1.0.5 starts from v1.0.4"),
        )


def test_an_operation_is_one_line_with_its_item_and_its_outcome(tmp_path: Path) -> None:
    """Its steps, its evidence, the tick that it set and what the check saw stand under Operations and Checklist."""
    made = stage(tmp_path)
    before = len(told(made))
    ran(made)
    assert told(made)[before:] == ["1.5 Create hotfix/v1.0.5 from v1.0.4: done, hotfix/v1.0.5 at b818678"]
    text = render(made.case.incident, made.case.playbook, made.clock.now()).text
    assert "What operations did step by step stands under Operations" in text
    assert "$ git branch x\n# done: x is at b818678" in text
    assert "  - evidence: hotfix/v1.0.5 starts from v1.0.4" in text


def test_one_that_took_long_begins_with_a_line_of_its_own(tmp_path: Path) -> None:
    """A test run of twenty minutes has two moments."""
    made = stage(tmp_path)
    before = len(told(made))
    ran(made, minutes=20)
    assert told(made)[before:] == [
        "started: Create hotfix/v1.0.5 from v1.0.4",
        "1.5 Create hotfix/v1.0.5 from v1.0.4: done, hotfix/v1.0.5 at b818678",
    ]


def test_what_people_did_is_always_told(tmp_path: Path) -> None:
    """A tick by hand, its value and reason, evidence that somebody typed, and a failed operation each have their line."""
    made = stage(tmp_path)
    before = len(told(made))
    ran(made, outcome="failed")
    made.ask(
        i.MarkItem("impact", "done", value="9 of 10"), i.AttachEvidence("approach", "text", "seen in the log")
    )
    made.ask(i.MarkItem("branch", "done"))
    lines = told(made)[before:]
    assert lines[0].startswith("1.5 Create hotfix/v1.0.5 from v1.0.4: failed")
    assert lines[1:] == [
        "done: 1.3 Say how many users are affected = 9 of 10",
        "evidence for 1.4 Find the approach of the fix: seen in the log",
        "done: 1.5 Create the hotfix branch from the release tag",
    ]


def test_a_tick_that_is_not_so_stays_in_the_timeline(tmp_path: Path) -> None:
    """That a check contradicted a ticked item is news; that one which nobody ticked is not so yet is none."""
    made = stage(tmp_path)
    made.ask(i.AttachEvidence("branch", "check", "there is no branch yet", ok=False))
    assert not any("there is no branch yet" in line for line in told(made))
    made.ask(i.MarkItem("branch", "done"))
    made.ask(i.AttachEvidence("branch", "check", "it is gone", ok=False))
    assert any("it is gone" in line for line in told(made))


def test_a_phase_that_gives_way_to_the_next_is_one_line(tmp_path: Path) -> None:
    """Only the last phase's end has a line of its own."""
    made = stage(tmp_path)
    made.later(minutes=1)
    made.ask(i.EnterPhase("fix", reason="it is a test"))
    lines = told(made)
    assert "phase Apply the fix began (because: it is a test)" in lines
    assert not any("ended" in line for line in lines)


def test_of_what_checks_saw_the_newest_is_kept(tmp_path: Path) -> None:
    """The checklist tells the last sight, not each look; numbers and arrows are not written as escapes."""
    made = stage(tmp_path)
    made.ask(i.MarkItem("branch", "done"))
    for count in (1, 2, 3):
        made.ask(i.AttachEvidence("branch", "check", f"1.0.{count} -> {count} commits on it"))
    text = render(made.case.incident, made.case.playbook, START + timedelta(hours=1)).text
    assert "  - evidence: 1.0.3 -> 3 commits on it" in text
    assert "2 commits on it" not in text
