"""The files that belong to a version file without being named: workspace members, and where a version really is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.manifests.files import named, reading, text_of
from hotfix_tui.manifests.found import Reading


def wanted(files: Mapping[str, bytes], rules: VersionRules) -> tuple[str, ...]:
    """Patterns of what has to be read besides the named files, from the repository's root. Raises: Refused."""
    patterns: dict[str, None] = {}
    for path in named(rules):
        if path in files:
            said = reading(path, text_of(path, files[path]), rules)
            elsewhere = said.elsewhere.paths if said.elsewhere else ()
            patterns |= dict.fromkeys(beside(path, other) for other in (*said.members, *elsewhere))
    return tuple(pattern for pattern in patterns if not pattern.startswith(("../", "/")))


def members(path: str, said: Reading, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are members of the workspace whose file is `path`."""
    into = [_expression(beside(path, pattern)) for pattern in said.members]
    out = [_expression(beside(path, pattern)) for pattern in said.excluded]
    return tuple(
        other
        for other in files
        if other != path
        and any(pattern.fullmatch(other) for pattern in into)
        and not any(pattern.fullmatch(other) for pattern in out)
    )


def beside(path: str, other: str) -> str:
    """The path of what `path` calls `other`, from the repository's root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))


def matches(pattern: str, path: str) -> bool:
    """Whether the path fits the pattern: `*` and `?` within a folder's name, `**` over any number of folders."""
    return _expression(pattern).fullmatch(path) is not None


def _expression(pattern: str) -> re.Pattern[str]:
    marks = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(marks.get(part, re.escape(part)) for part in parts))
