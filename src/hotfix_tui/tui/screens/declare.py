"""Declare and triage: what happens, a few questions answered by letters, and at once what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import events, on
from textual.widgets import Input

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.moments import parse_moment
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens import declarepicture as picture
from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.declareform import BY_HAND
from hotfix_tui.tui.screens.declareview import DeclareView
from hotfix_tui.tui.screens.dialog import HOLD_OFF
from hotfix_tui.tui.screens.help import HelpScreen, Section, legend
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.sheet import Sheet


class DeclareScreen(DeclareView):
    """Leaves with the intent to declare, or, for a case that is triaged again, to change its severity."""

    BINDINGS = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("enter", "declare", "Declare"),
        ("f1", "help", "Help"),
    ]
    _ready_at = 0.0

    # --- answering

    def on_key(self, event: events.Key) -> None:
        """The answers' letters, and `+`, `-`, `t` and `v` where the question does not use them.

        A key that comes behind one that opened a dialog climbs on: the application hands it to the dialog. A letter that
        the title did not keep was typed behind its enter, and answers.
        """
        if self.is_active and event.key == "enter" and isinstance(self.focused, Input):
            event.stop()  # here and at once: by the way of a message, letters behind it would overtake it
            self._to_questions()
            return
        if not self.is_active or not event.is_printable or not event.character:
            return
        line = next((one for one in self._lines if one.id == self.query_one(Picks).key), None)
        key = event.character
        if line and (key == NOT_SURE or any(key.lower() == answer.key for answer in line.answers)):
            event.stop()
            self._form = self._form.answer(line, key.lower())
            self._said = ""
            self.show()
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
            self.set_focus(fields.first())
        else:
            picks.move(by)

    @on(Input.Submitted)
    def _to_questions(self) -> None:
        """Enter in the title goes on to the questions."""
        self._wait()
        self.set_focus(self.query_one(Picks))  # at once: the next letter is an answer

    def _wait(self) -> None:
        """An enter just behind another one is not meant to declare."""
        self._ready_at = self.monotonic() + HOLD_OFF

    @on(Picks.Moved)
    def _moved(self, event: Picks.Moved) -> None:
        """The question under the cursor shows all its answers."""
        event.stop()
        self.show()

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
            return self.show()

        def answered(reason: str | None) -> None:
            self._wait()
            if reason:
                self._form = self._form.overridden(severity, reason)
                self.show()

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
            self._wait()
            if text:
                self._form = replace(self._form, started_at=parse_moment(text, self._now()))
                self._start = replace(self._start, origin=BY_HAND)
                self.show()

        hint = "03:10 is in UTC and the latest such time; -12m is twelve minutes ago."
        self.app.push_screen(AskScreen("When did it begin?", "time", hint=hint, reading=reading), answered)

    def other_version(self) -> None:
        """Choose the version that carries the fix among those that may."""
        versions = self._start.versions
        if not versions:
            return

        def chosen(version: str | None) -> None:
            self._wait()
            if version:
                self._start = replace(self._start, fix=version)
                self.show()

        choices = tuple(Choice(one.version, f"{one.tag}  {one.why}", one.order) for one in versions)
        self.app.push_screen(ChooseScreen("Which version?", choices, current=self._start.fix), chosen)

    # --- leaving

    def action_declare(self) -> None:
        """Leave with the intent, once there is a title."""
        if self.monotonic() < self._ready_at:
            return
        if self._case is not None:
            was = self._case.incident
            same = (self._form.severity.id, self._form.answers) == (was.severity, was.answers)
            self.dismiss(None if same else self._form.change())
            return
        title = self.title_typed
        if not title:
            self.set_focus(self.query_one(Input))
            self._say("Say in one line what users see; then enter declares.")
            return
        self.keep()
        self.dismiss(self._form.declare(title, self.start, drill=self._drill))

    def action_leave(self) -> None:
        """Leave the field first, then the screen."""
        fields = self.query(Input)
        if fields and fields.first().has_focus and fields.first().value:
            self._to_questions()
        else:
            self.keep()
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
        ("v", "choose another version"),
        ("enter", "declare"),
        ("esc", "leave the title, go back"),
    ),
)

_OTHERS: dict[str, Callable[[DeclareScreen], None]] = {
    "+": DeclareScreen.worse,
    "-": DeclareScreen.milder,
    "t": DeclareScreen.start_time,
    "v": DeclareScreen.other_version,
    "j": lambda screen: screen.action_move(1),
    "k": lambda screen: screen.action_move(-1),
}
