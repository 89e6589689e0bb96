"""Days as changelogs write them; a new one is written like its neighbour's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONG = "|".join(MONTHS)
_SHORT = "|".join(month[:3] for month in MONTHS)


def _long(day: date) -> str:
    return MONTHS[day.month - 1]


def _short(day: date) -> str:
    return MONTHS[day.month - 1][:3]


FORMS: tuple[tuple[str, Callable[[date], str]], ...] = (
    (r"\d{4}-\d{2}-\d{2}", lambda day: day.isoformat()),
    (r"\d{4}/\d{2}/\d{2}", lambda day: f"{day:%Y/%m/%d}"),
    (r"\d{4}\.\d{2}\.\d{2}", lambda day: f"{day:%Y.%m.%d}"),
    (r"\d{2}\.\d{2}\.\d{4}", lambda day: f"{day:%d.%m.%Y}"),
    (r"\d{2}-\d{2}-\d{4}", lambda day: day.isoformat()),
    (r"\d{1,2}/\d{1,2}/\d{4}", lambda day: day.isoformat()),
    (rf"(?:{_LONG}) \d{{1,2}}, \d{{4}}", lambda day: f"{_long(day)} {day.day}, {day.year}"),
    (rf"(?:{_LONG}) \d{{1,2}}(?:st|nd|rd|th),? \d{{4}}", lambda day: f"{_long(day)} {day.day}, {day.year}"),
    (rf"(?:{_SHORT}) \d{{1,2}}, \d{{4}}", lambda day: f"{_short(day)} {day.day}, {day.year}"),
    (rf"\d{{1,2}} (?:{_LONG}) \d{{4}}", lambda day: f"{day.day} {_long(day)} {day.year}"),
    (rf"\d{{1,2}} (?:{_SHORT}) \d{{4}}", lambda day: f"{day.day} {_short(day)} {day.year}"),
)
"""A form of day, and a day in it. Where the form leaves open which number is the month, the day is written plainly."""


def in_words(text: str) -> tuple[int, int, Callable[[date], str]] | None:
    """Where the first day in the text stands and how it is written; None when there is none."""
    found = [
        (match.start(), match.end(), form)
        for pattern, form in FORMS
        if (match := re.search(rf"(?<![\w.]){pattern}(?!\w)", text))
    ]
    return min(found, key=lambda one: one[0], default=None)
