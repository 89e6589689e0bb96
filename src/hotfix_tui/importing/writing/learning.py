"""What is learnt: the post-mortem's questions, criteria of success, drills, references and cards of commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from hotfix_tui.importing.understood import Command, Line, Origin, Template
from hotfix_tui.importing.writing.ids import Ids
from hotfix_tui.importing.writing.items import plain
from hotfix_tui.importing.writing.plan import Plan, line, lines
from hotfix_tui.importing.writing.toml import Table, table

_HEADING = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+(?P<hash>.+?)\s*#*|\*\*(?P<bold>[^*\n]+?):?\*\*:?)\s*$", re.MULTILINE
)
_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s+(.+)$", re.MULTILINE)
_TARGET = re.compile(r"\[[^\]]*\]\((?P<link>[^)\s]+)[^)]*\)|(?P<page>https?://\S+)|`(?P<code>[^`]+)`")
_EVERY = (
    (re.compile(r"\b(?:year|annual|jährlich|anual|annuel)", re.IGNORECASE), 365),
    (re.compile(r"\b(?:quarter|quartal|trimest)", re.IGNORECASE), 91),
    (re.compile(r"\b(?:month|monatlich|mensual|mensuel|mensal)", re.IGNORECASE), 30),
    (re.compile(r"\b(?:week|wöchentlich|seman|hebdo)", re.IGNORECASE), 7),
)


def learning(plan: Plan) -> Iterator[Table]:
    """All of it, in the order of the schema."""
    own = Ids()
    for one in plan.found.criteria:
        yield table(
            "criterion",
            plan.beside(one.origin),
            id=own.new(one.text, "criterion"),
            text=line(one.text) or "?",
            kind="yes-no",
        )
    for drill in plan.found.drills:
        every = how_often(drill.text)
        if every:
            yield table(
                "drill",
                plan.beside(drill.origin),
                id=own.new(drill.text, "drill"),
                title=line(drill.text) or "Drill",
                every=every,
            )
    yield from (_reference(plan, one) for one in plan.found.references if line(one.text))
    yield from _cards(plan)
    yield from _postmortem(plan)


def how_often(text: str) -> timedelta | None:
    """How often something is practised, by the first word that says it; None where none does."""
    return next((timedelta(days=days) for word, days in _EVERY if word.search(text)), None)


def _reference(plan: Plan, one: Line) -> Table:
    match = _TARGET.search(one.text)
    target = next((said for said in match.groups() if said), "") if match else ""
    return table(
        "reference", plan.beside(one.origin), title=line(one.text), target=line(target) or line(one.text)
    )


def _cards(plan: Plan) -> Iterator[Table]:
    """Every block of commands, by the heading that it stands under, and the advice that belongs to no phase."""
    by: dict[str, list[Command]] = {}
    for command in plan.found.commands:
        by.setdefault(command.section, []).append(command)
    for section, commands in by.items():
        said = tuple(text.rstrip() for c in commands for text in c.text.split("\n") if text.strip())
        origin = Origin(commands[0].origin.first, commands[-1].origin.last, "")
        if said:
            yield table("card", plan.beside(origin), title=plain(section) or "Commands", lines=said)
    in_phases = {one.origin for phase in plan.found.phases for one in phase.advice}
    rest: dict[str, list[str]] = {}
    for one in plan.found.advice:
        if one.origin not in in_phases:
            rest.setdefault(one.section, []).append(("Do: " if one.do else "Do not: ") + line(one.text))
    yield from (
        table("card", title=plain(section) or "Advice", lines=tuple(said)) for section, said in rest.items()
    )


def _postmortem(plan: Plan) -> Iterator[Table]:
    forms = [one for one in plan.found.templates if one.kind == "postmortem"]
    asked = [*_questions(forms), *(one.text for one in plan.found.questions)]
    actions = tuple(dict.fromkeys(line(text) for one in forms for text in _BOX.findall(one.body)))
    if asked or actions:
        beside = plan.beside(forms[0].origin) if forms else ""
        yield table(
            "postmortem", beside, many=False, questions=tuple(dict.fromkeys(lines(asked))), actions=actions
        )


def _questions(forms: Iterable[Template]) -> Iterator[str]:
    """The headings of a post-mortem's form, but for its own title."""
    for one in forms:
        found = [match["hash"] or match["bold"] for match in _HEADING.finditer(one.body)]
        yield from found[1:] if len(found) > 1 else found
