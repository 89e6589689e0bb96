"""The check `changelog-entry`: the changelog has an entry for the version of the fix (S2.VER.3)."""

from __future__ import annotations

from hotfix_tui.checks.facts import version_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.checks.sources import sources
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether there is such a heading, in the tag, on the branch or in the work tree. Raises: Refused; PortFailure."""
    from hotfix_tui.manifests.changelog import find  # late: most looks read no changelog

    version, path = version_of(incident), playbook.version.changelog
    if not path:
        raise Refused("the playbook names no changelog")
    why = ""
    for source in sources(site, incident, playbook):
        data = source.read(path)
        line = find(path, data, version) if data is not None else 0
        if line:
            return Observed(ok=True, text=f"{path}:{line} of {source.where} has {version}")
        said = f"has no entry for {version}" if data is not None else "is not there"
        why = why or f"{path} of {source.where} {said}"
    return Observed(ok=False, text=why)
