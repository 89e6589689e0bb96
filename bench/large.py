"""The console on the largest playbooks, and how long all playbooks take to load."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.playbooks import LARGE, large, library_ms, reading_ms
from bench.session import Session

MOVES = ((b"\x1b[B", b"\x1b[A"), (b"j", b"k"))
MARKS = ((b" ", b" "),)
"""Mark an item done and open again: each is written to disk before it shows."""
PHASES = ((b"]", b"["),)
PRESSED = 10
"""How often each pair of keys is pressed in a run."""
FASTEST = {"move": "median <= 12, p95 <= 30", "mark": "", "phase": ""}


def large_playbooks(environ: Mapping[str, str], runs: int) -> None:
    """Measure and print. Raises: DeadKey."""
    print(f"\n{'':24}{'least':>9}{'median':>9}{'p95':>9}   to reach")
    with tempfile.TemporaryDirectory(prefix="hotfix-bench-") as folder:
        for name, (phases, items) in LARGE.items():
            place = Path(folder) / name.split()[1]
            _one(
                name,
                place,
                large(place / ".config/hotfix/playbooks", f"many-{name.split()[1]}", phases, items),
                environ,
                runs,
            )


def library(environ: Mapping[str, str], runs: int) -> None:
    """Measure and print what loading all built-in playbooks takes, the first time and ever after."""
    first, later = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="hotfix-bench-") as data:
            first.append(library_ms(Path(data), environ))
            later += [library_ms(Path(data), environ) for _ in range(2)]
    _line("built-in, first time", first, "")
    _line("built-in, load ms", later, "<= 60")


def _one(name: str, place: Path, file: Path, environ: Mapping[str, str], runs: int) -> None:
    _line(f"{name}, load ms", [reading_ms(file, environ) for _ in range(runs)], "<= 1000")
    own = {**environ, "HOME": str(place), "HOTFIX_DATA_DIR": str(place / "data")}
    argv = [sys.executable, "-m", "hotfix_tui", "--playbook", file.stem]
    subprocess.run(
        [
            *argv,
            "--no-input",
            "declare",
            "All is down",
            "--yes",
            "--severity",
            "P0",
            "--reason",
            "It is measured",
        ],
        env=own,
        cwd=place,
        check=True,
        capture_output=True,
    )
    took: dict[str, list[float]] = {"move": [], "mark": [], "phase": []}
    for _ in range(runs):
        with Session([sys.executable, "-m", "hotfix_tui", "open"], own, place) as session:
            session.settle()
            session.quieten()
            for what, pairs in (("move", MOVES), ("mark", MARKS), ("phase", PHASES if " ph" in name else ())):
                for pair in pairs:
                    took[what] += [session.key(key)[0] for _ in range(PRESSED) for key in pair]
    for what, figures in took.items():
        if figures:
            _line(f"{name}, {what} ms", figures, FASTEST[what])


def _line(name: str, figures: list[float], asked: str) -> None:
    high = sorted(figures)[min(int(len(figures) * 0.95), len(figures) - 1)]
    print(f"{name:24}{min(figures):9.1f}{median(figures):9.1f}{high:9.1f}   {asked}", flush=True)
