"""The check `pushed`: the remote itself shows the branch's commit (X.7)."""

from __future__ import annotations

from hotfix_tui.checks.facts import branch_of, gone, short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether `ls-remote` shows the commit that the branch has here. Raises: Refused; PortFailure."""
    branch, remote = branch_of(incident, playbook), playbook.git.remote
    ref = f"refs/heads/{branch}"
    here = site.repository.resolve(ref)
    there = site.repository.remote_refs(remote, ref).get(ref, "")
    tag = "" if here or there else gone(site, incident, playbook)
    if tag and site.repository.remote_refs(remote, f"refs/tags/{tag}"):
        return Observed(ok=True, text=f"{branch} is gone; {tag} on {remote} keeps the fix")
    if not there:
        return Observed(ok=False, text=f"{branch} is not on {remote}")
    if not here or here == there:
        return Observed(ok=True, text=f"{branch} -> {short(there)} on {remote}")
    known = site.repository.resolve(there)
    if known and site.history.contains(there, here):
        return Observed(ok=True, text=f"{branch} -> {short(there)} on {remote}, ahead of {short(here)} here")
    return Observed(ok=False, text=f"{branch} is {short(there)} on {remote} and {short(here)} here")
