"""What each commit changed, as git prints it for programs; loaded only where somebody looks for suspects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hotfix_tui.domain.suspects import Made


def parse_made(raw: bytes) -> tuple[Made, ...]:
    """What `git log -z --numstat` prints with the format %H %P %s %an %ct, each ended by NUL."""
    found: list[tuple[Made, list[tuple[str, int]]]] = []
    words = iter(raw.decode("utf-8", "replace").split("\0"))
    for word in words:
        start = word.lstrip("\n")
        if start.count("\t") >= 2:
            added, removed, path = start.split("\t", 2)
            lines = 1 if added == "-" else int(added) + int(removed)
            found[-1][1].append((path, lines))
        elif start:
            parents, subject, author, at = (next(words) for _ in range(4))
            when = datetime.fromtimestamp(int(at), UTC)
            found.append((Made(start, subject, author, when, len(parents.split())), []))
    return tuple(replace(made, files=tuple(files)) for made, files in found)
