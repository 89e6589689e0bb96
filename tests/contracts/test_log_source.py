"""The contract of LogSource, on a real file and on the fake that other tests use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotfix_tui.adapters.file_tail import FileTail
from hotfix_tui.ports import LogSource
from tests.fake_log import FakeLog


@dataclass(frozen=True)
class Subject:
    """A source, and how its text grows."""

    source: LogSource
    write: Callable[[str], object]


def _file(folder: Path, text: str) -> Subject:
    path = folder / "app.log"
    path.write_text(text)

    def write(more: str) -> None:
        with path.open("a") as file:
            file.write(more)

    return Subject(FileTail(path), write)


def _fake(folder: Path, text: str) -> Subject:
    fake = FakeLog(text=text)
    return Subject(fake, fake.write)


Make = Callable[[str], Subject]


@pytest.fixture(name="make", params=[_file, _fake], ids=["FileTail", "FakeLog"])
def _make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return lambda text: request.param(tmp_path, text)


def test_it_has_a_name(make: Make) -> None:
    """Its name says what is followed."""
    assert make("").source.name == "app.log"


def test_lines_come_once_and_in_order(make: Make) -> None:
    """What was there, then what came; and nothing when nothing came."""
    subject = make("one\ntwo\n")
    assert subject.source.poll() == ("one", "two")
    assert subject.source.poll() == ()
    subject.write("three\n")
    subject.write("four\n\nsix\n")
    assert subject.source.poll() == ("three", "four", "", "six")
    assert subject.source.poll() == ()


def test_it_begins_near_the_end(make: Make) -> None:
    """Of a long text only the last two hundred lines are shown at first."""
    lines = [f"line {n}" for n in range(5000)]
    assert make("\n".join(lines) + "\n").source.poll() == tuple(lines[-200:])


def test_half_a_line_is_held_back(make: Make) -> None:
    """A line comes when it is whole."""
    subject = make("")
    subject.write("begun, ")
    assert subject.source.poll() == ()
    subject.write("ended\n")
    assert subject.source.poll() == ("begun, ended",)


def test_a_flood_is_cut_and_counted(make: Make) -> None:
    """One look hands on a bounded number of lines, the newest ones, and says how many are not among them."""
    subject = make("")
    lines = [f"line {n}" for n in range(25_000)]
    subject.write("\n".join(lines) + "\n")
    first, *rest = subject.source.poll()
    assert first == "… 23000 lines skipped in view, kept in file"
    assert rest == lines[-2000:]
    assert subject.source.poll() == ()


def test_after_closing_nothing_comes(make: Make) -> None:
    """Closing is for good, and can be done twice."""
    subject = make("one\n")
    subject.source.close()
    subject.source.close()
    subject.write("two\n")
    assert subject.source.poll() == ()
