"""The check `tag-annotated`: the tag is an object of its own, with who, when and why (X.7)."""

from __future__ import annotations

from hotfix_tui.checks.facts import short, tag_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the tag of the fix is annotated. Raises: Refused; PortFailure."""
    name = tag_of(incident, playbook)
    tag = site.history.tag(name)
    if tag is None:
        return Observed(ok=False, text=f"there is no tag {name} here")
    signed = ", signed" if tag.signed else ""
    kind = f"annotated{signed}" if tag.annotated else "not annotated"
    return Observed(ok=tag.annotated, text=f"{name} -> {short(tag.commit)}, {kind}")
