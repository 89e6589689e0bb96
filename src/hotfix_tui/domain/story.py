"""The story so far: every event as one line that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from hotfix_tui.domain import events as e
from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Line:
    """One line of the story."""

    at: datetime
    by: str
    text: str
    """Untrusted text."""
    event: str
    """The id of the event that it tells."""
    undone: bool = False
    unknown: bool = False
    backdated: bool = False


def story(incident: Incident, playbook: Playbook) -> tuple[Line, ...]:
    """The incident's events as lines, in the order in which they happened."""
    names = _Names(incident, playbook)
    told = (event for event in incident.log if not _is_machinery(event) and not names.hides(event))
    lines = [_line(event, incident, names) for event in told]
    return tuple(sorted(lines, key=lambda line: line.at))


def taken_back(incident: Incident, playbook: Playbook) -> str:
    """What the newest undo took back, or the newest redo brought back, as the story tells it; untrusted text."""
    undos = {event.id: event.body.targets for event in incident.log if isinstance(event.body, e.Undone)}
    targets = next(reversed(undos.values()), ())
    if targets and targets[0] in undos:
        targets = undos[targets[0]]
    texts = {line.event: line.text for line in story(incident, playbook)}
    return next((texts[target] for target in targets if target in texts), "")


def _is_machinery(event: e.Event) -> bool:
    return isinstance(event.body, e.Undone | e.StepStarted)


def _line(event: e.Event, incident: Incident, names: _Names) -> Line:
    tell = _TELL.get(type(event.body))
    text = tell(event.body, names) if tell else f"something newer happened: {event.body.kind}"
    backdated = (event.recorded_at - event.happened_at).total_seconds() >= 60
    return Line(
        event.happened_at,
        event.by,
        text,
        event.id,
        undone=event.id in incident.undone,
        unknown=tell is None,
        backdated=backdated,
    )


class _Names:
    """What people call phases and items."""

    def __init__(self, incident: Incident, playbook: Playbook) -> None:
        self._labels = labels(incident, playbook)
        self._playbook = playbook
        self._titles = {o.run: o.title for o in incident.operations.values()}

    def hides(self, event: e.Event) -> bool:
        """Whether it marks a twin that nobody is asked for, because the original stands in the same phase."""
        body = event.body
        return isinstance(body, e.ItemMarked) and bool(body.twin_of) and body.item not in self._labels

    def item(self, id: str) -> str:
        item = self._playbook.item(id)
        return f"{self._labels.get(id, id)} {item.text}" if item else id

    def phase(self, id: str) -> str:
        phase = self._playbook.phase(id)
        return phase.title if phase else id

    def milestone(self, id: str) -> str:
        return next((m.title for m in self._playbook.milestones if m.id == id), id)

    def in_order(self, answers: Mapping[str, str]) -> list[tuple[str, str]]:
        """The answers as the playbook asks; those to questions that it does not have come last."""
        places = {question.id: place for place, question in enumerate(self._playbook.questions)}
        return sorted(answers.items(), key=lambda one: places.get(one[0], len(places)))

    def answer(self, id: str, key: str) -> str:
        """A question and its answer, in the playbook's words."""
        question = next((q for q in self._playbook.questions if q.id == id), None)
        if question is None:
            return f"{id} {key}"
        said = next((a.text for a in question.answers if a.key == key), "not sure")
        return f"{question.short or question.text} {said}"

    def flag(self, id: str) -> str:
        return next((f.text for f in self._playbook.flags if f.id == id), id)

    def procedure(self, id: str) -> str:
        found = self._playbook.procedure(id)
        return found.title if found else id

    def field(self, id: str) -> str:
        found = self._playbook.field(id)
        return found.text if found else id

    def rung(self, id: str) -> str:
        return next((r.title for r in self._playbook.escalations if r.id == id), id)

    def clock(self, id: str) -> str:
        """What an alarm is about, as it was told when it rang."""
        kind, _, what = id.partition(".")
        if kind == "due":
            template = self._playbook.template(what)
            return template.title if template else what
        if kind == "promise":
            return f"update to {what}" if what else "update"
        named = {"phase": self.phase, "escalate": self.rung}.get(kind)
        return named(what) if named else _CLOCKS.get(kind, what or id)

    def operation(self, run: str) -> str:
        return self._titles.get(run, run)


_CLOCKS = {
    "respond": "first response",
    "resolve": "resolution",
    "limit": "the total",
    "target": "the total target",
    "update": "update",
}
"""The clocks that are no phase's, message's, rung's or item's."""


def _asked(text: str) -> str:
    """The question, ready for its answer."""
    return text if text.endswith("?") else f"{text}:"


def _why(reason: str) -> str:
    return f" (because: {reason})" if reason else ""


def _declared(body: e.Declared, names: _Names) -> str:
    why = body.reason or body.rule
    return f"declared {body.severity}: {body.title}{_why(why)}"


def _marked(body: e.ItemMarked, names: _Names) -> str:
    verb = {"done": "done", "checked": "checked", "open": "opened again", "skipped": "skipped"}.get(
        body.mark, body.mark
    )
    value = f" = {body.value}" if body.value else ""
    return f"{verb}: {names.item(body.item)}{value}{_why(body.reason)}"


def _evidence(body: e.EvidenceAttached, names: _Names) -> str:
    lines = body.text.splitlines() or [""]
    return f"{'evidence' if body.ok else 'contrary evidence'} for {names.item(body.item)}: {lines[-1]}"


def _note(body: e.NoteAdded, names: _Names) -> str:
    about = f" (on {names.item(body.item)})" if body.item else ""
    return f"note: {' '.join(body.text.split())}{about}"


def _escalated(body: e.Escalated, names: _Names) -> str:
    who = f" to {body.person}" if body.person else ""
    return f"escalated{who}: {names.rung(body.rung)}" + (f" ({body.how})" if body.how else "")


def _snoozed(body: e.AlarmSnoozed, names: _Names) -> str:
    clocks = ", ".join(names.clock(alarm.rpartition(":")[0] or alarm) for alarm in body.alarms)
    return f"alarm snoozed for {body.minutes}m: {clocks}"


def _step(body: e.StepFinished, names: _Names) -> str:
    lines = body.detail.splitlines()
    return f"{names.operation(body.run)}: {body.step} {body.outcome}" + (f": {lines[-1]}" if lines else "")


_TELL: dict[type[Any], Callable[[Any, _Names], str]] = {
    e.Declared: _declared,
    e.SeverityChanged: lambda b, n: f"severity is {b.severity} now{_why(b.reason)}",
    e.TriageAnswered: lambda b, n: (
        f"questions answered again: {'; '.join(n.answer(*one) for one in n.in_order(b.answers))}"
    ),
    e.FlagChanged: lambda b, n: f"{n.flag(b.flag)} {'yes' if b.on else 'no'}{_why(b.reason)}",
    e.WayChosen: lambda b, n: f"{'roll back first' if b.way == 'rollback' else 'fix it'}{_why(b.reason)}",
    e.ProcedureStarted: lambda b, n: f"started: {n.procedure(b.procedure)}{_why(b.reason)}",
    e.FieldFilled: lambda b, n: f"{_asked(n.field(b.field))} {b.value or 'taken back'}",
    e.PhaseEntered: lambda b, n: f"phase {n.phase(b.phase)} began{_why(b.reason)}",
    e.PhaseLeft: lambda b, n: f"phase {n.phase(b.phase)} ended{_why(b.reason)}",
    e.ItemMarked: _marked,
    e.EvidenceAttached: _evidence,
    e.NoteAdded: _note,
    e.MilestoneMarked: lambda b, n: f"milestone: {n.milestone(b.milestone)}",
    e.RoleAssigned: lambda b, n: f"{b.role} is {b.person}",
    e.ApprovalGiven: lambda b, n: f"approved by {b.person} as {b.role}" + (f" ({b.how})" if b.how else ""),
    e.MessageSent: lambda b, n: f"message sent: {b.template}" + (f" to {b.channel}" if b.channel else ""),
    e.Escalated: _escalated,
    e.AlarmSnoozed: _snoozed,
    e.OperationStarted: lambda b, n: f"started: {b.title}",
    e.StepFinished: _step,
    e.OperationFinished: lambda b, n: f"{b.outcome}: {n.operation(b.run)}",
    e.Resolved: lambda b, n: "resolved" + (f": {b.note}" if b.note else ""),
    e.Closed: lambda b, n: f"closed{_why(b.reason)}",
    e.Reopened: lambda b, n: f"reopened{_why(b.reason)}",
}
