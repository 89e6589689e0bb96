"""The check `tag-remote`: the remote itself shows our tag (X.7)."""

from __future__ import annotations

from hotfix_tui.checks.facts import short, tag_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether `ls-remote` shows the very object that the tag is here. Raises: Refused; PortFailure."""
    name, remote = tag_of(incident, playbook), playbook.git.remote
    ref = f"refs/tags/{name}"
    there = site.repository.remote_refs(remote, ref).get(ref, "")
    tag = site.history.tag(name)
    if not there:
        return Observed(ok=False, text=f"{name} is not on {remote}")
    if tag is None:
        return Observed(ok=False, text=f"{name} is on {remote}, but not here; fetch it with git fetch --tags")
    if tag.oid != there:
        return Observed(ok=False, text=f"{name} is {short(there)} on {remote} and {short(tag.oid)} here")
    kind = "annotated" if tag.annotated else "not annotated"
    return Observed(ok=True, text=f"{name} -> {short(tag.commit)} on {remote}, {kind}")
