"""How long a key waits while 100 MB travel: pushed from the console, and fetched beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.session import Session

MEGABYTES, FILES = 100, 10
FETCHES = """
import sys
from pathlib import Path
from hotfix_tui.adapters.git_repository import find_repository
sys.exit(find_repository(Path(sys.argv[1])).run(["git", "fetch", "other"]).code)
"""
DOWN, UP = b"\x1b[B", b"\x1b[A"
PACE = 0.02
"""Seconds between two keys: held down, a key comes about 30 times a second."""
IDLE_KEYS = 150
HELD_OFF = 0.6
"""Seconds for which a dialog takes no answer yet."""
LONGEST = 120.0
"""Seconds after which something is wrong."""


@dataclass(frozen=True)
class Wait:
    """How long one key waited, in milliseconds."""

    took: float
    starved: float
    """For how much of it the console, or the bench, wanted a processor and had none: this is the machine's."""


def transfers(environ: Mapping[str, str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="hotfix-bench-") as place:
        folder = Path(place)
        own = {**environ, "HOME": place, "HOTFIX_DATA_DIR": f"{place}/data"}
        root, remote = _grown(folder, own)
        words = ("--no-input", "declare", "Down", "--yes", "--severity", "P0", "--reason", "It is measured")
        _run([sys.executable, "-m", "hotfix_tui", *words], root, own)
        with Session([sys.executable, "-m", "hotfix_tui", "open"], own, root) as session:
            session.settle()
            session.quieten()
            keys = _Keys(session)
            left = iter(range(IDLE_KEYS))
            idle = keys.pressed(lambda: next(left, None) is not None)
            _begin_push(session)
            pushed = keys.pressed(lambda: not (remote / "refs/heads/hotfix/next").exists())
            _settle(session)
            with _fetch(root, own) as fetching:
                fetched = keys.pressed(lambda: fetching.poll() is None)
    print(f"\n{'a key, ms':18}{'median':>9}{'p95':>9}{'worst':>9}{'starved':>9}{'keys':>7}   to reach")
    _print("idle", idle, "")
    _print("push of 100 MB", pushed, "worst <= 50; starved: of it for a processor")
    _print("fetch of 100 MB", fetched, "worst <= 50")


def _print(name: str, waits: list[Wait], asked: str) -> None:
    took = sorted(wait.took for wait in waits)
    high, worst = took[min(int(len(took) * 0.95), len(took) - 1)], max(waits, key=lambda wait: wait.took)
    figures = f"{median(took):9.1f}{high:9.1f}{worst.took:9.1f}{worst.starved:9.1f}{len(took):7}"
    print(f"{name:18}{figures}   {asked}", flush=True)


class _Keys:
    """The cursor goes down and up between two items, for ever."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wanted = {key: self._learnt(key) for key in (DOWN, UP)}

    def _learnt(self, key: bytes) -> frozenset[bytes]:
        """What this key writes whenever it is pressed."""
        back = UP if key == DOWN else DOWN
        seen = []
        if key == UP:
            self._session.written(DOWN)
        for _ in range(3):
            seen.append(self._session.written(key))
            self._session.written(back)
        if key == UP:
            self._session.written(UP)
        return frozenset.intersection(*seen)

    def pressed(self, going: Callable[[], bool]) -> list[Wait]:
        """Press one after the other as long as it goes on; how long each waited."""
        waits: list[Wait] = []
        until = time.perf_counter() + LONGEST
        while going() and time.perf_counter() < until:
            for key in (DOWN, UP):
                before = self._session.starved
                took = self._session.waited(key, self._wanted[key])
                waits.append(Wait(took, self._session.starved - before))
                time.sleep(PACE)
        return waits


def _begin_push(session: Session) -> None:
    """O, then the operation by its title, then y once the dialog takes it."""
    for keys in (b"O", b"/", b"Push the branch", b"\r"):
        session.written(keys)
    session.wait_for(b"Press y to run")
    time.sleep(HELD_OFF)
    session.written(b"y")


def _settle(session: Session) -> None:
    """Until nothing but ticks has come for a while."""
    quiet = time.perf_counter()
    while time.perf_counter() - quiet < 0.7:
        if len(session.read(0.1)) > 200:
            quiet = time.perf_counter()


def _grown(folder: Path, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """A repository whose hotfix branch is 100 MB away from its remote, and one more remote with 100 MB of its own."""
    root, remote = folder / "app", folder / "remote.git"
    (folder / ".gitconfig").write_text("[user]\n\tname = A\n\temail = a@example.org\n")
    _run(["git", "init", "-q", "-b", "main", str(root)], folder, environ)
    _run(["git", "init", "-q", "--bare", "-b", "main", str(remote)], folder, environ)
    _commit(root, environ, 1)
    for words in (
        ("tag", "-a", "-m", "x", "v1.0.0"),
        ("remote", "add", "origin", str(remote)),
        ("push", "-q", "origin", "main", "v1.0.0"),
        ("clone", "-q", "--bare", str(root), str(folder / "other.git")),
        ("remote", "add", "other", str(folder / "other.git")),
    ):
        _run(["git", *words], root, environ)
    _run(["git", "clone", "-q", str(folder / "other.git"), str(folder / "theirs")], folder, environ)
    _commit(folder / "theirs", environ, MEGABYTES)
    _run(["git", "push", "-q", "origin", "main"], folder / "theirs", environ)
    _run(["git", "switch", "-q", "-c", "hotfix/next"], root, environ)
    _commit(root, environ, MEGABYTES)
    return root, remote


def _commit(root: Path, environ: Mapping[str, str], megabytes: int) -> None:
    """A commit of so much that nothing compresses."""
    for n in range(FILES):
        (root / f"part-{n}").write_bytes(os.urandom(megabytes * 1_000_000 // FILES))
    _run(["git", "-c", "core.compression=0", "add", "."], root, environ)
    _run(["git", "commit", "-q", "-m", "parts"], root, environ)


def _fetch(root: Path, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """By hotfix, in another process: no operation fetches as much by itself."""
    return subprocess.Popen(
        [sys.executable, "-c", FETCHES, str(root)],
        cwd=root,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _run(argv: list[str], folder: Path, environ: Mapping[str, str]) -> None:
    subprocess.run(argv, cwd=folder, env=dict(environ), check=True, capture_output=True)
