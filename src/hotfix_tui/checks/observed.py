"""What a check saw."""

from __future__ import annotations

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Observed:
    """What was seen when an item was held against the world."""

    ok: bool | None
    """Whether it is so; None when nobody could say."""
    text: str
    """The observed value, as a sentence without its full stop; untrusted text."""
    lines: tuple[str, ...] = ()
    """The last lines of a command that was run; untrusted text."""
