"""What every command of the console stands on: the case, one sentence, one question, one choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hotfix_tui.domain.intents import Intent
from hotfix_tui.tui.messages import Asked
from hotfix_tui.tui.panes.pane import Pane

if TYPE_CHECKING:
    from hotfix_tui.service.incidents import Case
    from hotfix_tui.tui.app import HotfixApp
    from hotfix_tui.tui.choice import Choice
    from hotfix_tui.tui.screens.ask import Reading
    from hotfix_tui.tui.screens.moving import Moving as Base
else:
    Base = object
    """The parts of the console are screens to the type checker alone: each class that Textual knows takes it half a
    millisecond at the start, and there are ten."""


class Asking(Base):
    """The part of a screen about one case whose commands ask for things."""

    current: str
    """The scope of the pane that has the keys."""
    shown_phase: str
    """The phase that somebody looks at instead of the running one; empty for the running one."""
    zoomed: bool
    panes: tuple[Pane, ...]

    # What the console screen provides.
    @property
    def present(self) -> Case:
        """The case on the screen."""
        raise NotImplementedError

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Say one sentence at the bottom."""
        raise NotImplementedError

    def show_pane(self, scope: str) -> None:
        """Bring a pane into sight."""
        raise NotImplementedError

    def tick(self) -> None:
        """Make the view anew."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Look at git at once."""
        raise NotImplementedError

    @property
    def console_app(self) -> HotfixApp:
        """The application."""
        from hotfix_tui.tui.app import HotfixApp

        assert isinstance(self.app, HotfixApp)
        return self.app

    def ask(self, intent: Intent, said: str = "") -> None:
        """Ask for something; it is carried out in order, off the event loop."""
        self.post_message(Asked(intent, said))

    def question(
        self,
        text: str,
        then: Callable[[str], None],
        *,
        wanted: str = "answer",
        hint: str = "",
        initial: str = "",
        reading: Reading | None = None,
    ) -> None:
        """Ask the person for one line and go on with it; `reading` says meanwhile how it is understood."""

        def answered(answer: str | None) -> None:
            if answer is not None and answer.strip():
                then(answer.strip())

        from hotfix_tui.tui.screens.ask import AskScreen

        self.app.push_screen(AskScreen(text, wanted, hint=hint, initial=initial, reading=reading), answered)

    def choice(
        self, title: str, choices: tuple[Choice, ...], then: Callable[[str], None], *, current: str = ""
    ) -> None:
        """Let the person choose one thing, the cursor standing on `current`, and go on with it."""

        def chosen(id: str | None) -> None:
            if id is not None:
                then(id)

        from hotfix_tui.tui.screens.choose import ChooseScreen

        self.app.push_screen(ChooseScreen(title, choices, current=current), chosen)

    # --- the checklist

    def pane(self, scope: str) -> Pane:
        """The pane of this scope."""
        return next(pane for pane in self.panes if scope == pane.SCOPE)
