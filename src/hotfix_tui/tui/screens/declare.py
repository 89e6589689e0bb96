"""Declare and triage: what happens, a few questions answered by letters, and at once what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.domain.moments import parse_moment
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.screens import declarepicture as picture
from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.declareform import Form, Start, lines
from hotfix_tui.tui.screens.dialog import HOLD_OFF, Dialog
from hotfix_tui.tui.screens.help import HelpScreen, Section, legend
from hotfix_tui.tui.widgets.field import Field
from hotfix_tui.tui.widgets.frame import Frame
from hotfix_tui.tui.widgets.picks import MARGIN, Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet

WIDE = 100
"""From this width on the questions are written in full."""
Now = Callable[[], datetime]


class DeclareScreen(Dialog[Declare | ChangeSeverity]):
    """Leaves with the intent to declare, or, for a case that is triaged again, to change its severity."""

    BINDINGS = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("enter", "declare", "Declare"),
        ("f1", "help", "Help"),
    ]
    hold_off = 0.0

    def __init__(
        self,
        playbook: Playbook,
        now: Now,
        start: Start | None = None,
        *,
        case: Case | None = None,
        answers: Mapping[str, str] | None = None,
        drill: bool = False,
    ) -> None:
        """`now` is the injected clock; `case` is an incident that is triaged again."""
        super().__init__("Declare")
        self._now = now
        self._case = case
        self._start = start or Start()
        self._drill = drill
        incident = case.incident if case else None
        known = dict(answers or (incident.declared.answers if incident else {}))
        self._form = Form(playbook, incident.started_at if incident else now(), known)
        self._lines = lines(playbook, flags=case is None)
        self._said = ""
        self._ready_at = 0.0
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
            yield Field(id="title", placeholder="what users see", most=TITLE)
        picks = Picks(id="list")
        picks.sign = self.signs.cursor
        yield picks

    def on_mount(self) -> None:
        """The title first; the seconds count."""
        super().on_mount()
        self.query_one("#start", Frame).display = self._case is None
        (self.query_one(Picks) if self._case else self.query_one(Input)).focus()
        self.set_interval(1.0, self._tick)
        self._show()

    def on_resize(self) -> None:
        """Draw for the new width once the panels have theirs."""
        self.call_after_refresh(self._show)

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    def _tick(self) -> None:
        self.query_one("#top", Sheet).redraw()

    def _show(self) -> None:
        picks = self.query_one(Picks)
        width = max(picks.size.width - MARGIN, 20)
        picks.show(picture.questions(self._form, self._lines, width, wide=self._wide))
        questions = self.query_one("#questions", Frame)
        questions.head(f"Questions  {self._form.answered} of {len(self._form.playbook.questions)}")
        head = "Result so far" if self._wide else picture.headline(self._form)
        self.query_one("#result", Frame).head(head, "" if self._wide else "+ - override")
        for sheet in self.query(Sheet):
            sheet.redraw()

    def _top(self, width: int) -> tuple[Row, ...]:
        now, started = self._now(), self._form.started_at
        wide = width >= WIDE
        if self._case:
            heading = f"Triage again  {self._case.id}  {clean(self._case.incident.title, TITLE)}"
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
        return picture.start_with(self._form, self._start, width, wide=self._wide)

    def _keys(self, width: int) -> tuple[Row, ...]:
        up, enter = ("up/down", "enter") if self.ascii else ("↑↓", "⏎")
        if self._case:
            last = (
                "change the severity"
                if self._form.severity.id != self._case.incident.severity
                else "no change"
            )
        else:
            last = "declare, start the clock" if self._form.decision == "hotfix" else "record: not a hotfix"
        time = "" if self._case else "t start time  "
        keys = f"{up} move  letter answers  {time}{'+ - override  ' if width >= WIDE else ''}"
        return (
            row(self._said, "waiting"),
            row(keys, "dim", right=f"{enter} {last}  F1 help", right_role="accent"),
        )

    # --- answering

    def on_key(self, event: events.Key) -> None:
        """The answers' letters, and `+`, `-` and `t` where the question does not use them."""
        if self.focused is not self.query_one(Picks) or not event.character:
            return
        line = next((one for one in self._lines if one.id == self.query_one(Picks).key), None)
        key = event.character
        if line and (key == NOT_SURE or any(key.lower() == answer.key for answer in line.answers)):
            event.stop()
            self._form = self._form.answer(line, key.lower())
            self._said = ""
            self._show()
            self.query_one(Picks).move(1)
        elif key in _OTHERS:
            event.stop()
            _OTHERS[key](self)

    def action_move(self, by: int) -> None:
        """Move between the title and the questions."""
        picks = self.query_one(Picks)
        fields = self.query(Input)
        if fields and fields.first().has_focus:
            if by > 0:
                self._to_questions()
        elif fields and by < 0 and picks.key == self._lines[0].id:
            fields.first().focus()
        else:
            picks.move(by)

    @on(Input.Submitted)
    def _to_questions(self) -> None:
        """Enter in the title goes on to the questions; another one just behind it is not heard."""
        self._ready_at = self.monotonic() + HOLD_OFF
        self.query_one(Picks).focus()

    def worse(self) -> None:
        """One severity up, with a reason."""
        self._override(self._form.moved(-1))

    def milder(self) -> None:
        """One severity down, with a reason."""
        self._override(self._form.moved(1))

    def _override(self, severity: str) -> None:
        if severity == self._form.severity.id:
            return self._say("There is no severity beyond this one.")
        rules = self._form.verdict.severity
        if severity == rules:
            self._form = self._form.overridden(severity, "")
            return self._show()

        def answered(reason: str | None) -> None:
            if reason:
                self._form = self._form.overridden(severity, reason)
                self._show()

        question = f"The rules say {rules}. Why is it {severity}?"
        self.app.push_screen(AskScreen(question, "reason", initial=self._form.reason), answered)
        return None

    def start_time(self) -> None:
        """Ask when it began."""
        if self._case:
            return

        def reading(text: str) -> str:
            moment = parse_moment(text, self._now())
            if moment > self._now():
                raise Refused("That lies in the future.")
            return picture.read_back(moment, self._now())

        def answered(text: str | None) -> None:
            if text:
                self._form = replace(self._form, started_at=parse_moment(text, self._now()))
                self._start = replace(self._start, origin="set by hand")
                self._show()

        hint = "03:10 is in UTC and the latest such time; -12m is twelve minutes ago."
        self.app.push_screen(AskScreen("When did it begin?", "time", hint=hint, reading=reading), answered)

    # --- leaving

    def action_declare(self) -> None:
        """Leave with the intent, once there is a title."""
        if self.monotonic() < self._ready_at:
            return
        if self._case is not None:
            same = self._form.severity.id == self._case.incident.severity
            self.dismiss(None if same else self._form.change())
            return
        title = self.query_one(Input).value.strip()
        if not title:
            self.query_one(Input).focus()
            self._say("Say in one line what users see; then enter declares.")
            return
        self.dismiss(self._form.declare(title, self._start, drill=self._drill))

    def action_leave(self) -> None:
        """Leave the field first, then the screen."""
        fields = self.query(Input)
        if fields and fields.first().has_focus and fields.first().value:
            self._to_questions()
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(HelpScreen((KEYS, legend(ascii=self.ascii))))

    def _say(self, text: str) -> None:
        self._said = text
        self.query_one("#keys", Sheet).redraw()


KEYS = Section(
    "Declare and triage",
    (
        ("up down", "go through the questions"),
        ("letters", "answer the question"),
        ("?", "not sure: the worse answer"),
        ("+ -", "override, with a reason"),
        ("t", "change the start time"),
        ("enter", "declare"),
        ("esc", "leave the title, go back"),
    ),
)

_OTHERS: dict[str, Callable[[DeclareScreen], None]] = {
    "+": DeclareScreen.worse,
    "-": DeclareScreen.milder,
    "t": DeclareScreen.start_time,
    "j": lambda screen: screen.action_move(1),
    "k": lambda screen: screen.action_move(-1),
}
