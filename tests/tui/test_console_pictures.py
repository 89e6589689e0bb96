from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.console_fixtures import HOSTILE, driven, stage, worked

Compare = Callable[..., bool]
SIZES = {"120x36": (120, 36), "80x24": (80, 24)}


@pytest.mark.parametrize("size", SIZES)
def test_the_console(snap_compare: Compare, tmp_path: Path, size: str) -> None:
    """The four answers, the panes and the footer, with one phase done and the next over its target."""
    app = worked(tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven())


@pytest.mark.parametrize("key", list("01345"))
def test_each_pane_at_80x24(snap_compare: Compare, tmp_path: Path, key: str) -> None:
    """One pane at a time, its tab in brackets, alarms on the others."""
    app = worked(tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES["80x24"], run_before=driven(key))


@pytest.mark.parametrize("size", SIZES)
def test_home(snap_compare: Compare, tmp_path: Path, size: str) -> None:
    """Open incidents with their clocks, closed ones, readiness."""
    app = worked(tmp_path).app(home=True)
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven())


@pytest.mark.parametrize("size", SIZES)
def test_in_ascii(snap_compare: Compare, tmp_path: Path, size: str) -> None:
    """Brackets, bars and borders of ASCII."""
    app = worked(tmp_path).app(ascii=True)
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven())


def test_without_colour(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks and words carry everything."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = worked(tmp_path).app(no_color=True)
    assert snap_compare(app, terminal_size=SIZES["120x36"], run_before=driven())


@pytest.mark.parametrize("size", SIZES)
def test_with_a_hostile_title(snap_compare: Compare, tmp_path: Path, size: str) -> None:
    """Markup and escape sequences in the title are only text."""
    app = worked(tmp_path, title=HOSTILE).app()
    assert snap_compare(app, terminal_size=SIZES[size], run_before=driven())


def test_over_every_limit(snap_compare: Compare, tmp_path: Path) -> None:
    """Seven hours later: over the limit, in words, and the playbook's question."""
    made = worked(tmp_path)
    made.later(hours=7)
    assert snap_compare(made.app(), terminal_size=SIZES["120x36"], run_before=driven())


def test_too_small(snap_compare: Compare, tmp_path: Path) -> None:
    """The four answers in a window that cannot hold more."""
    assert snap_compare(stage(tmp_path).app(), terminal_size=(52, 14), run_before=driven())


@pytest.mark.parametrize("keys", ["5z", "a", "?", ":"], ids=["zoomed", "note", "help", "palette"])
def test_over_the_console(snap_compare: Compare, tmp_path: Path, keys: str) -> None:
    """Zoom and the dialogs that open over the console."""
    pressed = [{"?": "question_mark", ":": "colon"}.get(key, key) for key in keys]
    app = worked(tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES["120x36"], run_before=driven(*pressed))


def test_the_post_mortem(snap_compare: Compare, tmp_path: Path) -> None:
    """The preview of the document."""
    app = worked(tmp_path).app()
    assert snap_compare(app, terminal_size=SIZES["80x24"], run_before=driven("p"))
