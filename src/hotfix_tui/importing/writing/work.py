"""The work: checklists by name, the phases with their times, and one phase more for boxes outside of the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hotfix_tui.importing.understood import Command, Origin, Phase
from hotfix_tui.importing.writing.asides import asides, remarks
from hotfix_tui.importing.writing.ids import Ids
from hotfix_tui.importing.writing.items import items, plain, todo
from hotfix_tui.importing.writing.places import Places
from hotfix_tui.importing.writing.plan import Plan, ends, line, lines, span
from hotfix_tui.importing.writing.scripts import in_parts
from hotfix_tui.importing.writing.toml import Table, table

LEFT = "other-checklists"
"""The phase for boxes that stand in no step."""
_ITEM = "phase.item"


def work(plan: Plan, places: Places, ids: Ids, lists: Sequence[tuple[str, str, Origin]]) -> Iterator[Table]:
    """Checklists and phases; `lists` are the checklists' ids, titles and origins."""
    yield from (
        table("checklist", plan.beside(origin), id=id, title=plain(title) or id)
        for id, title, origin in lists
    )
    found = plan.found.phases
    for n, phase in enumerate(found):
        following = plan.phases[found[n + 1].id] if n + 1 < len(found) else ""
        yield _phase(plan, phase)
        yield from _advice(phase)
        yield from _asked(plan, phase, places.phases[n], following, ids)
        yield from items(plan, _ITEM, places.twins[n], required=False)
    if places.left or not found:
        yield _rest(plan, empty=not found)
        yield from items(plan, _ITEM, places.left, required=not any(places.phases))


def _phase(plan: Plan, phase: Phase) -> Table:
    least, most = ends(phase.minutes)
    target = span(phase.target) or least or (most if phase.minutes and phase.minutes[0] else None)
    maximum = span(phase.maximum) or (most if most != target else None)
    if target and maximum and target > maximum:
        maximum = None
    limit = maximum or target
    waits = {
        plan.severities[id]: wait for id, m in phase.waits if id in plan.severities and (wait := span(m))
    }
    wait = span(phase.wait[0] or phase.wait[1]) if phase.wait else None
    return table(
        "phase",
        plan.beside(phase.origin),
        remarks(plan, phase),
        id=plan.phases[phase.id],
        title=plain(phase.name) or plain(phase.title) or plan.phases[phase.id],
        goal=line(phase.goal),
        least=least if least and limit and least <= limit else None,
        target=target,
        maximum=maximum,
        minimum_wait=wait,
        minimum_wait_by=waits,
        when=_severities(plan, phase.severities),
    )


def _severities(plan: Plan, named: Sequence[str]) -> dict[str, Any]:
    said = tuple(dict.fromkeys(plan.severities[id] for id in named if id in plan.severities))
    return {"severities": said} if said and len(said) < len(plan.severities) else {}


def _advice(phase: Phase) -> Iterator[Table]:
    do = lines(one.text for one in phase.advice if one.do)
    dont = lines(one.text for one in phase.advice if not one.do)
    if do or dont:
        yield table("phase.advice", many=False, do=do, dont=dont)


def _asked(plan: Plan, phase: Phase, boxes: Sequence[str], following: str, ids: Ids) -> Iterator[Table]:
    """Everything that a phase asks for, in the order of the lines: its boxes, and its parts that have none."""
    found: list[tuple[int, int, Table]] = []
    line_of: dict[str, int] = {}
    for n, (id, one) in enumerate(zip(boxes, items(plan, _ITEM, boxes, following), strict=True)):
        whole = dict(one.values).get("under", "")
        at = line_of.get(str(whole), plan.tasks[id].origin.first)
        line_of[plan.items[id]] = at
        found.append((at, n, one))
    for n, (at, one) in enumerate(_unboxed(plan, phase, boxes, ids)):
        found.append((at, len(boxes) + n, one))
    if not found:  # a phase that asks for nothing is itself what is to be done
        name = plain(phase.name) or plan.phases[phase.id]
        found.append((0, 0, todo(plan, _ITEM, ids.new(name, "item"), name, phase.origin, phase.commands)))
    yield from (one for _, _, one in sorted(found, key=lambda entry: entry[:2]))


def _unboxed(plan: Plan, phase: Phase, boxes: Sequence[str], ids: Ids) -> Iterator[tuple[int, Table]]:
    """What is asked for without a box, with its line: what its lists say, its other parts, its commands; advice is none of it."""
    advice = {one.origin.first for one in phase.advice} | {origin.first for _, origin in asides(plan, phase)}
    said = [(text, origin) for text, origin in phase.todo if origin.first not in advice]
    asked = said if said and not boxes else [*said, *_other_parts(plan, phase, boxes, said)]
    asked.sort(key=lambda entry: entry[1].first)
    given: dict[int, list[Command]] = {}
    for command in phase.commands:
        at = _around(asked, command.origin) if boxes else _above(asked, command.origin)
        given.setdefault(at, []).append(command)
    for command in given.get(-1, ()):
        whole = command.section if line(command.section) != line(phase.title) else phase.name
        for title, part in in_parts(command, whole):
            one = todo(plan, _ITEM, ids.new(plain(title), "item"), plain(title), part.origin, [part])
            yield part.origin.first, one
    for n, (text, origin) in enumerate(asked):
        one = todo(plan, _ITEM, ids.new(plain(text), "item"), plain(text), origin, given.get(n, ()))
        yield origin.first, one


def _other_parts(
    plan: Plan, phase: Phase, boxes: Sequence[str], said: Sequence[tuple[str, Origin]]
) -> Iterator[tuple[str, Origin]]:
    """The parts of a phase in which nothing is asked for yet."""
    known = [*(plan.tasks[id].origin.first for id in boxes), *(origin.first for _, origin in said)]
    for text, origin in _parts(plan, phase):
        if not any(origin.first <= line <= origin.last for line in known):
            yield text, origin


def _parts(plan: Plan, phase: Phase) -> list[tuple[str, Origin]]:
    """The headings below a phase that are its steps, each with its lines; others that have no lines of their own."""
    found = {
        section.title: section.origin
        for section in plan.sections.within(phase.origin.first + 1, phase.origin.last)
        if section.title in phase.steps
    }
    return [(step, found.get(step, phase.origin)) for step in phase.steps]


def _above(asked: Sequence[tuple[str, Origin]], command: Origin) -> int:
    """What a command belongs to: the nearest entry that begins above it; -1 where there is none."""
    return max((n for n, (_, origin) in enumerate(asked) if origin.first <= command.first), default=-1)


def _around(asked: Sequence[tuple[str, Origin]], command: Origin) -> int:
    """The entry in whose lines a command stands; -1 where there is none."""
    return max(
        (n for n, (_, origin) in enumerate(asked) if origin.first <= command.first <= origin.last), default=-1
    )


def _rest(plan: Plan, *, empty: bool) -> Table:
    said = (
        "The document has no steps: its checklists are one phase."
        if empty and plan.tasks
        else "The document has no steps: here is one, so that the playbook works."
        if empty
        else "Boxes that stand in no step: they may be left open."
    )
    title = "Checklist" if empty and plan.tasks else "Fix" if empty else "Other checklists"
    return table("phase", "", (said,), id=LEFT, title=title)


def ready(plan: Plan, places: Places) -> Iterator[Table]:
    """The boxes of drills and training: what must be so before any emergency."""
    if places.ready:
        yield table("readiness", many=False, title="Ready")
        yield from items(plan, "readiness.item", places.ready)
