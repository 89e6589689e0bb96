"""The check `scope`: the committed change passes every guard over the change itself (S4.GAT.4, S4.GAT.5)."""

from __future__ import annotations

from hotfix_tui.checks.change import change
from hotfix_tui.checks.facts import base_of, counted, work_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.guards import caught
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site

OTHERS = frozenset({"branch-name", "commit-message"})
"""The kinds of guards that are not about what was changed."""
WORDS = {"warn": "warning", "refuse": "refused"}


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """What the guards say of everything that the branch has on the base. Raises: Refused; PortFailure."""
    base, oid = base_of(site, incident, playbook)
    tip = work_of(site, incident, playbook)
    made = change(site.repository, "", oid, tip)
    if not made.subjects:
        raise Refused(f"nothing is committed on {base} yet")
    held = [one for one in caught(incident, playbook, made) if one.guard.kind not in OTHERS]
    if held:
        return Observed(ok=False, text="; ".join(f"{WORDS[one.guard.level]}: {one.text}" for one in held))
    size = f"{counted(len(made.files), 'file')}, {counted(made.lines, 'line')}"
    guards = sum(guard.kind not in OTHERS for guard in playbook.guards)
    return Observed(ok=True, text=f"{size} on {base}; {counted(guards, 'guard')} passed")
