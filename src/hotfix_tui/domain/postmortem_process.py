"""The post-mortem's account of the process: how it was judged, what was filled in, who was told and reached, how it measured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.escalation import LadderStep, ladder
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import shortfall
from hotfix_tui.domain.markdown import prose, table
from hotfix_tui.domain.numbers import metrics
from hotfix_tui.domain.playbook import Field, Playbook
from hotfix_tui.domain.promises import kept
from hotfix_tui.domain.triage import NOT_SURE

OPEN = "_open question_"
"""Stands where a person still has to write."""


def due(incident: Incident, playbook: Playbook, now: datetime) -> datetime | None:
    """By when the post-mortem is due: so long after the end as the severity says; None when none is."""
    severity = playbook.severity(incident.severity)
    wanted = playbook.postmortem.severities
    if severity is None or severity.postmortem_due is None:
        return None
    ended = incident.closed_at or incident.resolved_at or now
    return ended + severity.postmortem_due if not wanted or severity.id in wanted else None


def triage(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The questions of triage with their newest answers, the facts that held, and the way that was chosen."""
    rows = []
    for question in playbook.questions:
        key = incident.answers.get(question.id, NOT_SURE)
        said = next((a.text for a in question.answers if a.key == key), "not sure, so the worst counts")
        rows.append((prose(question.text), prose(said)))
    known = [(prose(f.text), "yes") for f in playbook.flags if f.id in incident.flags]
    if playbook.rollback_first:
        way = {"rollback": "yes, roll back first", "fix": "no, fix it"}.get(incident.way, "not decided")
        known.append((prose(playbook.rollback_first.question), way))
    rows += known
    return f"## Triage\n\n{table(('Question', 'Answer'), rows)}" if rows else ""


def intake(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """What was filled in at declaration; what was not needed and not filled in is left out."""
    told = [field for field in playbook.intake if field.required or field.id in incident.fields]
    rows = _answers(incident, told)
    return f"## Report\n\n{table(('Asked', 'Answer'), rows)}" if rows else ""


def review(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The fields of the post-mortem, under their headings."""
    fields = [field for field in playbook.postmortem.fields if applies(incident, field.when)]
    parts = []
    for group in dict.fromkeys(field.group for field in fields):
        rows = _answers(incident, (field for field in fields if field.group == group))
        asked = table(("Asked", "Answer"), rows)
        parts.append(f"### {prose(group)}\n\n{asked}" if group else asked)
    return "\n\n".join(["## Review", *parts]) if parts else ""


def criteria(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The criteria of success, each with its answer and whether that is good (S3.MET.3)."""
    fields = [field for field in playbook.criteria if applies(incident, field.when)]
    rows = []
    for field, (asked, answer) in zip(fields, _answers(incident, fields), strict=True):
        value = incident.fields.get(field.id, "")
        held = shortfall(field, value)
        rows.append((asked, answer, f"**missed**: {prose(held)}" if held else "met" if value else ""))
    return f"## Success criteria\n\n{table(('Criterion', 'Answer', ''), rows)}" if rows else ""


def _answers(incident: Incident, fields: Iterable[Field]) -> list[tuple[str, str]]:
    return [(prose(f.text), prose(incident.fields.get(f.id, "")) or OPEN) for f in fields]


def measured(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The playbook's own metrics, from one moment to another (S3.MET.1)."""
    rows = [
        (prose(m.name), spoken(m.value) if m.value is not None else "not marked", _limit(m.limit), m.verdict)
        for m in metrics(incident, playbook)
    ]
    return f"## Metrics\n\n{table(('Metric', 'Took', 'Limit', ''), rows)}" if rows else ""


def _limit(limit: timedelta | None) -> str:
    return spoken(limit) if limit else ""


def messages(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """Every message that was sent, and whether what it promised was kept."""
    titles = {t.id: t for t in playbook.templates}
    rows = []
    for sent, promise in kept(incident, playbook, now):
        template = titles.get(sent.template)
        rows.append(
            (
                f"{sent.at:%m-%d %H:%M}",
                prose(template.title if template else sent.template),
                prose(template.audience if template else ""),
                prose(sent.channel),
                "**promise broken**" if promise == "broken" else promise,
            )
        )
    head = ("Sent", "Message", "To", "By", "Next one promised")
    return f"## Messages\n\n{table(head, rows)}" if rows else ""


def escalations(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """The rungs of escalation: when each was due, when it was taken, and who was reached."""
    steps = ladder(incident, playbook)
    ended = incident.ended_at or now
    rows = [row for step in steps for row in _rung(step, ended)]
    head = ("Rung", "Due", "Taken", "Reached", "How", "")
    return f"## Escalation\n\n{table(head, rows)}" if rows else ""


def _rung(step: LadderStep, ended: datetime) -> list[tuple[str, ...]]:
    title, due_at = prose(step.rung.title), f"{step.due:%m-%d %H:%M}"
    if not step.taken:
        return [(title, due_at, "**not taken**", "", "", "")] if ended >= step.due else []
    return [
        (title, due_at, f"{one.at:%m-%d %H:%M}", prose(one.person), prose(one.how), _late(one.at - step.due))
        for one in step.taken
    ]


def _late(by: timedelta) -> str:
    return f"{spoken(by)} late" if by >= timedelta(minutes=1) else "in time"


def meeting(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """What the meeting talks about, and by when (S4.PMT.1)."""
    form = playbook.postmortem
    topics = [f"- {prose(topic)}" for topic in form.topics]
    lines = [*([prose(form.note)] if form.note else []), *(["\n".join(topics)] if topics else [])]
    return "\n\n".join(["## For the meeting", *lines]) if lines else ""
