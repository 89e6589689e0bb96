"""The review as it looks: both sides, one side at a time, without colours, in ASCII, and with hostile text."""

from __future__ import annotations

import pytest

from tests.tui.host import NARROW, Host
from tests.tui.review_samples import EVIL, review
from tests.tui.samples import EVIL as EVIL_NAME
from tests.tui.test_dialog_pictures import SIZES, Compare, driven

KEYS = ["enter", "j", "d", "j", "j"]


@pytest.mark.parametrize("size", SIZES)
def test_the_review_looks_as_agreed(snap_compare: Compare, size: str) -> None:
    """Decided entries have their marks; the document stands at the entry's lines."""
    assert snap_compare(Host(review), terminal_size=SIZES[size], run_before=driven(KEYS))


def test_the_document_alone_looks_as_agreed(snap_compare: Compare) -> None:
    """On a narrow screen tab shows the other side."""
    assert snap_compare(Host(review), terminal_size=NARROW, run_before=driven([*KEYS, "tab"]))


@pytest.mark.parametrize("size", SIZES)
def test_the_review_looks_as_agreed_with_hostile_text(snap_compare: Compare, size: str) -> None:
    """Markup and escape sequences are only text."""
    app = Host(lambda: review(EVIL, EVIL_NAME))
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven([]))


def test_the_review_looks_as_agreed_in_ascii(snap_compare: Compare) -> None:
    """The same where only ASCII can be drawn."""
    assert snap_compare(Host(review, ascii=True), terminal_size=NARROW, run_before=driven(KEYS))


def test_the_review_looks_as_agreed_without_colour(
    snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks and words carry everything."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(Host(review), terminal_size=SIZES["120x36"], run_before=driven(KEYS))
