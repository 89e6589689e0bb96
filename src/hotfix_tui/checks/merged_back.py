"""The check `merged-back`: every branch that the fix comes back to contains it, on the remote (S3.TRP.6)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.checks.facts import Fix, fix_of, short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.returning import named
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether the fix is in each target as the remote shows it. Raises: Refused; PortFailure."""
    fix, remote = fix_of(site, incident, playbook), playbook.git.remote
    there = site.repository.remote_refs(remote, "refs/heads/*")
    targets = _targets(playbook, item, there)
    seen = [_target(site, fix, target, there.get(f"refs/heads/{target}", "")) for target in targets]
    lacking = [text for ok, text in seen if not ok]
    if lacking:
        unknown = all(ok is not False for ok, _ in seen)
        return Observed(
            ok=None if unknown else False, text=f"{fix.name} ({short(fix.oid)}) {'; '.join(lacking)}"
        )
    found = ", ".join(text for _, text in seen)
    return Observed(ok=True, text=f"{fix.name} ({short(fix.oid)}) is in {found} on {remote}")


def _targets(playbook: Playbook, item: Item, there: Mapping[str, str]) -> tuple[str, ...]:
    """Those that the item's text names, else all; one besides main counts where the remote has such a branch."""
    every = playbook.git.merge_back
    seen = tuple(one for one in every if one == playbook.git.main or f"refs/heads/{one}" in there)
    return named(playbook, item) or seen or (playbook.git.main,)


def _target(site: Site, fix: Fix, target: str, there: str) -> tuple[bool | None, str]:
    """Whether the target's commit contains the fix; None when that commit was not fetched."""
    if not there:
        return False, f"cannot be in {target}: the remote has no such branch"
    if not site.repository.resolve(there):
        return None, f"may be in {target} at {short(there)}, which is not here; fetch it with git fetch"
    if any(site.history.contains(there, oid) for oid in _carriers(site, fix)):
        return True, f"{target} ({short(there)})"
    return False, f"is not in {target} ({short(there)})"


def _carriers(site: Site, fix: Fix) -> tuple[str, ...]:
    """The commit, and where a tag stands on a merge, the side of it that was merged: the fix itself."""
    parents = site.history.parents(fix.oid)
    return (fix.oid, *parents[1:])
