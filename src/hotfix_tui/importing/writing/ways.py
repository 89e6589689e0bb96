"""Ways back and scenario cards: what can be started beside the phases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hotfix_tui.importing.understood import Command, Origin, Rollback, Scenario
from hotfix_tui.importing.writing.ids import Ids
from hotfix_tui.importing.writing.items import items, plain, todo
from hotfix_tui.importing.writing.places import Places
from hotfix_tui.importing.writing.plan import Plan, ends, line, lines
from hotfix_tui.importing.writing.shell import steps
from hotfix_tui.importing.writing.toml import Table, table

_LONGEST = 12
"""How many lines of commands become steps; longer scripts are to be read on their card."""


def ways(plan: Plan, places: Places, ids: Ids) -> Iterator[Table]:
    """The rollbacks, then the scenarios."""
    own = Ids()
    for n, way in enumerate(plan.found.rollbacks):
        yield _rollback(plan, way, own.new(way.title, "rollback"))
        yield from items(plan, "rollback.step", places.rollbacks[n])
        yield from _steps(plan, "rollback.step", way.steps, way.commands, way.origin, ids)
    for n, card in enumerate(plan.found.scenarios):
        yield _scenario(plan, card, own.new(card.title, "scenario"))
        yield from items(plan, "scenario.action", places.scenarios[n])
        yield from _steps(plan, "scenario.action", card.actions, card.commands, card.origin, ids)


def _rollback(plan: Plan, way: Rollback, id: str) -> Table:
    told = "\n".join(plan.found.text.split("\n")[way.origin.first - 1 : way.origin.last])
    kind = _kind(way, told)
    return table(
        "rollback",
        plan.beside(way.origin),
        id=id,
        title=plain(way.title) or id,
        kind=kind,
        pointer=_pointer(kind, told),
        triggers=lines(way.triggers),
        user_text=" ".join(lines(way.steps)) if way.by == "user" else "",
    )


def _kind(way: Rollback, told: str) -> str:
    """Which of the known ways it is, by what its lines name; a way of its own where they do not tell."""
    if way.by == "user":
        return "user-downgrade"
    return next((kind for kind, words in _KINDS if words.search(told)), "")


def _pointer(kind: str, told: str) -> str:
    found = CHANNEL_FILE.search(told) if kind == "channel-pointer" else None
    return found[0] if found else ""


CHANNEL_FILE = re.compile(r"\b(?:[\w-]{1,60}/){0,4}(?:latest|beta|alpha|stable)(?:-\w+)?\.(?:ya?ml|json)\b")
_KINDS = (
    ("delete-tag-and-yank", re.compile(r"\bcargo yank\b|\bgem yank\b|\bnpm (?:unpublish|deprecate)\b|\bgit tag (?:-d|--delete)\b")),
    ("channel-pointer", re.compile(rf"\bdist-tag add\b|{CHANNEL_FILE.pattern}")),
    ("revert", re.compile(r"\bgit revert\b(?! --abort)")),
    ("redeploy-tag", re.compile(r"\bgit (?:checkout|switch --detach) (?:tags/)?(?:v?[\dX]|<[^<>]*(?:tag|version))[\s\S]{0,2000}?\bdeploy")),
)  # fmt: skip
"""The ways back that their commands tell, the surest first."""


def _scenario(plan: Plan, card: Scenario, id: str) -> Table:
    least, most = ends(card.minutes)
    return table(
        "scenario",
        plan.beside(card.origin),
        id=id,
        title=plain(card.title) or id,
        severity=plan.severities.get(card.severity, ""),
        examples=lines(card.examples),
        first_within=ends(card.first_minutes)[1],
        resolve=most,
        resolve_least=least,
        communication=line(card.communication),
        exercise=card.exercise,
    )


def _steps(
    plan: Plan, kind: str, said: Iterable[str], commands: Iterable[Command], origin: Origin, ids: Ids
) -> Iterator[Table]:
    """Its steps in words, each once; where it has none, its commands line by line."""
    texts = lines(map(plain, said))
    given = tuple(commands)
    for text in texts:
        yield todo(plan, kind, ids.new(text, "step"), text, Origin(0, 0, ""), ())
    for command in () if texts else given:
        found = steps(command.text)
        if len(found) > _LONGEST:
            text = plain(command.section) or found[0][0]
            yield todo(plan, kind, ids.new(text, "step"), text, command.origin, ())
            continue
        for text, one in found:
            single = Command(one, command.language, command.section, command.origin)
            said = text if text == one else plain(text)
            yield todo(plan, kind, ids.new(said, "step"), said, command.origin, [single])
