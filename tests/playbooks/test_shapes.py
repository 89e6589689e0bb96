from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from hotfix_tui.domain.playbook import Playbook
from tests.playbooks.built_in import PLAYBOOKS

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("source", "counts", "words"),
    [
        ("S0", (2, 1, 0), ("P0", "P1", "backlog")),
        ("S1", (4, 5, 0), ("CVE", "Production", "50 %", "law", "workaround", "feature", "looks wrong")),
        ("S2", (3, 7, 4), ("P0", "CVE", "regression", "P1 or P2", "10 %", "workaround", "refactoring", "weeks",
                           "interface", "design", "related", "features")),
        ("S3", (6, 5, 0), ("P0", "P1", "platform", "within hours", "P2 or P3", "feature", "documentation", "rare")),
        ("S4", (7, 5, 1), ("Security", "damaged", "endpoint", "Payments", "sign in", "slow", "certificate", "5 %",
                           "next release")),
    ],
)  # fmt: skip
def test_when_it_is_used_and_when_not(source: str, counts: tuple[int, ...], words: tuple[str, ...]) -> None:
    """The lists with their limits (S0.USE.1, S1.USE.1-2, S2.USE.1-4, S3.USE.1-2, S4.USE.1-3)."""
    playbook = PLAYBOOKS[source]
    lists = (playbook.use_when, playbook.not_when, playbook.wait_when)
    assert tuple(map(len, lists)) == counts
    text = "\n".join(itertools.chain(*lists))
    assert [word for word in words if word not in text] == []


def test_levels_are_data() -> None:
    """Three or four levels, by number or by word, with ranges and open ends (X.1, S1.TRP.8, S3.TRP.3)."""
    assert {source: [s.id for s in p.severities] for source, p in PLAYBOOKS.items()} == {
        "S0": ["P0", "P1", "P2"],
        "S1": ["critical", "high", "medium"],
        "S2": ["P0", "P1", "P2"],
        "S3": ["P0", "P1", "P2", "P3"],
        "S4": ["P0", "P1", "P2"],
    }
    everyone = [s for p in PLAYBOOKS.values() for s in p.severities]
    assert any(s.resolve_least and s.resolve for s in everyone)
    assert any(s.resolve is None and s.resolve_text for s in everyone)
    assert any(s.approvals for s in everyone)


def durations(playbook: Playbook) -> dict[str, bool]:
    """Which kinds of duration the playbook has."""
    items = list(playbook.all_items())
    return {
        "single": any(p.target and not p.maximum for p in playbook.phases),
        "range": any(p.least and p.maximum for p in playbook.phases),
        "target and maximum": any(p.target and p.maximum and not p.least for p in playbook.phases),
        "window after an event": any(i.due and i.due.within for i in items),
        "minimum wait": any(p.minimum_wait or p.minimum_wait_by for p in playbook.phases),
        "recurring": any(i.every and i.lasts for i in items),
    }


def test_durations_of_every_kind() -> None:
    """Single, range, target and maximum, window, wait, recurring (X.2)."""
    kinds = {source: {kind for kind, has in durations(p).items() if has} for source, p in PLAYBOOKS.items()}
    assert set.union(*kinds.values()) == set(durations(PLAYBOOKS["S0"]))
    assert {"range", "window after an event", "recurring"} <= kinds["S4"]
    assert "minimum wait" in kinds["S0"] & kinds["S3"]
    recurring = {(i.every, i.lasts) for p in PLAYBOOKS.values() for i in p.all_items() if i.every}
    assert recurring == {(10 * MINUTE, HOUR), (4 * HOUR, 24 * HOUR)}


def test_any_number_of_phases_and_steps() -> None:
    """Seven, six, nine for ten steps, eight, six (X.3, S2.TRP.6)."""
    phases = {source: len(p.phases) for source, p in PLAYBOOKS.items()}
    steps = {source: sum(len(one.steps) for one in p.phases) for source, p in PLAYBOOKS.items()}
    assert phases == {"S0": 7, "S1": 6, "S2": 9, "S3": 8, "S4": 6}
    assert (steps["S0"], steps["S2"]) == (7, 10)


def test_the_forms_of_branches() -> None:
    """Nine in all; from main, from the latest release, from a tag that is named (X.5)."""
    forms = {p.git.branch for p in PLAYBOOKS.values()}
    forms |= {form.branch for p in PLAYBOOKS.values() for form in p.git.branches}
    assert forms == {
        "hotfix/issue-$issue-$slug",
        "hotfix/v$fix",
        "hotfix/security-$year-$number",
        "hotfix/critical-$slug",
        "hotfix/v$stamp",
        "hotfix/$slug",
        "hotfix/fix-$slug",
        "hotfix/security-cve-$cve",
    }
    assert {p.git.base for p in PLAYBOOKS.values()} == {"main", "latest-release", "named-tag"}


def test_the_schemes_of_versions() -> None:
    """Four of them, and the files that carry the version (X.6)."""
    assert {source: (p.version.scheme, p.version.suffix) for source, p in PLAYBOOKS.items()} == {
        "S0": ("promotion", "beta"),
        "S1": ("patch", ""),
        "S2": ("patch", ""),
        "S3": ("pre-release-counter", "beta"),
        "S4": ("suffix-tag", "hotfix"),
    }
    files = {name for p in PLAYBOOKS.values() for name in (*p.version.files, *p.version.lock_files)}
    assert files == {"package.json", "package-lock.json", "Cargo.toml", "Cargo.lock", "src/version.rs"}


def test_every_playbook_says_how_the_fix_comes_back() -> None:
    """To main, to main and develop, by pull request (X.7, S3.TRP.6)."""
    ways = {source: (p.git.merge_back, p.git.merge_way) for source, p in PLAYBOOKS.items()}
    assert ways == {
        "S0": (("main",), "no-ff"),
        "S1": (("main", "develop"), "no-ff"),
        "S2": (("main",), "no-ff"),
        "S3": (("main",), "no-ff"),
        "S4": (("main",), "pull-request"),
    }


def test_six_kinds_of_ways_back() -> None:
    """Every kind is somewhere, with steps (X.8)."""
    kinds = {back.kind for p in PLAYBOOKS.values() for back in p.rollbacks if back.steps}
    assert kinds == {
        "revert",
        "channel-pointer",
        "previous-as-new-release",
        "delete-tag-and-yank",
        "redeploy-tag",
        "user-downgrade",
    }


def test_the_ways_to_learn() -> None:
    """For which severities a post-mortem is due, and when, in hours after closing (X.10, S0.PMT.1, S4.PMT.1)."""
    due = {
        source: {s.id: s.postmortem_due // HOUR for s in p.severities if s.postmortem_due}
        for source, p in PLAYBOOKS.items()
    }
    assert due == {
        "S0": {"P0": 48},
        "S1": {"critical": 48, "high": 120, "medium": 168},
        "S2": {"P0": 48},
        "S3": {"P0": 24, "P1": 24},
        "S4": {"P0": 48, "P1": 48},
    }


def test_fourteen_cards_and_a_worked_example() -> None:
    """Four for practice, five and five in earnest (X.12, S1.SCN.1)."""
    cards = {source: [s.id for s in p.scenarios] for source, p in PLAYBOOKS.items() if p.scenarios}
    assert cards["S1"] == [
        "authentication-bypass",
        "database-corruption",
        "performance-regression",
        "vulnerable-dependency",
    ]
    assert {source: len(ids) for source, ids in cards.items()} == {"S1": 4, "S3": 5, "S4": 5}
    assert "80 %" in PLAYBOOKS["S1"].scenarios[2].title
    assert [len(PLAYBOOKS[source].examples) for source in ("S1", "S2")] == [1, 1]


def test_drills_and_what_must_be_ready() -> None:
    """Monthly, quarterly, yearly; six things ready before (X.15, S1.DRL.1-3, S1.CHK.2)."""
    playbook = PLAYBOOKS["S1"]
    assert [(d.id, d.every.days) for d in playbook.drills] == [
        ("mock-hotfix", 30),
        ("procedures-reviewed", 91),
        ("team-trained", 365),
    ]
    assert len(playbook.readiness.items) == 6


TOOLS = {
    "S0": {"git", "gh", "pnpm"},
    "S1": {"git", "gh", "npm", "./scripts/prepare-release.sh", "./scripts/create-release-tag.sh",
           "./scripts/publish-npm-package.sh", "./scripts/notify-release.sh"},
    "S2": {"git", "gh", "cargo"},
    "S3": {"cargo"},
    "S4": {"git", "gh", "npm", "curl"},
}  # fmt: skip


@pytest.mark.parametrize("source", TOOLS)
def test_the_programs_that_a_playbook_names(source: str) -> None:
    """Argument lists, the program first; nothing else is ever to be started (X.13)."""
    commands = [item.command for item in PLAYBOOKS[source].all_items() if item.command]
    assert {command[0] for command in commands} == TOOLS[source]
