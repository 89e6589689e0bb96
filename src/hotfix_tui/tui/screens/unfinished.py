"""After a crash: what git says of each step of an operation that has no outcome, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual import events, on
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from hotfix_tui.operations.plan import PlannedStep, Standing, StandingState
from hotfix_tui.service.unfinished import Unfinished
from hotfix_tui.tui.marks import MARKS
from hotfix_tui.tui.screens import preview
from hotfix_tui.tui.screens.dialog import HOLD_OFF, Dialog
from hotfix_tui.tui.widgets.press import Press
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

WayOn = Literal["continue", "undo", "leave", "stop"]

STANDINGS = {
    "done": (MARKS["done"], "dim", "done"),
    "not-done": (MARKS["open"], "text", "not done"),
    "conflict": (MARKS["failed"], "over", "in conflict"),
    "stopped": (MARKS["failed"], "over", "waits for you"),
    "ready": (MARKS["open"], "text", "can go on"),
    "unknown": (MARKS["failed"], "waiting", "not known"),
    "running": (MARKS["open"], "running", "still runs"),
    "ended": (MARKS["open"], "text", "has ended"),
    "lost": (MARKS["failed"], "over", "outcome unknown"),
}
"""Standing to mark, role and word."""
GOING_ON = (
    ("running", "follow it to its end, then run the steps that are not done"),
    ("lost", "record that nobody knows how it ended; nothing runs again before you are asked"),
    ("ended", "take its outcome, then run the steps that are not done"),
)
"""What continuing is, where a command was found again; the first that fits."""


class UnfinishedScreen(Dialog[WayOn]):
    """Continue, undo or leave; Later has the focus, and esc is Later."""

    BINDINGS = [("tab,right", "app.focus_next", "Next"), ("shift+tab,left", "app.focus_previous", "Previous")]
    hold_off = HOLD_OFF

    def __init__(self, left: Unfinished) -> None:
        super().__init__("Unfinished", "git was asked just now")
        self._left = left
        self._ways: tuple[WayOn, ...] = ("continue", "undo", "leave")
        if self._halfway("running"):
            self._ways = (*self._ways, "stop")
        self._refused = ""

    def body(self) -> Iterable[Widget]:
        """Each step with its standing, and the ways on."""
        with VerticalScroll(can_focus=False):
            yield Sheet(self._steps)
        yield Sheet(self._below, id="said")
        with Horizontal(classes="buttons"):
            yield Press("Later", id="later")
            for id in self._ways:
                button = Press(id.capitalize(), id=id)
                button.locked = bool(self.why_not(id))
                yield button

    def on_mount(self) -> None:
        """Later has the focus."""
        super().on_mount()
        self.query_one("#later", Press).focus()

    def why_not(self, way: str) -> str:
        """Why this way cannot be gone, as a sentence; empty when it can."""
        conflicts = [step.title for step, standing in self._left.standings if standing.state == "conflict"]
        if way == "continue" and conflicts:
            return f"'{conflicts[0]}' is in conflict with something else."
        if way == "continue" and self._halfway("stopped"):
            return f"'{self._halfway('stopped')[0].title}' waits until you have solved what is in conflict."
        if way == "undo" and self._halfway("running"):
            return f"'{self._halfway('running')[0].title}' still runs: stop it first."
        if way == "undo":
            stuck = next((step.title for step in self._done() if not step.can_be_undone), "")
            if stuck:
                return f"'{stuck}' has no way back."
            if not self._done() and not self._halfway("stopped", "ready"):
                return "no step was done, so there is nothing to undo."
        return ""

    def _done(self) -> list[PlannedStep]:
        return [
            s for s, standing in self._left.standings if standing.state == "done" and s.effect == "writes"
        ]

    def _halfway(self, *states: StandingState) -> list[PlannedStep]:
        return [step for step, standing in self._left.standings if standing.state in states]

    def _steps(self, width: int) -> tuple[Row, ...]:
        plan = self._left.plan
        head = folded(
            f"'{plan.title}' has not ended: a step failed or waits, or the console ended while it ran.", width
        )
        rows = [*(row(line, "bold") for line in head), row()]
        for step, standing in self._left.standings:
            rows += _step(step, standing, width)
        return tuple(rows)

    def _below(self, width: int) -> tuple[Row, ...]:
        going_on = (
            text for state, text in GOING_ON if any(at.state == state for _, at in self._left.standings)
        )
        texts = {
            "continue": next(going_on, "run the steps that are not done"),
            "undo": "take back the steps that are done, last first",
            "leave": "keep it as it is, and record that",
            "stop": "stop what still runs (TERM, five seconds, KILL), and end the operation",
        }
        rows = [row()]
        for way in self._ways:
            key, text = way[0], texts[way]
            why = self.why_not(way)
            role = "over" if way == self._refused else "dim" if why else "text"
            rows += [row(line, role) for line in folded(f"{key}  {way}: {why or text}", width)]
        return tuple(rows)

    def on_key(self, event: events.Key) -> None:
        """The letters of the ways."""
        ways = {way[0]: way for way in self._ways}
        if event.character in ways:
            event.stop()
            self._go(ways[event.character])

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        match event.press.id:
            case "continue" | "undo" | "leave" | "stop" as way:
                self._go(way)
            case _:
                self.dismiss(None)

    def _go(self, way: WayOn) -> None:
        if not self.awake:
            return
        if self.why_not(way):
            self._refused = way
            self.query_one("#said", Sheet).redraw()
        else:
            self.dismiss(way)


def _step(step: PlannedStep, standing: Standing, width: int) -> tuple[Row, ...]:
    mark, role, word = STANDINGS[standing.state]
    title, *more = folded(step.title, width - 20)
    seen = folded(standing.observed, width - 6)
    return (
        Row(((f"{mark} ", role), (title, role)), ((word, role),)),
        *(row(f"    {line}", role) for line in more),
        *preview.does(step, width),
        *(row(f"      {line}", "dim") for line in seen if line),
    )
