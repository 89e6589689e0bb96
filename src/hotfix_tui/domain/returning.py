"""Whether the fix has come back to where the next release is made: a risk until a check has proven it (S3.TRP.6)."""

from __future__ import annotations

import re

from hotfix_tui.domain.applying import labels, provable
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.proof import proof

RETURNS = "merged-back"
"""The check that proves it."""
OUT_BY = frozenset({"tag-remote", "registry-shows"})
"""The checks of items by which the fix is out."""
LETS_OUT = frozenset({"tag", "release", "publish"})
"""The operations by which it is out."""


@lately()
def not_back(incident: Incident, playbook: Playbook) -> str:
    """What is not proven to be back, as a sentence; empty when all is, or before the fix is out."""
    if not _is_out(incident, playbook):
        return ""
    left = [item for item in _asked(incident, playbook, RETURNS) if _unproven(incident, item)]
    if not left:
        return ""
    names = labels(incident, playbook)
    numbers = ", ".join(names[item.id] for item in left)
    targets = dict.fromkeys(one for item in left for one in named(playbook, item) or playbook.git.merge_back)
    return f"not proven to be merged back to {' and '.join(targets)} ({numbers})"


def named(playbook: Playbook, item: Item) -> tuple[str, ...]:
    """The branches that the fix comes back to, as far as the item's text names them."""
    return tuple(
        target
        for target in playbook.git.merge_back
        if re.search(rf"(?<![\w/-])({_words(target, playbook)})(?![\w/-])", item.text)
    )


def _words(target: str, playbook: Playbook) -> str:
    """What an item may call it: the main branch is "main" to a playbook, whatever it is called here."""
    return f"{re.escape(target)}|main" if target == playbook.git.main else re.escape(target)


def _unproven(incident: Incident, item: Item) -> bool:
    return proof(item, incident.item(item.id)).state not in ("proven", "skipped")


def _is_out(incident: Incident, playbook: Playbook) -> bool:
    """Whether users may have the fix already, or the work on it is over."""
    if incident.status != "active" and incident.way != "rollback":
        return True
    if any(run.operation in LETS_OUT and run.state == "done" for run in incident.operations.values()):
        return True
    return any(
        incident.item(item.id).mark == "done" for name in OUT_BY for item in _asked(incident, playbook, name)
    )


def _asked(incident: Incident, playbook: Playbook, check: str) -> tuple[Item, ...]:
    """The items that apply and name this check."""
    return tuple(item for item in provable(incident, playbook) if item.check == check)
