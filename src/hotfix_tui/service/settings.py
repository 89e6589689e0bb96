"""What a person, a folder or the environment set: one frozen value, read once at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Settings:
    """The settings in force; `origins` says where each came from."""

    data_dir: Path
    config_dir: Path
    repository_dir: Path
    """The folder where `hotfix` was started."""
    by: str = "someone"
    """The person's name in events."""
    playbook: str = ""
    """The id of the playbook to declare with; empty for the nearest."""
    incident: str = ""
    """The incident that commands act on; empty for the one that is open."""
    read_only: bool = False
    ascii: bool = False
    no_color: bool = False
    mouse: bool = True
    bell: bool = True
    """Whether alarms ring the terminal's bell."""
    log_files: tuple[Path, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    """Binding id to keys, comma-separated."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Setting name to "flag", "HOTFIX_…", "config.toml:12" or "default"."""
    warnings: tuple[str, ...] = ()
    """Sentences about settings that were ignored, each with file and line."""
