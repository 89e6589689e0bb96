"""What a playbook is held to: its schema, its size, and the names that it may call for."""

from __future__ import annotations

from hotfix_tui.domain.record import record

SCHEMA = 1
"""The schema that this hotfix reads."""
LIMIT = 256 * 1024
"""The largest playbook, in bytes (RELIABILITY.md D.6)."""


@record(frozen=True, slots=True)
class Names:
    """The operations and checks that exist in this hotfix."""

    operations: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
