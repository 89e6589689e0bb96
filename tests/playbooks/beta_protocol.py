"""The beta protocol as it is built in, and short ways to its parts."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS

SOURCE = (BUILT_IN / "beta-protocol.toml").read_text()
PLAYBOOK = read(SOURCE, "beta-protocol.toml", Names(tuple(OPERATIONS), tuple(CHECKS)))
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LISTED = tuple(item for item in PLAYBOOK.all_items() if item.checklist)


def found(id: str) -> Item:
    """The item with this id."""
    item = PLAYBOOK.item(id)
    assert item is not None
    return item


def phase(id: str) -> Phase:
    """The phase with this id."""
    at = PLAYBOOK.phase(id)
    assert at is not None
    return at
