"""The parts of a playbook together with the path at which each is written."""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.domain.playbook import Condition, Item, Phase, Playbook, Severity
from hotfix_tui.domain.record import record
from hotfix_tui.lint.finding import Path

_NONE = Condition()


@record(frozen=True, slots=True)
class Placed:
    """An item, where it is written, and what it stands in."""

    path: Path
    item: Item
    phase: Phase | None = None
    """None for an item of a way back, a scenario or the readiness list."""
    number: int = -1
    """The place of its phase, from 0; -1 where there is none."""

    @property
    def around(self) -> Condition:
        """The condition of its phase."""
        return self.phase.when if self.phase else _NONE


def items(playbook: Playbook) -> Iterator[Placed]:
    """Every live item: of the phases, of the ways back, of the scenarios."""
    for p, phase in enumerate(playbook.phases):
        for n, item in enumerate(phase.items):
            yield Placed(("phase", p, "item", n), item, phase, p)
    for r, rollback in enumerate(playbook.rollbacks):
        for n, item in enumerate(rollback.steps):
            yield Placed(("rollback", r, "step", n), item)
    for s, scenario in enumerate(playbook.scenarios):
        for n, item in enumerate(scenario.actions):
            yield Placed(("scenario", s, "action", n), item)


def every_item(playbook: Playbook) -> Iterator[Placed]:
    """The live items and those of the readiness list."""
    yield from items(playbook)
    for n, item in enumerate(playbook.readiness.items):
        yield Placed(("readiness", "item", n), item)


def hotfixes(playbook: Playbook) -> Iterator[tuple[int, Severity]]:
    """The severities whose phases are worked through, each with its place."""
    by_rule = {rule.severity for rule in playbook.rules if rule.decision == "hotfix"}
    for n, severity in enumerate(playbook.severities):
        if severity.decision == "hotfix" or severity.id in by_rule:
            yield n, severity


def counted(playbook: Playbook) -> tuple[int, ...] | None:
    """The places of the phases that the resolution clock runs over; None where the playbook does not tell.

    A moment that is a phase is reached as it is entered, one that is an item as it is done (S0.TRP.1); a milestone
    lies before the phase that opens after it.
    """
    everything = tuple(range(len(playbook.phases)))
    moment = playbook.resolved_when
    if moment in ("", "resolved", "closed"):
        return everything
    for n, phase in enumerate(playbook.phases):
        if phase.id == moment or (phase.opens and phase.opens.after == moment):
            return everything[:n]
        if any(item.id == moment for item in phase.items):
            return everything[: n + 1]
    return None


def can_meet(one: Condition, other: Condition) -> bool:
    """Whether both can hold at once: flags always can, severities only where they share one."""
    return not one.severities or not other.severities or bool(set(one.severities) & set(other.severities))
