"""One box of the document as an item: its kind, its conditions, what it blocks, and the command that stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hotfix_tui.domain.finality import final
from hotfix_tui.importing.inline import plain as unmarked
from hotfix_tui.importing.tasks import IRREVERSIBLE
from hotfix_tui.importing.understood import Command, Origin, Task
from hotfix_tui.importing.writing.doing import check, operation
from hotfix_tui.importing.writing.plan import Plan, ends, line, lines, place
from hotfix_tui.importing.writing.shell import argv, command_lines
from hotfix_tui.importing.writing.toml import Table, table

_YES_NO = (
    {"yes", "no"},
    {"ja", "nein"},
    {"oui", "non"},
    {"sí", "no"},
    {"sim", "não"},
    {"да", "нет"},
    {"y", "n"},
)
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.):]|\(\d{1,3}\))\s+(?=\S)")
_RUNS = ("", "publish")
"""The operations for which an item keeps its own command: none, and the one that runs it."""
_SHOWN = 3
"""How many lines of commands are shown at the item; a card has them all."""


def items(
    plan: Plan, kind: str, ids: Iterable[str], following: str = "", *, required: bool = True
) -> Iterator[Table]:
    """The tasks as items in one list; `following` is the phase that a blocking one holds."""
    home, written = "", set()
    for id in ids:
        task = plan.tasks[id]
        under = _whole(plan, task)
        part = under if under == home and under in written else ""
        home = part or id
        written.add(id)
        yield _item(plan, kind, task, plan.items[part] if part else "", following, required=required)


def _whole(plan: Plan, task: Task) -> str:
    """The task that has no whole of its own among those around this one: parts have no parts here."""
    seen = {task.id}
    while task.under in plan.tasks and task.under not in seen:
        task = plan.tasks[task.under]
        seen.add(task.id)
    return task.id


def _item(plan: Plan, kind: str, task: Task, under: str, following: str, *, required: bool) -> Table:
    twin = _twin(plan, task)
    run = argv(task.commands[0].text) if len(task.commands) == 1 else ()
    done_by = operation(task.text, task.commands) if kind == "phase.item" else ""
    asked = tuple(note for note in task.notes if note.rstrip().endswith(("?", "？")))
    notes = [
        *(note for note in task.notes if note not in asked),
        *_shown(task.commands, all_of_them=done_by not in _RUNS),
    ]
    condition = line(task.condition) if not _when(plan, task) else ""
    return table(
        kind,
        plan.beside(task.origin),
        id=plan.items[task.id],
        text=line(task.text) or line(task.source) or plan.items[task.id],
        checklist=plan.checklists.get(task.id, ""),
        under=under,
        twin=plan.items[twin.id] if twin else "",
        **_answer(twin or task),
        asks=lines(asked),
        hint="; ".join(lines([condition, *notes])),
        estimate=ends(task.minutes)[1],
        required=None if required else False,
        blocks=following if task.blocker else "",
        rule=line(task.blocker) if following else "",
        irreversible=task.irreversible or _is_final(task.commands),
        time_sensitive=task.time_sensitive,
        when=_when(plan, task),
        operation=done_by,
        command=run if done_by in _RUNS else (),
        check=check(done_by, run) if kind == "phase.item" and required else "",
    )


def _twin(plan: Plan, task: Task) -> Task | None:
    """Its twin, unless that one names this: once is enough."""
    other = plan.tasks.get(task.twin)
    if other is None or other.id == task.id:
        return None
    seen = {task.id}
    at: Task | None = other
    while at is not None and at.id not in seen:
        seen.add(at.id)
        at = plan.tasks.get(at.twin)
    circle = at is not None
    return None if circle and task.origin.first <= other.origin.first else other


def _answer(task: Task) -> dict[str, Any]:
    """What marks it: a tick, one of the choices, a number or a text."""
    choices = tuple(dict.fromkeys(lines(task.choices)))
    if {choice.lower() for choice in choices} in _YES_NO:
        return {"kind": "yes-no"}
    if len(choices) > 1:
        return {"kind": "choice", "choices": choices}
    if task.value:
        return {"kind": "number", "unit": line(task.unit)} if task.unit else {"kind": "text"}
    return {}


def _when(plan: Plan, task: Task) -> dict[str, tuple[str, ...]]:
    named = tuple(dict.fromkeys(plan.severities[id] for id in task.severities if id in plan.severities))
    flag = plan.flags.get(task.condition, "") if not named else ""
    return {key: said for key, said in (("severities", named), ("flags", (flag,) if flag else ())) if said}


def _shown(commands: Iterable[Command], *, all_of_them: bool) -> Iterator[str]:
    """Commands to read: those that are no plain one, or all of them where an operation takes their place."""
    for command in commands:
        found = command_lines(command.text)
        if found and (all_of_them or not argv(command.text)):
            yield "`" + "`, `".join(found[:_SHOWN]) + ("`, …" if len(found) > _SHOWN else "`")


def _is_final(commands: Iterable[Command]) -> bool:
    """Whether nobody can take one of the commands back, by its words or by the comment at it."""
    return any(
        IRREVERSIBLE.search(command.text)
        or any(final(line.split("\n")[0].split(" # ")[0].split()) for line in command_lines(command.text))
        for command in commands
    )


def plain(text: str) -> str:
    """A text without markdown's marks and the number that it is counted by."""
    return _NUMBER.sub("", line(unmarked(text)))


def todo(plan: Plan, kind: str, id: str, text: str, origin: Origin, commands: Iterable[Command]) -> Table:
    """Something that is asked for without a box; what may be no task at all may be left open."""
    given = tuple(commands)
    said = line(text) or id
    run = argv(given[0].text) if len(given) == 1 else ()
    done_by = operation(said, given) if kind == "phase.item" else ""
    shown = [hint for hint in lines(_shown(given, all_of_them=done_by not in _RUNS)) if hint != f"`{said}`"]
    return table(
        kind,
        place(plan.document, origin),
        id=id,
        text=said,
        required=None if origin.sure else False,
        hint="; ".join(shown),
        irreversible=bool(IRREVERSIBLE.search(said)) or _is_final(given),
        operation=done_by,
        command=run if done_by in _RUNS else (),
        check=check(done_by, run) if kind == "phase.item" and origin.sure else "",
    )
