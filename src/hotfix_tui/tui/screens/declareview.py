"""The declare screen's widgets and how they are drawn; what keys do stands in declare.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.suggestions import branch_for
from hotfix_tui.tui.screens import declarepicture as picture
from hotfix_tui.tui.screens.declareform import BY_HAND, Draft, Form, Start, lines
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.field import Field
from hotfix_tui.tui.widgets.frame import Frame
from hotfix_tui.tui.widgets.picks import MARGIN, Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet

WIDE = 100
"""From this width on the questions are written in full."""
NO_DRAFT = Draft()
Now = Callable[[], datetime]


class DeclareView(Dialog[Declare | ChangeSeverity]):
    """Draws the form; `show()` does so again."""

    def __init__(
        self,
        playbook: Playbook,
        now: Now,
        start: Start | None = None,
        *,
        case: Case | None = None,
        answers: Mapping[str, str] | None = None,
        drill: bool = False,
        draft: Draft = NO_DRAFT,
    ) -> None:
        """`now` is the injected clock; `case` is an incident that is triaged again; `draft` is shown again."""
        super().__init__("Declare")
        self._now = now
        self._case = case
        self._start = start or Start()
        self._drill = drill
        incident = case.incident if case else None
        known = dict(answers or (incident.answers if incident else {}))
        self._form = Form(playbook, incident.started_at if incident else now(), known)
        self._lines = lines(playbook, flags=case is None)
        self._said = ""
        self.draft = draft
        if draft != NO_DRAFT:
            self._form = self._form.resumed(draft)
            self._start = replace(self._start, origin=BY_HAND if draft.started_at else self._start.origin)
            self._said = "It is as you left it; nothing was declared yet."
        self.add_class("declare")

    # --- the picture

    def compose(self) -> ComposeResult:
        """Questions, result, what it starts with, and the keys."""
        yield Sheet(self._top, id="top")
        with Container(id="panels"):
            with Frame("Questions", id="questions"):
                yield from self._asked()
            with Frame("Result so far", id="result"):
                yield Sheet(self._result)
        with Frame("Start with", id="start"):
            yield Sheet(self._starts)
        yield Sheet(self._keys, id="keys")

    def _asked(self) -> Iterable[Widget]:
        if self._case is None:
            yield Sheet(
                lambda width: (row("What is happening?  (one line, users' words)", "bold"),), id="ask"
            )
            yield Field(self.draft.title, id="title", placeholder="what users see", most=TITLE)
        picks = Picks(id="list")
        picks.sign = self.signs.cursor
        yield picks

    def on_mount(self) -> None:
        """The title first; the seconds count."""
        super().on_mount()
        self.query_one("#start", Frame).display = self._case is None
        self.set_focus(self.query_one(Picks) if self._case else self.query_one(Input))
        self.set_interval(1.0, self._tick)
        self.show()

    def on_resize(self) -> None:
        """Draw for the new width once the panels have theirs."""
        self.call_after_refresh(self.show)

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    def _tick(self) -> None:
        self.query_one("#top", Sheet).redraw()

    def show(self) -> None:
        """Draw everything that follows from the form."""
        picks = self.query_one(Picks)
        width = max(picks.room - MARGIN, 20)
        picks.show(picture.questions(self._form, self._lines, width, wide=self._wide, current=picks.key))
        picks.reveal()
        questions = self.query_one("#questions", Frame)
        answered = sum(line.id in self._form.answers for line in self._lines)
        questions.head(f"Questions  {answered} of {len(self._lines)}")
        head = "Result so far" if self._wide else picture.headline(self._form)
        self.query_one("#result", Frame).head(head, "" if self._wide else "+ - override")
        for sheet in self.query(Sheet):
            sheet.redraw()

    def _top(self, width: int) -> tuple[Row, ...]:
        now, started = self._now(), self._form.started_at
        wide = width >= WIDE
        if self._case:
            heading = f"Triage again  {clean(self._case.id)}  {clean(self._case.incident.title, TITLE)}"
        elif wide:
            heading = "Declare  (nothing is written until the last step; esc goes back)"
        else:
            heading = "Declare   esc goes back, nothing written yet"
        drill = "DRILL  " if self._drill else ""
        seconds = ":%S" if wide else ""
        began = f"started {started.strftime(f'%H:%M{seconds}Z')}  {picture.ago(started, now)}"
        line = ("-" if self.ascii else "─") * width
        return (
            Row(((drill, "reverse"), (heading, "bold")), ((began, "text"),)),
            *((row(line, "dim"),) if wide else ()),
        )

    def _result(self, width: int) -> tuple[Row, ...]:
        current = self._case.incident.severity if self._case else ""
        return picture.result(self._form, self._now(), width, wide=self._wide, current=current)

    def _starts(self, width: int) -> tuple[Row, ...]:
        return picture.start_with(self._form, self.start, width, wide=self._wide)

    @property
    def title_typed(self) -> str:
        """What the title is so far; untrusted text."""
        fields = self.query(Input)
        return fields.first().value.strip() if fields else ""

    def keep(self) -> None:
        """From now on `draft` is what is typed and answered."""
        form, by_hand = self._form, self._start.origin == BY_HAND
        began = form.started_at if by_hand else None
        self.draft = Draft(self.title_typed, form.answers, form.override, form.reason, began)

    @property
    def start(self) -> Start:
        """What the incident starts with; the title typed so far is in the branch's name where that has it."""
        known = self._start
        name = branch_for(self._form.playbook, self.title_typed, known.base, known.fix) if known.base else ""
        return replace(known, branch=name or known.branch)

    @on(Input.Changed)
    def _title_typed(self) -> None:
        self.query_one("#start Sheet", Sheet).redraw()

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        """What the keys do depends on whether the title is being typed."""
        self.query_one("#keys", Sheet).redraw()

    def _keys(self, width: int) -> tuple[Row, ...]:
        up, enter = ("up/down", "enter") if self.ascii else ("↑↓", "⏎")
        if self._case:
            last = _again(self._form, self._case)
        else:
            last = "declare, start the clock" if self._form.decision == "hotfix" else "record: not a hotfix"
        time = "" if self._case else "t start time  "
        keys = f"{up} move  letter answers  {time}{'+ - override  ' if width >= WIDE else ''}"
        if self.query(Input) and self.query_one(Input).has_focus:
            keys, last = "type what users see", "to the questions"
        return (
            row(self._said, "waiting"),
            row(keys, "dim", right=f"{enter} {last}  F1 help", right_role="accent"),
        )


def _again(form: Form, case: Case) -> str:
    """What enter does to an incident that is triaged again."""
    if form.severity.id != case.incident.severity:
        return "change the severity"
    return "record the answers" if form.answers != case.incident.answers else "no change"
