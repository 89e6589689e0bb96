"""The operation `rollback`: the playbook's way back, of whichever of the six kinds it is (X.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import findings as common
from hotfix_tui.operations.common.places import tidy
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep
from hotfix_tui.operations.ways_back import (
    again,
    pointing,
    redeploying,
    releasing,
    reverting,
    telling,
    withdrawing,
)
from hotfix_tui.operations.ways_back.facts import Facts, Wanted, chosen, find, warning_of
from hotfix_tui.ports import Site

CHOICES = (
    Choice("rollback", "which of the playbook's rollbacks, by its id"),
    Choice("version", "the number of the new release; none for no release"),
    Choice("to", "the release to go back to; left out, the one before"),
    Choice("bad", "the release that is taken back; left out, this incident's"),
    Choice("on", "the branch that it is done on"),
    Choice("branch", "the hotfix branch; left out, this incident's"),
    Choice("commits", "the commits to revert, with commas, newest first"),
    Choice("message", "the message of the new release's commit"),
    Choice("published", "yes or no: whether the bad version is in its registry; left out, it is asked"),
    Choice("tag", "delete or keep the tag of a version that is withdrawn"),
    Choice("file", "the file that points a channel to its version"),
    Choice("item", "the step of the playbook that asks for it"),
)


@record(frozen=True, slots=True)
class Way:
    """One of the kinds of X.8."""

    settle: Callable[[Wanted, Facts], dict[str, str]]
    """Reads the facts and settles every choice. Raises: Refused; PortFailure."""
    title: Callable[[Mapping[str, str]], str]
    steps: Callable[[Mapping[str, str], Site], tuple[PlannedStep, ...]]
    """Raises: Refused; PortFailure."""
    findings: Callable[[Mapping[str, str], Site], tuple[Finding, ...]]
    touches: bool = True
    """Whether it changes the work tree."""


WAYS: dict[str, Way] = {
    "revert": Way(reverting.settle, reverting.title, reverting.steps, reverting.findings),
    "channel-pointer": Way(pointing.settle, pointing.title, pointing.steps, pointing.findings),
    "previous-as-new-release": Way(again.settle, again.title, again.steps, again.findings),
    "delete-tag-and-yank": Way(
        withdrawing.settle, withdrawing.title, withdrawing.steps, withdrawing.findings, touches=False
    ),
    "redeploy-tag": Way(redeploying.settle, redeploying.title, redeploying.steps, redeploying.findings),
    "user-downgrade": Way(telling.settle, telling.title, telling.steps, telling.findings, touches=False),
}
"""Every kind of X.8; a rollback without a kind is done by hand."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The way back with everything settled; `choice` may give each of `CHOICES`, and "item" for the step it is.

    Raises: Refused when there is no such way, nothing to take back, or it is done by hand; PortFailure.
    """
    return settle(site, incident, playbook, choice, asks=True)


def settle(
    site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str], *, asks: bool
) -> dict[str, str]:
    """The same; the remote is asked only where `asks` says so. Raises: Refused; PortFailure."""
    rollback = chosen(incident, playbook, choice, site.repository.tags())
    way = WAYS.get(rollback.kind)
    if way is None:
        raise Refused(
            f"“{clean(rollback.title, NAME)}” is done by hand; start it with E and go by its steps."
        )
    wanted = Wanted(site, incident, playbook, choice, rollback, asks)
    facts = find(wanted)
    return {
        "kind": rollback.kind,
        "rollback": rollback.id,
        "why": warning_of(wanted, facts),
        "bad": facts.bad,
        "unasked": facts.unasked,
        "word": rollback.confirm or facts.bad or facts.fix,
        **way.settle(wanted, facts),
    }


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """The steps of the way back. Raises: Refused; PortFailure."""
    given = dict(parameters)
    way = WAYS.get(given.get("kind", ""))
    why = clean(given.get("why", "")) or "Going back is quicker than thinking at three in the morning."
    if way is None:
        odd = Finding(False, "this console does not know this kind of rollback; a newer one does")
        return Plan("rollback", "Roll back", why, given, (), (odd,))
    release, steps = releasing.release_of(given), way.steps(given, site)
    found = (
        *way.findings(given, site),
        *(_tree(site, steps) if way.touches else ()),
        *(releasing.findings(release, given.get("unasked", "")) if release else ()),
        *((common.identity(site),) if way.touches else ()),
    )
    return Plan("rollback", way.title(given), why, given, steps, found, given.get("word", ""))


def _tree(site: Site, steps: tuple[PlannedStep, ...]) -> tuple[Finding, ...]:
    """Nothing is changed in the work tree but what an earlier run of these steps has written there."""
    status, ours = site.repository.status(), {edit.path: edit for step in steps for edit in step.edits}
    if status.clean or status.unmerged or status.pending:
        return tidy(status)
    changed = site.making.changed()
    strange = [path for path in changed if path not in ours or site.tree.read(path) != ours[path].after]
    return tidy(status) if strange else (Finding(True, "only what this way back wrote is changed"),)
