"""Why a program cannot be started: for each reason a sentence of its own (RELIABILITY.md row 50)."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import NAME, clean

INSTALL = "Install it, or put it on the PATH."
_PROGRAM = {
    errno.ENOENT: ("it is not here", INSTALL),
    errno.ENOTDIR: ("it is not here", INSTALL),
    errno.EACCES: ("it is here and must not be executed", "Make it executable: chmod +x"),
    errno.ENOEXEC: (
        "it is no program, and no first line says what runs it",
        "Begin it with #! and a program.",
    ),
    errno.E2BIG: ("its arguments are longer than this system takes", "Give it a file instead."),
}
"""What the system says against a program, and what to do."""
_FOLDER = {
    errno.ENOENT: "is not here",
    errno.ENOTDIR: "is no folder",
    errno.EACCES: "must not be entered",
}
"""What the system says against the folder where it would run."""


def _failure(argv: Sequence[str], why: str, hint: str = "") -> PortFailure:
    name = clean(argv[0], NAME) if argv else "nothing"
    return PortFailure(name, f"{name} cannot be started: {why}.", hint)


def check_words(argv: Sequence[str]) -> None:
    """Raises: PortFailure where a word is none that a program could be given."""
    if not argv or not argv[0]:
        raise _failure(argv, "there is no program")
    for number, word in enumerate(argv):
        where = f"word {number} after it" if number else "its name"
        if "\0" in word:
            raise _failure(argv, f"{where} has a NUL in it", "Look where the playbook's word comes from.")
        try:
            os.fsencode(word)
        except UnicodeEncodeError as error:
            hint = "Look where the playbook's word comes from."
            raise _failure(argv, f"{where} has half a character in it", hint) from error


def why_not(argv: Sequence[str], folder: Path, number: int, *, entered: bool) -> PortFailure:
    """Why the system did not start it; `entered` says whether the folder was not what it stopped at."""
    if not entered:
        why = _FOLDER.get(number, f"cannot be entered ({os.strerror(number)})")
        return _failure(argv, f"its folder {clean(str(folder))} {why}")
    why, hint = _PROGRAM.get(number, (os.strerror(number).lower(), ""))
    if number == errno.ENOENT and _is_here(argv[0], folder):
        why, hint = "it is here, and what its first line names to run it is not", "Look at its first line."
    return _failure(argv, why, hint)


def _is_here(program: str, folder: Path) -> bool:
    return (folder / program).is_file() if "/" in program else shutil.which(program) is not None
