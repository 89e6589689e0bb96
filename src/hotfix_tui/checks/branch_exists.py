"""The check `branch-exists`: the hotfix branch is there (X.5)."""

from __future__ import annotations

from hotfix_tui.checks.facts import branch_of, gone, short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the branch is on this machine. Raises: Refused; PortFailure."""
    branch, remote = branch_of(incident, playbook), playbook.git.remote
    here = site.repository.resolve(f"refs/heads/{branch}")
    if here:
        return Observed(ok=True, text=f"{branch} at {short(here)}")
    tag = gone(site, incident, playbook)
    if tag:
        return Observed(ok=True, text=f"{branch} is gone; {tag} keeps the fix")
    there = site.repository.resolve(f"refs/remotes/{remote}/{branch}")
    where = f", only on {remote} at {short(there)}" if there else ""
    return Observed(ok=False, text=f"there is no branch {branch} here{where}")
