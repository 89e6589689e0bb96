"""Pane 0: how bad it is, who said so, and what that asks of the team."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import Binding

from hotfix_tui.domain.clocks import Countdown
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Playbook, Severity
from hotfix_tui.domain.roles import find_role, title_of
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.domain.triage import NOT_SURE, judge
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.marks import signs
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, Span, row
from hotfix_tui.tui.widgets.sheet import folded


class TriagePane(Pane):
    """Severity, the rule that decided, its clocks, approvals and the next update."""

    NUMBER: ClassVar[str] = "0"
    NAME: ClassVar[str] = "Triage"
    SCOPE: ClassVar[str] = "triage"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("triage", target="screen.")  # type: ignore[assignment]

    def depends(self, view: View) -> tuple[object, ...]:
        """The case and its clocks, and every risk."""
        return (*super().depends(view), view.glance.risks)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The severity first, then what follows from it, then how it came about."""
        incident, playbook = view.case.incident, view.case.playbook
        severity = playbook.severity(incident.severity)
        times = view.glance.clocks
        return (
            _severity(view, severity),
            row(f"because: {clean(incident.severity_reason, TITLE)}", "dim"),
            _respond(view, severity),
            _resolve(view),
            _approvals(view, severity),
            _due("update", times.update, view.now),
            *_risks(view, width),
            *_answers(view, playbook),
        )

    def heading(self, view: View) -> str:
        """The pane's name and what its keys do."""
        return "Triage  + - changes it"

    def alarm(self, view: View) -> str:
        """Overdue response or resolution."""
        times = view.glance.clocks
        late = [c for c in (times.respond, times.resolve) if c and c.left(times.now) < timedelta(0)]
        return str(len(late)) if late else ""


def _severity(view: View, severity: Severity | None) -> Row:
    incident = view.case.incident
    name = _name(severity)
    verdict = judge(view.case.playbook, incident.answers)
    own = severity.decision if severity else "hotfix"
    said = _DECISIONS[verdict.decision if verdict.severity == incident.severity else own]
    return Row(
        ((f"{clean(incident.severity, 12)} {name.upper()}".rstrip(), "over"),),
        ((said, "bold"),),
        key="severity",
    )


_DECISIONS = {"hotfix": "hotfix now", "next-release": "next release", "backlog": "backlog"}


def _name(severity: Severity | None) -> str:
    """The severity's name, where it says more than its id."""
    if severity is None:
        return "unknown severity"
    return "" if severity.name.casefold() == severity.id.casefold() else clean(severity.name, NAME)


def _respond(view: View, severity: Severity | None) -> Row:
    due = view.glance.clocks.respond
    if due is None and severity and severity.respond:
        return _told("respond", ("answered", "dim"))
    if due is not None and view.case.incident.ended_at is not None:
        return _told("respond", ("nobody answered", "text"), ("  S says that you did", "dim"))
    return _due("respond", due, view.now, ends="  S ends it")


def _resolve(view: View) -> Row:
    """Once it has ended, how it came out: nothing is left of the time."""
    times = view.glance.clocks
    if times.resolve is None or view.case.incident.ended_at is None:
        return _due("resolve", times.resolve, times.now)
    left = times.resolve.left(times.now)
    over = left < timedelta(0)
    told = f"{'over' if over else 'within'} the limit by {spoken(abs(left))}"
    return _told("resolve", (told, "over" if over else "good"))


def _told(name: str, *spans: Span) -> Row:
    return Row(((f"{name:<8}", "dim"), *spans))


def _due(name: str, due: Countdown | None, now: datetime, *, ends: str = "") -> Row:
    if due is None:
        return _told(name, ("no clock", "dim"))
    left = due.left(now)
    if left < timedelta(0):
        tail: Span = (f"overdue by {spoken(-left)}", "over")
    else:
        tail = (f"{spoken(left)} left", "risk" if due.share(now) >= 0.75 else "text")
    return _told(name, (f"by {due.due:%H:%M}Z  ", "text"), tail, (ends, "dim"))


def _approvals(view: View, severity: Severity | None) -> Row:
    playbook = view.case.playbook
    wanted = tuple(find_role(playbook, role) for role in (severity.approvals if severity else ()))
    given = {find_role(playbook, a.role): a.person for a in view.case.incident.approvals}
    if not wanted and not given:
        return Row((("approve ", "dim"), ("nobody has to", "dim")))
    spans: list[Span] = [("approve ", "dim")]
    for role in dict.fromkeys((*wanted, *given)):
        mark, look = ("[x] ", "dim") if role in given else ("[?] ", "waiting")
        by = f" {clean(given[role], 20)}" if role in given else ""
        spans.append((f"{mark}{clean(title_of(playbook, role), 24)}{by}  ", look))
    return Row(tuple(spans))


def _risks(view: View, width: int) -> tuple[Row, ...]:
    """Every risk that the header counts, in full."""
    sign = signs(ascii=view.ascii).risk
    return tuple(
        row(f"{sign if n == 0 else ' '} {line}", "over" if risk.level == "over" else "risk")
        for risk in view.glance.risks
        for n, line in enumerate(folded(clean(risk.text, TITLE), width - 2))
    )


def _answers(view: View, playbook: Playbook) -> tuple[Row, ...]:
    answers = view.case.incident.answers
    rows = []
    for question in playbook.questions:
        key = answers.get(question.id, NOT_SURE)
        text = next((a.text for a in question.answers if a.key == key), "not sure: the worse answer counts")
        asked = clean(question.short or question.text, NAME)
        rows.append(Row(((f"{asked}  ", "dim"), (clean(text, NAME), "text"))))
    return tuple(rows)
