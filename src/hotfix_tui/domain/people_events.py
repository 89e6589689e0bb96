"""Events about whom somebody reached, and which alarm is to be quiet for a while."""

from __future__ import annotations

from typing import ClassVar

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Escalated:
    """A rung of escalation was taken: somebody was reached, or at least tried (S1.ESC.1-4)."""

    kind: ClassVar[str] = "escalated"
    rung: str
    person: str = ""
    how: str = ""


@record(frozen=True, slots=True)
class AlarmSnoozed:
    """These alarms are known and stay quiet for so many minutes, on every console of the incident."""

    kind: ClassVar[str] = "alarm-snoozed"
    alarms: tuple[str, ...]
    minutes: int
