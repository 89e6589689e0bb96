"""What a playbook's words meet on this machine: files of the repository, programs on the PATH, today."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from hotfix_tui.adapters.configuration import work_tree
from hotfix_tui.lint import World


def world(folder: Path, now: datetime, origin: str) -> World:
    """What can be looked up in `folder` for a playbook of this origin.

    A built-in playbook is about nobody's repository and nobody's machine, so only the day counts for it.
    """
    if origin == "built-in":
        return World(now.date())
    root = work_tree(folder)
    return World(
        now.date(), (lambda name: _is_there(root, name)) if root else None, lambda name: _starts(root, name)
    )


def _is_there(root: Path, name: str) -> bool:
    try:
        return (root / name).exists()
    except (OSError, ValueError):
        return False


def _starts(root: Path | None, name: str) -> bool:
    """Whether the first word of a command is a program: on the PATH, or by its path from the repository."""
    if "/" not in name:
        return shutil.which(name) is not None
    if root is None and not Path(name).is_absolute():
        return True  # nobody knows where it would be started
    try:
        return shutil.which(str((root or Path("/")) / name)) is not None
    except ValueError:
        return False
