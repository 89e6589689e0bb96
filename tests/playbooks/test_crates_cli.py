from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.intents import Declare, EnterPhase, MarkMilestone
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.templates import NAMES
from hotfix_tui.domain.triage import judge
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS
from tests.small_playbook import START, Scene

SOURCE = (BUILT_IN / "crates-cli.toml").read_text()
PLAYBOOK = read(SOURCE, "crates-cli.toml", Names(tuple(OPERATIONS), tuple(CHECKS)))
MINUTE = timedelta(minutes=1)
ITEMS = tuple(item for phase in PLAYBOOK.phases for item in phase.items)

AREAS = {
    "USE": 4, "SEV": 4, "PHA": 11, "CHK": 4, "BRA": 3, "VER": 5, "GIT": 4, "MSG": 3, "GAT": 3, "TST": 2,
    "TPL": 4, "COM": 2, "ESC": 2, "RBK": 6, "PMT": 1, "SCN": 1, "MET": 1, "CMD": 4, "TRP": 6,
}  # fmt: skip
"""How many demands the source makes in each area."""


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 70 ids stands in a comment of the file; none is invented."""
    named = set(re.findall(r"S2\.[A-Z]+\.\d+", "\n".join(re.findall(r"#[^\n]*", SOURCE))))
    assert named == {f"S2.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}


def test_three_checklists_of_24_items() -> None:
    """Four before, nine during, eleven after; every one in its list, with an id of its own (S2.CHK.1-3)."""
    counts = {c.id: sum(item.checklist == c.id for item in ITEMS) for c in PLAYBOOK.checklists}
    assert counts == {"pre": 4, "during": 9, "post": 11}
    assert len({item.id for item in ITEMS}) == len(ITEMS) == 24


def test_eight_timed_phases_and_a_last_one_without_a_limit() -> None:
    """Targets and maxima are the source's, minute for minute (S2.PHA.1-8)."""
    assert [
        (p.id, p.target and p.target // MINUTE, p.maximum and p.maximum // MINUTE) for p in PLAYBOOK.phases
    ] == [
        ("assess", 15, 30),
        ("fix", 30, 120),
        ("test", 15, 60),
        ("version", 5, 15),
        ("merge", 10, 20),
        ("workflows", 20, 45),
        ("verify", 10, 30),
        ("tell", 15, 45),
        ("close", None, None),
    ]


def test_the_budget_is_the_stated_one() -> None:
    """The targets make the two hours; the maxima make five minutes more than six, and six count (S2.TRP.3, S2.PHA.9, S2.PHA.11)."""
    budget = PLAYBOOK.budget
    assert budget is not None
    assert sum((p.target or timedelta(0) for p in PLAYBOOK.phases), timedelta(0)) == budget.target
    assert (
        sum((p.maximum or timedelta(0) for p in PLAYBOOK.phases), timedelta(0)) == budget.maximum + 5 * MINUTE
    )
    assert budget.maximum == timedelta(hours=6)
    assert "truly a P0" in budget.question


def test_ten_steps_on_nine_phases() -> None:
    """Steps one and two share the first phase, every other has its own; no item stands outside (S2.PHA.10, S2.TRP.6)."""
    steps = [[step.number for step in phase.steps] for phase in PLAYBOOK.phases]
    assert steps == [[1, 2], [3], [4], [5], [6], [7], [8], [9], [10]]
    assert all(item.step in {s.number for s in p.steps} for p in PLAYBOOK.phases for item in p.items)


def test_every_item_says_why_and_how_one_sees_it() -> None:
    """At three in the morning a line without its reason is skipped, and one without its proof is guessed."""
    assert [i.id for i in ITEMS if not (i.why and i.estimate and (i.done_when or i.kind == "text"))] == []


def test_the_estimates_fit_the_targets() -> None:
    """A phase's items take its target; the two workflows run side by side."""
    for phase in PLAYBOOK.phases:
        times = [item.estimate or timedelta(0) for item in phase.items]
        taken = max(times) if phase.id == "workflows" else sum(times, timedelta(0))
        assert phase.target is None or taken <= phase.target, phase.id


def found(id: str) -> Item:
    """The item with this id."""
    item = PLAYBOOK.item(id)
    assert item is not None
    return item


def test_gates_operations_and_the_way_of_no_return() -> None:
    """What stops the flow, what hotfix does itself, and the push that cannot be taken back (S2.GAT.2-3, S2.GIT.4)."""
    assert {i.id: i.blocks for i in ITEMS if i.blocks} == {
        "confirmed": "fix",
        "no-workaround": "fix",
        "critical-tests": "merge",
        "fix-verified": "tell",
    }
    assert [i.id for i in ITEMS if i.irreversible] == ["tagged"]
    assert {i.id: i.operation for i in ITEMS if i.operation} == {
        "branch": "branch",
        "bumped": "bump",
        "changelog": "changelog",
        "merged": "merge-back",
        "tagged": "tag",
        "branch-deleted": "clean-up",
    }
    assert PLAYBOOK.git.tag_push_triggers == "the publish and release workflows"


def test_git_and_version_rules() -> None:
    """From the latest release to the next patch and back to main (S2.BRA.1, S2.GIT.2, S2.VER.1-4)."""
    git, version = PLAYBOOK.git, PLAYBOOK.version
    assert (git.base, git.branch, git.merge_back) == ("latest-release", "hotfix/v$fix", ("main",))
    assert (version.scheme, version.files, version.lock_files) == ("patch", ("Cargo.toml",), ("Cargo.lock",))
    assert version.changelog_entry.startswith("## [$fix] - $date\n\n### Fixed\n- Critical: ")


def test_commands_are_argument_lists_without_a_shell() -> None:
    """Nothing needs quoting, a pipe or a variable of a shell; placeholders are those an incident fills."""
    steps = [*ITEMS, *(step for rollback in PLAYBOOK.rollbacks for step in rollback.steps)]
    words = [word for step in steps for word in step.command]
    assert found("critical-tests").command[:4] == ("cargo", "test", "--test", "e2e_cli_tests")
    assert not any(set(word) & set("|;&<>`\n") or "$(" in word for word in words)
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert "--force" not in words


def test_advice_formats_templates_and_the_way_back() -> None:
    """Four dos and four don'ts, the source's messages, four documents and the update (S2.CHK.4, S2.TPL.1-4, S2.MSG.1-3, S2.GAT.1, S2.RBK.1-2)."""
    advice = next(p.advice for p in PLAYBOOK.phases if p.id == "fix")
    assert (len(advice.do), len(advice.dont)) == (4, 4)
    assert PLAYBOOK.formats.commit.startswith("fix(critical): $summary\n\nFixes #$issue\n")
    assert PLAYBOOK.formats.bump == "chore: bump version to $fix for hotfix"
    assert [line for line in PLAYBOOK.formats.tag.splitlines() if line] == [
        "Hotfix v$fix: $summary",
        "Fixes #$issue",
        "Critical fix for $symptom.",
        "See CHANGELOG.md for details.",
    ]
    assert {t.id for t in PLAYBOOK.templates} == {
        "update",
        "release-notes",
        "failure-issue",
        "known-issue",
        "yanked",
    }
    (back,) = PLAYBOOK.rollbacks
    assert [step.command[:3] for step in back.steps if step.command] == [
        ("git", "tag", "-d"),
        ("git", "push", "origin"),
    ]
    assert [(step.id, step.operation) for step in back.steps if step.operation] == [
        ("yank-version", "rollback")
    ]
    assert (len(back.steps), len(back.then)) == (5, 3)


ALL = {q.id: [a.key for a in q.answers] for q in PLAYBOOK.questions}
TABLE = [
    # danger, broken, reach, workaround, size: severity, decision
    ("y", "d", "f", "y", "n", "P0", "hotfix"),  # S2.SEV.1: data or security, whatever else
    ("?", "d", "f", "y", "n", "P0", "hotfix"),
    ("n", "a", "m", "n", "y", "P0", "hotfix"),  # S2.SEV.1: nobody can do the basics
    ("n", "a", "s", "n", "y", "P0", "hotfix"),
    ("n", "a", "m", "b", "y", "P0", "hotfix"),  # going back first, and still a hotfix
    ("n", "w", "m", "n", "y", "P0", "hotfix"),  # S2.USE.1: a regression that stops most people
    ("n", "a", "m", "y", "y", "P1", "next-release"),  # S2.GAT.3: there is a workaround
    ("n", "w", "m", "y", "y", "P1", "next-release"),  # S2.SEV.2
    ("n", "w", "m", "b", "y", "P1", "next-release"),
    ("n", "w", "s", "n", "y", "P1", "next-release"),
    ("n", "a", "f", "n", "y", "P1", "next-release"),  # S2.USE.3: fewer than 10 %
    ("n", "w", "f", "n", "y", "P1", "next-release"),
    ("n", "a", "m", "n", "n", "P1", "next-release"),  # S2.USE.3-4: too large
    ("n", "d", "m", "y", "y", "P2", "next-release"),  # S2.SEV.3
    ("n", "d", "f", "n", "n", "P2", "next-release"),
    ("?", "?", "?", "?", "?", "P0", "hotfix"),
    ("n", "?", "?", "?", "?", "P0", "hotfix"),
    ("n", "w", "?", "?", "?", "P0", "hotfix"),
    ("n", "d", "?", "?", "?", "P2", "next-release"),
    ("n", "?", "?", "y", "?", "P1", "next-release"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=["".join(row[:5]) for row in TABLE])
def test_the_decision_table(row: tuple[str, ...]) -> None:
    """Row by row what the source decides; "not sure" counts as the worse answer (S2.SEV.1-3, S2.USE.1-4, S2.GAT.3)."""
    verdict = judge(PLAYBOOK, dict(zip(ALL, row[:5], strict=True)))
    assert (verdict.severity, verdict.decision) == row[5:]


def test_only_a_p0_is_a_hotfix() -> None:
    """P1 and P2 stop the flow; going back is the first thing said where only that helps (S2.GAT.2)."""
    decisions = {s.id: s.decision for s in PLAYBOOK.severities}
    assert decisions == {"P0": "hotfix", "P1": "next-release", "P2": "next-release"}
    assert all(rule.decision is None for rule in PLAYBOOK.rules)
    back = judge(PLAYBOOK, {"danger": "n", "broken": "a", "workaround": "b"})
    assert "back to the release before" in back.rule


def test_the_questions_are_answered_with_single_letters() -> None:
    """Five questions, at most three answers each, short enough for a narrow screen."""
    assert len(PLAYBOOK.questions) == 5
    assert all(len(q.answers) <= 3 and len(q.short) <= 24 for q in PLAYBOOK.questions)


def played(playbook: Playbook) -> Scene:
    """The worked example as an incident, entering each phase at its stamp (S2.SCN.1)."""
    entered = {0: "assess", 15: "fix", 45: "test", 60: "merge", 75: "workflows", 100: "verify"}
    scene = Scene(Declare("The model loader crashes", answers={"danger": "n", "broken": "a"}), playbook)
    for moment in playbook.examples[0].moments:
        minute = (moment.at or timedelta(0)) // MINUTE
        scene.now = START + minute * MINUTE - timedelta(seconds=1)
        if minute in entered:
            scene.ask(EnterPhase(entered[minute], reason="as it was written down"))
    scene.ask(MarkMilestone("verified"))
    scene.now = START + 120 * MINUTE
    return scene


def test_the_worked_example_takes_two_hours() -> None:
    """Seven stamps from 09:00 to 11:00; on our clocks it meets its target to the minute (S2.SCN.1, S2.MET.1)."""
    (example,) = PLAYBOOK.examples
    assert [moment.text[:5] for moment in example.moments] == [
        "09:00",
        "09:15",
        "09:45",
        "10:00",
        "10:15",
        "10:40",
        "11:00",
    ]
    scene = played(PLAYBOOK)
    times = clocks(scene.incident, PLAYBOOK, scene.now)
    assert (scene.incident.severity, times.elapsed) == ("P0", timedelta(hours=2))
    assert times.target is not None
    assert times.target.left(scene.now) == timedelta(0)
    assert {c.phase.id: round(c.spent / MINUTE) for c in times.phases if c.spent} == {
        "assess": 15,
        "fix": 30,
        "test": 15,
        "merge": 15,
        "workflows": 25,
        "verify": 20,
    }
    assert [c.phase.id for c in times.phases if c.alarm == "over-limit"] == []


def test_the_ids_that_the_program_knows_are_there() -> None:
    """The update clock and the response clock look for these names (domain/clocks.py)."""
    assert PLAYBOOK.template("update") is not None
    assert {m.id for m in PLAYBOOK.milestones} >= {"detected", "acknowledged", "released", "verified"}
