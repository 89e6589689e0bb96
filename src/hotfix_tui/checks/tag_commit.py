"""The check `tag-commit`: the tag names the commit with the whole fix, and not the release before it (X.7)."""

from __future__ import annotations

from hotfix_tui.checks.facts import base_of, branch_of, counted, short, tag_of, tip_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether everything of the branch is in the tag. Raises: Refused; PortFailure."""
    name = tag_of(incident, playbook)
    tag = site.history.tag(name)
    if tag is None:
        return Observed(ok=False, text=f"there is no tag {name} here")
    at = f"{name} -> {short(tag.commit)}"
    base, oid = base_of(site, incident, playbook)
    if site.history.contains(oid, tag.commit):
        return Observed(ok=False, text=f"{at}, which has nothing that {base} has not")
    tip = tip_of(site, incident, playbook)
    if not tip:
        return Observed(
            ok=True, text=f"{at}, {counted(site.repository.count(oid, tag.commit), 'commit')} on {base}"
        )
    left = site.repository.count(tag.commit, tip)
    branch = branch_of(incident, playbook)
    if left:
        return Observed(ok=False, text=f"{at}, without {counted(left, 'commit')} of {branch}")
    end = "the end of" if tag.commit == tip else "with all of"
    return Observed(ok=True, text=f"{at}, {end} {branch}")
