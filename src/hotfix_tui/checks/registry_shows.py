"""The check `registry-shows`: what the item's command prints names the version of the fix (S1.CMD.1)."""

from __future__ import annotations

from hotfix_tui.checks.commands import run
from hotfix_tui.checks.facts import version_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import NAME, clean, visible_argv
from hotfix_tui.domain.versions.spelled import names
from hotfix_tui.ports import Site

LAST = 20
"""How many of its last lines are kept."""


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Run the command and look for the version, whole: 1.2.40 and 1.2.4-rc.1 are not 1.2.4. Raises: Refused; PortFailure."""
    version = version_of(incident)
    argv, ended = run(site, incident, item)
    what, last = clean(visible_argv(argv), NAME), ended.lines[-LAST:]
    if ended.code:
        return Observed(ok=False, text=f"exit code {ended.code}: {what}", lines=last)
    found = next((line.strip() for line in ended.lines if names(line, version)), "")
    if found:
        return Observed(ok=True, text=f"{version} is shown: {clean(found, NAME)}", lines=last)
    said = f"it says {clean(last[-1].strip(), NAME)}" if last else "it says nothing"
    return Observed(ok=False, text=f"{version} is not shown; {said}", lines=last)
