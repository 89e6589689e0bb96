"""The application: screens over one service; keys become intents, intents become events, events become pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from hotfix_tui._resources import styles_dir
from hotfix_tui.domain.intents import Redo, Undo
from hotfix_tui.domain.story import taken_back
from hotfix_tui.domain.text import NAME, clean, one_line
from hotfix_tui.ports import Site
from hotfix_tui.service.ahead import Ahead
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.services import Services
from hotfix_tui.service.sight import Sight
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.carrier import Carrier, Outcome, with_answer
from hotfix_tui.tui.clipboard import copy_everywhere
from hotfix_tui.tui.commands import COMMANDS, Command, command
from hotfix_tui.tui.environment import Terminal
from hotfix_tui.tui.filters import AsciiFilter
from hotfix_tui.tui.messages import Asked, CopyWanted
from hotfix_tui.tui.safe_app import SafeApp
from hotfix_tui.tui.screens.console import ConsoleScreen
from hotfix_tui.tui.theme import PLAIN, THEME
from hotfix_tui.tui.work import Work

if TYPE_CHECKING:
    from hotfix_tui.tui.screens.home import HomeScreen

STYLES = (
    "app.tcss",
    "header.tcss",
    "panes.tcss",
    "home.tcss",
    "dialogs.tcss",
    "declare.tcss",
    "review.tcss",
    "roles.tcss",
)


class HotfixApp(SafeApp):
    """The full-screen console."""

    CSS_PATH: ClassVar[list[Path]] = [styles_dir() / name for name in STYLES]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Binding]] = bindings("everywhere")  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "hotfix"

    def __init__(
        self,
        services: Services,
        terminal: Terminal,
        case: Case | None = None,
        review: tuple[str, str] | None = None,
        ahead: Ahead[tuple[Site, Sight]] | None = None,
    ) -> None:
        """Show `case` at once, or the list of incidents; `review` is a document to import at once, and where to.

        `ahead` is the first look at the case's repository, where that has begun already.
        """
        self.ascii = terminal.ascii
        super().__init__()
        self.register_theme(THEME)
        self.no_color = terminal.no_color
        self.wear(PLAIN if terminal.no_color else THEME.name)
        self.services = services
        self.terminal = terminal
        self.ascii = terminal.ascii
        self._first = case
        self._import = review
        self._carrier = Carrier(services.incidents, self._carried)
        self.work = Work(self, ahead)
        self.set_keymap(dict(services.settings.keys))
        self.set_class(self.ascii, "-ascii", update=False)

    def get_default_screen(self) -> Screen[None]:
        """The first screen. It lies on no other: Textual would style, lay out and repaint that one too."""
        first = self._first
        screen = _home() if first is None else ConsoleScreen(first, self.work.logs(first))
        screen.come_first()
        return screen

    async def on_unmount(self) -> None:
        """What was asked for is carried out; a command that still runs is left to its supervisor."""
        await self._carrier.finish()
        self.services.runner.let_run()

    def on_mount(self) -> None:
        """Begin to carry intents, and look at what the incident's last session left."""
        self.run_worker(self._carrier.run(), name="carrier", exit_on_error=True)
        if self._import is not None:
            self.work.import_document(*self._import)
        if self._first is not None:
            self.work.look_for_unfinished(self._first, say_none=False)
            if self.services.notice:  # home has its own place for it
                self.screen.call_after_refresh(self.say, self.services.notice, bad=True)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In ASCII mode nothing else leaves, whatever a widget draws."""
        return [*super().get_line_filters(), *([AsciiFilter()] if self.ascii else [])]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of ours that other themes do not name."""
        return {"waiting": "ansi_yellow", "border": "ansi_bright_black"}

    # --- intents

    @property
    def is_carrying(self) -> bool:
        """Whether an intent is on its way to the disk: it may ask for more, and what is typed then is the answer."""
        return self._carrier.busy

    @on(Asked)
    def _asked(self, message: Asked) -> None:
        console = self.console_screen
        if console is not None and self.work.may_write():
            self._carrier.put(console.present, message.intent, message.said)

    def _carried(self, outcome: Outcome) -> None:
        console = self.console_screen
        if console is None:
            return
        if outcome.case is not None:
            console.case = outcome.case
            if outcome.said:
                console.say(clean(_told(outcome, outcome.case), NAME * 2))
        elif outcome.wants is not None:
            self._ask_for_more(outcome)
        elif outcome.error is not None:
            console.say(str(outcome.error), bad=True)

    def _ask_for_more(self, outcome: Outcome) -> None:
        wants = outcome.wants
        assert wants is not None

        def answered(text: str | None) -> None:
            console = self.console_screen
            if text and text.strip() and console is not None:
                self._carrier.put(
                    console.present,
                    with_answer(outcome.intent, wants.wanted, text.strip()),
                    outcome.said or "recorded   u undoes",
                )

        from hotfix_tui.tui.screens.ask import AskScreen

        self.push_screen(AskScreen(str(wants), wants.wanted), answered)

    # --- screens

    @property
    def console_screen(self) -> ConsoleScreen | None:
        """The console in the stack of screens, under dialogs too."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, ConsoleScreen)), None)

    def open_case(self, case: Case) -> None:
        """Show the console of a case."""
        self.push_screen(ConsoleScreen(case, self.work.logs(case)))
        self.work.look_for_unfinished(case, say_none=False)

    def leave_console(self) -> None:
        """Go back to the list of incidents."""
        from hotfix_tui.tui.screens.home import HomeScreen

        if any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            self.pop_screen()
        else:
            self.switch_screen(HomeScreen())

    def warn(self, sentence: str) -> None:
        """Show a sentence that must not be missed; untrusted text is cleaned."""
        self.notify(clean(sentence, 400), severity="warning", markup=False, timeout=12)

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Say a sentence where the present screen says such things."""
        console = self.console_screen
        if console is not None:
            console.say(clean(sentence, 400), bad=bad)
        else:
            self.notify(clean(sentence, 400), severity="error" if bad else "information", markup=False)

    # --- what every screen can do

    def action_palette(self) -> None:
        """Show every command."""
        screen = self.screen

        def chosen(id: str | None) -> None:
            if id is not None:
                self.call_later(screen.run_action, command(id).action)

        from hotfix_tui.tui.screens.palette import PaletteScreen

        self.push_screen(PaletteScreen(self._offered(), self.services.settings.keys), chosen)

    def _offered(self) -> tuple[Command, ...]:
        home = self.console_screen is None
        return tuple(
            c for c in COMMANDS if (c.scope in ("home", "everywhere")) == home or c.scope == "everywhere"
        )

    def action_help(self) -> None:
        """Show help for the focused pane."""
        console = self.console_screen
        scope = console.current if console else "home"
        keys = self.services.settings.keys
        from hotfix_tui.tui.screens.help import HelpScreen, sections

        self.push_screen(
            HelpScreen(sections(scope, scope.capitalize(), keys, ascii=self.ascii, home=console is None))
        )

    def action_back_or_quit(self) -> None:
        """Quit: nothing is lost, the clocks run on."""
        self.leave()

    def action_shell(self) -> None:
        """Open the person's shell in the repository; come back when it ends."""
        self.work.shell()

    def action_suspend(self) -> None:
        """Stop for the shell that started this."""
        self.action_suspend_process()

    def copy(self, text: str, what: str) -> None:
        """Copy to the operator's own clipboard and say which way was used."""
        copy_everywhere(self, text, what)

    @on(CopyWanted)
    def _copy_wanted(self, message: CopyWanted) -> None:
        self.copy(message.text, "the text")


def _home() -> HomeScreen:
    from hotfix_tui.tui.screens.home import (
        HomeScreen,  # late: nobody waits for it while an incident is opened
    )

    return HomeScreen()


def _told(outcome: Outcome, case: Case) -> str:
    """What is said of it; what an undo or a redo was about is known only now."""
    if not isinstance(outcome.intent, Undo | Redo):
        return outcome.said
    word, _, rest = outcome.said.partition(" ")
    return f"{word}: {one_line(taken_back(case.incident, case.playbook), 60)} {rest}"
