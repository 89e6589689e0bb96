"""Who may read what is written: hotfix's own files are its user's alone, those of git and of commands are not.

Work trees and repositories are shared with servers, groups and deployments: what a program that `hotfix` starts writes
there has the modes that it would have from the user's shell (D.3, RELIABILITY.md row 7).
"""

from __future__ import annotations

import os

PRIVATE = 0o077
_FOUND: list[int] = []
UNCHANGED = -1
"""What `subprocess` takes for: as this process has it."""


def keep_private() -> None:
    """From now on this process writes for its user alone."""
    found = os.umask(PRIVATE)
    if found != PRIVATE:
        _FOUND[:] = [found]


def of_programs() -> int:
    """The umask for a program that is started: the one from before `keep_private`, as `subprocess` takes it."""
    return _FOUND[0] if _FOUND else UNCHANGED
