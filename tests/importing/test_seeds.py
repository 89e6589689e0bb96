"""The five documents that the project was made after import whole (X.4, X.9, X.14); skipped where they are not present."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Understood

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(
    len(SEEDS) != 5, reason="the seeds are not beside the project (../shared/seeds)"
)

ITEMS, TEMPLATE_ITEMS = (22, 14, 24, 123, 48), (0, 4, 0, 0, 7)
SEVERITIES = (
    ("P0", "P1", "P2"),
    ("Critical", "High", "Medium"),
    ("P0", "P1", "P2"),
    ("P0", "P1", "P2", "P3"),
    ("P0", "P1", "P2"),
)
PHASES, TEMPLATES, WAYS, CONTACTS, RUNGS, SCENARIOS = (
    (7, 6, 10, 8, 6),
    (4, 3, 5, 10, 7),
    (3, 2, 2, 0, 2),
    (3, 0, 0, 3, 5),
    (0, 4, 0, 4, 0),
    (0, 4, 1, 5, 5),
)


def _seed(number: int) -> Understood:
    return understand(SEEDS[number].read_bytes())


@pytest.mark.parametrize("number", range(5))
def test_every_item_severity_and_phase_is_found_once(number: int) -> None:
    """Of a seed nothing is lost and nothing doubled: items, template items, severities, phases (X.1, X.3, X.4)."""
    seed = _seed(number)
    assert (len(seed.tasks), len(seed.template_tasks)) == (ITEMS[number], TEMPLATE_ITEMS[number])
    assert tuple(one.id for one in seed.severities) == SEVERITIES[number]
    assert len(seed.phases) == PHASES[number]
    assert len({task.id for task in seed.tasks}) == ITEMS[number]


@pytest.mark.parametrize("number", range(5))
def test_texts_ways_back_people_and_scenarios_are_found(number: int) -> None:
    """Of a seed every text, way back, contact, rung and scenario is found (X.8, X.9, X.12)."""
    seed = _seed(number)
    assert len(seed.templates) == TEMPLATES[number]
    assert len(seed.rollbacks) == WAYS[number]
    assert len(seed.contacts) == CONTACTS[number]
    assert len(seed.rungs) == RUNGS[number]
    assert len(seed.scenarios) == SCENARIOS[number]


def test_damaged_text_is_mended_and_told() -> None:
    """The two seeds with text decoded twice are mended, sign by sign (S3.TRP.9, S4.TRP.7), and a heading without a space is read (S4.TRP.6)."""
    assert [(r.kind, r.count) for r in _seed(3).repairs] == [("mojibake", 16)]
    assert [(r.kind, r.count) for r in _seed(4).repairs] == [("mojibake", 16), ("heading-space", 1)]
    assert "🚨 IRREVERSIBLE" in _seed(3).text
    assert "‚" not in _seed(4).text


def test_a_fence_inside_a_fence_hides_no_step() -> None:
    """The last step of S2, which strict markdown swallows, is a phase (S2.TRP.4); S3's templates stay whole (S3.TRP.8)."""
    assert _seed(2).phases[-1].name == "Close Hotfix Branch"
    assert [s.title for s in _seed(3).sections if s.title == "How to Upgrade"] == []


def test_the_table_of_times_is_spread_over_the_steps() -> None:
    """S2's eight timed phases stand at the steps that they are about (S2.PHA.1 to S2.PHA.10)."""
    times = [(p.target, p.maximum) for p in _seed(2).phases]
    assert times == [
        (15, 30),
        (None, None),
        (30, 120),
        (15, 60),
        (5, 15),
        (10, 20),
        (20, 45),
        (10, 30),
        (15, 45),
        (None, None),
    ]
    assert _seed(2).total == (120, 360)


def test_durations_of_headings_and_labels() -> None:
    """Durations in headings, and in a label below, are read (S1.PHA.1 to 6, S3.PHA.1 to 8, S4.PHA.1 to 6)."""
    assert [p.minutes for p in _seed(1).phases] == [(5, 10), (2, 3), (10, 30), (10, 15), (5, 10), (10, 15)]
    assert [p.minutes for p in _seed(4).phases] == [
        (5, 15),
        (10, 20),
        (20, 60),
        (15, 30),
        (15, 15),
        (0, 1440),
    ]
    assert dict(_seed(0).phases[4].waits) == {"P0": 2880, "P1": 4320}


def test_the_marks_of_items_are_kept() -> None:
    """Nested, conditional, timed, irreversible and time-sensitive boxes keep their marks (X.4)."""
    tasks = _seed(3).tasks
    assert sum(bool(t.under) for t in tasks) == 15
    assert sum(bool(t.condition) for t in tasks) == 13
    assert [t.text for t in tasks if t.irreversible] == ["Publish to crates.io"]
    assert "Email to beta testers" in [t.text for t in tasks if t.time_sensitive]
    assert sum(t.choices == ("YES", "NO") for t in tasks) == 5


def test_a_summary_is_linked_with_what_it_sums_up() -> None:
    """S3's 36 summary items and their 38 twins are linked (S3.CHK.24, S3.TRP.10)."""
    seed = _seed(3)
    inside = {t.id for p in seed.phases for t in p.items if not t.under}
    summary = [t for t in seed.tasks if t.section == "Hotfix Checklist Summary"]
    assert len(summary) == 36
    assert all(t.twin in inside for t in summary)
    linked = {t.twin for t in summary} | {t.id for t in seed.tasks if t.id in inside and t.twin}
    assert len(inside & linked) == 38
