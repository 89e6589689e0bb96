"""The level of a log line, and the count of the last minutes' errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotfix_tui.domain.loglines import Tally, is_old, level

NOW = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-21T03:14:02Z ERROR vault: no such file",
        "CRITICAL:root:out of memory",
        "thread 'main' panicked at src/main.rs:3:5",
        "Traceback (most recent call last):",
        "2026/11/21 03:14:02 [error] 12#12: upstream timed out",
        'level=error msg="no"',
        '{"level":"error","msg":"no"}',
        "error[E0308]: mismatched types",
        "fatal: not a git repository",
    ],
)
def test_an_error_is_known_by_the_usual_words(line: str) -> None:
    """The words of common loggers, compilers and servers."""
    assert level(line) == "error"


@pytest.mark.parametrize(
    "line", ["WARN  path: cut", "[warn] slow", "level=warning x", "warning: unused variable"]
)
def test_a_warning_is_known_by_the_usual_words(line: str) -> None:
    """The same for warnings."""
    assert level(line) == "warn"


@pytest.mark.parametrize(
    "line", ["", "INFO all is well", "found 0 errors", "error_count=0", "no error", "x" * 500 + " ERROR"]
)
def test_an_ordinary_line_has_no_level(line: str) -> None:
    """Words inside sentences and names mean nothing, and only the beginning of a line is looked at."""
    assert level(line) == ""


def test_errors_count_for_five_minutes() -> None:
    """The count is that of the last five minutes, and forgets by itself."""
    tally = Tally().add(["ERROR a", "INFO b", "ERROR c"], NOW)
    assert tally.errors(NOW) == 2
    tally = tally.add(["ERROR d"], NOW + timedelta(minutes=3))
    assert tally.errors(NOW + timedelta(minutes=4)) == 3
    assert tally.errors(NOW + timedelta(minutes=6)) == 1
    assert tally.errors(NOW + timedelta(minutes=9)) == 0


def test_a_tally_stays_small() -> None:
    """What is too old is dropped, however long the log runs."""
    tally = Tally()
    for minute in range(1000):
        tally = tally.add(["ERROR"], NOW + timedelta(minutes=minute))
    assert len(tally.counts) <= 5


def test_yesterdays_errors_at_the_beginning_of_a_log_do_not_alarm() -> None:
    """A line that says itself that it is old does not count; one that may be new, or says nothing, does."""
    lines = [
        "2026-11-20T03:14:02Z ERROR a",
        "2026-11-21T05:05:00+02:00 ERROR b",
        "2026-11-19 03:00:00,123 ERROR c",
    ]
    assert all(is_old(line, NOW) for line in lines)
    assert Tally().add(lines, NOW).errors(NOW) == 0
    fresh = [
        "2026-11-21T03:13:02Z ERROR",
        "2026-11-21 01:00:00 ERROR in some zone",
        "ERROR",
        "2026-99-99 03:14:02 ERROR",
    ]
    assert Tally().add(fresh, NOW).errors(NOW) == 4
