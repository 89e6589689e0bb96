"""Which logs belong to an incident."""

from __future__ import annotations

from pathlib import Path

from hotfix_tui.service.incidents import Case
from hotfix_tui.service.settings import Settings

DRILL_LOG = "keyhole.log"
"""The log of a drill's application; it lies beside its repository."""


def log_files(case: Case, settings: Settings) -> tuple[Path, ...]:
    """The logs to follow: what a person named, else what the playbook names; in a drill, its application's.

    A log named in a configuration file belongs to the real product, so a drill does not follow it.
    """
    root = Path(case.incident.declared.repository or ".")
    drill = case.incident.declared.drill
    if settings.log_files and (not drill or settings.origins.get("log_files") == "flag"):
        return settings.log_files
    return (root.parent / DRILL_LOG,) if drill else tuple(root / name for name in case.playbook.log_files)
