"""What somebody asks for about escalation and alarms."""

from __future__ import annotations

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Escalate:
    """Record that a rung of escalation was taken, how, and who was reached; without a name the contact's holds."""

    rung: str
    how: str = ""
    person: str = ""


@record(frozen=True, slots=True)
class Snooze:
    """Keep an alarm quiet for a while; without a name every alarm that rings, without minutes as long as the playbook says."""

    alarm: str = ""
    minutes: int = 0
