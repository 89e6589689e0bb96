"""The status in a few plain lines, for a colleague or a channel."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.service.incidents import Case


def summary(case: Case, now: datetime) -> str:
    """Severity, title, place, time left, what is next and what is at risk."""
    answers = glance(case.incident, case.playbook, now)
    incident = case.incident
    lines = [f"{incident.severity} {incident.id} {clean(incident.title, TITLE)} ({incident.status})"]
    if answers.phase_number:
        lines.append(
            f"Phase {answers.phase_number} of {answers.phase_count}: {clean(answers.phase_title, TITLE)}"
        )
    if answers.left is not None and incident.ended_at is None:
        late = answers.left < timedelta(0)
        lines.append(f"Over the limit by {spoken(-answers.left)}" if late else f"{spoken(answers.left)} left")
    lines.append(f"Next: {answers.next.label} {clean(answers.next.text, TITLE)}".replace("  ", " "))
    lines += [f"At risk: {clean(risk.text, TITLE)}" for risk in answers.risks]
    return "\n".join(lines)
