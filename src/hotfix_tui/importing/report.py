"""What was understood, as the one JSON object of `hotfix playbook import --json`, and as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hotfix_tui.importing.understood import (
    Minutes,
    Origin,
    Phase,
    Rollback,
    Severity,
    Template,
    Understood,
)


def data(document: Understood) -> dict[str, Any]:
    """The object, without its schema's number. Steps that are no headings are not in `phases`, as in the corpus' rules."""
    return {
        "severities": [_severity(one) for one in document.severities],
        "phases": [_phase(one) for one in document.phases] if document.phase_kind == "headings" else [],
        "items": len(document.tasks),
        "template_items": len(document.template_tasks),
        "commands": len(document.commands),
        "branch_patterns": [one.text for one in document.branches],
        "comm_templates": [_template(one) for one in messages(document)],
        "postmortem_template": has_postmortem(document),
        "rollback": [_rollback(one) for one in document.rollbacks],
        "contacts": [
            {
                "role": one.role,
                "name": one.name,
                "address": one.address,
                "phone": one.phone,
                "available": one.available,
                **_lines(one.origin),
            }
            for one in document.contacts
        ],
        "repairs": [
            {"kind": one.kind, "line": one.line, "count": one.count, "message": one.message}
            for one in document.repairs
        ],
        "warnings": [
            {"rule": one.rule, "line": one.line, "message": f"{one.message} {one.todo}".strip()}
            for one in document.warnings
        ],
    }


def messages(document: Understood) -> tuple[Template, ...]:
    """The texts that are sent to people, without forms, commits and post-mortems."""
    return tuple(one for one in document.templates if one.kind == "message")


def has_postmortem(document: Understood) -> bool:
    """Whether the document has a form for the post-mortem, or a filled one, or its questions; or is one itself."""
    return (
        any(one.kind == "postmortem" for one in document.templates)
        or sum("__" in one.text for one in document.questions) >= BLANKS
        or document.postmortem_lines is not None
    )


BLANKS = 3
"""So many questions with blanks are a form."""


def _lines(origin: Origin) -> dict[str, Any]:
    return {"lines": [origin.first, origin.last], "reason": origin.reason, "sure": origin.sure}


def _span(value: Minutes | None) -> list[int] | None:
    return list(value) if value else None


def _severity(one: Severity) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "meaning": one.meaning,
        "respond": _span(one.respond),
        "resolve": _span(one.resolve),
        "resolve_text": one.resolve_text,
        "action": one.action,
        **_lines(one.origin),
    }


def _phase(one: Phase) -> dict[str, Any]:
    return {
        "title": one.title,
        "minutes": _span(one.minutes),
        "items": len(one.items),
        "target": one.target,
        "maximum": one.maximum,
        "wait": _span(one.wait),
        "severities": list(one.severities),
        "commands": len(one.commands),
        **_lines(one.origin),
    }


def _template(one: Template) -> dict[str, Any]:
    return {
        "title": one.title,
        "channel": one.channel,
        "audience": one.audience,
        "subject": one.subject,
        "placeholders": list(one.placeholders),
        **_lines(one.origin),
    }


def _rollback(one: Rollback) -> dict[str, Any]:
    return {
        "title": one.title,
        "steps": list(one.steps),
        "commands": len(one.commands),
        "triggers": list(one.triggers),
        "by": one.by,
        **_lines(one.origin),
    }


def lines(document: Understood, written: int = 0) -> Iterator[str]:
    """The report for a person: what was understood, where it stands, and what is wrong. Untrusted text.

    `written` is how many items the playbook has that was made of it, where one was.
    """
    yield document.title or "A document without a title"
    yield from _told(
        "Repairs",
        [f"{one.message}" + (f" (line {one.line})" if one.line else "") for one in document.repairs],
    )
    yield from _told(
        "Severities",
        [f"{one.id:<10} {one.name}{_within(one.resolve)}{_at(one.origin)}" for one in document.severities],
    )
    yield from _told(
        "Phases" if document.phase_kind != "list" else "Phases, from a list",
        [_phase_line(one) for one in document.phases],
    )
    yield from _told("Items", [*_item_lines(document, written)], counted=False)
    yield from _told(
        "Commands",
        [f"{_many(len(document.commands), 'block')}; none is run before you saw and trusted it"]
        * bool(document.commands),
    )
    yield from _told("Texts", [f"{one.title} ({one.kind}){_at(one.origin)}" for one in document.templates])
    yield from _told("Ways back", [f"{one.title}{_at(one.origin)}" for one in document.rollbacks])
    yield from _told(
        "Contacts",
        [
            f"{one.role}: {one.name or one.address or one.phone or '?'}{_at(one.origin)}"
            for one in document.contacts
        ],
    )
    yield from _told("Escalation", [f"{one.text}{_at(one.origin)}" for one in document.rungs])
    yield from _told("Scenarios", [f"{one.title}{_at(one.origin)}" for one in document.scenarios])
    yield from _told("Branches", [f"{one.text}{_at(one.origin)}" for one in document.branches])
    yield from _told(
        "Wrong with the process, or unsure",
        [
            f"{'line ' + str(one.line) + ': ' if one.line else ''}{one.message} {one.todo}".rstrip()
            + f"  [{one.rule}]"
            for one in document.warnings
        ],
    )


def _told(title: str, rows: list[str], *, counted: bool = True) -> Iterator[str]:
    if rows:
        yield ""
        yield f"{title} ({len(rows)})" if counted and len(rows) > 1 else title
        yield from (f"  {row}" for row in rows)


def _at(origin: Origin) -> str:
    where = f"{origin.first}-{origin.last}" if origin.last != origin.first else str(origin.first)
    return f"  :{where}" + ("" if origin.sure else " ?")


def _within(span: Minutes | None) -> str:
    return f", {length(span)}" if span else ""


def length(span: Minutes) -> str:
    """A span as people write it: "5-10 min", "4 h", "at most 30 min"."""
    least, most = span
    if least == 0 and most:
        return f"at most {_time(most)}"
    return _time(most) if least == most else f"{_time(least)}-{_time(most)}"


def _time(minutes: int) -> str:
    if minutes and minutes % 1440 == 0 and minutes > 2880:
        return f"{minutes // 1440} days"
    return f"{minutes // 60} h" if minutes and minutes % 60 == 0 else f"{minutes} min"


def _phase_line(one: Phase) -> str:
    parts = [length(one.minutes)] if one.minutes else []
    if one.maximum and not one.target:
        parts.append(f"at most {_time(one.maximum)}")
    elif one.target:
        parts.append(" / ".join(_time(n) for n in (one.target, one.maximum) if n))
    for number, word in ((len(one.items) + len(one.todo), "item"), (len(one.commands), "command")):
        if number:
            parts.append(_many(number, word))
    return one.title + (f"  ({', '.join(parts)})" if parts else "") + _at(one.origin)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _item_lines(document: Understood, written: int) -> Iterator[str]:
    if written:
        yield f"{written} in the playbook: boxes, and what is asked for by lists, headings and commands"
    twins = sum(bool(one.twin) for one in document.tasks)
    if document.tasks:
        yield f"{len(document.tasks)} live box{'es' * (len(document.tasks) > 1)}" + (
            f", {twins} of them said twice and linked" if twins else ""
        )
    if document.template_tasks:
        yield f"{len(document.template_tasks)} inside templates, never asked"
    if document.pseudo_tasks:
        yield f"{len(document.pseudo_tasks)} boxes without a list mark"
    yield from (f"{one.title}: {len(one.items)}{_at(one.origin)}" for one in document.checklists)
