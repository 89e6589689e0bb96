"""The check `branch-base`: the hotfix branch starts from the release, and carries nothing else of main (S0.TRP.2)."""

from __future__ import annotations

from hotfix_tui.checks.change import LOOKED_AT
from hotfix_tui.checks.facts import base_of, branch_of, counted, gone, main_of, short, tip_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the base is below the branch, and no later commit of main is. Raises: Refused; PortFailure."""
    branch, tip = branch_of(incident, playbook), tip_of(site, incident, playbook)
    tag = "" if tip else gone(site, incident, playbook)
    if tag:
        raise Refused(f"{branch} is gone; {tag} keeps the fix")
    if not tip:
        return Observed(ok=False, text=f"there is no branch {branch}")
    base, oid = base_of(site, incident, playbook)
    if base == playbook.git.main:
        return _from_main(site, branch, tip, base, oid)
    if not site.history.contains(tip, oid):
        return Observed(ok=False, text=f"{branch} at {short(tip)} does not contain {base} ({short(oid)})")
    foreign = _of_main(site, playbook, tip, oid)
    if foreign:
        main = playbook.git.main
        return Observed(
            ok=False, text=f"{branch} carries {counted(foreign, 'commit')} of {main} after {base}"
        )
    own = counted(site.repository.count(oid, tip), "commit")
    return Observed(ok=True, text=f"{branch} starts from {base} ({short(oid)}), {own} on it")


def _from_main(site: Site, branch: str, tip: str, base: str, oid: str) -> Observed:
    """Main moves on while the fix is made: the branch may be behind it."""
    shared = site.history.shared(tip, oid)
    if not shared:
        return Observed(ok=False, text=f"{branch} at {short(tip)} shares nothing with {base}")
    behind = site.repository.count(tip, oid)
    late = f", {counted(behind, 'commit')} behind" if behind else ""
    return Observed(ok=True, text=f"{branch} starts from {base} at {short(shared)}{late}")


def _of_main(site: Site, playbook: Playbook, tip: str, base: str) -> int:
    """How many commits of main after the base the branch carries: those of main's own line, and what came by them.

    What came to main from the branch, by a merge, is not on that line; once all of it is merged nothing can be told apart.
    """
    try:
        main = main_of(site, playbook)
    except Refused:
        return 0
    shared = site.history.shared(tip, main)
    if not shared or shared == tip or site.history.contains(base, shared):
        return 0
    carried = {one.oid for one in site.repository.commits(base, tip, LOOKED_AT)}
    newest = next((one.oid for one in site.rehearsal.line(base, main) if one.oid in carried), "")
    return site.repository.count(base, newest) if newest else 0
