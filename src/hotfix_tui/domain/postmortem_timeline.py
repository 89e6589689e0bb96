"""The post-mortem's timeline: what happened, for a reader; what each step did and each check saw stands further down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from hotfix_tui.domain import events as e
from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.markdown import prose, table
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.proof import CHECK
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.story import Line, story

LONG = timedelta(minutes=1)
"""From this time on an operation's beginning has a line of its own."""


@record(frozen=True, slots=True)
class _Known:
    """What the lines are held against."""

    incident: Incident
    names: Mapping[str, str]
    """The numbers of the items."""
    began: Mapping[str, datetime]
    ended: Mapping[str, datetime]
    """When each run of an operation began and ended."""
    entered: frozenset[datetime]
    """The moments at which a phase was entered."""


def timeline(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """Every line with its source; the records that an undo took back are counted."""
    lines = story(incident, playbook)
    shown = lines_of(incident, playbook)
    rows = [(_moment(line, incident), _told(line), prose(line.by), f"`{line.event[:8]}`") for line in shown]
    undone = sum(line.undone for line in lines)
    notes = ["All times are UTC; * was dated back by a person. The source is the event's id in the log."]
    if incident.operations:
        notes.append(
            "What operations did step by step stands under Operations, what checks saw under Checklist."
        )
    if undone:
        notes.append(
            f"{undone} record{'s' if undone != 1 else ''} taken back by undo {'are' if undone != 1 else 'is'} left out."
        )
    return f"## Timeline\n\n{' '.join(notes)}\n\n{table(('Time', 'What', 'Who', 'Source'), rows)}"


def lines_of(incident: Incident, playbook: Playbook) -> tuple[Line, ...]:
    """The story without what was undone, and without what stands elsewhere; an operation's end says what came of it."""
    events = {event.id: event for event in incident.log}
    began = {ev.body.run: ev.happened_at for ev in incident.log if isinstance(ev.body, e.OperationStarted)}
    ended = {ev.body.run: ev.happened_at for ev in incident.log if isinstance(ev.body, e.OperationFinished)}
    entered = frozenset(ev.recorded_at for ev in incident.log if isinstance(ev.body, e.PhaseEntered))
    known = _Known(incident, labels(incident, playbook), began, ended, entered)
    return tuple(
        _line(line, events[line.event], known)
        for line in story(incident, playbook)
        if not line.undone and not _elsewhere(events[line.event], known)
    )


def _elsewhere(event: e.Event, known: _Known) -> bool:
    """Whether another line, or another part of the document, says it."""
    match event.body:
        case e.StepFinished(run=run):
            return run in known.ended
        case e.OperationStarted(run=run):
            return run in known.ended and known.ended[run] - event.happened_at < LONG
        case e.PhaseLeft():
            return event.recorded_at in known.entered
        case e.EvidenceAttached():
            return _is_known(event.body, known)
        case e.ItemMarked(item=item, mark="done", reason="", value=""):
            return any(
                known.ended.get(run.run) == event.happened_at
                for run in _runs(item, known)
                if run.state == "done"
            )
    return False


def _runs(item: str, known: _Known) -> list[OperationRecord]:
    return [run for run in known.incident.operations.values() if run.item == item]


def _is_known(body: e.EvidenceAttached, known: _Known) -> bool:
    """What an operation ended with, and what a check saw, but not that a ticked item is not so."""
    if any(body.text == run.detail for run in _runs(body.item, known)):
        return True
    return body.form == CHECK and (body.ok or known.incident.item(body.item).mark != "done")


def _line(line: Line, event: e.Event, known: _Known) -> Line:
    """An operation's end with its item's number and what came of it."""
    if not isinstance(event.body, e.OperationFinished):
        return line
    run = known.incident.operations.get(event.body.run)
    if run is None:
        return line
    last = (event.body.detail.splitlines() or [""])[-1]
    number = f"{known.names[run.item]} " if run.item in known.names else ""
    return replace(line, text=f"{number}{run.title}: {event.body.outcome}" + (f", {last}" if last else ""))


def _moment(line: Line, incident: Incident) -> str:
    same_day = line.at.date() == incident.started_at.date()
    mark = "\\*" if line.backdated else ""
    return f"{line.at:%H:%M}{mark}" if same_day else f"{line.at:%m-%d %H:%M}{mark}"


def _told(line: Line) -> str:
    return f"(a newer hotfix wrote this) {prose(line.text)}" if line.unknown else prose(line.text)
