"""The workflow runs of a commit."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain.workflows import WorkflowRun, newest
from hotfix_tui.forge.gh import rows
from hotfix_tui.ports import Site

FIELDS = ("workflowName", "name", "status", "conclusion", "createdAt", "url")
MOST = 50
"""How many runs are asked for."""


def runs(site: Site, commit: str) -> tuple[WorkflowRun, ...]:
    """Of each workflow that ran for this commit the newest run. Raises: PortFailure."""
    words = ("run", "list", "--commit", commit, "--limit", str(MOST))
    return newest(
        WorkflowRun(flow or name or "a workflow", status, conclusion, _moment(began), url)
        for flow, name, status, conclusion, began, url in rows(site, words, FIELDS)
    )


def _moment(text: str) -> datetime | None:
    """The moment with its zone; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
