"""The playbook that a team starts from: a file of the package, written where the team wants it."""

from __future__ import annotations

import os
from pathlib import Path

from hotfix_tui.adapters.configuration import work_tree
from hotfix_tui.adapters.files import write_text
from hotfix_tui.domain.errors import PortFailure

USUAL = Path(".hotfix") / "playbook.toml"
"""Where a repository's playbook lies."""
_TEXT = Path(__file__).resolve().parents[1] / "loading" / "starting.toml"


def starting_text() -> str:
    """A commented playbook that works as it stands. Raises: PortFailure when the installation is damaged."""
    try:
        return _TEXT.read_text(encoding="utf-8")
    except OSError as error:
        raise PortFailure("Playbook", f"{_TEXT} cannot be read.", "Reinstall hotfix-tui.") from error


def write_starting_file(folder: Path, name: str, *, replace: bool) -> Path:
    """Write it to `name` seen from `folder`, else to the repository's usual place, and tell where that is.

    Raises: PortFailure when there is a file already and `replace` is not set, or it cannot be written.
    """
    text = starting_text()
    target = folder / Path(name).expanduser() if name else usual_place(folder)
    write_text(target, text, replace)
    return target


def usual_place(folder: Path) -> Path:
    """The repository's usual place, its folder made; one that leads out of the repository is not written to (row 54).

    Raises: PortFailure.
    """
    root = work_tree(folder) or folder
    inner = root / USUAL.parent
    try:
        inner.mkdir(exist_ok=True)
    except OSError as error:
        reason = "a file stands in its place" if inner.exists() else (error.strerror or str(error)).lower()
        raise PortFailure("Writing", f"{inner} cannot be made: {reason}.", "Name a file instead.") from error
    if not Path(os.path.realpath(inner)).is_relative_to(os.path.realpath(root)):
        raise PortFailure("Writing", f"{inner} leads out of the repository.", "Name a file instead.")
    return root / USUAL
