"""What is wrong with the process that a document describes is told, with its line; what is right is not."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Notice


def _notices(text: str, rule: str) -> list[Notice]:
    return [one for one in understand(text.encode()).warnings if one.rule == rule]


def _bash(*lines: str, title: str = "Fix") -> str:
    return f"# T\n\n## {title}\n\n```bash\n" + "\n".join(lines) + "\n```\n"


def _back(*lines: str) -> str:
    return _bash(*lines, title="Rollback")


def _phases(*titles: str) -> str:
    return "".join(f"\n## Phase {n}: {title}\n\n- do it\n" for n, title in enumerate(titles, 1))


LEVELS = "# T\n\n## Severities\n\n### P0 - Critical\n**Response**: 1 hour\n**Resolution**: < 24 hours\n\n### P1 - High\n**Resolution**: 3 days\n\n"
STEPS = "## Process\n\n### Step 1: Fix\n\n- do it\n\n### Step 2: Validation\n\n**Minimum Validation**: {}\n"
TABLE = "## Matrix\n\n| Severity | Response |\n|---|---|\n| P0 | {} |\n| P1 | 1 day |\n{}"
LISTS = "# T\n\n## Phase 1: a\n\n{}\n## Phase 2: b\n\n- [ ] other work\n\n## Checklist\n\n{}"
SAME = "- [ ] branch made from tag\n- [ ] users told by mail\n- [ ] release tag pushed\n"
TOLD = "# T\n\n## Phase 1: Branch\n\nNow:\n\n```bash\ngit checkout -b hotfix/x-1 v1.0.0\n```\n\n## Phase 2: After\n\n{}\n"
RULES = "\n## Rules\n\n**DON'T**:\n- Deploy without staging test\n"

FAULTS: tuple[tuple[str, int, str, str], ...] = (
    ("no-phases", 0, "# T\n\nwords\n", f"# T\n{_phases('a', 'b')}"),
    ("phases-in-a-list", 5, "# T\n\n## Steps\n\n1. Find it\n2. Fix it\n3. Ship it\n", f"# T\n{_phases('a', 'b')}"),
    ("no-severities", 0, "# T\n", LEVELS),
    ("no-rollback", 0, "# T\n\n## Rollback\n\nWe hope not.\n", _back("git revert abc")),
    ("no-contacts", 0, "# T\n", "# T\n\n## Contacts\n\n- **Lead**: @kim\n"),
    ("wait-over-resolution", 18, LEVELS + STEPS.format("48 hours for P0"), LEVELS + STEPS.format("12 hours for P0")),
    ("sum-over-limit", 4, f"# T\n**Timeline**: 1 hour\n{_phases('a (30 min)', 'b (30 min)', 'c (30 min)')}", f"# T\n**Timeline**: 2 hours\n{_phases('a (30 min)', 'b (30 min)', 'c (30 min)')}"),
    ("sum-over-limit", 13, f"{LEVELS}{_phases('a (20-30 h)', 'b (2-3 h)', 'c (3-4 h)')}", f"{LEVELS}{_phases('a (2-3 h)', 'b (2-3 h)', 'Monitoring (3-4 days)')}"),
    ("severity-differs", 16, LEVELS + TABLE.format("4 hours", ""), LEVELS + TABLE.format("1 hour", "")),
    ("severity-only-in-table", 18, LEVELS + TABLE.format("1 hour", "| P2 | never |\n"), LEVELS + TABLE.format("1 hour", "")),
    ("phase-untimed", 15, f"# T\n{_phases('a (5 min)', 'b (5 min)', 'c (5 min)', 'd')}", f"# T\n{_phases('a', 'b', 'c', 'd')}"),
    ("phase-empty", 7, "# T\n\n## Phase 1: a\n\n- do it\n\n## Phase 2: b\n", f"# T\n{_phases('a', 'b')}"),
    ("base-main", 6, _bash("git checkout main", "git pull origin main", "git checkout -b hotfix/x-1"), _bash("git fetch", "git checkout -b hotfix/x-1 v1.0.0")),
    ("tag-order", 6, _bash("git tag --sort=-version:refname | head -1"), _bash("git tag --sort=-version:refname | grep -v -- - | head -1")),
    ("tag-sorts-below", 6, _bash('git tag -a v1.2.4-hotfix.1 -m "x"'), _bash('git tag -a v1.2.4 -m "x"')),
    ("branch-like-version", 6, _bash("git checkout -b hotfix/v$(date +%Y%m%d)"), _bash("git checkout -b hotfix/$(date +%Y%m%d)")),
    ("narrow-command", 6, _bash("git diff --name-only HEAD~1"), _bash("git diff --name-only v1.0.0")),
    ("narrow-command", 6, _bash("sed -i '' 's/a/b/' x"), _bash("sed -i.bak 's/a/b/' x")),
    ("changelog-unfilled", 6, _bash("cat >> CHANGELOG.md << 'EOF'", "## 1 - $(date +%F)", "EOF"), _bash("cat >> CHANGELOG.md << EOF", "## 1 - $(date +%F)", "EOF")),
    ("tests-skipped", 6, _bash("./release.sh --skip-full-tests"), _bash("./release.sh")),
    ("merge-without-pull", 6, _bash("git checkout main", "git merge hotfix/x-1"), _bash("git checkout main", "git pull", "git merge hotfix/x-1")),
    ("rollback-same-version", 6, _back("npm version patch"), _bash("npm version patch")),
    ("rollback-beside-latest", 6, _back("npm publish --tag rollback"), _back("npm publish --tag rollback", "npm dist-tag add x@1 latest")),
    ("no-undo", 6, _back("git push origin :refs/tags/v1.0.1"), _back("git revert abc")),
    ("revert-main-only", 6, _back("git revert abc", "git push origin main"), _back("git revert -m 1 abc", "git push origin main", "./deploy")),
    ("detached-head", 6, _back("git checkout v1.0.0"), _back("git checkout -b back v1.0.0")),
    ("no-merge-back", 6, _bash("git checkout -b hotfix/x-1 v1.0.0"), _bash("git checkout -b hotfix/x-1 v1.0.0", "gh pr create")),
    ("no-clean-up", 6, _bash("git checkout -b hotfix/x-1 v1.0.0"), _bash("git checkout -b hotfix/x-1 v1.0.0", "git branch -d hotfix/x-1")),
    ("no-merge-back", 8, TOLD.format("- call it a day"), TOLD.format("- merge it back to main")),
    ("no-clean-up", 8, TOLD.format("- call it a day"), TOLD.format("- delete the branch")),
    ("contact-unfilled", 5, "# T\n\n## Contacts\n\n- **Lead**: [contact]\n", "# T\n\n## Contacts\n\n- **Lead**: @kim\n"),
    ("contacts-dated", 5, "# T\n\n## Contacts\n\n### In the beta (Jan 13-24)\n\n- **Lead**: @kim\n", "# T\n\n## Contacts\n\n### In the beta\n\n- **Lead**: @kim\n"),
    ("said-twice", 15, LISTS.format(SAME, SAME), LISTS.format(SAME, "- [ ] party held\n")),
    ("contradiction", 6, _bash("# Deploy immediately after review", "./deploy") + RULES, _bash("./deploy staging") + RULES),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "line", "wrong", "right"), FAULTS, ids=[f"{one[0]}-{n}" for n, one in enumerate(FAULTS)]
)
def test_a_fault_is_told_with_its_line_and_its_absence_is_not(
    rule: str, line: int, wrong: str, right: str
) -> None:
    """Each rule finds its fault, says where and what to do, and is quiet where the fault is not."""
    found = _notices(wrong, rule)
    assert [one.line for one in found][:1] == [line]
    assert found[0].message
    assert found[0].todo
    assert _notices(right, rule) == []


def test_of_one_rule_only_so_many_are_told() -> None:
    """A document with thousands of faults does not flood whoever reads."""
    text = "# T\n\n## Contacts\n\n" + "- **Lead**: [contact]\n" * 500
    assert len(_notices(text, "contact-unfilled")) == 20
