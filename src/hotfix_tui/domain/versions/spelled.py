"""Whether a line that a program printed names a version."""

from __future__ import annotations

import re


def names(line: str, version: str) -> bool:
    """Whether the line names this very version: 1.2.40 and 1.2.4-rc.1 are not 1.2.4."""
    return bool(re.search(rf"(?<![\w.+-])[vV]?{re.escape(version)}(?![\w+-]|\.\w)", line))
