"""The check `branch-deleted`: the hotfix branch is gone, here and on the remote, and the fix is not (S1.GIT.4)."""

from __future__ import annotations

from hotfix_tui.checks.facts import branch_of, short, tag_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the branch is nowhere any more; one that was perhaps never made proves nothing. Raises: Refused; PortFailure."""
    branch, remote = branch_of(incident, playbook), playbook.git.remote
    ref = f"refs/heads/{branch}"
    here = site.repository.resolve(ref)
    there = site.repository.remote_refs(remote, ref).get(ref, "")
    places = [
        text
        for oid, text in ((here, f"here at {short(here)}"), (there, f"on {remote} at {short(there)}"))
        if oid
    ]
    if places:
        return Observed(ok=False, text=f"{branch} is still {' and '.join(places)}")
    tag = tag_of(incident, playbook)
    if site.history.tag(tag) is None:
        return Observed(ok=None, text=f"{branch} is nowhere, and neither is {tag}: perhaps it was never made")
    return Observed(ok=True, text=f"{branch} is gone, here and on {remote}; {tag} keeps the fix")
