"""The check `url-answers`: the page that the item links answers with success."""

from __future__ import annotations

from hotfix_tui.checks.commands import filled
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site

GOOD = range(200, 300)


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Ask the page once. Raises: Refused; PortFailure when it cannot be reached."""
    if not item.link.startswith(("https://", "http://")):
        raise Refused("the item links no page that starts with https:// or http://")
    (url,) = filled(site, incident, (item.link,))
    answer = site.web.get(url)
    moved = f" from {answer.url}" if answer.url != url else ""
    return Observed(answer.status in GOOD, f"{url} answers {answer.status}{moved}")
