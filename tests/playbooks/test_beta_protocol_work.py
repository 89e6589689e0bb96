from __future__ import annotations

from datetime import timedelta

from tests.playbooks.beta_protocol import HOUR, LISTED, MINUTE, PLAYBOOK, found, phase


def test_eight_phases_with_the_times_of_the_source() -> None:
    """Range and maximum are the source's, minute for minute; phases 1 to 6 aim at the lower end (S3.PHA.1-8, S3.TRP.5)."""
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


def test_the_blockers_and_their_rules() -> None:
    """Stop at P2, approval, tests, personal data, five yeses, smoke test; each says its rule (S3.GAT.1-4, S3.GAT.7, S3.TRP.4)."""
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
    assert {s.approvals for s in PLAYBOOK.severities if s.decision == "hotfix"} == {("second-engineer",)}


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
    """A day for the follow-up, two for adoption, regressions and the review (S3.COM.2, S3.PMT.1, S3.PMT.3-4, S3.MET.2)."""
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
        assert template.due is None  # it would be told twice
    assert found("testers-mailed").time_sensitive


def test_values_and_what_is_looked_at_again_and_again() -> None:
    """Issues every four hours for a day, four in five on the new version, ten variations (S3.COM.3, S3.MET.2, S3.TST.3)."""
    watch, adoption, varied = found("issues-watched"), found("adoption-tracked"), found("bug-varied")
    assert (watch.kind, watch.every, watch.lasts) == ("recurring", 4 * HOUR, 24 * HOUR)
    assert (adoption.kind, adoption.at_least, adoption.unit) == ("number", 80, "%")
    assert (varied.kind, varied.at_least) == ("number", 10)


def test_places_and_times_that_only_a_hint_says() -> None:
    """Three places, half an hour for the testers, an hour for an answer, the effect's signs (S3.TST.3-4, S3.COM.3, S3.MET.4)."""
    places = {item.id for item in LISTED if item.under == "tested-elsewhere"}
    assert places == {"macos-tested", "linux-tested", "clean-tested"}
    assert "within 30 minutes" in found("testers-confirmed").hint
    assert "within an hour" in found("issues-watched").hint
    assert len(found("effect-verified").asks) == 3
