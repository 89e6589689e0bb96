"""Pane 1: the phases on their clocks, and when it will be over at this pace."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual.binding import Binding

from hotfix_tui.domain.applying import is_open, items, numbers, procedures
from hotfix_tui.domain.clocks import PhaseClock
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.windows import lasts_until
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.marks import MARK_ROLES, MARKS, Signs, bar, signs
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, row

_STATES = {"running": "running", "done": "done", "waiting": "open", "skipped": "skipped"}


class PhasesPane(Pane):
    """Each phase with target, time spent and maximum; the running one with its bar."""

    NUMBER: ClassVar[str] = "1"
    NAME: ClassVar[str] = "Phases"
    SCOPE: ClassVar[str] = "phases"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("phases", target="screen.")  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """The cursor goes along when another phase begins or is shown; else it stays."""
        if self.view is None or self.view.shown_phase == self._shown:
            return super().key_for(rows, at)
        self._shown = self.view.shown_phase
        wanted = any(row.key == self._shown for row in rows)
        return self._shown if wanted else super().key_for(rows, at)

    def depends(self, view: View) -> tuple[object, ...]:
        """The case, the minute and the shown phase, to which the cursor goes."""
        return (*super().depends(view), view.shown_phase)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The table of phases, then the forecast."""
        marks = signs(ascii=view.ascii)
        head = Row((("    phase", "dim"),), ((f"{'target':>7}{'spent':>8}{'max':>8}", "dim"),))
        rows = [head]
        for clock in view.glance.clocks.phases:
            rows.append(_phase(clock, marks))
            if clock.state == "running" and clock.phase.target:
                rows.append(_bar(clock, width, marks))
            until = lasts_until(view.case.incident, clock.phase) if clock.state == "running" else None
            if until and view.now < until:
                left = f"lasts until {until:%m-%d %H:%M}Z, {spoken(until - view.minute)} more"
                rows.append(row(f"      {left}", "waiting"))
        rows += _procedures(view)
        return (*rows, row(), *_forecast(view))

    def alarm(self, view: View) -> str:
        """The running phase is past its target or its maximum."""
        current = view.glance.clocks.current
        return "over" if current and current.alarm in ("over-target", "over-limit") else ""


def _phase(clock: PhaseClock, marks: Signs) -> Row:
    state = _STATES[clock.state]
    phase = clock.phase
    title = f"{MARKS[state]} {clock.number} {clean(phase.title, NAME)}"
    target = spoken(phase.target) if phase.target else marks.dot
    spent = spoken(clock.spent) if clock.state != "waiting" else marks.dot
    maximum = spoken(phase.maximum) if phase.maximum else marks.dot
    look = {"over-target": "risk", "over-limit": "over"}.get(clock.alarm, MARK_ROLES[state])
    sign = marks.risk if clock.alarm in ("over-target", "over-limit") else " "
    return Row(
        ((title, MARK_ROLES[state]),),
        ((f"{target:>7}", "dim"), (f"{sign}{spent:>7}", look), (f"{maximum:>8}", "dim")),
        key=phase.id,
    )


def _procedures(view: View) -> list[Row]:
    """Rollbacks and scenario cards that were started, with what is left of their checklists."""
    incident, playbook = view.case.incident, view.case.playbook
    called, found = numbers(incident, playbook), []
    for procedure in procedures(incident, playbook):
        listed = items(incident, procedure)
        left = sum(is_open(incident, item) for item in listed)
        state = "running" if left else "done"
        title = f"{MARKS[state]} {called[procedure.id]} {clean(procedure.title, NAME)}"
        told = f"{len(listed) - left} of {len(listed)} done"
        found.append(Row(((title, MARK_ROLES[state]),), ((told, "dim"),), key=procedure.id))
    return found


def _bar(clock: PhaseClock, width: int, marks: Signs) -> Row:
    """The time spent against the maximum, with the target marked on it."""
    phase = clock.phase
    whole = phase.maximum or phase.target or timedelta(hours=1)
    cells = max(width - 8, 8)
    filled = bar(clock.spent / whole, cells, marks)
    at = min(round((phase.target or whole) / whole * cells), cells - 1)
    look = {"over-target": "risk", "over-limit": "over"}.get(clock.alarm, "accent")
    return Row((("      ", "text"), (filled[:at], look), (marks.limit, "bold"), (filled[at + 1 :], look)))


def _forecast(view: View) -> tuple[Row, ...]:
    times = view.glance.clocks
    rows = []
    if view.case.incident.ended_at is not None:
        rows.append(row(f"    ended after {spoken(times.elapsed)}", "bold"))
    elif times.forecast is not None:
        late = times.first_limit is not None and times.forecast > times.first_limit.due
        word = "LATE" if late else "OK"
        rows.append(
            Row(
                (
                    (f"    at this pace done about {times.forecast:%H:%M}Z  ", "text"),
                    (word, "over" if late else "good"),
                )
            )
        )
    spans = [f"{c.name} {c.due:%H:%M}Z" for c in (times.target, times.first_limit) if c is not None]
    if spans:
        rows.append(row(f"    {'   '.join(spans)}", "dim"))
    question = view.case.playbook.budget.question if view.case.playbook.budget else ""
    if times.limit and times.limit.left(times.now) < timedelta(0) and question:
        rows.append(row(f"    {clean(question, NAME)}", "over"))
    return tuple(rows)
