"""What of a repository's own would run if it were trusted: its hooks and the programs that its settings name.

Trust is by content: the hash covers where the repository lies, every hook's bytes and every such setting, so that a
hook which changes is asked for again (RELIABILITY.md §3.2).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from hotfix_tui.adapters.git_environment import TRUSTED, Setting, names_program
from hotfix_tui.adapters.git_parsing import Places
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Habits

HOOK = 1_000_000
"""The most bytes of a hook that count."""


def found_programs(config: Iterable[Setting], places: Places) -> Habits:
    """The hooks and programs of a repository, one line each, and the hash that they are trusted by."""
    known = tuple(setting for setting in config if setting.scope != "command")  # those are ours
    settings = [f"{s.key} = {s.value}" for s in known if s.scope not in TRUSTED and names_program(s.key)]
    folder = hooks_folder(known, places)
    hooks = sorted(_hooks(folder))
    lines = (*(f"hook {folder / name}" for name, _ in hooks), *settings)
    parts = ["repository", str(places.common.resolve()), settings, hooks]
    digest = hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return Habits(programs=tuple(clean(line) for line in lines), digest=digest)


def hooks_folder(config: Iterable[Setting], places: Places) -> Path:
    """Where git would look for hooks here."""
    named = [s.value for s in config if s.key == "core.hookspath"]
    if not named:
        return places.common / "hooks"
    return places.root / Path(named[-1]).expanduser()


def _hooks(folder: Path) -> list[tuple[str, str]]:
    """The names of the hooks that git would run there, each with the hash of its bytes."""
    try:
        names = [entry.name for entry in os.scandir(folder) if not entry.name.endswith(".sample")]
    except OSError:
        return []
    runs = (name for name in names if (folder / name).is_file() and os.access(folder / name, os.X_OK))
    return [(name, _hash(folder / name)) for name in runs]


def _hash(path: Path) -> str:
    """The hash of the file; one that cannot be read whole has none that could be trusted twice."""
    try:
        with path.open("rb") as file:
            data = file.read(HOOK + 1)
    except OSError:
        return ""
    return hashlib.sha256(data).hexdigest() if len(data) <= HOOK else f"{path.stat().st_mtime_ns}"
