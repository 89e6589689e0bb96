"""What never comes: windows after an event that is no more, items that apply to nothing, rules that never decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hotfix_tui.domain.playbook import Condition, Due, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.lint.finding import Fault, Path, World
from hotfix_tui.lint.places import Placed, can_meet, items


@record(frozen=True, slots=True)
class _Waiting:
    """A phase or item that waits for an event."""

    path: Path
    id: str
    due: Due
    number: int
    """The place of its phase."""
    around: Condition
    own: Condition
    must: bool
    """Whether its phase cannot be left before it is done."""


def never_due(playbook: Playbook, world: World) -> Iterator[Fault]:
    """What is due after an event can become due (X.2)."""
    events = {one.item.id: one for one in items(playbook)}
    numbers = {phase.id: n for n, phase in enumerate(playbook.phases)}
    for waiting in _waiting(playbook):
        why = _why_never(waiting, events, numbers, playbook)
        if why:
            yield Fault(
                (*waiting.path, "after"),
                f"It is due after “{waiting.due.after}”, which never comes first: {why}.",
                "Name another event with “after”.",
            )


def _waiting(playbook: Playbook) -> Iterator[_Waiting]:
    for n, phase in enumerate(playbook.phases):
        if phase.opens:
            yield _Waiting(
                ("phase", n, "opens"), phase.id, phase.opens, n, Condition(), phase.when, must=True
            )
    for one in items(playbook):
        item = one.item
        if item.due and one.phase:
            must = item.required and not item.debt and bool(item.due.wait)
            yield _Waiting(
                (*one.path, "due"), item.id, item.due, one.number, one.around, item.when, must=must
            )


def _why_never(
    waiting: _Waiting, events: Mapping[str, Placed], numbers: Mapping[str, int], playbook: Playbook
) -> str:
    """Why its event never comes; empty where it can."""
    after = waiting.due.after
    if after == waiting.id:
        return "it waits for itself"
    if after == "closed":
        return "nothing is done in a closed incident"
    event = events.get(after)
    if event is not None and event.phase is None:
        return "that is a step of something that is seldom started"
    number = event.number if event else numbers.get(after, -1)
    if number < 0:
        return ""
    conditions = (event.around, event.item.when) if event else (playbook.phases[number].when,)
    mine = (waiting.around, waiting.own)
    if not all(can_meet(one, other) for one in conditions for other in mine):
        return "the two are for different severities"
    later = number > waiting.number and waiting.must
    return "that comes in a later phase, which cannot be entered before this is done" if later else ""


def never_applies(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Every item applies at some severity of its phase and of the item it is a part of (X.4)."""
    placed = {one.item.id: one.item for one in items(playbook)}
    for one in items(playbook):
        whole = placed.get(one.item.under)
        around = [("its phase", one.around), *([("the item it is a part of", whole.when)] if whole else [])]
        for what, condition in around:
            if not can_meet(one.item.when, condition):
                yield Fault(
                    (*one.path, "when"),
                    f"It applies at {', '.join(one.item.when.severities)} only, and {what} at "
                    f"{', '.join(condition.severities)} only: it never comes.",
                    "Let them share a severity, or take it out.",
                )
                break


def unreachable(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Every severity is the answer to something: a rule or a scenario leads to it (X.1)."""
    led = {rule.severity for rule in playbook.rules} | {card.severity for card in playbook.scenarios}
    if not playbook.rules:
        return
    for n, severity in enumerate(playbook.severities):
        if severity.id not in led:
            yield Fault(
                ("severity", n),
                f"No rule leads to {severity.id}: no answers make it so.",
                "Write a [[rule]] for it, or take the severity out.",
            )


_COMPARED = 500
"""How many rules are compared with each other: a stranger's file may hold thousands."""


def never_decides(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Every rule can decide: no rule before it fits whenever it would."""
    for n, rule in enumerate(playbook.rules[:_COMPARED]):
        before = next((r for r in playbook.rules[:n] if r.when.items() <= rule.when.items()), None)
        if before is not None:
            yield Fault(
                ("rule", n),
                f"It never decides: “{before.because}” stands before it and fits whenever this one does.",
                "Put the narrower rule first, or take this one out.",
            )


def twins(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Twins are answered in the same way, since marking one marks both (S4.TRP.9)."""
    placed = {one.item.id: one.item for one in items(playbook)}
    for one in items(playbook):
        item, twin = one.item, placed.get(one.item.twin)
        if twin is None:
            continue
        differ = next((key for key in _SAME if getattr(item, key) != getattr(twin, key)), "")
        if differ:
            yield Fault(
                (*one.path, "twin"),
                f"Its twin “{twin.id}” has another “{differ}”, and one mark is for both.",
                "Write the same in both, or let them be no twins.",
            )


_SAME = ("kind", "choices", "expect", "unit")
"""What the answer to an item depends on."""
