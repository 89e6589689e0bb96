"""What is left after something nobody expected: one sentence, and a private report without secrets."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from hotfix_tui import __version__
from hotfix_tui.domain.redact import redact
from hotfix_tui.domain.text import clean

ENDED, BROKEN = "hotfix ended unexpectedly", "Something in the background failed"
"""What a report is about: the end of the console, or of a piece of work behind it."""


def report(error: BaseException, folder: Path | None, happened: str = ENDED) -> str:
    """Write the report (mode 0600, no local variables) and return the sentence that names it."""
    text = "".join(traceback.format_exception(error))
    head = f"hotfix {__version__}, Python {platform.python_version()}, {sys.platform}\n\n"
    safe, _ = redact(head + text)
    what = clean(f"{type(error).__name__}: {redact(str(error))[0]}", 160)
    saved = "What the screen showed as done is saved."
    try:
        where = _write(safe, folder) if folder is not None else "not written"
    except OSError as failure:
        where = f"not written ({failure.strerror})"
    return f"{happened} ({what}); the report is {where}. {saved}"


def _write(text: str, folder: Path) -> str:
    """Write the report into a private file of `folder` and return its path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=folder, prefix="crash-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return path
