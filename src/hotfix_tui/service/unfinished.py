"""An operation without an outcome: where git says that its steps stand, what goes on, and what goes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan, PlannedStep, Standing, StandingState
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class Unfinished:
    """An operation without an outcome, and where git says that each of its steps stands."""

    run: str
    plan: Plan
    standings: tuple[tuple[PlannedStep, Standing], ...]


def began(record: OperationRecord) -> frozenset[str]:
    """The ids of the steps that this run began itself; the others were done by somebody else."""
    return frozenset(step.step for step in record.steps if step.argv)


def going_on(plan: Plan, standings: tuple[tuple[PlannedStep, Standing], ...]) -> Plan:
    """The plan as it goes on: where a step waits for a person, a merge has begun and files are changed, as they must be.

    What is checked before a plan begins is then told and holds nothing up, and a solved step shows the command that ends it.
    """
    if not any(seen.state in _GOES_ON for _, seen in standings):
        return plan
    steps = (
        replace(step, argv=step.proceed) if seen.state == "ready" and step.proceed else step
        for step, seen in standings
    )
    findings = (replace(one, blocks=False) for one in plan.findings)
    return replace(plan, steps=tuple(steps), findings=tuple(findings))


_GOES_ON = ("stopped", "ready", "running", "ended", "lost")
"""Standings of a plan that has begun, so that what is looked at before it begins holds it up no more."""


def looked(step: PlannedStep, site: Site) -> Standing:
    """Where the step stands; unknown, with the reason, while that cannot be asked."""
    try:
        return step.look(site)
    except PortFailure as error:
        return Standing("unknown", str(error))


def may_stand(step: PlannedStep, site: Site) -> bool:
    """Whether the step is done, or nobody can say."""
    try:
        return step.traceless or step.look(site).state == "done"
    except PortFailure:
        return True


def how_undone(step: PlannedStep, site: Site) -> Literal["", "abort", "inverse"]:
    """How the step is taken back as it stands; empty when there is nothing to do. Raises: Refused when it cannot be."""
    standing = step.look(site)
    if step.traceless:
        raise Refused(
            f"“{step.title}” may have run, and has no way back ({step.way_back}). Continue, or leave it."
        )
    if standing.state == "conflict":
        raise Refused(f"{standing.observed}; nothing was taken back. Leave it, and look yourself.")
    if standing.state in ("stopped", "ready"):
        return "abort"
    if standing.state == "done" and not step.can_be_undone:
        raise Refused(f"“{step.title}” has no way back ({step.way_back}); nothing was taken back.")
    return "inverse" if standing.state == "done" else ""


def rebuilt(record: OperationRecord, site: Site) -> Plan:
    """The very plan that was journalled; without steps when this console does not know the operation."""
    operation = OPERATIONS.get(record.operation)
    if operation is None:
        why = "This console does not know the operation; a newer one does."
        return Plan(record.operation, record.title, why, record.parameters, ())
    return operation.plan(record.parameters, site)


def remaining(left: Unfinished) -> Plan:
    """What continuing still runs: the steps that git does not show as done, and whose command is not begun already."""
    begun = ("done", "running", "ended", "lost")
    return replace(left.plan, steps=tuple(s for s, standing in left.standings if standing.state not in begun))


def undoing(left: Unfinished, record: OperationRecord) -> Plan:
    """What undoing runs: the ways back of this run's steps that git shows as done, the last one first."""
    ours = {step.step for step in record.steps if step.argv}
    states = ((step, standing.state) for step, standing in left.standings if step.id in ours)
    steps = tuple(_backward(step, state) for step, state in states if state in ("done", "stopped", "ready"))
    steps = steps[::-1]
    return replace(left.plan, title=f"Undo: {left.plan.title}", steps=steps, findings=())


def _backward(step: PlannedStep, state: StandingState) -> PlannedStep:
    """The way back of a step, as a step."""
    argv = step.inverse if state == "done" else step.abort
    edits = () if argv else tuple(replace(e, before=e.after, after=e.before) for e in step.edits)
    return replace(step, argv=argv, edits=edits, changes=step.way_back, inverse=(), way_back="", final="")
