from __future__ import annotations

import pytest

from tests.playbooks.built_in import PLAYBOOKS, everything

LISTS = {
    "S0": {
        "triage": "severity area type reproduced affected workaround-told",
        "release": "beta-version changelog build artifacts checksums pre-release testers-told",
        "validation": "new-crashes reporter-confirms related-sound testers",
        "stable": "stable-version notes stable-release updater announced",
    },
    "S1": {
        "documentation": (
            "doc-issue doc-cause doc-fix doc-impact doc-testing doc-timeline doc-communication "
            "doc-prevention"
        ),
        "team": "write-access npm-rights contacts-current gpg-keys channels-tested backups-trained",
    },
    "S2": {
        "pre": "confirmed no-workaround impact approach",
        "during": "branch minimal-fix tests-added critical-tests manual-test bumped changelog merged tagged",
        "post": (
            "publish-workflow release-workflow on-registry on-forge fresh-install fix-verified "
            "release-notes community issue-closed known-issue branch-deleted"
        ),
    },
    "S3": {
        "phase-1": "bug-seen severity-judged issue-opened team-told hotfix-decided",
        "phase-2": "cause-searched cause-written fix-designed design-approved",
        "phase-3": "branched fix-written regression-test suite-passed works-by-hand fix-committed",
        "phase-4": (
            "tested-here suite-passed-again release-built bug-varied neighbours-tested tested-elsewhere "
            "macos-tested linux-tested clean-tested testers-confirmed privacy-audited no-personal-data "
            "privacy-tests-passed events-reviewed verified-finally bug-gone nothing-broken tests-green "
            "hand-tests-green platform-green"
        ),
        "phase-5": "version-raised changelog-written notes-prepared version-committed smoke-passed",
        "phase-6": "tag-pushed crate-published release-created publication-verified",
        "phase-7": "testers-mailed discussion-posted social-posted upgrades-checked postmortem-told",
        "phase-8": "issues-watched effect-verified regressions-watched adoption-tracked",
        "scenario-1": "telemetry-stopped all-told-of-breach gathered-deleted validation-investigated audit-ordered",
        "scenario-2": "destruction-verified backends-known mitigation-chosen stop-told",
        "scenario-3": "trace-got crash-reproduced breaking-change-found fix-or-back",
        "scenario-4": "platform-reproduced platform-share platform-fixed distributions-tested",
        "scenario-5": "fallback-works breakage-scoped quick-fix-judged workaround-written",
        "tests-p0": "fix-unit-tested fix-reproduced smoke-tested own-platform-tested",
        "tests-p1": "p0-tests-done p1-suite p1-neighbours p1-platforms p1-testers",
        "lessons": "suite-updated preflight-updated protocol-updated lessons-shared",
        "summary-1": "short-bug-seen short-severity-judged short-issue-opened short-team-told short-hotfix-decided",
        "summary-2": "short-cause-searched short-cause-written short-fix-designed short-design-approved",
        "summary-3": (
            "short-branched short-fix-written short-regression-test short-suite-passed short-works-by-hand "
            "short-fix-committed"
        ),
        "summary-4": (
            "short-tested-here short-tested-elsewhere short-testers-confirmed short-privacy-audited "
            "short-verified-finally"
        ),
        "summary-5": "short-version-raised short-changelog-written short-notes-prepared short-smoke-passed",
        "summary-6": "short-tag-pushed short-crate-published short-release-created short-publication-verified",
        "summary-7": "short-testers-mailed short-discussion-posted short-social-posted short-upgrades-checked",
        "summary-8": "short-issues-watched short-effect-verified short-regressions-watched short-adoption-tracked",
    },
    "S4": {
        "quick": "truly-critical impact rollback-faster component cause",
        "communication": "stakeholders status-page-opened war-room",
        "staging": "staging-starts staging-health staging-fixed staging-log",
        "first-15": "error-rate response-time new-errors issue-resolved cpu-memory",
        "verify": "verified-resolved no-regression metrics-normal none-introduced",
        "follow-up": "ticket-cause ticket-permanent ticket-tests ticket-monitoring ticket-process",
        "pre": (
            "incident-declared branch spec fix tests reviewed severity-correct stakeholders-notified "
            "on-staging staging-passed"
        ),
        "deployment": "production-started deployed health log-quiet original-resolved",
        "post": "watched stakeholders-updated status-page-updated back-merged tickets postmortem-scheduled runbooks",
    },
}  # fmt: skip
"""Every written checklist with its items, in the order in which they were written down."""


def held(source: str) -> None:
    """The lists of that source are there, each with exactly these items in this order."""
    found = {
        checklist.id: " ".join(item.id for item in everything(source) if item.checklist == checklist.id)
        for checklist in PLAYBOOKS[source].checklists
    }
    assert found == LISTS[source]


def test_the_lists_of_the_desktop_application() -> None:
    """Four lists of 22 items (S0.CHK.1-4, S0.VER.5)."""
    held("S0")


def test_the_lists_of_the_npm_package() -> None:
    """Two lists of 14 items (S1.CHK.1-2)."""
    held("S1")


def test_the_lists_of_the_crate() -> None:
    """Three lists of 24 items (S2.CHK.1-3, S2.BRA.3, S2.GIT.3, S2.CMD.1)."""
    held("S2")


def test_the_lists_of_the_beta_protocol() -> None:
    """24 groups of 123 boxes (S3.CHK.1-24, S3.PMT.4)."""
    held("S3")


def test_the_lists_of_the_web_service() -> None:
    """Nine lists of 48 items (S4.CHK.1-9)."""
    held("S4")


def test_231_items_in_42_lists() -> None:
    """What all five sources have together (X.4)."""
    lists = [ids.split() for source in LISTS.values() for ids in source.values()]
    assert (len(lists), sum(map(len, lists))) == (42, 231)


CONDITIONAL = {"S0": 1, "S1": 0, "S2": 0, "S3": 13, "S4": 2}
"""How many boxes each source makes conditional; two of S3 are judged at the line and therefore optional."""


@pytest.mark.parametrize("source", CONDITIONAL)
def test_parts_and_conditions_are_kept(source: str) -> None:
    """15 nested boxes in the beta protocol, 16 conditional ones in all (X.4)."""
    boxes = [item for item in everything(source) if item.checklist]
    if source == "S3":
        assert sum(bool(item.under) for item in boxes) == 15
    conditional = [
        item.id
        for item in boxes
        if (item.when.flags or (item.when.severities and item.checklist != "tests-p1"))
        and item.under != "privacy-audited"
    ]
    judged = [item.id for item in boxes if not item.required and not item.twin]
    assert len(conditional) + len(judged) == CONDITIONAL[source]
