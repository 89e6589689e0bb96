"""Every live task has one place: its phase, its way back, its scenario, its twin's phase, or the phase for what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.importing.spans import ByLine
from hotfix_tui.importing.understood import Origin, Task, Understood


@record(frozen=True, slots=True)
class Places:
    """The ids of the document's tasks, by where they go."""

    phases: tuple[tuple[str, ...], ...]
    """For each phase."""
    twins: tuple[tuple[str, ...], ...]
    """For each phase those of a summary, which say once more what is asked for there."""
    rollbacks: tuple[tuple[str, ...], ...]
    scenarios: tuple[tuple[str, ...], ...]
    ready: tuple[str, ...]
    """What must be ready before any emergency: the boxes among drills and training."""
    left: tuple[str, ...]
    """What stands outside of all of them."""


def live(found: Understood) -> dict[str, Task]:
    """Every task that is asked for, in the document's order: boxes with a marker, and those without outside of texts; none that is struck out."""
    inside = (*(one.origin for one in found.templates), *(one.origin for one in found.commands))
    bare = (task for task in found.pseudo_tasks if not any(_on(task.origin.first, text) for text in inside))
    tasks = {task.id: task for task in (*found.tasks, *bare) if not _STRUCK.match(task.source)}
    return dict(sorted(tasks.items(), key=lambda pair: pair[1].origin.first))


_STRUCK = re.compile(r"\s*~~[^~]+~~\s*+(?:[(（][^()（）]*[)）])?\W*$")
"""What was struck out, perhaps with the reason behind it."""


def places(found: Understood) -> Places:
    """Where each task goes."""
    tasks = live(found)
    lines = ByLine(tuple(tasks.values()))
    given: set[str] = set()

    def take(ids: Iterable[str]) -> tuple[str, ...]:
        taken = tuple(id for id in dict.fromkeys(ids) if id in tasks and id not in given)
        given.update(taken)
        return taken

    own = tuple(take(task.id for task in phase.items) for phase in found.phases)
    rollbacks = tuple(take(one.items) for one in found.rollbacks)
    scenarios = tuple(take(one.items) for one in found.scenarios)
    within = tuple(take(_within(phase.origin, lines)) for phase in found.phases)
    phases = tuple(_in_order((*a, *b), tasks) for a, b in zip(own, within, strict=True))
    ready = take(id for one in found.sections if one.role == "drills" for id in _within(one.origin, lines))
    home = {id: n for n, ids in enumerate(phases) for id in ids}
    left = [id for id in tasks if id not in given]
    follow = dict(_followed(left, tasks, home))
    twins = tuple(tuple(id for id in left if follow.get(id) == n) for n in range(len(phases)))
    return Places(phases, twins, rollbacks, scenarios, ready, tuple(id for id in left if id not in follow))


def _within(origin: Origin, tasks: ByLine[Task]) -> tuple[str, ...]:
    """The tasks that stand on these lines."""
    return tuple(task.id for task in tasks.within(origin.first, origin.last))


def _on(line: int, origin: Origin) -> bool:
    return origin.first <= line <= origin.last


def _in_order(ids: tuple[str, ...], tasks: dict[str, Task]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda task: tasks[task].origin.first))


def _followed(left: list[str], tasks: dict[str, Task], home: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Twins stand in the phase of theirs, the rest of their list with them."""
    lists: dict[str, int] = {}
    for id in left:
        task = tasks[id]
        if task.twin in home:
            lists[task.section + task.group] = home[task.twin]
            yield id, home[task.twin]
    for id in left:
        task = tasks[id]
        if not task.twin and task.section + task.group in lists:
            yield id, lists[task.section + task.group]
