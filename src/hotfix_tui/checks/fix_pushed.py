"""The check `fix-pushed`: the remote shows the branch with something of its own on the base (X.7)."""

from __future__ import annotations

from hotfix_tui.checks import pushed
from hotfix_tui.checks.facts import base_of, branch_of, counted, tip_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the remote has the branch's commit, and the base has it not; main may have it. Raises: Refused; PortFailure."""
    base, start = base_of(site, incident, playbook)
    tip, status = tip_of(site, incident, playbook), site.repository.status()
    changed = counted(status.changed + status.unmerged, "changed file")
    left = "" if status.clean else f"; {changed} in no commit"
    if tip and base != playbook.git.main and site.history.contains(start, tip):
        branch = branch_of(incident, playbook)
        return Observed(ok=False, text=f"nothing is committed on {branch} yet, it is still at {base}{left}")
    seen = pushed.look(site, incident, playbook, item)
    return Observed(seen.ok, f"{seen.text}{left}")
