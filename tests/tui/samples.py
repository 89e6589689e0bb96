"""A small playbook and what hangs on it, for pictures: every moment and every name is fixed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.codec import seal, to_ms
from hotfix_tui.domain.hlc import Stamp, tick
from hotfix_tui.domain.incident import extend, fold
from hotfix_tui.domain.playbook import (
    Advice,
    Answer,
    Flag,
    Item,
    Milestone,
    Phase,
    Playbook,
    Question,
    Rule,
    Severity,
)
from hotfix_tui.domain.rules import decide, declare
from hotfix_tui.operations.plan import Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case

NOW = datetime(2026, 11, 21, 3, 14, 50, tzinfo=UTC)
STARTED = datetime(2026, 11, 21, 3, 14, 2, tzinfo=UTC)
HOSTILE = "[/x] [red]"
"""The title that crashes whatever reads it as markup."""
EVIL = f"{HOSTILE} \x1b]52;c;ZXZpbA==\x07\x1b[31mred\u202e end"
"""The hostile title with escape sequences and a bidirectional control behind it."""

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
YES_NO = (Answer("y", "yes"), Answer("n", "no"))

SEVERITIES = (
    Severity(
        "P0",
        "Critical",
        "Nobody can work, or data is at risk.",
        "hotfix",
        HOUR,
        4 * HOUR,
        approvals=("release manager",),
        update_every=30 * MINUTE,
        testing="minimal: fix + smoke",
    ),
    Severity(
        "P1", "High", "A feature is broken for many.", "hotfix", 4 * HOUR, 24 * HOUR, update_every=2 * HOUR
    ),
    Severity("P2", "Medium", "There is a way around it.", "next-release", resolve_text="next release"),
)

QUESTIONS = (
    Question(
        "use",
        "Can people use the product at all?",
        (Answer("a", "nobody"), Answer("s", "some cannot"), Answer("w", "one feature broken")),
        "Can people use it?",
    ),
    Question("data", "Can data be lost, exposed or corrupted?", YES_NO, "Data lost or exposed?"),
    Question(
        "way", "Is there a workaround users can follow now?", (YES_NO[1], YES_NO[0]), "Workaround right now?"
    ),
    Question("back", "Would rolling back to v0.9.9 be faster than a fix?", YES_NO, "Rollback faster?"),
)

RULES = (
    Rule({"use": "a"}, "P0", "nobody can use the product"),
    Rule({"data": "y"}, "P0", "data can be lost"),
    Rule({"way": "n"}, "P1", "users are stuck without a workaround"),
    Rule({}, "P2", "users can go on"),
)

FIX = Phase(
    "fix",
    "Fix",
    target=30 * MINUTE,
    maximum=2 * HOUR,
    advice=Advice(("Change as little as possible.",), ("Refactor.", "Add features.")),
    items=(
        Item("branch", "Create hotfix branch from the release tag", operation="branch", estimate=2 * MINUTE),
        Item(
            "tests",
            "Run the full test suite",
            why="It shows that the fix broke nothing else.",
            hint="Run it on the hotfix branch, from a clean tree; about ten minutes on a laptop.",
            done_when="exit code 0 (recorded with its last 50 lines)",
            estimate=10 * MINUTE,
            command=("cargo", "test", "--all", "--", "--branch", "$branch"),
            evidence="the exit code",
            blocks="release",
            link="https://example.org/ci?branch=hotfix",
        ),
        Item("commit", "Commit with the issue number", command=("git", "commit", "-m", "$message")),
        Item("hand", "Check the failing case by hand", required=False, time_sensitive=True),
    ),
)

PLAYBOOK = Playbook(
    "caro",
    "caro hotfix",
    severities=SEVERITIES,
    flags=(Flag("telemetry", "Does the fix touch telemetry?"),),
    questions=QUESTIONS,
    rules=RULES,
    phases=(
        FIX,
        Phase("release", "Merge, tag, push", items=(Item("tag", "Push the tag", irreversible=True),)),
    ),
    milestones=(Milestone("cause", "cause found"), Milestone("mitigated", "mitigated")),
)


def case(*asked: i.Intent, title: str = "Vault unlock crash on Windows") -> Case:
    """A declared case on which these were asked, one a minute."""
    context = i.Context(NOW, "ops1", "w1")
    first = i.Declare(
        title,
        {"use": "w", "data": "y", "way": "n"},
        base="v1.0.0",
        fix="1.0.1",
        branch="hotfix/v1.0.1",
        lead="ops1",
    )
    drafts = declare(PLAYBOOK, first, context)
    stamp, seq, prev = Stamp(), 0, ""
    incident = None
    for minute, intent in enumerate((None, *asked)):
        now = NOW + minute * MINUTE
        if intent is not None:
            assert incident is not None
            drafts = decide(incident, PLAYBOOK, intent, i.Context(now, "ops1", "w1"))
        events = []
        for draft in drafts:
            seq, stamp = seq + 1, tick(stamp, to_ms(now))
            event = seal(
                draft,
                incident="HF-1121-0314",
                writer="w1",
                seq=seq,
                prev=prev,
                stamp=stamp,
                now=now,
                by="ops1",
            )
            prev = event.id
            events.append(event)
        incident = extend(incident, tuple(events)) if incident else fold(tuple(events))
    assert incident is not None
    return Case(incident, PLAYBOOK, seq)


def _nothing(_: Site) -> Standing:
    return Standing("not-done", "")


CREATE = PlannedStep(
    "create",
    "Create the branch at v1.0.0",
    ("git", "branch", "hotfix/v1.0.1", "9c41e07b2f6a0c8d1e5f4a3b2c1d0e9f8a7b6c5d"),
    "writes",
    "one new local branch: hotfix/v1.0.1 at 9c41e07",
    _nothing,
    level=1,
    inverse=("git", "branch", "-D", "hotfix/v1.0.1"),
    way_back="the branch can be deleted",
)
PUSH = PlannedStep(
    "push",
    "Push the branch",
    ("git", "push", "origin", "9c41e07b2f6a0c8d1e5f4a3b2c1d0e9f8a7b6c5d:refs/heads/hotfix/v1.0.1"),
    "writes",
    "origin gets 1 new branch: hotfix/v1.0.1",
    _nothing,
    level=2,
    inverse=("git", "push", "origin", ":refs/heads/hotfix/v1.0.1"),
    way_back="the branch can be deleted on origin",
)
TAG = PlannedStep(
    "tag",
    "Push the tag",
    ("git", "push", "origin", "refs/tags/v1.0.1"),
    "writes",
    "origin gets 1 new tag: v1.0.1 -> 9c41e07",
    _nothing,
    level=3,
    way_back="hard: users may fetch it within seconds (see rollback)",
)
FINDINGS = (
    Finding(True, "tree clean"),
    Finding(True, "tests passed 03:58Z"),
    Finding(False, "CHANGELOG has no 1.0.1 section", blocks=False),
)


def plan(
    *steps: PlannedStep, word: str = "", findings: tuple[Finding, ...] = FINDINGS, title: str = ""
) -> Plan:
    """A plan of these steps."""
    return Plan(
        "branch",
        title or steps[-1].title,
        "The fix starts from what users have, not from main.",
        {},
        steps,
        findings,
        word,
    )
