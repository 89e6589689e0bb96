"""The operation `command`: an item's own command, run by its argv; its exit code says whether it is done (X.13)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.finality import final
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import MESSAGE, NAME, clean, visible_argv
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.texts import filled
from hotfix_tui.operations.plan import Choice, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site

CHOICES = (Choice("item", "the id of the item whose command runs", required=True),)
PUSH = ("git", "push")
LEAST = timedelta(minutes=15)
"""How long a command may take where its item does not say that it takes long."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The command with its words filled, how long it may take, and what is typed before it where it is final.

    Raises: Refused when there is no such item, it has no command, or a word of it is not known.
    """
    item = playbook.item(choice.get("item", ""))
    if item is None or not item.command:
        raise Refused(f"“{clean(choice.get('item', ''), NAME)}” is no item with a command.")
    argv = [filled(part, f"“{item.text}”", None, site, incident, choice) for part in item.command]
    return {
        "item": item.id,
        "text": item.text,
        "why": item.why,
        "argv": json.dumps(argv),
        "seconds": f"{_limit(item).total_seconds():g}",
        "word": (incident.declared.fix or item.id) if item.irreversible or final(argv) else "",
    }


def _limit(item: Item) -> timedelta:
    return max(2 * item.estimate, LEAST) if item.estimate else LEAST


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Run the command. Raises: PortFailure."""
    given = dict(parameters)
    argv = tuple(json.loads(given["argv"]))
    step = PlannedStep(
        id="run",
        title=clean(given["text"], NAME),
        argv=argv,
        effect="writes",
        changes="what this command changes, which hotfix cannot see",
        look=lambda _: Standing("not-done", "only its exit code tells, when it runs"),
        level=3 if given["word"] else 2,
        way_back="no way back that hotfix knows",
        final=(final(argv) or "the playbook says that it cannot be undone") if given["word"] else "",
        timeout=float(given["seconds"]),
        traceless=True,
    )
    title = f"Run {visible_argv(argv[:2])}"
    why = clean(given.get("why", ""), MESSAGE) or "The playbook names this command for the item."
    found = (findings.program(site, argv[0]), *(findings.left_over(site) if argv[:2] == PUSH else ()))
    return Plan("command", title, why, given, (step,), found, word=given["word"])
