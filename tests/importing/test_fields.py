"""What is found beside the steps: ways back, messages, commands, branch names, severities, in the forms that people use."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.report import has_postmortem
from hotfix_tui.importing.understanding import understand

WAYS_BACK = {
    "inside an item": "# T\n## Rollback\n- If it fails:\n  1. Run the workflow.\n  2. Revert the commit.\n",
    "a comment over a command": "# T\n## Data lost\n1. Look.\n   ```sh\n   firebase backups:list\n   # Restore from backup (if there is one)\n   firebase backups:take [ID]\n   ```\n",
    "a sentence": "# T\n## Rollback\nFind the last good run, then redeploy that very run with `gh run rerun <id>`.\n",
    "a list that an item leads to": "# T\n## Recovery and Rollback\n- For users:\n  - npm: `npm install -g tool@X.Y.Z`\n  - manual: download the files of the release\n",
    "an item's title": "# T\n## Mitigation\n1. **Restart**\n   - press restart\n2. **Rollback Deployment**\n   - find the last good commit\n   - press redeploy\n",
    "clicks": "# T\n## App down\n- **Rollback immédiat** : Deployments → le dernier vert → Promote.\n",
    "a table": "# T\n## Rollback\n\n| Situation | Action |\n|---|---|\n| Quality is bad | Turn the flag off |\n| One run is bad | Mark it |\n",
    "a program's own restore": "# T\n## Region down\n```sh\naz postgres flexible-server restore --name x\n```\n",
    "set in by blanks": "# T\n## Rollback\nIf it fails:\n\n    kubectl rollout undo deploy/app\n\nthen tell them.\n",
    "folded away": "# T\n## Publish\n<details><summary>Rollback instructions</summary><br>\n\nIf it fails:\n\n1. Run it again.\n2. Tell them.\n\n</details>\n",
}  # fmt: skip
NO_WAYS_BACK = {
    "a check of it": "# T\n## Release\n```sh\nnpm run rollback:check\n```\n",
    "readiness": "# T\n## Rollback readiness\n1. Confirm that the older release is there.\n2. Confirm its checksum.\n",
    "a decision": "# T\n## Rollback Decision\n1. The application does not start.\n2. The login fails for all.\n",
    "a comparison": "# T\n## Rollback vs hotfix\n- Roll back when the `health` check fails.\n- Fix it when it is small.\n",
    "an empty form": "# T\n## Rollback plan\n1. [fill in]\n2. [fill in]\n",
    "a plan that is to be made": "# T\n## Before\n1. **Rollback Plan:**\n   - written\n   - tried\n",
    "a stage": "# T\n## Recovery (restore)\n- restore the service (see `runbook.md`)\n",
}
REVIEWS = {
    "labels": "# T\n## Incident Report Template\n\n**Timeline:**\n- x\n\n**Impact:**\n- y\n",
    "an item": "# T\n## Documents\n- **RCA template** (minimum):\n  - Impact\n  - Root cause\n  - Action items\n",
    "a sheet in French": "# T\n## Fiche d’incident minimale\n```text\nRéférence :\nDébut :\nCause :\nCorrection :\n```\n",
}
RUNGS = {
    "## Escalation\n1. On-call engineer (15 min)\n2. Team lead (30 min)\n": 2,
    "## Escalation\n1. **Lead:** @lead in chat\n2. **CTO:** +7-900-000-0000\n": 2,
    "## Escalation\n1. **Immediate**: the emergency channel\n2. **15 minutes**: a text to the team\n": 0,
    "## Contact numbers\n```\n🚨 Lead (P0)      [+55 XX XXXXX-XXXX]   24/7\n   Developer      [+55 XX XXXXX-XXXX]   in May\n```\n": 2,
    "## Escalation\n1. Check the health\n2. Restart the service\n": 0,
    "## Contacts\n- Support: help@example.org\n## Escalation\n1. Team lead (30 min)\n2. CTO (2 hours)\n": 1,
}
MESSAGES = {
    "a quoted sentence with an arrow": '# T\n## Communication templates\n- "Fixed in v1.2 — update via Settings → Check for updates and confirm."\n',
    "called so": "# T\n## Review\n```markdown\n# Slack Message Template\n\n**Issue:** x\n**PR:** y\n```\n",
    "a signal": "# T\n## Close\n```markdown\n🟢 **It works again**\n- **Duration**: 45 minutes\n- **Impact**: few\n```\n",
}  # fmt: skip
NO_MESSAGES = {
    "a file": "# T\n## Communication\n\n| For | Template |\n|---|---|\n| Users | docs/templates/incident-comms.md Template 2 and 3 |\n",
    "what a log line means": '# T\n## Communication templates\n- "the column does not exist in the table" → a migration is missing\n',
    "a remark": "# T\n## Communication templates\n> **TODO:** look whether the other one is really built before the release.\n",
    "a summary": "# T\n\n**Owner:** Team · *Slack:* #oncall\n\n> TL;DR: roll back first and ask your questions later.\n",
    "a quote below the owner": "# T\n\n**Owner:** Team · *Slack:* #oncall\n\n> Roll back first and ask all of your questions later.\n",
    "addresses": "# T\n## E-mail\n```\nnoreply@example.org\nhelp@example.org\n```\n",
    "a way through pages": "# T\n## Notify the users\n```\nZero Trust → Access → Applications → Policies\n```\n",
    "boxes": "# T\n## Message to the team\n```\nAfterwards\n☐ all containers healthy\n☐ all pages open\n☐ all jobs done\n```\n",
    "a reason": "# T\n## Rules\n**Bypass template:**\n```markdown\n## 🚨 BYPASS JUSTIFICATION\n\n**Reason:** [why]\n**By:** [name]\n**When:** [time]\n```\n",
}  # fmt: skip
COMMANDS = {
    "in shells of their own": "```sh\n( cd core && make )\n( cd tests && make )\n```\n",
    "to be filled in": "```sh\n{test_command} tests/\n```\n",
    "with a lone dot": "```sh\nagent plugin validate .\n```\n",
    "behind another prompt": "```\nλ git cherry-pick 4f3317e\n```\n",
}
BRANCHES = {
    "git checkout -b hotfix/pr-{{number}}": ["hotfix/pr-{{number}}"],
    "curl -L https://example.org/x; echo releases/latest/download; git fetch": [],
    "git checkout -b hotfix/<id>-{slug}": ["hotfix/<id>-{slug}"],
}
FENCED = "# T\n## Work\n**Severity:**\n\n```markdown\n**CRITICAL:**\n- Outage\n\n**LOW:**\n- Cosmetic issues\n- Minor bugs\n```\n"


@pytest.mark.parametrize("case", WAYS_BACK)
def test_a_way_back_is_found_where_it_stands(case: str) -> None:
    """With its steps in their order, also where no heading of its own is over them."""
    (found,) = understand(WAYS_BACK[case].encode()).rollbacks
    assert len(found.steps) in (1, 2, 3) or found.commands


@pytest.mark.parametrize("case", NO_WAYS_BACK)
def test_what_only_names_it_is_no_way_back(case: str) -> None:
    """Neither a check whether one could go back, nor the stage in which a service comes back."""
    assert understand(NO_WAYS_BACK[case].encode()).rollbacks == ()


@pytest.mark.parametrize("case", REVIEWS)
def test_the_form_of_a_post_mortem_is_found(case: str) -> None:
    """As labels, as the parts of an item, as a sheet to fill in."""
    assert has_postmortem(understand(REVIEWS[case].encode()))


@pytest.mark.parametrize("text", RUNGS)
def test_rungs_name_contacts_where_there_are_no_others(text: str) -> None:
    """Who is called next, and not when or what is done."""
    assert len(understand(f"# T\n{text}".encode()).contacts) == RUNGS[text]


@pytest.mark.parametrize("case", [*MESSAGES, *NO_MESSAGES])
def test_a_text_for_people_is_told_from_a_form(case: str) -> None:
    """By what it calls itself, or by how it speaks."""
    found = understand({**MESSAGES, **NO_MESSAGES}[case].encode()).templates
    assert any(one.kind == "message" for one in found) == (case in MESSAGES)


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


def test_choices_in_braces_are_severities() -> None:
    """As a form writes them: {critical|high|low}."""
    document = understand(b"# T\n## Post-mortem\n```text\n- **Severity**: {critical|high|low}\n```\n")
    assert [one.id for one in document.severities] == ["critical", "high", "low"]


def test_a_contact_keeps_its_role_and_an_address_is_no_phone() -> None:
    """In a table that has columns for who it is and for the role, in any order."""
    rows = "| Who | Role | Phone |\n|--|--|--|\n| Kim | Lead | +49 151 0000000 |\n| Omar | Manager | omar@acme.test |\n"
    found = understand(f"# T\n## Contacts\n{rows}".encode()).contacts
    assert [(one.role, one.name, one.address, one.phone) for one in found] == [
        ("Lead", "Kim", "", "+49 151 0000000"),
        ("Manager", "Omar", "omar@acme.test", ""),
    ]
    names = "| Name | Phone |\n|--|--|\n| Kim | +49 151 0000000 |\n"
    assert [one.role for one in understand(f"# T\n## Contacts\n{names}".encode()).contacts] == ["Kim"]
