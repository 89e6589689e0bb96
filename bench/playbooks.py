"""Playbooks as large as a file of 256 kB may be, and how long loading takes in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

LARGE = {"1,000 phases": (1000, 3000), "5,000 items": (1, 5000)}
"""How many phases and items the playbooks have that must not make the console slow."""

_HEAD = """schema = 1
id = "{name}"
title = "{title}"
resolved_when = "p0"
[[severity]]
id = "P0"
name = "Critical"
meaning = "All is down."
decision = "hotfix"
respond = "15m"
resolve = "4h"
update_every = "30m"
"""
_PHASE = """[[phase]]
id = "p{n}"
title = "Phase number {n}"
target = "10m"
maximum = "20m"
"""
_ITEM = """[[phase.item]]
id = "i{n}"
text = "Do this {n}"
"""

_LOAD_FILE = """
import sys, time
from pathlib import Path
from hotfix_tui.loading import read
text = Path(sys.argv[1]).read_bytes()
began = time.perf_counter()
read(text, "bench.toml")
print((time.perf_counter() - began) * 1000)
"""
_LOAD_ALL = """
import sys, time
from pathlib import Path
from hotfix_tui.adapters.playbook_cache import PlaybookCache
from hotfix_tui.adapters.playbook_folders import BUILT_IN
cache = PlaybookCache(Path(sys.argv[1]))
began = time.perf_counter()
for path in sorted(BUILT_IN.glob("*.toml")):
    cache.read(path.read_bytes(), path.name)
print((time.perf_counter() - began) * 1000)
"""


def large(folder: Path, name: str, phases: int, items: int) -> Path:
    """A playbook of so many phases, which share so many items evenly; its file."""
    each = items // phases
    lines = [_HEAD.format(name=name, title=name.replace("-", " ").capitalize())]
    for n in range(phases):
        lines += [_PHASE.format(n=n), *(_ITEM.format(n=i) for i in range(n * each, (n + 1) * each))]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_text("".join(lines))
    return file


def reading_ms(file: Path, environ: Mapping[str, str]) -> float:
    """Milliseconds for which a fresh process reads this file, beyond importing the code that does."""
    return _timed(_LOAD_FILE, file, environ)


def library_ms(data: Path, environ: Mapping[str, str]) -> float:
    """Milliseconds for all built-in playbooks, with what earlier processes kept in that data folder."""
    return _timed(_LOAD_ALL, data, environ)


def _timed(program: str, path: Path, environ: Mapping[str, str]) -> float:
    argv = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(argv, env=dict(environ), check=True, capture_output=True, text=True)
    return float(done.stdout)
