"""docs/reliability.md names real tests, and every row of the fault matrix once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text()
ROWS = re.findall(r"^\| (\d+)(?:–(\d+))? \| (.*) \|$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
FAULTS = 80


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file: str, name: str) -> None:
    """Who renames or deletes it says so in docs/reliability.md."""
    assert re.search(rf"^(?:async )?def {name}\(", (ROOT / file).read_text(), re.MULTILINE)


def test_every_fault_has_its_row() -> None:
    """Each number once, also those that hotfix does not keep yet."""
    numbers = Counter(n for first, last, _ in ROWS for n in range(int(first), int(last or first) + 1))
    assert numbers == dict.fromkeys(range(1, FAULTS + 1), 1)


@pytest.mark.parametrize("row", [f"{first} | {cells}" for first, _, cells in ROWS])
def test_what_is_held_is_held_by_a_test(row: str) -> None:
    """A row that is held, or held in part, names its test; one that is open, or about what is not there, claims none."""
    number, when, does, state, tests = (cell.strip() for cell in f"{row} ".split(" |"))
    assert state.partition(" ")[0].rstrip(":") in {"held", "part", "open", "–"}, number
    assert when
    assert ("::" in tests) == state.startswith(("held", "part"))
    assert bool(does) == ("::" in tests)
