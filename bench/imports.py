"""How long it takes to understand each document, in processor time."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (
    ROOT / "tests" / "importing" / "documents",
    ROOT.parent / "shared" / "seeds",
    ROOT.parent / "shared" / "corpus",
)
"""The project's own documents, and those beside it where they are present."""
LARGE = {
    "100 kB of phases": b"## Phase 1: a (5 min)\n\n- [ ] do it (if P0)\n\n```bash\ngit status\n```\n\nSome words about it.\n\n"
    * 1100,
    "1,000 phases": b"".join(b"## Phase %d: x (5 min)\n\n- [ ] a\n\n" % n for n in range(1, 1001)),
    "nested 500 deep": b"\n".join(b" " * (2 * n) + b"- [ ] x" for n in range(500)),
}
"""Documents that must be understood within two seconds."""


def imports(runs: int) -> None:
    """Print the time of each document."""
    print()
    print(f"{'understood in':44}{'kB':>6}{'median ms':>11}{'highest':>9}   to reach")
    for folder in FOLDERS:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in {".md", ".txt"}:
                _row(path.name, path.read_bytes(), runs, "")
    for name, data in LARGE.items():
        _row(name, data, runs, "<= 2000")


def _row(name: str, data: bytes, runs: int, asked: str) -> None:
    took = [_measured(data) for _ in range(runs)]
    print(f"{name:44}{len(data) / 1000:6.1f}{median(took):11.1f}{max(took):9.1f}   {asked}".rstrip())


def _measured(data: bytes) -> float:
    from hotfix_tui.importing.understanding import understand

    started = time.process_time()
    understand(data)
    return (time.process_time() - started) * 1000
