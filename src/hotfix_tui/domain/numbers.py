"""The numbers of an incident: how long until it was noticed, answered, fixed, over; each with its limit."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotfix_tui.domain.clocks import clocks, with_users
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.windows import moment


@record(frozen=True, slots=True)
class Number:
    """One measured duration; None where its moment was never marked."""

    name: str
    value: timedelta | None
    limit: timedelta | None = None

    @property
    def verdict(self) -> str:
        """Within or over its limit, in words; empty without one."""
        if self.value is None or self.limit is None:
            return ""
        return "within" if self.value <= self.limit else "over"


def numbers(incident: Incident, playbook: Playbook, now: datetime) -> tuple[Number, ...]:
    """Detection, acknowledgement, fix, release, resolution and total (S2.MET.1)."""
    start = incident.started_at
    severity = playbook.severity(incident.severity)
    moments = incident.milestones
    detected = moments.get("detected", incident.declared_at)
    acknowledged = moments.get("acknowledged") or min((s.at for s in incident.sent), default=None)
    total = clocks(incident, playbook, now).elapsed
    known = {m.id for m in playbook.milestones}
    marked = [
        Number(name, _since(start, moments.get(id)))
        for id, name in _BETWEEN.items()
        if id in known or id in moments
    ]
    return (
        Number("detect", detected - start),
        Number("acknowledge", _since(start, acknowledged), severity.respond if severity else None),
        *marked,
        Number(
            "resolve",
            _since(start, with_users(incident, playbook) or incident.resolved_at),
            severity.resolve if severity else None,
        ),
        Number("total", total, playbook.budget.maximum if playbook.budget else None),
    )


_BETWEEN = {"cause-found": "find the cause", "fix-written": "write the fix", "released": "release"}
"""Milestones that are told where the playbook has them."""


def metrics(incident: Incident, playbook: Playbook) -> tuple[Number, ...]:
    """The playbook's own: each from one moment to another, None while one of the two has not come (S3.MET.1)."""
    found = []
    for metric in playbook.metrics:
        since, until = (_moment(incident, name) for name in (metric.since, metric.until))
        found.append(Number(metric.title, _since(since, until) if since else None, metric.limit))
    return tuple(found)


def _moment(incident: Incident, name: str) -> datetime | None:
    """When it came; what nobody marked as detected was detected when it was declared."""
    return moment(incident, name) or (incident.declared_at if name == "detected" else None)


def _since(start: datetime, moment: datetime | None) -> timedelta | None:
    return None if moment is None else max(moment - start, timedelta(0))
