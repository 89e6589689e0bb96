"""One config.toml as values with their lines; a broken one is empty, with a sentence that says where and why."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from dataclasses import field
from pathlib import Path
from typing import Any

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record

FILE = "config.toml"
LIMIT = 64 * 1024
"""The largest config.toml that is read, in bytes."""


@record(frozen=True, slots=True)
class ConfigFile:
    """What a file says; nothing when there is none."""

    path: Path
    shown: str
    source: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def line(self, *path: str) -> int:
        """On which line the key stands, from 1."""
        from hotfix_tui.loading.lines import line_index, line_of

        return line_of(line_index(self.source), path)

    def hint(self, name: str, known: Collection[str]) -> str:
        """What was perhaps meant."""
        from difflib import get_close_matches

        close = get_close_matches(name, known, n=1)
        return f"did you mean “{close[0]}”?" if close else f"known are {', '.join(sorted(known))}."


def read_config(path: Path, *, shown: str = "", must: bool = False) -> ConfigFile:
    """The file's values. Raises: Refused when `must` is set and it cannot be used."""
    shown = shown or str(path)
    file = _read(path, shown, follow=shown == str(path), must=must)
    if must and file.problems:
        raise Refused(file.problems[0])
    return file


def _read(path: Path, shown: str, *, follow: bool, must: bool) -> ConfigFile:
    """A repository's file is read only when it is a regular one: `follow` allows the user's own links."""
    try:
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
        handle = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        return ConfigFile(path, shown, problems=(f"{shown} does not exist.",) if must else ())
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return ConfigFile(path, shown, problems=(f"{shown}:1  cannot be read: {reason}. Defaults hold.",))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ConfigFile(path, shown, problems=(f"{shown}:1  is no regular file. Defaults hold.",))
        raw = file.read(LIMIT + 1)
    if len(raw) > LIMIT:
        return ConfigFile(path, shown, problems=(f"{shown}:1  is over {LIMIT // 1024} kB. Defaults hold.",))
    return _parse(path, shown, raw)


def _parse(path: Path, shown: str, raw: bytes) -> ConfigFile:
    import tomllib

    source = raw.decode("utf-8-sig", "replace")
    try:
        return ConfigFile(path, shown, source, tomllib.loads(raw.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        said = str(error) or "it is nested too deeply"
        at = re.search(r"\(?at line (\d+)[^)]*\)?", said)
        line = int(at[1]) if at else source.count("\n") + 1
        words = said.replace(at[0], "").strip() if at else said
        return ConfigFile(
            path, shown, source, problems=(f"{shown}:{line}  is no TOML: {words}. Defaults hold.",)
        )
