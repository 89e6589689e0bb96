"""The check `tree-clean`: nothing lies in the folder that is in no commit, and git has ended what it began (S1.BRA.4)."""

from __future__ import annotations

from hotfix_tui.checks.facts import counted, short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the work tree is clean; a file that git neither knows nor ignores counts. Raises: PortFailure."""
    status = site.repository.status()
    if status.pending:
        return Observed(ok=False, text=f"a {status.pending} has begun")
    changed = status.changed + status.unmerged
    lying = (
        counted(changed, "changed file") if changed else "",
        counted(status.untracked, "untracked path") if status.untracked else "",
    )
    if any(lying):
        return Observed(ok=False, text=f"tree not clean, {' and '.join(one for one in lying if one)}")
    where = f"{status.branch} at {short(status.head)}" if status.branch else short(status.head)
    return Observed(ok=True, text=f"tree clean on {where}")
