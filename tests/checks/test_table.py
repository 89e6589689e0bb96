"""Every check is in the table, in a file of its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

import hotfix_tui.checks
from hotfix_tui.checks import CHECKS

HELPERS = {"__init__", "change", "commands", "facts", "observed", "sources"}
FILES = {path.stem for path in Path(hotfix_tui.checks.__file__).parent.glob("*.py")} - HELPERS


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_check_has_its_line_in_the_table(name: str) -> None:
    """A file without a line is a check that nobody can name."""
    known = name.replace("_", "-")
    assert known in CHECKS, f'add this line to CHECKS: Check("{known}", "what is so")'
    assert CHECKS[known].look.__module__ == f"hotfix_tui.checks.{name}"


def test_a_check_stands_in_the_docs() -> None:
    """docs/checks.md has a row for each, in the table's order and words."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text()
    rows = [row for row in page.splitlines() if row.startswith("| `")]
    asks = {
        "local": "this clone",
        "remote": "the remote, or its forge",
        "playbook": "what the playbook names",
    }
    assert rows == [f"| `{one.name}` | {one.title} | {asks[one.reach]} |" for one in CHECKS.values()]


def test_a_check_says_what_is_so() -> None:
    """Each has its own words, for the table of docs and for the console."""
    assert {name.replace("-", "_") for name in CHECKS} == FILES
    assert len({check.title for check in CHECKS.values()}) == len(CHECKS)
