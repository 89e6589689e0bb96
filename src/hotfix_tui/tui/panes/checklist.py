"""Pane 2: the checklist of one phase, and what the item under the cursor asks for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding

from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.applying import is_open, items, labels, numbers, section
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.domain.proof import proof
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import ItemRecord
from hotfix_tui.domain.roles import holder
from hotfix_tui.domain.templates import told, values
from hotfix_tui.domain.text import MESSAGE, NAME, clean, visible_argv
from hotfix_tui.domain.windows import rounds
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.marks import signs
from hotfix_tui.tui.panes.itemrow import Around, item_row
from hotfix_tui.tui.panes.pane import NOMINAL_WIDTH, Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded

Paragraphs = tuple[tuple[Row, ...], ...]
"""Why, what `r` does and when it is done: each at least one row."""


@record(frozen=True, slots=True)
class _Picture:
    """What is drawn of a phase wherever the cursor stands."""

    lines: tuple[Row, ...]
    explained: dict[str, Paragraphs]
    """Item to what is told of it while the cursor stands there."""
    heights: tuple[int, ...]
    """The rows of the longest paragraphs: moving the cursor moves no other line."""
    advice: tuple[Row, ...]


class ChecklistPane(Pane):
    """The items of the shown phase with their marks; below them, the one under the cursor explained."""

    NUMBER: ClassVar[str] = "2"
    NAME: ClassVar[str] = "Checklist"
    SCOPE: ClassVar[str] = "checklist"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("checklist", target="screen.")  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._phase = ""
        self._pictured: tuple[tuple[object, ...], _Picture] | None = None

    def depends(self, view: View) -> tuple[object, ...]:
        """The case and the shown phase; no clock. The cursor draws by itself."""
        return (view.case, view.shown_phase, view.ascii)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The items, then the explanation of the one under the cursor, then the phase's advice."""
        phase = shown(view)
        if phase is None:
            return (row("This playbook has no phases.", "dim"),)
        depends = (width, *self.depends(view))
        if self._pictured is None or self._pictured[0] != depends:
            self._pictured = depends, _picture(view, phase, width)
        made = self._pictured[1]
        return (*made.lines, row(), *_level(made, self._wanted(view)), *made.advice)

    def _wanted(self, view: View) -> str:
        """The item for the cursor: where it stands, or the first open one when another phase came."""
        phase = shown(view)
        listed = items(view.case.incident, phase) if phase else ()
        if any(item.id == self.key for item in listed):
            return self.key
        first = listed[0].id if listed else ""
        return next((item.id for item in listed if is_open(view.case.incident, item)), first)

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """The first open item when another phase is shown; else the cursor stays."""
        if self.view is None or self.view.shown_phase == self._phase:
            return super().key_for(rows, at)
        self._phase = self.view.shown_phase
        return self._wanted(self.view)

    @on(Listing.Moved)
    def _explain(self) -> None:
        if self.view is not None:
            self.show(self.rows_of(self.view, self.size.width or NOMINAL_WIDTH))

    def heading(self, view: View) -> str:
        """The shown phase's number and title."""
        phase = shown(view)
        called = numbers(view.case.incident, view.case.playbook)
        if phase is None or phase.id not in called:
            return self.NAME
        if phase.id in view.case.incident.procedures:
            return f"Checklist  {called[phase.id]} {phase.title}"
        here = view.case.incident.status == "closed" or phase.id == view.case.incident.phase
        elsewhere = "" if here else "  (not the running phase)"
        return f"Checklist  phase {called[phase.id]} {phase.title}{elsewhere}"

    def subheading(self, view: View) -> str:
        """Who leads the phase where the playbook says so, and how many items are done."""
        phase = shown(view)
        if phase is None:
            return ""
        listed = items(view.case.incident, phase)
        done = sum(not is_open(view.case.incident, item) for item in listed)
        leader = holder(view.case.incident, view.case.playbook, phase.role) if phase.role else ""
        leads = f"{clean(leader, 24)} leads   " if leader else ""
        return f"{leads}{done} of {len(listed)} done"


def shown(view: View) -> Phase | None:
    """The phase or procedure whose checklist is shown."""
    found = section(view.case.incident, view.case.playbook, view.shown_phase)
    return found or view.case.playbook.phase(view.shown_phase)


def _picture(view: View, phase: Phase, width: int) -> _Picture:
    """Every row of the phase, and what is told of each item."""
    incident, playbook = view.case.incident, view.case.playbook
    listed, names = items(incident, phase), labels(incident, playbook)
    turns = {turn.item.id: turn for turn in rounds(incident, playbook)}
    around = Around(incident, phase, names, numbers(incident, playbook), turns, signs(ascii=view.ascii))
    known = values(incident, view.now)
    explained = {
        item.id: _explained(told(item, known), incident.item(item.id), names[item.id], width)
        for item in listed
    }
    return _Picture(
        tuple(item_row(item, around, width) for item in listed),
        explained,
        tuple(max(map(len, paragraphs)) for paragraphs in zip(*explained.values(), strict=True)),
        _advice(phase, width),
    )


@lately(8192)
def _explained(item: Item, marked: ItemRecord, number: str, width: int) -> Paragraphs:
    label = f"  {number}  "
    first, *rest = folded(clean(item.why or item.hint or item.text, MESSAGE), width - len(label) - 2)
    why = (row(label + first), *(row(" " * len(label) + line) for line in rest))
    runs = (*_runs(item, width), *_looks(item, marked, width))
    return (why, runs or (row(),), _indented("Done when: ", item.done_when, width))


def _level(made: _Picture, wanted: str) -> tuple[Row, ...]:
    """One item's paragraphs, each as long as the longest of all items."""
    if wanted not in made.explained:
        return ()
    return tuple(
        line
        for rows, height in zip(made.explained[wanted], made.heights, strict=True)
        for line in (*rows, *(row() for _ in range(height - len(rows))))
    )


def _indented(label: str, text: str, width: int) -> tuple[Row, ...]:
    """Untrusted text after a label, its further lines under the first one; an empty row for no text."""
    if not text:
        return (row(),)
    first, *rest = folded(clean(text, MESSAGE), width - len(label) - 4)
    return (row(f"  {label}{first}", "dim"), *(row(" " * (len(label) + 2) + line, "dim") for line in rest))


def _runs(item: Item, width: int) -> tuple[Row, ...]:
    """What `r` does for the item; nothing when it does nothing."""
    if item.command:
        return tuple(
            row(f"  $ {line}" if n == 0 else f"    {line}", "accent")
            for n, line in enumerate(folded(visible_argv(item.command), width - 6))
        )
    if item.operation:
        return (
            row(f"  r plans the operation “{clean(item.operation, NAME)}” and shows its commands", "accent"),
        )
    return ()


def _looks(item: Item, marked: ItemRecord, width: int) -> tuple[Row, ...]:
    """What `v` looks at, or what it saw and when; nothing where no check is named."""
    known = CHECKS.get(item.check)
    if known is None:
        return ()
    found = proof(item, marked)
    seen = f"v: {found.text} ({found.at:%H:%M}Z)" if found.at else f"v looks whether {known.title}"
    role = (
        "accent"
        if found.ok is None
        else "good"
        if found.ok
        else "over"
        if marked.mark == "done"
        else "waiting"
    )
    return tuple(row(f"  {line}", role) for line in folded(clean(seen, MESSAGE), width - 4))


def _advice(phase: Phase, width: int) -> tuple[Row, ...]:
    """What the phase is for, what to do and not to do while it runs (S3.PHA.10, S2.CHK.4)."""
    goal = _indented("goal   ", phase.goal, width) if phase.goal else ()
    do = [line for text in phase.advice.do for line in _indented("do     ", text, width)]
    dont = [line for text in phase.advice.dont for line in _indented("don't  ", text, width)]
    return (row(), *goal, *do, *dont) if goal or do or dont else ()
