"""`./dev bench`: the console beside a minimal Textual application, in one run, as ratios and bytes.

On a shared machine read medians and ratios; single milliseconds mean little.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.git import git_pane
from bench.imports import imports
from bench.large import large_playbooks, library
from bench.session import DeadKey, Session
from bench.transfers import transfers

HERE = Path(__file__).parent
Figures = dict[str, list[float]]
ARROWS = (b"\x1b[B", b"\x1b[A")
LETTERS = (b"j", b"k")
KEYS = 40
"""How many keys are pressed in a run."""
IDLE_BESIDE = 2.0
"""Seconds for which the minimal application is watched: it has no clock, so there is little to see."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--idle", type=float, default=8.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hotfix-bench-") as folder:
        environ = _environ(Path(folder))
        _, repository = _hotfix(environ, folder, "drill", "--no-ui").split()
        ours: Figures = {}
        theirs: Figures = {}
        for run in range(given.runs):
            pair = [
                (ours, [sys.executable, "-m", "hotfix_tui", "open"], ARROWS + LETTERS, given.idle),
                (theirs, [sys.executable, str(HERE / "minimal.py")], ARROWS, IDLE_BESIDE),
            ]
            for figures, argv, keys, idle in pair if run % 2 else reversed(pair):
                _measure(Path(repository), environ, argv, keys, idle, figures)
        _print(ours, theirs)
        _commands(environ, folder, given.runs)
        large_playbooks(environ, given.runs)
        library(environ, given.runs)
        git_pane(environ, given.runs)
        transfers(environ)
        imports(given.runs)
    return 0


def _environ(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "HOTFIX_DATA_DIR": f"{folder}/data",
    }


def _hotfix(environ: dict[str, str], folder: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "hotfix_tui", *arguments],
        env=environ,
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _measure(
    folder: Path,
    environ: dict[str, str],
    argv: Sequence[str],
    keys: Sequence[bytes],
    idle: float,
    figures: Figures,
) -> None:
    """One run. Raises: DeadKey when a key does nothing."""
    with Session(argv, environ, folder) as session:
        _add(figures, "settled_ms", session.settle())
        _add(figures, "settled_cpu_ms", session.cpu * 1000)
        session.quieten()
        for _ in range(KEYS // len(keys)):
            for key in keys:
                took, count = session.key(key)
                _add(figures, "key_ms", took)
                _add(figures, "key_bytes", count)
        bursts, share = session.idle(idle)
        for burst in bursts:
            _add(figures, "tick_bytes", burst)
        _add(figures, "idle_bytes_s", sum(bursts) / idle)
        _add(figures, "idle_cpu_pct", share)
        _add(figures, "peak_mb", session.peak_mb)


def _add(figures: Figures, name: str, value: float) -> None:
    figures.setdefault(name, []).append(value)


ASKED = {
    "settled_ms": "<= 1.6 x minimal",
    "settled_cpu_ms": "processor time until then, to compare on a busy machine",
    "key_ms": "median <= 12, p95 <= 30",
    "key_bytes": "median <= 700",
    "tick_bytes": "median <= 700",
    "idle_bytes_s": "<= 250",
    "idle_cpu_pct": "<= 0.6",
    "peak_mb": "<= 60",
}


def _print(ours: Figures, theirs: Figures) -> None:
    print(f"{'':16}{'least':>9}{'median':>9}{'p95':>9}{'minimal':>9}{'ratio':>8}{'of least':>10}   to reach")
    for name, asked in ASKED.items():
        mine, other = ours.get(name, [0.0]), theirs.get(name, [0.0])
        middle, beside = median(mine), median(other)
        high = sorted(mine)[min(int(len(mine) * 0.95), len(mine) - 1)]
        ratios = f"{_ratio(middle, beside):>8}{_ratio(min(mine), min(other)):>10}"
        print(f"{name:16}{min(mine):9.1f}{middle:9.1f}{high:9.1f}{beside:9.1f}{ratios}   {asked}")


def _ratio(mine: float, other: float) -> str:
    return f"{mine / other:.2f}" if other else "-"


def _commands(environ: dict[str, str], folder: str, runs: int) -> None:
    commands = {
        "python -c pass": (["-c", "pass"], ""),
        "hotfix --version": (["-m", "hotfix_tui", "--version"], "<= 6.7 (80 ms where bare Python takes 12)"),
        "status --line": (
            ["-m", "hotfix_tui", "status", "--line"],
            "<= 12.5 (150 ms where bare Python takes 12)",
        ),
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs * 2):
        for name, (arguments, _) in commands.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], env=environ, cwd=folder, check=True, capture_output=True
            )
            took[name].append((time.perf_counter() - began) * 1000)
    bare = median(took["python -c pass"])
    print(f"\n{'':18}{'median ms':>10}{'ratio':>8}   to reach")
    for name, (_, asked) in commands.items():
        print(f"{name:18}{median(took[name]):10.1f}{median(took[name]) / bare:8.1f}   {asked}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DeadKey as dead:
        sys.exit(f"bench: {dead}")
