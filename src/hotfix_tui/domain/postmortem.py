"""The post-mortem: incident and playbook to markdown, a source behind every line, secrets out, open questions marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hotfix_tui.domain import events as e
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.markdown import fence, prose, table
from hotfix_tui.domain.numbers import numbers
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.postmortem_process import (
    OPEN,
    criteria,
    due,
    escalations,
    intake,
    measured,
    meeting,
    messages,
    review,
    triage,
)
from hotfix_tui.domain.postmortem_timeline import timeline
from hotfix_tui.domain.postmortem_work import checklist, follow_ups
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.redact import redact
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import visible_argv


@record(frozen=True, slots=True)
class Document:
    """A finished document."""

    text: str
    redacted: int
    """How many secrets were taken out; best effort."""
    open_questions: int


def render(incident: Incident, playbook: Playbook, now: datetime) -> Document:
    """The post-mortem as of `now`; the same state gives the same bytes."""
    parts = [part for section in _SECTIONS if (part := section(incident, playbook, now))]
    text, count = redact("\n\n".join(parts))
    opened = text.count(OPEN)
    ending = [f"{opened} open question{'s' if opened != 1 else ''}." if opened else "No open question."]
    if count:
        ending.append(
            f"{count} value{'s were' if count != 1 else ' was'} redacted (best effort: read it before you share it)."
        )
    return Document(f"{text}\n\n---\n\n{' '.join(ending)}\n", count, opened)


def _title(incident: Incident, playbook: Playbook, now: datetime) -> str:
    drill = "Practice drill: " if incident.declared.drill else ""
    return f"# {drill}Post-mortem {incident.id}: {prose(incident.title)}"


def _facts(incident: Incident, playbook: Playbook, now: datetime) -> str:
    severity = playbook.severity(incident.severity)
    declared = incident.declared
    named = severity is not None and severity.name.casefold() != severity.id.casefold()
    name = f" {prose(severity.name)}" if severity and named else ""
    ended = incident.resolved_at or incident.closed_at
    facts = [
        ("Severity", f"{prose(incident.severity)}{name}, because: {prose(incident.severity_reason)}"),
        (
            "Decision",
            {"hotfix": "hotfix", "next-release": "next release", "backlog": "backlog"}.get(
                declared.decision, ""
            ),
        ),
        ("Status", incident.status),
        ("Started", _stamp(incident.started_at)),
        ("Declared", f"{_stamp(incident.declared_at)} by {prose(incident.declared_by)}"),
        (
            "Resolved",
            _stamp(incident.resolved_at) if incident.resolved_at else ("" if incident.closed_at else OPEN),
        ),
        ("Closed", _stamp(incident.closed_at) if incident.closed_at else ""),
        ("Post-mortem due", _stamp(by) if ended and (by := due(incident, playbook, now)) else ""),
        ("Duration", spoken((ended or now) - incident.started_at) + ("" if ended else ", still running")),
        (
            "Versions",
            f"{prose(declared.base)} to {prose(f'v{declared.fix}')}"
            if declared.base and declared.fix
            else "",
        ),
        ("Branch", f"`{prose(declared.branch)}`" if declared.branch and "`" not in declared.branch else ""),
        ("Roles", ", ".join(f"{prose(role)}: {prose(person)}" for role, person in incident.roles.items())),
        ("Approvals", ", ".join(_approval(a.person, a.role, a.how) for a in incident.approvals)),
        ("Playbook", f"{prose(playbook.title)} ({prose(playbook.id)}, {declared.digest[:12]})"),
    ]
    return table(("", ""), [(f"**{name}**", value) for name, value in facts if value])


def _approval(person: str, role: str, how: str) -> str:
    return f"{prose(person)} as {prose(role)}" + (f" ({prose(how)})" if how else "")


def _summary(incident: Incident, playbook: Playbook, now: datetime) -> str:
    resolved = [
        event.body.note for event in incident.story if isinstance(event.body, e.Resolved) and event.body.note
    ]
    told = prose(resolved[-1]) if resolved else OPEN
    return f"## Summary\n\n{prose(incident.title)}\n\nHow it ended: {told}"


def _numbers(incident: Incident, playbook: Playbook, now: datetime) -> str:
    rows = []
    for number in numbers(incident, playbook, now):
        value = (
            OPEN
            if number.value is None and number.limit is not None
            else spoken(number.value)
            if number.value is not None
            else "not marked"
        )
        rows.append(
            (
                f"Time to {number.name}" if number.name != "total" else "Total",
                value,
                spoken(number.limit) if number.limit else "",
                number.verdict,
            )
        )
    return f"## Numbers\n\n{table(('Measured from the start', 'Took', 'Limit', ''), rows)}"


def _phases(incident: Incident, playbook: Playbook, now: datetime) -> str:
    rows = []
    for clock in clocks(incident, playbook, now).phases:
        phase = clock.phase
        entered = phase.id in incident.phases
        verdict = {"over-target": "over target", "over-limit": "**over maximum**"}.get(
            clock.alarm, "within" if entered and phase.target else ""
        )
        rows.append(
            (
                f"{clock.number} {prose(phase.title)}",
                spoken(clock.spent) if entered else "not entered",
                spoken(phase.target) if phase.target else "",
                spoken(phase.maximum) if phase.maximum else "",
                verdict,
                prose(incident.phases[phase.id].reason) if entered else "",
            )
        )
    head = ("Phase", "Took", "Target", "Maximum", "", "Gate passed because")
    return f"## Phases\n\n{table(head, rows)}" if rows else ""


def _operations(incident: Incident, playbook: Playbook, now: datetime) -> str:
    if not incident.operations:
        return ""
    return "\n\n".join(["## Operations", *(_operation(record) for record in incident.operations.values())])


def _operation(record: OperationRecord) -> str:
    steps = [
        f"$ {visible_argv(step.argv)}\n" + _remark(step.state, step.detail or "nothing more was said")
        for step in record.steps
        if step.argv
    ]
    skipped = [_remark(f"{step.step}: {step.state}", step.detail) for step in record.steps if not step.argv]
    heading = f"**{prose(record.title)}**: {record.state}" + (
        f", {prose(record.detail)}" if record.detail else ""
    )
    shown = "\n".join((*steps, *skipped)) or "no step ran"
    return f"{heading}\n\n{fence(shown)}"


def _remark(state: str, detail: str) -> str:
    """What came of a command, apart from the commands; many lines stand below their state."""
    lines = detail.splitlines()
    return "\n".join(
        f"# {line}" for line in ([f"{state}: {detail}"] if len(lines) < 2 else [f"{state}:", *lines])
    )


_USUAL = ("What was the root cause?", "What prevents it from now on?")
"""The sections of a post-mortem whose playbook asks for nothing."""


def _questions(incident: Incident, playbook: Playbook, now: datetime) -> str:
    form = playbook.postmortem
    asked = form.questions or (() if form.fields else _USUAL)
    return "\n\n".join(f"## {prose(question)}\n\n{OPEN}" for question in asked)


def _known_issue(incident: Incident, playbook: Playbook, now: datetime) -> str:
    template = playbook.template("known-issue")
    if template is None:
        return ""
    filled = fill(template.body, values(incident, now)).strip()
    return f"## {prose(template.title)}\n\nFor {prose(template.channel)}; fill what still begins with a dollar sign:\n\n{fence(filled, 'markdown')}"


_SECTIONS: tuple[Callable[[Incident, Playbook, datetime], str], ...] = (
    _title,
    _facts,
    _summary,
    triage,
    intake,
    timeline,
    _numbers,
    measured,
    _phases,
    messages,
    escalations,
    _questions,
    review,
    criteria,
    _operations,
    checklist,
    follow_ups,
    meeting,
    _known_issue,
)


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
