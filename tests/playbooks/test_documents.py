from __future__ import annotations

import re

import pytest

from hotfix_tui.domain.postmortem import render
from tests.playbooks.built_in import PLAYBOOKS
from tests.playbooks.test_every_playbook import declared

PARTS = [
    # S0.TPL.1-4
    ("S0", "acknowledgement", "Status**: investigating | $impact | $workaround | within 4 hours"),
    ("S0", "beta-available", "#$issue | $prerelease | $explanation | Please update, and tell us"),
    ("S0", "stable-release", "$product $fix | $summary (#$issue) | releases page"),
    (
        "S0", "postmortem",
        ("Date | Severity | $hours hours | Summary | $reported | $triaged | $identified | $beta | $stable | Root cause | "
        "Resolution | Prevention | $well | $better"),
    ),
    # S1.TPL.1-3
    (
        "S1", "team-notification",
        ("Issue | Severity | Impact | $eta | $base to v$fix | What you do | noticed | root cause | fix: | tested | 1. | 4. "
        "| Release manager: $release_manager"),
    ),
    (
        "S1", "user-update",
        ("What happened | Whom it hits | npm install -g | CVE | affected | fixed in | your data | noticed | out: | "
        "total time | $contact"),
    ),
    (
        "S1", "review",
        ("Date | Duration | Severity | Impact | Timeline (UTC) | $reported | $confirmed | $branched | $fixed | $deployed | "
        "Root cause | Resolution | went well | could be better | $actions | Prevention"),
    ),
    # S2.TPL.1-4
    (
        "S2", "release-notes",
        ("What was fixed | $cause | $impact | $explanation | Who should upgrade | How to upgrade | cargo install | the file "
        "for your platform | How to check | Fixes #$issue | How to go back | $previous"),
    ),
    ("S2", "failure-issue", "[HOTFIX FAILED] v$fix introduced a regression"),
    ("S2", "known-issue", "Symptoms | Root cause | Fix | Prevention | Fixed in: v$fix"),
    ("S2", "yanked", "YANKED | Stay on $base"),
    # S3.TPL.1-10
    (
        "S3", "issue",
        "[$severity] | Severity | $share % | Discovered | Platform | Version | Reproduction | Expected | Actual | Logs",
    ),
    ("S3", "team-notice", "$severity BUG | Severity | Impact | #$issue | due $due | Assignee: $lead"),
    ("S3", "cause", "Component | Introduced in | Cause | Why nothing caught it"),
    ("S3", "regression-test", "#[test] | arrange and act | assert"),
    ("S3", "changelog", "- HOTFIX | $summary (#$issue) | Impact | Root cause | Fix: | Recommendation"),
    (
        "S3", "release-notes",
        "Critical Hotfix | $symptom | $impact | Should I upgrade | How to install | What changed | #$issue | @$reporter",
    ),
    ("S3", "beta-mail", "$symptom | $impact | upgrade now | --force | What changed | How to check | Thank you | $lead"),
    ("S3", "discussion", "$symptom | Our advice | How to install | $release_url | #$issue | @$reporter"),
    ("S3", "social", "v$fix | please upgrade | --force | $release_url"),
    ("S3", "postmortem-notice", "What happened | Root cause | Why nothing caught it | $regression_test | $prevention"),
    # S4.TPL.1-2, S4.TPL.5, S4.TPL.7
    ("S4", "declaration", "Severity | $users | $revenue | Started | Incident commander"),
    (
        "S4", "spec",
        ("Severity | Problem | users | revenue | since | Root cause | Minimal fix | Files | Verification | Rollback plan | "
        "Afterwards"),
    ),
    ("S4", "deployed", "HOTFIX DEPLOYED | Version | Deployed | Verification | $postmortem"),
    ("S4", "rolled-back", "ROLLED BACK | $base | $next"),
]  # fmt: skip
"""Every message and document with the parts that the source gives it, in its order."""


@pytest.mark.parametrize(("source", "id", "parts"), PARTS, ids=[f"{s}-{id}" for s, id, _ in PARTS])
def test_a_document_has_its_parts(source: str, id: str, parts: str) -> None:
    """All of them, in order (S0.TPL.1-4, S1.TPL.1-3, S2.TPL.1-4, S3.TPL.1-10, S4.TPL.1-2, S4.TPL.5, S4.TPL.7, X.9)."""
    template = PLAYBOOKS[source].template(id)
    assert template is not None
    text, at = f"{template.subject}\n{template.body}", 0
    for part in parts.split(" | "):
        at = text.find(part, at)
        assert at >= 0, part
        at += len(part)


def test_no_document_of_a_source_is_missing() -> None:
    """25 templates; a commit, a pull request and a post-mortem of S4 are formats and a form (X.9)."""
    ours = {"update", "rolled-back", "status-page"}
    named = {(source, id) for source, id, _ in PARTS}
    there = {(source, t.id) for source, playbook in PLAYBOOKS.items() for t in playbook.templates}
    assert {(s, id) for s, id in there - named if id not in ours} == set()
    assert len(named) + 3 == 28


def test_one_notation_of_placeholders() -> None:
    """The five notations of the sources are one: $name, and nothing is left of the others (X.9, S2.TRP.1)."""
    for playbook in PLAYBOOKS.values():
        texts = [t.subject + t.body for t in playbook.templates]
        texts += [getattr(playbook.formats, key) for key in playbook.formats.__slots__]
        texts += [playbook.git.branch, *(form.branch for form in playbook.git.branches)]
        left = [
            w
            for text in texts
            for w in re.findall(r"X\.Y\.Z\S*|____|#XXX|<[a-z ]+>|(?<!#)\[[a-z -]{2,}\]", text)
        ]
        assert left == []


AUDIENCES = {
    # S0.COM.2
    ("S0", "beta-available"): ("beta testers and whoever reported it", "GitHub"),
    ("S0", "stable-release"): ("users", "GitHub release"),
    ("S0", "rolled-back"): ("beta testers or users", "GitHub release"),
    # S1.COM.2
    ("S1", "team-notification"): ("the team", "emergency channel"),
    ("S1", "user-update"): ("users", "e-mail"),
    # S3.COM.4
    ("S3", "beta-mail"): ("beta testers", "mail"),
    ("S3", "discussion"): ("everybody who uses it", "discussions"),
    ("S3", "social"): ("the public", "social media"),
    ("S3", "release-notes"): ("users", "forge release"),
    # S4.COM.1
    ("S4", "declaration"): ("the whole team", "#incidents"),
    ("S4", "deployed"): ("stakeholders", "#incidents"),
    ("S4", "status-page"): ("customers", "status page"),
}


@pytest.mark.parametrize("key", AUDIENCES, ids="-".join)
def test_every_message_says_whom_it_is_for_and_where_it_goes(key: tuple[str, str]) -> None:
    """Audience and channel (S0.COM.2, S1.COM.2, S3.COM.4, S4.COM.1)."""
    source, id = key
    template = PLAYBOOKS[source].template(id)
    assert template is not None
    assert (template.audience, template.channel) == AUDIENCES[key]


@pytest.mark.parametrize(
    ("source", "sections"),
    [
        ("S0", ("What was the root cause?", "What went well?")),
        ("S1", ("What was the root cause?", "What could be better?", "Scan for holes automatically")),
        ("S2", ("What did people see?", "What prevents it from now on?")),
        ("S3", ("How was the bug found?", "Time until it was acknowledged", "Was a test added?")),
        (
            "S4",
            (
                "What was the root cause?",
                "How was it found?",
                "How many users were affected?",
                "Update the runbook.",
            ),
        ),
    ],
)
def test_the_post_mortem_asks_what_its_playbook_asks(source: str, sections: tuple[str, ...]) -> None:
    """Questions, fields and actions of the form are in the document (S3.PMT.2, S1.CHK.5, S4.CHK.10, S4.TPL.6, X.10)."""
    scene = declared(source)
    text = render(scene.incident, scene.playbook, scene.now).text
    assert [section for section in sections if section not in text] == []
