"""The check `tree-clean`: no file differs from the last commit, and git has ended what it began (S1.BRA.4)."""

from __future__ import annotations

from hotfix_tui.checks.facts import counted, short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the work tree is clean; files that git does not know do not count. Raises: PortFailure."""
    status = site.repository.status()
    if status.pending:
        return Observed(ok=False, text=f"a {status.pending} has begun")
    if not status.clean:
        files = counted(status.changed + status.unmerged, "changed file")
        return Observed(ok=False, text=f"tree not clean, {files}")
    where = f"{status.branch} at {short(status.head)}" if status.branch else short(status.head)
    beside = f", {counted(status.untracked, 'untracked path')}" if status.untracked else ""
    return Observed(ok=True, text=f"tree clean on {where}{beside}")
