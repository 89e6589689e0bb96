"""Where something stands in a playbook, in words and by its line."""

from __future__ import annotations

import tomllib
from typing import Any

from hotfix_tui.domain.record import record
from hotfix_tui.loading.problems import Path


def where(path: Path, found: Any) -> str:
    """The table around a path in words: "phase “fix”, item 2"."""
    words: list[str] = []
    at = found
    for part in path[:-1] if path and isinstance(path[-1], str) else path:
        if isinstance(part, int):
            at = at[part] if isinstance(at, list) and part < len(at) else None
            label = at.get("id") or at.get("title") if isinstance(at, dict) else None
            words[-1] += f" “{label}”" if isinstance(label, str) else f" {part + 1}"
        else:
            at = at.get(part) if isinstance(at, dict) else None
            if isinstance(at, dict | list):
                words.append(part)
    return ", ".join(words)


@record(frozen=True, slots=True)
class Places:
    """The lines and the words of a text's places; the text has been read without a problem before."""

    _lines: dict[Path, int]
    _found: Any

    def line(self, path: Path) -> int:
        """The line, from 1, of what stands there, or of the nearest table around it."""
        from hotfix_tui.loading.lines import line_of

        return line_of(self._lines, path)

    def words(self, path: Path) -> str:
        """The table around it in words; empty for the whole file."""
        return where(path, self._found)


def places(source: str) -> Places:
    """Where everything stands in `source`."""
    from hotfix_tui.loading.lines import line_index

    text = source.replace("\r\n", "\n")
    return Places(line_index(text), tomllib.loads(text))
