"""A drill's folder: made whole, kept private, with an application that writes its log; old ones go."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hotfix_tui.adapters.drill_app import LOCK
from hotfix_tui.adapters.git_sandbox import make_repository
from hotfix_tui.adapters.locks import is_locked
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.service.drills import Sandbox

KEPT = 3
"""How many drills are kept, the new one among them."""
SECONDS = 2 * 60 * 60
"""The longest that the application runs."""
_NAME = re.compile(r"\d{8}-\d{6}(?:-\d+)?")

Start = Callable[[Path], None]


def make_sandbox(drills: Path, now: datetime, start: Start | None = None) -> Sandbox:
    """A new sandbox in a folder of its own below `drills`, with its application started by `start`.

    Raises: PortFailure when it cannot be made; then nothing of it is left.
    """
    try:
        drills.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = _new_folder(drills, f"{now:%Y%m%d-%H%M%S}")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PortFailure(
            "Drill", f"{drills} cannot be used: {reason}.", "Set HOTFIX_DATA_DIR to another folder."
        ) from error
    try:
        sandbox = make_repository(folder, now)
        (start or start_application)(sandbox.log)
    except PortFailure:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    prune(drills)
    return sandbox


def _new_folder(drills: Path, name: str) -> Path:
    for candidate in (name, *(f"{name}-{n}" for n in range(2, 100))):
        try:
            (drills / candidate).mkdir(mode=0o700)
        except FileExistsError:
            continue
        return drills / candidate
    raise FileExistsError(0, "too many drills began in this second")


def prune(drills: Path) -> None:
    """Only the newest drills are kept, and those whose application still runs."""
    found = sorted(
        (path for path in drills.iterdir() if _NAME.fullmatch(path.name) and not path.is_symlink()), key=_age
    )
    for folder in found[:-KEPT]:
        if not is_locked(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)


def _age(folder: Path) -> tuple[str, int]:
    day, time, *number = folder.name.split("-")
    return f"{day}-{time}", int(number[0]) if number else 1


def start_application(log: Path) -> None:
    """Start the application; it ends with this process. Raises: PortFailure."""
    _spawn(log, os.getpid())


def start_application_alone(log: Path) -> None:
    """Start the application for a sandbox that is only prepared; it ends by its time or with its folder.

    Raises: PortFailure.
    """
    _spawn(log, 0)


def _spawn(log: Path, parent: int) -> None:
    argv = [sys.executable, "-P", "-m", "hotfix_tui.adapters.drill_app", str(log), str(SECONDS), str(parent)]
    try:
        subprocess.Popen(
            argv,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise PortFailure("Drill", f"its application cannot be started: {error.strerror}.") from error
