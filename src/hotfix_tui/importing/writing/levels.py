"""How bad it is: the document's severities, the facts that its conditions name, and one question that chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from hotfix_tui.importing import times
from hotfix_tui.importing.understood import Severity
from hotfix_tui.importing.writing.plan import Plan, ends, line, lines, span
from hotfix_tui.importing.writing.toml import Table, table

_IF = re.compile(r"^(?:only\s+)?(?:if|when|where|falls|wenn|si|se|en cas de|bei)\s+", re.IGNORECASE)
_OFTEN = re.compile(
    r"(?i)\bupdat\w*\b.{0,40}?\b(?:every\s(?P<every>\d.{0,20})|(?:hourly|every hour))|\b(?:hourly|every hour)\b.{0,20}\bupdat"
)
_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What answers are chosen by; a document with more severities has no question."""


def levels(plan: Plan) -> Iterator[Table]:
    """Severities, flags, the question and its rules."""
    yield from (_severity(plan, one, id) for one, id in zip(plan.found.severities, plan.codes, strict=True))
    if not plan.found.severities:
        yield table(
            "severity",
            "",
            ("The document names no severity: here is one, so that the playbook works.",),
            id="emergency",
            name="Emergency",
            meaning="It cannot wait for the next regular release.",
            decision="hotfix",
        )
    yield from (table("flag", id=id, text=_fact(text) or id) for text, id in _once(plan.flags.items()))
    if 1 < len(plan.found.severities) <= len(_KEYS):
        yield from _question(plan)


def _once(flags: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for text, id in flags:
        if id not in seen:
            seen.add(id)
            yield text, id


def _fact(text: str) -> str:
    """A condition as a fact to ask for: "if telemetry-related" asks "telemetry-related?"."""
    bare = _IF.sub("", line(text)).rstrip(" ?.:,")
    return f"{bare}?" if bare else ""


def _severity(plan: Plan, one: Severity, id: str) -> Table:
    least, most = ends(one.resolve)
    _, respond = ends(one.respond)
    late = respond is not None and most is not None and respond > most
    note = f"it says {respond} to respond, which is longer than the time to resolve" if late else ""
    return table(
        "severity",
        plan.beside(one.origin),
        (note,) if note else (),
        id=id,
        name=line(one.name) or id,
        meaning=line(one.meaning) or line(one.action) or line(one.name) or id,
        decision="next-release" if one.hotfix is False else "hotfix",
        respond=None if late else respond,
        resolve=most,
        resolve_least=least,
        resolve_text=line(one.resolve_text) if most is None else "",
        approvals=lines(one.approvals),
        testing=line(one.testing),
        communication=line(one.communication),
        update_every=_every(one.communication),
        examples=lines(one.examples),
    )


def _every(communication: str) -> timedelta | None:
    """How often people are told: "updates every 20 min", "hourly"; None where it does not say."""
    found = _OFTEN.search(communication)
    if found is None:
        return None
    return ends(times.minutes(found["every"]))[1] if found["every"] else span(60)


def _question(plan: Plan) -> Iterator[Table]:
    """One answer for each severity, in the document's order: whoever answers chooses it by what it means."""
    yield table(
        "question",
        "",
        ("Ours: the document asks nothing, so the severity is chosen by what it means.",),
        id="level",
        text="Which of these holds?",
    )
    severities = tuple(zip(_KEYS, plan.found.severities, plan.codes, strict=False))
    for key, one, id in severities:
        said = line(one.meaning) or line(one.name)
        yield table("question.answer", key=key, text=f"{id}: {said}" if said and said != id else id)
    for key, one, id in severities:
        yield table(
            "rule", when={"level": key}, severity=id, because=line(one.meaning) or line(one.name) or id
        )
