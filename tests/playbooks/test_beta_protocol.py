from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.domain.availability import reach
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.domain.templates import NAMES, fill, missing
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS
from tests.small_playbook import START

SOURCE = (BUILT_IN / "beta-protocol.toml").read_text()
PLAYBOOK = read(SOURCE, "beta-protocol.toml", Names(operations=tuple(OPERATIONS)))
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LISTED = tuple(item for item in PLAYBOOK.all_items() if item.checklist)

AREAS = {
    "USE": 3, "SEV": 6, "PHA": 10, "CHK": 26, "BRA": 1, "VER": 6, "GIT": 1, "MSG": 3, "GAT": 7, "TST": 4,
    "TPL": 10, "COM": 4, "ESC": 3, "RBK": 1, "PMT": 4, "SCN": 5, "MET": 4, "CMD": 2, "TRP": 10,
}  # fmt: skip
"""How many demands the source makes in each area."""

COUNTS = {
    "phase-1": 5, "phase-2": 4, "phase-3": 6, "phase-4": 20, "phase-5": 5, "phase-6": 4, "phase-7": 5, "phase-8": 4,
    "scenario-1": 5, "scenario-2": 4, "scenario-3": 4, "scenario-4": 4, "scenario-5": 4,
    "tests-p0": 4, "tests-p1": 5, "lessons": 4,
    "summary-1": 5, "summary-2": 4, "summary-3": 6, "summary-4": 5, "summary-5": 4, "summary-6": 4, "summary-7": 4,
    "summary-8": 4,
}  # fmt: skip
"""How many boxes the source has in each of its 24 groups (S3.CHK.1-24)."""


def found(id: str) -> Item:
    """The item with this id."""
    item = PLAYBOOK.item(id)
    assert item is not None
    return item


def phase(id: str) -> Phase:
    """The phase with this id."""
    at = PLAYBOOK.phase(id)
    assert at is not None
    return at


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 110 ids stands in a comment of the file, ranges spelt out; none is invented."""
    comments = "\n".join(re.findall(r"#[^\n]*", SOURCE))
    named = set(re.findall(r"S3\.[A-Z]+\.\d+", comments))
    assert named == {f"S3.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}
    assert len(named) == 110


def test_24_checklists_of_123_items() -> None:
    """Every group has the source's number of boxes (S3.CHK.1-24)."""
    assert {c.id: sum(item.checklist == c.id for item in LISTED) for c in PLAYBOOK.checklists} == COUNTS
    assert len({item.id for item in LISTED}) == len(LISTED) == 123


def test_only_the_way_back_has_items_beyond_the_source() -> None:
    """What stands in no checklist is ours: the four steps of the way back that the source lacks (S3.RBK.1)."""
    (back,) = PLAYBOOK.rollbacks
    assert [item.id for item in PLAYBOOK.all_items() if not item.checklist] == [s.id for s in back.steps]
    assert (back.kind, len(back.steps)) == ("user-downgrade", 4)


def test_a_list_stands_in_its_own_phase() -> None:
    """List number n and its short form are items of phase number n; tests and lessons where they are done."""
    places = {
        item.checklist: number for number, at in enumerate(PLAYBOOK.phases, start=1) for item in at.items
    }
    assert places == {
        **{f"{name}-{number}": number for number in range(1, 9) for name in ("phase", "summary")},
        "tests-p0": 4,
        "tests-p1": 4,
        "lessons": 8,
    }


def test_fifteen_parts_under_four_items() -> None:
    """The nested boxes of phase 4, each under its whole (S3.CHK.4)."""
    assert Counter(item.under for item in LISTED if item.under) == {
        "tested-here": 4,
        "tested-elsewhere": 3,
        "privacy-audited": 3,
        "verified-finally": 5,
    }


def short() -> tuple[Item, ...]:
    """The 36 lines of the summary."""
    return tuple(item for item in LISTED if item.checklist.startswith("summary-"))


def test_the_summary_is_36_twins_of_the_38_detailed_items() -> None:
    """Each short line has one detailed twin in its own phase; two detailed ones have none (S3.CHK.17-24, S3.TRP.10)."""
    detailed = [item for item in LISTED if item.checklist.startswith("phase-") and not item.under]
    twins = [item.twin for item in short()]
    assert (len(detailed), len(twins), len(set(twins))) == (38, 36, 36)
    assert {item.id for item in detailed} - set(twins) == {"version-committed", "postmortem-told"}
    for item in short():
        assert found(item.twin).checklist == item.checklist.replace("summary", "phase")


def test_a_short_line_applies_with_its_twin_and_holds_nothing_up() -> None:
    """The same answer, condition and role as its twin; neither a gate nor closing counts the work twice."""
    same = ("when", "choices", "expect", "at_least", "unit", "role", "irreversible")
    for item in short():
        twin = found(item.twin)
        assert (item.required, item.blocks, item.evidence) == (False, "", ""), item.id
        assert all(getattr(item, key) == getattr(twin, key) for key in same), item.id
        assert item.kind == ("task" if twin.kind == "recurring" else twin.kind), item.id


def test_no_deadline_is_told_twice_and_no_short_line_comes_early() -> None:
    """A short line waits as long as its twin's wait or rounds, and has neither deadline nor rounds (S3.CHK.24)."""
    for item in short():
        twin = found(item.twin)
        earliest = (twin.due.wait if twin.due else None) or twin.lasts
        assert (item.due.wait if item.due else None) == earliest, item.id
        assert item.due is None or item.due.within is None, item.id


def test_what_a_p1_tests_again_is_asked_once() -> None:
    """Four lines of the test lists are twins of work that another line asks for (S3.CHK.14-15)."""
    tests = [item for item in LISTED if item.checklist.startswith("tests-")]
    assert {item.id: item.twin for item in tests if item.twin} == {
        "fix-reproduced": "works-by-hand",
        "p1-suite": "suite-passed-again",
        "p1-neighbours": "neighbours-tested",
        "p1-testers": "testers-confirmed",
    }
    assert all(item.when.severities == ("P1",) for item in tests if item.checklist == "tests-p1")


def test_thirteen_conditional_boxes() -> None:
    """Eleven by severity or flag, two judged at the line itself and therefore optional (S3.CHK.25)."""
    boxes = {
        item.id: (item.when.severities, item.when.flags)
        for item in LISTED
        if (item.when.severities or item.when.flags) and item.checklist != "tests-p1"
        and (not item.under or item.when.flags != ("telemetry",))
    }  # fmt: skip
    assert boxes == {
        "macos-tested": ((), ("every-platform",)),
        "testers-confirmed": (("P0",), ("beta",)),
        "privacy-audited": ((), ("telemetry",)),
        "platform-green": ((), ("one-platform",)),
        "own-platform-tested": ((), ("one-platform",)),
        "short-testers-confirmed": (("P0",), ("beta",)),
        "short-privacy-audited": ((), ("telemetry",)),
        "social-posted": (("P0",), ()),
        "postmortem-told": (("P0",), ()),
        "short-social-posted": (("P0",), ()),
        "audit-ordered": ((), ("pii-sent",)),
    }
    optional = [i.id for i in LISTED if not i.required and not i.twin]
    assert optional == ["preflight-updated", "protocol-updated"]
    assert len(boxes) + len(optional) == 13


def test_parts_of_the_audit_come_and_go_with_it() -> None:
    """No part of the privacy audit stands there without telemetry (S3.GAT.3)."""
    parts = [item for item in LISTED if item.under == "privacy-audited"]
    assert all(part.when == found("privacy-audited").when for part in parts)


def test_a_flag_for_every_condition() -> None:
    """Every flag decides something, and each is a question that can be answered with yes or no."""
    used = {flag for item in PLAYBOOK.all_items() for flag in item.when.flags}
    assert used == {flag.id for flag in PLAYBOOK.flags}
    assert all(flag.text.endswith("?") for flag in PLAYBOOK.flags)


def test_eight_phases_with_the_times_of_the_source() -> None:
    """Range and maximum are the source's, minute for minute; phases 1 to 6 aim at the lower end (S3.PHA.1-8)."""
    assert [
        (p.id, *(t and t // MINUTE for t in (p.least, p.target, p.maximum))) for p in PLAYBOOK.phases
    ] == [
        ("discover", None, 30, 30),
        ("cause", 30, 30, 60),
        ("fix", 60, 60, 120),
        ("test", 60, 60, 120),
        ("prepare", 30, 30, 60),
        ("deploy", 30, 30, 60),
        ("tell", 30, None, 60),
        ("monitor", 1440, None, 2880),
    ]
    assert phase("monitor").minimum_wait == 24 * HOUR
    assert phase("monitor").opens is not None


def test_every_phase_says_its_goal() -> None:
    """A goal, as one sentence (S3.PHA.10)."""
    assert all(p.goal.endswith(".") and len(p.goal) <= 80 for p in PLAYBOOK.phases)


def test_a_p0_can_be_out_within_its_four_hours() -> None:
    """The targets up to the release make the P0's clock; the source's 8.5 hours do not (S3.TRP.1, S3.PHA.9)."""
    critical = PLAYBOOK.severity("P0")
    assert critical is not None
    assert PLAYBOOK.budget is not None
    released = sum((p.target or timedelta(0) for p in PLAYBOOK.phases), timedelta(0))
    assert released == critical.resolve == PLAYBOOK.budget.target == 4 * HOUR
    most = sum((p.maximum or timedelta(0) for p in PLAYBOOK.phases[:7]), timedelta(0))
    assert most == 510 * MINUTE > PLAYBOOK.budget.maximum == 6 * HOUR


def test_the_estimates_are_the_source_s_and_fit_the_maxima() -> None:
    """Item by item in minutes; 418 up to the end of the communication (S3.CHK.1-7, S3.TRP.1)."""
    times = {
        p.id: [item.estimate // MINUTE for item in p.items if item.estimate] for p in PLAYBOOK.phases
    }  # fmt: skip
    assert times == {
        "discover": [5, 5, 5, 5, 10],
        "cause": [30, 10, 20],
        "fix": [2, 60, 30, 10, 10, 2],
        "test": [30, 30, 30, 30],
        "prepare": [5, 10, 15, 2, 10],
        "deploy": [2, 5, 10, 5],
        "tell": [10, 10, 10],
        "monitor": [],
    }
    assert sum(map(sum, times.values())) == 418
    assert all(sum(times[p.id]) * MINUTE <= p.maximum for p in PLAYBOOK.phases if p.maximum)


def test_every_detailed_item_says_why_or_asks() -> None:
    """At three in the morning a line without its reason is skipped; the short lines borrow their twin's."""
    bare = [
        item.id
        for item in LISTED
        if item.checklist.startswith("phase-") and not item.under and not (item.why or item.asks)
    ]  # fmt: skip
    assert [id for id in bare if id != "adoption-tracked"] == []
    assert len(found("cause-searched").asks) == len(found("fix-designed").asks) == 4  # S3.CHK.26


def test_the_texts_fit_a_narrow_checklist() -> None:
    """One line each, at most 56 characters."""
    assert [item.id for item in PLAYBOOK.all_items() if len(item.text) > 56] == []


def test_the_blockers_and_their_rules() -> None:
    """Stop at P2, approval, tests, personal data, five yeses, smoke test; each says its rule (S3.GAT.1-4, S3.GAT.7)."""
    blockers = {item.id: item.blocks for item in LISTED if item.blocks}
    assert blockers == {
        "hotfix-decided": "cause",
        "design-approved": "fix",
        "suite-passed": "test",
        **dict.fromkeys(
            (
                "suite-passed-again",
                "privacy-audited", "no-personal-data", "privacy-tests-passed", "events-reviewed",
                "bug-gone", "nothing-broken", "tests-green", "hand-tests-green", "platform-green",
            ),
            "prepare",
        ),
        "smoke-passed": "deploy",
        "publication-verified": "tell",
    }  # fmt: skip
    assert all(found(id).rule.endswith(".") for id in blockers)
    approval = found("design-approved")
    assert (approval.kind, approval.role) == ("approval", "second-engineer")


def test_the_final_questions_want_yes() -> None:
    """Five questions to be answered with yes (S3.GAT.7), and one about personal data (S3.GAT.3)."""
    final = [item for item in LISTED if item.under == "verified-finally"]
    assert [(item.kind, item.expect) for item in final] == [("yes-no", "yes")] * 5
    assert (found("no-personal-data").kind, found("no-personal-data").expect) == ("yes-no", "yes")


def test_publishing_cannot_be_undone_and_wants_the_dry_run_read() -> None:
    """The mark, the question and the evidence (S3.CHK.6, S3.GAT.5)."""
    publish = found("crate-published")
    assert publish.irreversible
    assert publish.evidence
    assert "dry-run" in publish.asks[0]
    assert "dry run" in found("smoke-passed").asks[2]
    assert [i.id for i in LISTED if i.irreversible] == [
        "crate-published", "short-crate-published", "gathered-deleted",
    ]  # fmt: skip


def window(id: str) -> tuple[str, int, int]:
    """What an item's window counts from, and its hours: not before, and at the latest."""
    due = found(id).due
    assert due is not None
    return due.after, (due.wait or timedelta(0)) // HOUR, (due.within or timedelta(0)) // HOUR


def test_windows_count_from_the_release() -> None:
    """A day for the follow-up, two for adoption, regressions and the review (S3.COM.2, S3.PMT.1, S3.PMT.3, S3.MET.2)."""
    assert window("upgrades-checked") == ("released", 24, 48)
    assert window("postmortem-told") == ("released", 24, 0)
    assert window("effect-verified") == ("released", 24, 48)
    assert window("regressions-watched") == ("released", 48, 0)
    assert window("adoption-tracked") == ("released", 0, 48)
    assert {window(item.id) for item in LISTED if item.checklist == "lessons"} == {("released", 0, 48)}
    assert [item.id for item in LISTED if item.debt] == ["upgrades-checked", "postmortem-told"]


def test_the_messages_go_out_within_half_an_hour_of_the_release() -> None:
    """Mail, discussions and social media; the mail is the one that is marked (S3.COM.1, S3.CHK.7)."""
    for id in ("testers-mailed", "discussion-posted", "social-posted"):
        item = found(id)
        template = PLAYBOOK.template(item.template)
        assert item.due is not None
        assert template is not None
        assert (item.due.after, item.due.within) == ("released", 30 * MINUTE)
        assert template.due == item.due
    assert found("testers-mailed").time_sensitive


def test_values_and_what_is_looked_at_again_and_again() -> None:
    """Issues every four hours for a day, four in five on the new version, ten variations (S3.COM.3, S3.MET.2, S3.TST.3)."""
    watch, adoption, varied = found("issues-watched"), found("adoption-tracked"), found("bug-varied")
    assert (watch.kind, watch.every, watch.lasts) == ("recurring", 4 * HOUR, 24 * HOUR)
    assert (adoption.kind, adoption.at_least, adoption.unit) == ("number", 80, "%")
    assert (varied.kind, varied.at_least) == ("number", 10)


def test_severities_with_the_matrix() -> None:
    """Clocks in hours, decision, depth of testing and channels of all four (S3.SEV.1-4, S3.SEV.6, S3.TRP.2-3)."""
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
    """Nothing needs a shell; the version's commit names exactly four files (S3.VER.6, S3.GIT.1, S3.CMD.1-2)."""
    commands = {item.id: item.command for item in PLAYBOOK.all_items() if item.command}
    words = [word for command in commands.values() for word in command]
    assert not any(set(word) & set("|;&<>`\n") or "$(" in word for word in words)
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert commands["version-committed"][5:] == ("Cargo.toml", "Cargo.lock", "CHANGELOG.md", "src/version.rs")
    assert commands["tag-pushed"][3:] == ("refs/heads/$branch", "refs/tags/v$fix")
    assert commands["release-created"][:3] == ("gh", "release", "create")
    assert {item.id: item.operation for item in LISTED if item.operation} == {"branched": "branch"}


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
    """Three of them, out of date the day after; four rungs, the first at once (S3.ESC.1-3)."""
    assert [c.role for c in PLAYBOOK.contacts] == ["release-manager", "lead-engineer", "backup-engineer"]
    assert {(c.valid_from, c.valid_until) for c in PLAYBOOK.contacts} == {
        (date(2026, 1, 13), date(2026, 1, 24))
    }
    last = START.replace(month=1, day=24)
    for contact in PLAYBOOK.contacts:
        assert [reach(contact, last + timedelta(days=n)) for n in (0, 1)] == ["unknown", "outdated"]
    assert [rung.after and rung.after // MINUTE for rung in PLAYBOOK.escalations] == [None, 15, 30, 45]


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


def test_nothing_of_the_source_s_damage_is_left() -> None:
    """Plain ASCII but for our own quotes: no damaged characters, no heading leaked from a fence (S3.TRP.8-9)."""
    assert {character for character in SOURCE if not character.isascii()} <= set("“”")
    assert "sed -i" not in SOURCE
