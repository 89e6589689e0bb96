"""A place of a document that classes issues, and how much it weighs."""

from __future__ import annotations

from hotfix_tui.domain.record import record
from hotfix_tui.importing.levels import Level, normal
from hotfix_tui.importing.understood import Origin

Found = tuple[Level, Origin, object]
"""A level, where it stands, and what tells about it: a section, a row with its head, a line."""
LEAST = 45
"""A place that weighs less only mentions severities."""


@record(frozen=True, slots=True)
class Source:
    """A place that classes issues: a table, sibling headings, a list."""

    kind: str
    first: int
    levels: tuple[Found, ...]
    weight: int


def distinct(source: Source) -> list[str]:
    """The different levels of a place, as they are compared."""
    return list(dict.fromkeys(normal(level.id) for level, _, _ in source.levels))
