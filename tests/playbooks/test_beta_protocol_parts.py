from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from hotfix_tui.domain.availability import reach
from hotfix_tui.domain.templates import NAMES, fill, missing
from tests.playbooks.beta_protocol import HOUR, LISTED, MINUTE, PLAYBOOK, found
from tests.small_playbook import START


def test_severities_with_the_matrix() -> None:
    """Clocks in hours, decision, depth of testing and channels of all four (S3.SEV.1-4, S3.SEV.6, S3.TRP.2-3, S3.PHA.9, S3.TST.1-2, S3.COM.4)."""
    assert [
        (s.id, s.decision, *(t and t // HOUR for t in (s.respond, s.resolve_least, s.resolve)))
        for s in PLAYBOOK.severities
    ] == [
        ("P0", "hotfix", 1, None, 4),
        ("P1", "hotfix", 4, 12, 24),
        ("P2", "next-release", None, None, None),
        ("P3", "backlog", None, None, None),
    ]
    assert [len(s.examples) for s in PLAYBOOK.severities] == [5, 4, 4, 0]
    assert [(len(s.tests), len(s.tests_optional)) for s in PLAYBOOK.severities[:2]] == [(4, 3), (5, 1)]
    assert [len(s.channels) for s in PLAYBOOK.severities] == [4, 3, 1, 0]
    assert all(s.testing and s.communication for s in PLAYBOOK.severities)
    assert (len(PLAYBOOK.use_when), len(PLAYBOOK.not_when)) == (6, 5)


def test_whom_it_is_for_and_how_long_it_takes() -> None:
    """Engineers and the release manager; P0 and P1 of a beta; from the bug to the release in hours (S3.USE.3)."""
    assert PLAYBOOK.audience == "the engineers and the release manager"
    assert "P0 and P1" in PLAYBOOK.scope
    assert PLAYBOOK.budget is not None
    assert (PLAYBOOK.budget.target, PLAYBOOK.budget.maximum) == (4 * HOUR, 6 * HOUR)


def test_ten_templates_and_the_update_fill_in() -> None:
    """Each fills from the incident; what is left over is for a person, and stays visible (S3.TPL.1-10)."""
    assert [t.id for t in PLAYBOOK.templates] == [
        "update", "issue", "team-notice", "cause", "regression-test", "changelog", "release-notes", "beta-mail",
        "discussion", "social", "postmortem-notice",
    ]  # fmt: skip
    known = {name: f"<{name}>" for name in NAMES}
    for template in PLAYBOOK.templates:
        text = fill(f"{template.subject}\n{template.body}", known)
        assert not NAMES & set(re.findall(r"\$\{?(\w+)", text)), template.id
        left = missing(f"{template.subject}\n{template.body}", known)
        assert "$" not in fill(text, dict.fromkeys(left, "given")), template.id
    notes = PLAYBOOK.template("release-notes")
    assert notes is not None
    assert len(re.findall(r"^#+ ", notes.body, re.MULTILINE)) == 7
    assert PLAYBOOK.version.changelog_entry == getattr(PLAYBOOK.template("changelog"), "body", "")


def test_items_send_the_templates_that_they_name() -> None:
    """Nine of the ten belong to an item; no template but the update's is nobody's (S3.TPL.1-10)."""
    used = {item.template for item in LISTED if item.template}
    assert {t.id for t in PLAYBOOK.templates} - used == {"update"}


def test_formats_and_guards() -> None:
    """The messages of fix, version and tag, and the guards that hold them (S3.MSG.1-3, S3.GAT.6, S3.BRA.1)."""
    formats = PLAYBOOK.formats
    assert [line.split(":")[0] for line in formats.commit.splitlines() if line] == [
        "fix(critical)", "Fixes #$issue", "Root Cause", "Impact", "Fix", "Tested",
        "- Unit tests", "- Manual verification", "- Regression test added",
    ]  # fmt: skip
    assert (formats.bump, formats.tag) == ("chore: Bump version to v$fix", "Hotfix: $summary (#$issue)")
    guards = {guard.kind: guard for guard in PLAYBOOK.guards}
    assert set(guards) == {"dependency-change", "formatting-change", "commit-message", "branch-name"}
    known = {"summary": "stop the crash", "fix": "1.1.0-beta.1"}
    for text in (formats.commit, formats.bump):
        assert re.match(guards["commit-message"].pattern, fill(text, known))
    assert re.match(guards["branch-name"].pattern, fill(PLAYBOOK.git.branch, known))
    assert {guard.level for guard in PLAYBOOK.guards} == {"warn"}


def test_git_and_version_rules() -> None:
    """From a named tag to the next counter, in three files, and back to main (S3.BRA.1, S3.VER.1-5, S3.TRP.6)."""
    git, version = PLAYBOOK.git, PLAYBOOK.version
    assert (git.base, git.branch) == ("named-tag", "hotfix/v$fix")
    assert (git.merge_back, git.delete_branch) == (("main",), True)
    assert (version.scheme, version.suffix) == ("pre-release-counter", "beta")
    assert (version.files, version.lock_files) == (("Cargo.toml", "src/version.rs"), ("Cargo.lock",))
    assert version.patterns == {"src/version.rs": 'const VERSION: &str = "$version"'}
    assert " - HOTFIX\n" in version.changelog_entry
    assert [m.id for m in PLAYBOOK.milestones if m.required] == ["released", "merged-back"]


def test_commands_are_argument_lists_without_a_shell() -> None:
    """Nothing needs a shell; what hotfix does itself is named (S3.VER.1-6, S3.GIT.1, S3.CMD.1-2)."""
    commands = {item.id: item.command for item in PLAYBOOK.all_items() if item.command}
    words = [word for command in commands.values() for word in command]
    assert not any(set(word) & set("|;&<>`\n") or "$(" in word for word in words)
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert {item.id: item.operation for item in LISTED if item.operation} == {
        "branched": "branch",
        "fix-committed": "commit",
        "version-raised": "bump",
        "changelog-written": "changelog",
        "version-committed": "commit-version",
        "tag-pushed": "tag",
        "crate-published": "publish",
        "release-created": "release",
    }


def test_five_scenario_cards() -> None:
    """Severity, first actions and their minutes, and the hours to the release (S3.SCN.1-5)."""
    assert [
        (s.id, s.severity, len(s.actions), (s.first_within or HOUR) // MINUTE, (s.resolve or HOUR) // HOUR)
        for s in PLAYBOOK.scenarios
    ] == [
        ("privacy-breach", "P0", 5, 15, 2),
        ("destructive-commands", "P0", 4, 30, 4),
        ("crash-at-start", "P0", 4, 30, 4),
        ("one-platform-only", "P1", 4, 60, 24),
        ("backend-broken", "P1", 4, 60, 24),
    ]
    assert all(s.communication for s in PLAYBOOK.scenarios)
    told = found("all-told-of-breach").due
    assert told is not None
    assert told.within == 15 * MINUTE


def test_contacts_hold_for_the_days_of_the_beta() -> None:
    """Three of them, out of date the day after; four rungs at either severity, the first at once (S3.ESC.1-3)."""
    assert [c.role for c in PLAYBOOK.contacts] == ["release-manager", "lead-engineer", "backup-engineer"]
    assert {(c.valid_from, c.valid_until) for c in PLAYBOOK.contacts} == {
        (date(2026, 1, 13), date(2026, 1, 24))
    }
    last = START.replace(month=1, day=24)
    for contact in PLAYBOOK.contacts:
        assert [reach(contact, last + timedelta(days=n)) for n in (0, 1)] == ["unknown", "outdated"]
    for severity, minutes in (("P0", [None, 15, 30, 45]), ("P1", [None, 60, 120, 180])):
        rungs = [rung for rung in PLAYBOOK.escalations if rung.when.holds(severity, ())]
        assert [rung.after and rung.after // MINUTE for rung in rungs] == minutes


def test_the_review_asks_in_five_groups() -> None:
    """Three ways of detection, three numbers, two causes, three preventions, three about words (S3.PMT.2)."""
    form = PLAYBOOK.postmortem
    assert Counter(field.group for field in form.fields) == {
        "Detection": 1, "Response": 3, "Root cause": 2, "Prevention": 3, "Communication": 3,
    }  # fmt: skip
    assert len(form.fields[0].choices) == 3
    assert form.severities == ("P0", "P1")


def test_metrics_and_the_six_criteria_of_success() -> None:
    """Three times are computed, six answers are asked at the end (S3.MET.1, S3.MET.3)."""
    assert [(m.until, m.limit and m.limit // HOUR) for m in PLAYBOOK.metrics] == [
        ("acknowledged", 1), ("fixed", None), ("released", 4),
    ]  # fmt: skip
    assert [(c.kind, c.expect or c.at_least) for c in PLAYBOOK.criteria] == [
        ("yes-no", "yes"), ("yes-no", "yes"), ("yes-no", "yes"), ("number", 80), ("yes-no", "yes"), ("yes-no", "yes"),
    ]  # fmt: skip
