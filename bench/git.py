"""How long the git pane's look takes on a repository of 5,000 commits and 500 tags."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

COMMITS, TAG_EVERY, FILES = 5000, 10, 400
LOOKS = """
import json, sys, time
from pathlib import Path
from hotfix_tui import wiring
settings = wiring.read_settings({}, {"HOME": sys.argv[2], "HOTFIX_DATA_DIR": sys.argv[2]}, Path(sys.argv[1]))
clock = wiring.open_clock()
services = wiring.open_services(settings, wiring.open_store(settings), clock)
(case,) = services.incidents.survey().cases
from hotfix_tui.service.sight import look
took = []
for _ in range(int(sys.argv[3])):
    began = time.perf_counter()
    look(services.find_site(Path(sys.argv[1])).repository, case)
    took.append((time.perf_counter() - began) * 1000)
print(json.dumps(took))
"""


def git_pane(environ: Mapping[str, str], runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="hotfix-bench-") as place:
        root, data = Path(place) / "app", f"{place}/data"
        grown(root)
        own = {**environ, "HOTFIX_DATA_DIR": data}
        words = ("--no-input", "declare", "Down", "--yes", "--severity", "P0", "--reason", "It is measured")
        _run([sys.executable, "-m", "hotfix_tui", *words], root, own)
        said = _run([sys.executable, "-c", LOOKS, str(root), data, str(runs * 4)], root, own)
        took = sorted(json.loads(said))
    high = took[min(int(len(took) * 0.95), len(took) - 1)]
    print(f"{'git pane, look ms':24}{took[0]:9.1f}{median(took):9.1f}{high:9.1f}   <= 300", flush=True)


def grown(root: Path) -> None:
    """The repository, on a hotfix branch of its newest release, with one commit there."""
    root.mkdir(parents=True)
    _run(["git", "init", "-q", "-b", "main"], root)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input="".join(_stream()).encode(), check=True)
    _run(["git", "reset", "-q", "--hard", "main"], root)
    _run(["git", "switch", "-q", "-c", "hotfix/next"], root)
    (root / "src/f1.py").write_text("repaired\n")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    _run(["git", *who, "commit", "-q", "-a", "-m", "fix"], root)


def _stream() -> Iterator[str]:
    for n in range(1, COMMITS + 1):
        who = f"A <a@example.org> {1_700_000_000 + n * 600} +0000"
        text = f"line {n}\n"
        above = f"from :{n - 1}\n" if n > 1 else ""
        yield f"commit refs/heads/main\nmark :{n}\ncommitter {who}\ndata 7\nchange\n\n{above}"
        yield f"M 100644 inline src/f{n % FILES}.py\ndata {len(text)}\n{text}\n"
        if n % TAG_EVERY == 0:
            tag = n // TAG_EVERY
            yield f"tag v1.{tag // 10}.{tag % 10}\nfrom :{n}\ntagger {who}\ndata 2\nx\n\n"


def _run(argv: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(argv, cwd=folder, env=environ, check=True, capture_output=True, text=True)
    return done.stdout
