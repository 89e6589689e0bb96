"""What can be chosen, apart from the screen that asks: commands name choices, few of them are ever asked."""

from __future__ import annotations

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Choice:
    """Something that can be chosen."""

    id: str
    text: str
    """Untrusted text."""
    note: str = ""
    """Stands at the right; untrusted text."""
    key: str = ""
    """The letter that chooses it at once; empty for none. Not j, k, g or G: those move."""
