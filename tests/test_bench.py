"""The bench measures keys, not the clock: it tells the two apart, and a dead key stops it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.playbooks import LARGE, large
from bench.session import DeadKey, Session, is_tick, spots
from hotfix_tui.loading import read

ECHO = "import os, tty; tty.setraw(0); os.write(1, b'ready'); [os.write(1, b'moved' * 200) for _ in iter(lambda: os.read(0, 9), b'x')]"
CLOCK = (
    "import os, time, tty; tty.setraw(0)\n"
    "while True: os.write(1, b'\\x1b[1;109H  03:14:07Z'); time.sleep(0.1)"
)


def session(program: str, folder: Path) -> Session:
    """A Python program at the other end of a pseudo-terminal."""
    return Session([sys.executable, "-c", program], {"PATH": os.environ["PATH"]}, folder)


def test_a_tick_is_the_clock_s_place_and_little_else() -> None:
    """A cursor move begins elsewhere, and a first screen is longer."""
    assert is_tick(b"\x1b[1;109H\x1b[1;38;5;253;48;5;16m  03:14:07Z")
    assert not is_tick(b"\x1b[7;49H\x1b[38;5;253m  1.2 confirmed")
    assert not is_tick(b"\x1b[1;1H" + b"x" * 4000)


def test_a_key_that_moves_is_measured(tmp_path: Path) -> None:
    """Its bytes are counted."""
    with session(ECHO, tmp_path) as program:
        assert program.read(10) == b"ready"
        assert program.key(b"j")[1] == 1000


def test_a_key_that_brings_only_ticks_stops_the_bench(tmp_path: Path) -> None:
    """It once measured ticks for a whole release, because the arrows were dead."""
    with session(CLOCK, tmp_path) as program:
        assert is_tick(program.read(10))
        with pytest.raises(DeadKey):
            program.key(b"j")


PANES = (
    "import os, time, tty; tty.setraw(0); os.write(1, b'ready')\n"
    "for key in iter(lambda: os.read(0, 9), b'x'):\n"
    "    os.write(1, b'\\x1b[1;109H  03:14:07Z\\x1b[9;1Hpushed'); time.sleep(0.05)\n"
    "    os.write(1, b'\\x1b[7;49H' + key + b' here\\x1b[10;42H')"
)


def test_a_key_is_told_from_what_a_job_writes(tmp_path: Path) -> None:
    """It has been waited for when its own cells have come, whatever else came before; places, not the clock, count."""
    assert spots(b"\x1b[1;109H 03:14\x1b[7;49Hj here\r\n\x1b[10;42H") == {b"\x1b[7;49Hj here"}
    with session(PANES, tmp_path) as program:
        assert program.read(10) == b"ready"
        wanted = program.written(b"j") - {b"\x1b[9;1Hpushed"}
        assert wanted == {b"\x1b[7;49Hj here"}
        assert 50 <= program.waited(b"j", wanted) < 1000
        with pytest.raises(DeadKey):
            program.waited(b"k", wanted)
        assert program.starved >= 0


@pytest.mark.parametrize("name", LARGE)
def test_the_large_playbooks_are_as_large_as_they_say(name: str, tmp_path: Path) -> None:
    """They load, and none of their phases and items is lost."""
    phases, items = LARGE[name]
    playbook = read(large(tmp_path, "large", phases, items).read_bytes(), "large.toml")
    assert (len(playbook.phases), sum(len(phase.items) for phase in playbook.phases)) == (phases, items)
