"""docs/playbooks.md says what the program says, and what it shows works."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hotfix_tui.cli.playbook_page import playbooks_page
from hotfix_tui.lint import RULES
from hotfix_tui.loading import read
from tests.cli.test_playbook_show import schema

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "playbooks.md"


def test_the_page_is_current() -> None:
    """It is made from the schema and the rules. To make it anew: UPDATE_DOCS=1 ./dev test tests/cli/test_playbook_docs.py."""
    page = playbooks_page()
    if os.environ.get("UPDATE_DOCS"):
        DOC.write_text(page)
    assert DOC.read_text() == page, "run: UPDATE_DOCS=1 ./dev test tests/cli/test_playbook_docs.py"


def test_every_key_has_its_row() -> None:
    """In the table of its part; and so has every rule."""
    page = DOC.read_text()
    tables = {part.partition("\n")[0]: part for part in page.split("\n### ")[1:]}
    for table, key in schema():
        heads = [head for head in tables if f"[{table}]" in head] if table else ["The head"]
        assert len(heads) == 1, table
        assert f"\n| `{key}` | " in tables[heads[0]], f"{table}: {key}"
    assert all(f"| `{rule.id}` |" in page for rule in RULES)


def test_the_smallest_playbook_loads() -> None:
    """What the page shows is accepted."""
    example = DOC.read_text().partition("```toml\n")[2].partition("```")[0]
    assert read(example, "docs").id == "smallest"


def test_links_within_the_page_lead_somewhere() -> None:
    """Each # link has its heading, as forges name them."""
    page = DOC.read_text()
    heads = {
        re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-")
        for head in re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= heads
    assert "docs/playbooks.md" in (ROOT / "README.md").read_text()
