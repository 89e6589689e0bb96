"""Messages to send: which templates are offered now, and their text with what is known filled in (X.9)."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook, Template
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import fill, missing, values


@record(frozen=True, slots=True)
class Outgoing:
    """A message ready to be read over; untrusted text."""

    template: Template
    subject: str
    body: str
    missing: tuple[str, ...]
    """The placeholders that a person still has to fill."""

    @property
    def text(self) -> str:
        """Subject and body, as they are copied."""
        return f"{self.subject}\n\n{self.body}" if self.subject else self.body


def offered(incident: Incident, playbook: Playbook) -> tuple[Template, ...]:
    """The templates that apply, those of the running phase first."""
    fitting = [t for t in playbook.templates if applies(incident, t.when)]
    return tuple(sorted(fitting, key=lambda t: (bool(t.phase) and t.phase != incident.phase, not t.phase)))


def outgoing(incident: Incident, template: Template, now: datetime) -> Outgoing:
    """The template filled for this incident."""
    known = values(incident, now)
    return Outgoing(
        template,
        fill(template.subject, known),
        fill(template.body, known).strip("\n"),
        missing(f"{template.subject}\n{template.body}", known),
    )
