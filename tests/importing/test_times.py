"""Durations in every form that was seen."""

from __future__ import annotations

import pytest

from hotfix_tui.importing import times

SEEN = {
    "(0-30 min)": (0, 30), "30 min - 2 hours": (30, 120), "2-3 minutes": (2, 3), "< 4 hours": (0, 240), "Within 1 hour": (0, 60),
    "max 10 min": (0, 10), "30 min max": (0, 30), "24-48 hours": (1440, 2880), "1h30": (90, 90), "1 hour 30 minutes": (90, 90),
    "1.5 hours": (90, 90), "~7 minutes": (7, 7), "60+ minutes": (60, 60), "T+0-15 min": (0, 15), "half an hour": (30, 30),
    "30分以内": (0, 30), "2〜4時間": (120, 240), "15 dakika içinde": (0, 15), "до 30 минут": (0, 30), "от 5 до 10 минут": (5, 10),
    "innerhalb von 30 Minuten": (0, 30), "5 à 10 min": (5, 10), "em até 2 horas": (0, 120), "entro 1 ora": (0, 60), "24小时内": (0, 1440),
    "30분 이내": (0, 30), "Första 72 timmarna": (0, 4320), "Next 24 hours": (0, 1440), "Minute 5-10: Resolution": (5, 10), "within 48-72 hours": (2880, 4320), "2 days": (2880, 2880), "1-2 weeks": (10080, 20160), "T+0 to T+48h": (0, 2880),
}  # fmt: skip
NONE = (
    "First week",
    "as needed",
    "variable",
    "um 14 Uhr",
    "10月18日",
    "24/7",
    "v1.2.4",
    "5 Minor fixes",
    "3 Étapes",
    "Day 1",
    "#12",
    "T+15m",
    "T-7 days",
    "",
)


@pytest.mark.parametrize(("text", "expected"), SEEN.items(), ids=list(SEEN))
def test_a_duration_is_read(text: str, expected: tuple[int, int]) -> None:
    """A single value is both ends, an upper bound begins at nothing, a range is taken as written (X.2)."""
    assert times.minutes(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_duration_is_none(text: str) -> None:
    """Times of day, dates, versions and words are no durations."""
    assert times.of_title(text) is None


@pytest.mark.parametrize(
    ("title", "most"),
    [
        ("Triage (~15 minutes, max 20)", 20),
        ("Fix (1 hour, at most 90 min)", 90),
        ("Fix (1-2 hours, max. 3)", 180),
        ("Fix (max 30 min)", None),
        ("Review (10 min, up to 30 people)", None),
        ("Review at most 3 files", None),
    ],
)
def test_what_a_title_allows_at_most(title: str, most: int | None) -> None:
    """Beside the usual time, in its unit where it has none of its own."""
    assert times.at_most(title) == most


def test_the_duration_in_brackets_goes_first() -> None:
    """In a heading what stands in brackets is its time; without it the name is left."""
    assert times.of_title("Wait 5 min for Phase 1 (30 min)") == (30, 30)
    assert times.without("Fix it (30 min)") == "Fix it"
    assert times.without("Fix it (on main)") == "Fix it (on main)"
