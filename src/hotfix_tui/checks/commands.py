"""The command that an item names, run for a check: by its argv, never through a shell."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.templates import fill, missing, values
from hotfix_tui.ports import Finished, Site

LEAST = timedelta(minutes=15)
"""How long a command may take where its item does not say that it takes long."""


def run(site: Site, incident: Incident, item: Item) -> tuple[tuple[str, ...], Finished]:
    """The item's command with its placeholders filled, and how it ended. Raises: Refused; PortFailure."""
    argv = filled(site, incident, item.command)
    if not argv:
        raise Refused("the item names no command")
    limit = max(2 * item.estimate, LEAST) if item.estimate else LEAST
    return argv, site.shell.run(argv, site.repository.root, timeout=limit.total_seconds())


def filled(site: Site, incident: Incident, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts with their placeholders filled. Raises: Refused with those that nobody has filled yet."""
    known = values(incident, site.clock.now())
    lacking = dict.fromkeys(name for part in parts for name in missing(part, known))
    if lacking:
        raise Refused(f"it waits for {', '.join(f'${name}' for name in lacking)}")
    return tuple(fill(part, known) for part in parts)
