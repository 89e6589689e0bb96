"""What is found beside the steps: ways back, messages, commands, branch names, severities, in the forms that people use."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.understanding import understand

WAYS_BACK = {
    "inside an item": "# T\n## Rollback\n- If it fails:\n  1. Run the workflow.\n  2. Revert the commit.\n",
    "folded away": "# T\n## Publish\n<details><summary>Rollback instructions</summary><br>\n\nIf it fails:\n\n1. Run it again.\n2. Tell them.\n\n</details>\n",
}  # fmt: skip
MESSAGES = {
    "called so": "# T\n## Review\n```markdown\n# Slack Message Template\n\n**Issue:** x\n**PR:** y\n```\n",
    "a signal": "# T\n## Close\n```markdown\n🟢 **It works again**\n- **Duration**: 45 minutes\n- **Impact**: few\n```\n",
}  # fmt: skip
NO_MESSAGES = {
    "a reason": "# T\n## Rules\n**Bypass template:**\n```markdown\n## 🚨 BYPASS JUSTIFICATION\n\n**Reason:** [why]\n**By:** [name]\n**When:** [time]\n```\n",
}  # fmt: skip
COMMANDS = {
    "in shells of their own": "```sh\n( cd core && make )\n( cd tests && make )\n```\n",
    "behind another prompt": "```\nλ git cherry-pick 4f3317e\n```\n",
}
BRANCHES = {
    "git checkout -b hotfix/pr-{{number}}": ["hotfix/pr-{{number}}"],
    "git checkout -b hotfix/<id>-{slug}": ["hotfix/<id>-{slug}"],
}
FENCED = "# T\n## Work\n**Severity:**\n\n```markdown\n**CRITICAL:**\n- Outage\n\n**LOW:**\n- Cosmetic issues\n- Minor bugs\n```\n"


@pytest.mark.parametrize("case", WAYS_BACK)
def test_a_way_back_is_found_where_it_stands(case: str) -> None:
    """With its steps in their order, also where no heading of its own is over them."""
    (found,) = understand(WAYS_BACK[case].encode()).rollbacks
    assert len(found.steps) == 2


@pytest.mark.parametrize("case", [*MESSAGES, *NO_MESSAGES])
def test_a_text_for_people_is_told_from_a_form(case: str) -> None:
    """By what it calls itself, or by how it speaks."""
    found = understand({**MESSAGES, **NO_MESSAGES}[case].encode()).templates
    assert [one.kind == "message" for one in found] == [case in MESSAGES]


@pytest.mark.parametrize("case", COMMANDS)
def test_a_fence_that_a_shell_can_run_is_a_command(case: str) -> None:
    """Whatever stands before the program's name."""
    assert len(understand(COMMANDS[case].encode()).commands) == 1


@pytest.mark.parametrize("line", BRANCHES)
def test_a_branch_name_is_kept_as_it_is_written(line: str) -> None:
    """With its placeholders in every notation."""
    document = understand(f"# T\n```sh\n{line}\n```\n".encode())
    assert [one.text for one in document.branches] == BRANCHES[line]


def test_what_stands_below_a_severity_in_a_fence_is_none() -> None:
    """Where the severities are labels in bold, the items below them are what they mean."""
    assert [one.id for one in understand(FENCED.encode()).severities] == ["CRITICAL", "LOW"]
