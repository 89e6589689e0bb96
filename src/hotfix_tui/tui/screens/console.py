"""The console: header, panes 0 to 5, jobs and footer; one assignment of `case` redraws what changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.reactive import reactive

from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.domain.loglines import Tally
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.crash import BROKEN, report
from hotfix_tui.tui.feeds import Feeds
from hotfix_tui.tui.footer import footer_of, jobs, tabs
from hotfix_tui.tui.header import clock, header, window_name
from hotfix_tui.tui.messages import CaseMoved, FeedBroke, FeedFailed, GitSeen, LogGrew
from hotfix_tui.tui.panes import PANES
from hotfix_tui.tui.panes.log import LogPane
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.screens.arranging import Arranging
from hotfix_tui.tui.screens.incident_actions import IncidentActions
from hotfix_tui.tui.screens.moving import Moving
from hotfix_tui.tui.screens.pane_actions import PaneActions
from hotfix_tui.tui.screens.process_actions import ProcessActions
from hotfix_tui.tui.screens.sounding import BEAT_SECONDS, Sounding
from hotfix_tui.tui.toosmall import too_small
from hotfix_tui.tui.view import NO_GIT, LogFacts, View, view
from hotfix_tui.tui.widgets.board import Board
from hotfix_tui.tui.widgets.rows import row

if TYPE_CHECKING:
    from hotfix_tui.ports import LogSource


class ConsoleScreen(Sounding, Arranging, IncidentActions, ProcessActions, PaneActions, Moving):
    """One incident on the screen."""

    AUTO_FOCUS = "#pane-checklist"
    BINDINGS: ClassVar[list[Binding]] = bindings("console", "everywhere")  # type: ignore[assignment]

    case: reactive[Case | None] = reactive(None, repaint=False, always_update=False)
    view: reactive[View | None] = reactive(None, repaint=False, always_update=True)
    """Told of always: which pane is in sight is not in it."""

    def __init__(self, case: Case, logs: tuple[LogSource, ...] = ()) -> None:
        super().__init__()
        self._logs = logs
        self._git = NO_GIT
        self._log = LogFacts(" and ".join(source.name for source in logs))
        self._tally = Tally()
        self.shown_phase = ""
        self.current = "checklist"
        self.zoomed = False
        self.set_reactive(ConsoleScreen.case, case)
        self.panes: tuple[Pane, ...] = tuple(pane() for pane in PANES)
        self._feeds: Feeds | None = None
        self._stamp: tuple[object, ...] = ()

    # --- composition

    def compose(self) -> ComposeResult:
        """The header, the panes in their two columns, the jobs, and the lines at the bottom."""
        self.arrange_screen()
        self._git = self.console_app.work.seen_ahead(self.present)
        self._take_first_lines()
        self.set_reactive(ConsoleScreen.view, self._look())
        triage, phases, checklist, git, log, story = self.panes
        with Container(id="top"):
            yield Board(id="who")
            yield Board(id="clock")
        yield Board(id="header")
        yield Board(id="tabs")
        with Container(id="body"):
            with Container(id="left", classes="column"):
                yield triage.data_bind(ConsoleScreen.view)
                yield phases.data_bind(ConsoleScreen.view)
                yield story.data_bind(ConsoleScreen.view)
            with Container(id="right", classes="column"):
                yield checklist.data_bind(ConsoleScreen.view)
                with Container(id="below"):
                    yield git.data_bind(ConsoleScreen.view)
                    yield log.data_bind(ConsoleScreen.view)
                yield Board(id="jobs", classes="pane")
        yield Board(id="message")
        yield Board(id="footer")
        yield Board(id="small")

    def on_mount(self) -> None:
        """Draw, start the clock and begin to look outside."""
        self.query_one("#jobs", Board).border_title = "Jobs  l shows output"
        self.rearrange()
        if self.view is not None:
            self._draw(self.view)
        self.listen()
        self.set_interval(1.0, self.tick)
        self._feeds = Feeds(
            self.post_message,
            self.console_app.services.incidents,
            lambda: self.present,
            self.console_app.work.look_at_git,
            self.console_app.work.check_again,
            self.console_app.work.look_back,
            self._logs,
        )
        self.call_after_refresh(self._feeds.start)

    def on_unmount(self) -> None:
        """Stop looking outside."""
        if self._feeds:
            self._feeds.stop()

    @property
    def present(self) -> Case:
        """The case on the screen."""
        assert self.case is not None
        return self.case

    # --- what changes

    def _look(self) -> View:
        app = self.console_app
        now = app.services.clock.now()
        return view(
            self.present,
            now,
            git=self._git,
            log=self._log,
            clock=app.work.clock_risks(),
            jobs=tuple(self._jobs),
            shown_phase=self.shown_phase,
            ascii=app.ascii,
            read_only=app.services.settings.read_only,
            said=self._said[:2] if self._said[2] and now < self._said[2] else ("", "dim"),
        )

    def tick(self) -> None:
        """A second has passed, or something was seen: make the view anew.

        A second that brings nothing moves the clock alone; the other clocks show minutes and follow every five.
        """
        now = self.console_app.services.clock.now()
        said = self._said[2] is not None and now < self._said[2]
        changed = self.console_app.work.clock_risks()
        self.tell_clock(changed)
        seen = (self.case, self._git, self._log, tuple(self._jobs), self.shown_phase, self._said, said)
        place = (self.current, self.zoomed, self.app.size)
        stamp = (*seen, changed, place, int(now.timestamp()) // BEAT_SECONDS)
        if stamp == self._stamp:
            self.query_one("#clock", Board).show((clock(now),))
        else:
            self._stamp = stamp
            self.view = self._look()
            self.listen()
        self.console_app.repaint_if_drained()

    def watch_case(self) -> None:
        """Draw the new state."""
        if self.is_mounted:
            self.tick()

    def watch_view(self, view: View | None) -> None:
        """Draw the boards; the panes are bound to the view themselves."""
        if view is not None and self.is_mounted:
            self._draw(view)

    def _draw(self, view: View) -> None:
        width = self.app.size.width
        if self.has_class("-small"):
            self.query_one("#small", Board).show(too_small(view, self.app.size))
            return
        rule = (row(("-" if view.ascii else "─") * width, "dim"),) if self.has_class("-wide") else ()
        who, *answers = header(view, width)
        self.query_one("#who", Board).show((who,))
        self.query_one("#clock", Board).show((clock(view.now),))
        self.query_one("#header", Board).show((*answers, *rule))
        if self.has_class("-wide"):
            self.query_one("#jobs", Board).show(jobs(view, 2))
        if self.one_pane:
            self.query_one("#tabs", Board).show((tabs(view, self.panes, self.current, width),))
        self.query_one("#message", Board).show((self._message(view),))
        keys = self.console_app.services.settings.keys
        self.query_one("#footer", Board).show((footer_of(view, self.current, width, keys),))
        self.console_app.name_window(window_name(view))

    @on(CaseMoved)
    def _case_moved(self, message: CaseMoved) -> None:
        if message.case.length >= self.present.length:
            self.case = message.case

    @on(GitSeen)
    def _git_seen(self, message: GitSeen) -> None:
        self._git = message.facts
        self.tick()

    def _take_first_lines(self) -> None:
        """What the logs hold now belongs on the first picture; a log that cannot be read is the feeds' to tell of."""
        for source in self._logs:
            with suppress(HotfixError):
                self._take_lines(source.poll())

    def _take_lines(self, lines: tuple[str, ...]) -> None:
        if not lines:
            return
        next(pane for pane in self.panes if isinstance(pane, LogPane)).extend(lines)
        now = self.console_app.services.clock.now()
        self._tally = self._tally.add(lines, now)
        self._log = LogFacts(self._log.name, self._tally.errors(now))

    @on(LogGrew)
    def _log_grew(self, message: LogGrew) -> None:
        before = self._log
        self._take_lines(message.lines)
        if self._log != before:
            self.tick()

    @on(FeedFailed)
    def _feed_failed(self, message: FeedFailed) -> None:
        self.say(message.sentence, bad=True)

    @on(FeedBroke)
    def _feed_broke(self, message: FeedBroke) -> None:
        self.say(report(message.error, self.console_app.crash_folder, BROKEN), bad=True)

    def look_again(self) -> None:
        """Look at git at once."""
        if self._feeds:
            self._feeds.look_again()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.rearrange()
        self.tick()
