"""The check `file-exists`: the file that the item links is in the repository."""

from __future__ import annotations

from hotfix_tui.checks.commands import filled
from hotfix_tui.checks.facts import counted
from hotfix_tui.checks.observed import Observed
from hotfix_tui.checks.sources import sources
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether there is such a file and something in it. Raises: Refused; PortFailure."""
    if not item.link:
        raise Refused("the item links no file")
    (path,) = filled(site, incident, (item.link,))
    data = site.tree.read(path)
    if data is None:
        committed = (source.read(path) for source in sources(site, incident, playbook))
        data = next((found for found in committed if found is not None), None)
    if data is None:
        return Observed(ok=False, text=f"there is no file {path}")
    return Observed(ok=bool(data.strip()), text=f"{path} has {counted(len(data), 'byte')}")
