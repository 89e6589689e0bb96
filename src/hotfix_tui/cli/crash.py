"""The last resort: one sentence and a private report, in place of a traceback."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click


def report(error: BaseException) -> str:
    """Write the report into the data folder, or where temporary files go, and return the sentence that names it."""
    from hotfix_tui.tui.crash import report as write

    return write(error, _folder())


def _folder() -> Path:
    from hotfix_tui.cli.options import PREFIX

    context = click.get_current_context(silent=True)
    said = (context.meta.get(PREFIX + "data_dir") if context else None) or os.environ.get("HOTFIX_DATA_DIR")
    if said:
        return Path(said).expanduser() / "crashes"
    return Path(tempfile.gettempdir()) / f"hotfix-{os.getuid()}"
