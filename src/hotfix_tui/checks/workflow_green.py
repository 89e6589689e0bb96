"""The check `workflow-green`: every workflow of the fix's commit ended well, as `gh` tells it (S2.CMD.1)."""

from __future__ import annotations

import json
from typing import Any

from hotfix_tui.checks.facts import counted, fix_of, short, tag_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.ports import Site

FIELDS = "name,workflowName,status,conclusion,url"
MOST = 50
"""How many runs are asked for."""
PASSED = frozenset({"success", "skipped", "neutral"})
SECONDS = 30.0
"""How long `gh` may take."""


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether all runs for the commit have ended and passed. Raises: Refused; PortFailure."""
    oid = _commit(site, incident, playbook)
    if not site.shell.which("gh"):
        raise Refused("gh is not on the PATH, so nobody can ask for the workflows")
    argv = ("gh", "run", "list", "--commit", oid, "--limit", str(MOST), "--json", FIELDS)
    ended = site.shell.run(argv, site.repository.root, timeout=SECONDS)
    if ended.code:
        last = ended.lines[-1] if ended.lines else f"exit code {ended.code}"
        return Observed(None, f"gh run list: {last}", ended.lines[-5:])
    runs = _newest(_runs("\n".join(ended.lines)))
    if not runs:
        return Observed(ok=None, text=f"no workflow has run for {short(oid)} yet")
    return _judged(runs, short(oid))


def _commit(site: Site, incident: Incident, playbook: Playbook) -> str:
    """The commit of the tag, which starts the workflows of a release, else of the fix. Raises: Refused; PortFailure."""
    tag = site.history.tag(tag_of(incident, playbook)) if incident.declared.fix else None
    return tag.commit if tag else fix_of(site, incident, playbook).oid


def _runs(said: str) -> list[dict[str, Any]]:
    """Raises: Refused when it is not what `gh` prints."""
    try:
        runs = json.loads(said)
    except ValueError as error:
        raise Refused("gh run list answered something else than JSON") from error
    return [run for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []


def _newest(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each workflow the newest run, which stands first: one that was run again counts once."""
    first: dict[str, dict[str, Any]] = {}
    for run in runs:
        first.setdefault(_name(run), run)
    return list(first.values())


def _judged(runs: list[dict[str, Any]], commit: str) -> Observed:
    going = [_name(run) for run in runs if run.get("status") != "completed"]
    failed = [f"{_name(run)} {_said(run)}" for run in runs if _bad(run)]
    if failed:
        return Observed(ok=False, text=f"{', '.join(failed)} for {commit}")
    if going:
        return Observed(ok=None, text=f"{', '.join(going)} still runs for {commit}")
    return Observed(
        ok=True, text=f"{counted(len(runs), 'workflow')} green for {commit}: {', '.join(map(_name, runs))}"
    )


def _bad(run: dict[str, Any]) -> bool:
    return run.get("status") == "completed" and run.get("conclusion") not in PASSED


def _name(run: dict[str, Any]) -> str:
    return str(run.get("workflowName") or run.get("name") or "a workflow")


def _said(run: dict[str, Any]) -> str:
    where = f" ({run['url']})" if run.get("url") else ""
    return f"{run.get('conclusion') or 'failed'}{where}"
