"""The pictures in snapshots/ show something: of a screen that failed to draw, an empty one would be taken, and would agree for ever."""

from __future__ import annotations

import re
from pathlib import Path

PICTURES = sorted((Path(__file__).resolve().parents[1] / "snapshots").rglob("*.svg"))
ROWS = 5
"""Fewer rows with text are no screen."""


def test_no_picture_is_empty() -> None:
    """Each has the rows of a screen."""
    assert PICTURES
    rows = {path.name: set(re.findall(r'<text[^>]* y="([\d.]+)"', path.read_text())) for path in PICTURES}
    assert [name for name, found in rows.items() if len(found) < ROWS] == []
