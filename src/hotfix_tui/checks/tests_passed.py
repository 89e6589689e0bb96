"""The check `tests-passed`: the item's command ends with 0, on the files as they are now (S3.GAT.4)."""

from __future__ import annotations

from hotfix_tui.checks.commands import run
from hotfix_tui.checks.facts import short
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import NAME, clean, visible_argv
from hotfix_tui.ports import Site

LAST = 50
"""How many of its last lines are kept."""


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Run the command: its exit code, the commit that it ran on and its last lines. Raises: Refused; PortFailure."""
    argv, ended = run(site, incident, item)
    status = site.repository.status()
    changed = "" if status.clean else ", with changes that are not committed"
    what = clean(visible_argv(argv), NAME)
    text = f"exit code {ended.code} at {short(status.head)}{changed}: {what}"
    return Observed(ended.code == 0, text, ended.lines[-LAST:])
