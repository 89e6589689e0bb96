"""`hotfix playbook import` as a person or a script meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli

DOCUMENT = """\
# Team hotfix

### P0 - Critical
**Resolution**: < 4 hours

### P1 - High

## Process

### Step 1: Triage (5 min)
- [ ] Assess
- [ ] Notify

### Step 2: Fix (10-30 min)
```bash
git checkout -b hotfix/issue-1 v1.0.0
```
"""
KEYS = [
    "schema", "severities", "phases", "items", "template_items", "commands", "branch_patterns", "comm_templates",
    "postmortem_template", "rollback", "contacts", "repairs", "warnings",
]  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A small playbook in markdown."""
    path = tmp_path / "HOTFIX.md"
    path.write_text(DOCUMENT)
    return path


def test_json_has_exactly_the_promised_keys(cli: Cli, document: Path) -> None:
    """One JSON object of schema 1, with the promised keys and no others, titles and codes as the document has them."""
    data = cli("playbook", "import", str(document), "--json").data
    assert list(data) == KEYS
    assert data["schema"] == 1
    assert [one["id"] for one in data["severities"]] == ["P0", "P1"]
    assert [(one["title"], one["minutes"]) for one in data["phases"]] == [
        ("Step 1: Triage (5 min)", [5, 5]),
        ("Step 2: Fix (10-30 min)", [10, 30]),
    ]
    assert (data["items"], data["template_items"], data["commands"]) == (2, 0, 1)
    assert data["branch_patterns"] == ["hotfix/issue-1"]


def test_the_report_names_lines(cli: Cli, document: Path) -> None:
    """The report says what was understood, and in which lines."""
    out = cli("playbook", "import", str(document)).out
    assert "Step 1: Triage (5 min)" in out
    assert ":10-" in out
    assert "2 live" in out


def test_hostile_text_reaches_no_terminal(cli: Cli, tmp_path: Path) -> None:
    """Escape sequences in a document are not printed."""
    path = tmp_path / "evil.md"
    path.write_text("# A\x1b]0;owned\x07 title\n\n## Step 1: \x1b[31mred\n\n## Step 2: blue\n")
    out = cli("playbook", "import", str(path)).out
    assert "\x1b" not in out
    assert "Step 1: red" in out


def test_a_missing_file_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    """A file that is not there is told in a sentence, without a traceback."""
    result = cli("playbook", "import", str(tmp_path / "none.md"))
    assert result.code != 0
    assert "none.md" in result.err
    assert "Traceback" not in result.err
