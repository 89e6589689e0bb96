"""The check `workflow-green`: every workflow of the fix's commit ended well, as `gh` tells it (S2.CMD.1)."""

from __future__ import annotations

from hotfix_tui.checks.facts import counted, fix_of, short, tag_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.workflows import WorkflowRun
from hotfix_tui.forge.runs import runs
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether all runs for the commit have ended and passed. Raises: Refused; PortFailure."""
    oid = _commit(site, incident, playbook)
    if not site.shell.which("gh"):
        raise Refused("gh is not on the PATH, so nobody can ask for the workflows")
    try:
        found = runs(site, oid)
    except PortFailure as error:
        return Observed(None, f"gh run list: {error.message} {error.hint}".strip())
    if not found:
        return Observed(ok=None, text=f"no workflow has run for {short(oid)} yet")
    return _judged(found, short(oid))


def _commit(site: Site, incident: Incident, playbook: Playbook) -> str:
    """The commit of the tag, which starts the workflows of a release, else of the fix. Raises: Refused; PortFailure."""
    tag = site.history.tag(tag_of(incident, playbook)) if incident.declared.fix else None
    return tag.commit if tag else fix_of(site, incident, playbook).oid


def _judged(runs: tuple[WorkflowRun, ...], commit: str) -> Observed:
    going = [run.name for run in runs if run.going]
    failed = [f"{run.name} {_said(run)}" for run in runs if run.failed]
    if failed:
        return Observed(ok=False, text=f"{', '.join(failed)} for {commit}")
    if going:
        return Observed(ok=None, text=f"{', '.join(going)} still runs for {commit}")
    names = ", ".join(run.name for run in runs)
    return Observed(ok=True, text=f"{counted(len(runs), 'workflow')} green for {commit}: {names}")


def _said(run: WorkflowRun) -> str:
    where = f" ({run.url})" if run.url else ""
    return f"{run.conclusion or 'failed'}{where}"
