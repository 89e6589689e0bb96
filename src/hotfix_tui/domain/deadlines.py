"""What is due besides the great clocks: items with a window, rounds of checks, first actions of procedures."""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.domain.applying import is_open, items, labels, numbers, procedures
from hotfix_tui.domain.clocks import Countdown
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.windows import due_items, rounds


@lately()
def deadlines(incident: Incident, playbook: Playbook) -> tuple[Countdown, ...]:
    """Every open deadline, soonest first; the name says what is due, with its number."""
    return tuple(sorted(_all(incident, playbook), key=lambda one: one.due))


def _all(incident: Incident, playbook: Playbook) -> Iterator[Countdown]:
    names = labels(incident, playbook)
    for one in due_items(incident, playbook):
        yield Countdown(f"{names[one.item.id]} {one.item.text}", one.since, one.due)
    for each in rounds(incident, playbook):
        name = f"{names[each.item.id]} {each.item.text}, check {min(each.done + 1, each.of)} of {each.of}"
        yield Countdown(name, each.since, each.due)
    called = numbers(incident, playbook)
    for procedure in procedures(incident, playbook):
        start = incident.procedures[procedure.id]
        if procedure.maximum and any(is_open(incident, i) for i in items(incident, procedure) if i.required):
            name = f"first actions of {called[procedure.id]} {procedure.title}"
            yield Countdown(name, start, start + procedure.maximum)
