"""The ladder of escalation: which rung is due when, which was taken, and who stands on it (S1.ESC.1-4, S3.ESC.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Contact, Playbook, Rung
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import Escalation
from hotfix_tui.domain.roles import find_role, holder, title_of


@record(frozen=True, slots=True)
class LadderStep:
    """A rung as it stands in one incident."""

    rung: Rung
    since: datetime
    """The declaration."""
    due: datetime
    taken: tuple[Escalation, ...]
    """Every time that it was taken, the oldest first."""

    def is_due(self, now: datetime) -> bool:
        """Whether its moment has come and nobody took it."""
        return not self.taken and now >= self.due


def ladder(incident: Incident, playbook: Playbook) -> tuple[LadderStep, ...]:
    """The rungs that apply, in the order in which they come due: counted from the declaration."""
    start = incident.declared_at
    steps = [
        LadderStep(
            rung,
            start,
            start + (rung.after or timedelta(0)),
            tuple(one for one in incident.escalations if one.rung == rung.id),
        )
        for rung in playbook.escalations
        if applies(incident, rung.when)
    ]
    return tuple(sorted(steps, key=lambda step: step.due))


def standing(step: LadderStep, incident: Incident, now: datetime) -> str:
    """How a rung stands, in words: "taken 03:20Z, Kim", "due 3m ago", "due in 12m", "not taken"."""
    if step.taken:
        last = step.taken[-1]
        return f"taken {last.at:%H:%M}Z" + (f", {last.person}" if last.person else "")
    if incident.ended_at is not None:
        return "not taken"
    late = now - step.due
    if late < timedelta(0):
        return f"due in {spoken(-late)}"
    return f"due {spoken(late)} ago" if late >= timedelta(minutes=1) else "due now"


def untaken(incident: Incident, playbook: Playbook) -> tuple[LadderStep, ...]:
    """The rungs that nobody took yet; none once the clocks have stopped."""
    if incident.ended_at is not None:
        return ()
    return tuple(step for step in ladder(incident, playbook) if not step.taken)


def find_step(incident: Incident, playbook: Playbook, word: str) -> LadderStep | None:
    """The rung with this id, this title or this number, as people count from 1."""
    steps = ladder(incident, playbook)
    if word.isdecimal() and 1 <= int(word) <= len(steps):
        return steps[int(word) - 1]
    wanted = word.strip().lower()
    return next((s for s in steps if wanted in (s.rung.id.lower(), s.rung.title.lower())), None)


def to_reach(incident: Incident, playbook: Playbook, rung: Rung) -> tuple[Contact, ...]:
    """The contacts of the rung's role that apply; none for a rung that only names a channel."""
    if not rung.role:
        return ()
    wanted = find_role(playbook, rung.role).lower()
    return tuple(
        contact
        for contact in playbook.contacts
        if find_role(playbook, contact.role).lower() == wanted and applies(incident, contact.when)
    )


def names_to_reach(incident: Incident, playbook: Playbook, rung: Rung) -> tuple[str, ...]:
    """Whom the rung reaches: the contacts' names, else who has the role, else the role itself."""
    found = to_reach(incident, playbook, rung)
    person = holder(incident, playbook, rung.role) if rung.role else ""
    if not found:
        return (person,) if person else ()
    return tuple(contact.name or person or title_of(playbook, contact.role) for contact in found)
