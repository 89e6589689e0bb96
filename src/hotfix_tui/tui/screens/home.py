"""Home: the open incidents, the closed ones, and whether this place is ready for the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from hotfix_tui import __version__
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.glance import Glance, glance
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.service.health import Finding
from hotfix_tui.service.incidents import Case, Survey, Unreadable
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.footer import footer
from hotfix_tui.tui.header import clock
from hotfix_tui.tui.marks import Signs, signs
from hotfix_tui.tui.screens.moving import Moving
from hotfix_tui.tui.screens.readiness import readiness
from hotfix_tui.tui.text import plain
from hotfix_tui.tui.widgets.board import Board
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.rows import Row, cut, row

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp


class HomeScreen(Moving):
    """Where `hotfix` begins when no incident is open."""

    BINDINGS: ClassVar[list[Binding]] = bindings("home", "everywhere")  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._survey = Survey()
        self._notices: tuple[Finding, ...] = ()
        self._examined: tuple[Finding, ...] | None = None

    def compose(self) -> ComposeResult:
        """The title, the two lists, the readiness and the footer."""
        with Container(id="top"):
            yield Board(id="who")
            yield Board(id="clock")
        yield Board(id="header")
        yield Listing(id="open", classes="pane")
        yield Listing(id="closed", classes="pane")
        yield Board(id="ready", classes="pane")
        yield Board(id="invitation")
        yield Board(id="footer")

    def on_mount(self) -> None:
        """Name the parts, load, and tick once a second."""
        for id, title in (
            ("open", "Open incidents"),
            ("closed", "Closed"),
            ("ready", "Ready?  (hotfix doctor)"),
        ):
            self.query_one(f"#{id}").border_title = plain(title)
        self.query_one("#open").focus()
        self.set_interval(1.0, self.tick)
        self.load()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Somebody came back: look again."""
        if self.is_mounted:
            self.load()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.tick()

    @property
    def home_app(self) -> HotfixApp:
        """The application."""
        from hotfix_tui.tui.app import HotfixApp

        assert isinstance(self.app, HotfixApp)
        return self.app

    def load(self) -> None:
        """Read the incidents and the surroundings in the background."""
        self.home_app.work.home(self.loaded)
        self.home_app.work.examine(self.examined)

    def loaded(self, found: tuple[Survey, tuple[Finding, ...]]) -> None:
        """Show what was read."""
        self._survey, self._notices = found
        self.tick()

    def examined(self, found: tuple[Finding, ...]) -> None:
        """Show what the next incident will need."""
        self._examined = found
        self.tick()

    def tick(self) -> None:
        """Draw what the clock changes, while this screen is in sight."""
        if self.app.screen is not self or not self.is_mounted:
            return
        now = self.home_app.services.clock.now()
        width = self.size.width
        marks = signs(ascii=self.home_app.ascii)
        rule = row(("-" if self.home_app.ascii else "─") * width, "dim")
        self.query_one("#who", Board).show((row(f" hotfix {__version__}", "bold"),))
        self.query_one("#clock", Board).show((clock(now),))
        self.query_one("#header", Board).show((rule,) if width >= 100 else ())
        opened = [case for case in self._survey.cases if case.incident.status != "closed"]
        closed = [case for case in self._survey.cases if case.incident.status == "closed"]
        level = max((len(_level(case)) for case in self._survey.cases), default=0)
        lost = tuple(_unreadable(one, level) for one in self._survey.unreadable)
        self.query_one("#open", Listing).show((*lost, *_open(opened, now, marks, level, wide=width >= 100)))
        self.query_one("#closed", Listing).show(
            tuple(_closed(case, now, level) for case in closed) or (row("none yet", "dim"),)
        )
        self._show_ready(marks, width)
        self.query_one("#invitation", Board).show(_invitation(wide=width >= 100))
        keys = self.home_app.services.settings.keys
        self.query_one("#footer", Board).show(
            (footer("home", width, keys, ascii=self.home_app.ascii, home=True),)
        )

    def _show_ready(self, marks: Signs, width: int) -> None:
        looking = self._examined is None
        found = (*self._notices, *(self._examined or ()))
        rows = readiness(found, marks, width - 4, looking=looking)
        board = self.query_one("#ready", Board)
        board.styles.height = max(len(rows), 3) + 2
        board.show(rows)

    def _chosen(self) -> Case | None:
        listing = self._listing()
        return next((case for case in self._survey.cases if listing and case.id == listing.key), None)

    def _trouble(self) -> Unreadable | None:
        listing = self._listing()
        return next((one for one in self._survey.unreadable if listing and one.id == listing.key), None)

    @on(Listing.Chosen)
    def _clicked(self) -> None:
        self.action_open_incident()

    def action_open_incident(self) -> None:
        """Open the incident under the cursor."""
        case = self._chosen()
        if case is not None:
            self.home_app.open_case(case)
        elif trouble := self._trouble():
            self.home_app.say(str(trouble), bad=True)
        else:
            self.home_app.say("There is no incident here yet: n declares one, D starts a drill.")

    def action_declare(self) -> None:
        """Declare an incident."""
        self.home_app.work.declare()

    def action_drill(self) -> None:
        """Start a practice drill."""
        self.home_app.work.drill()

    def action_import_playbook(self) -> None:
        """Make a playbook of a document."""
        self.home_app.work.import_document()

    def action_home_postmortem(self) -> None:
        """Preview the post-mortem of the incident under the cursor."""
        case = self._chosen()
        if case is not None:
            self.home_app.work.postmortem(case)

    def action_refresh(self) -> None:
        """Read everything again."""
        self.load()

    def action_back(self) -> None:
        """There is nothing to go back to."""


def _level(case: Case) -> str:
    return clean(case.incident.severity, 12)


def _named(severity: str, called: str, level: int) -> str:
    """The first columns: the severity in the width of the longest, and the id; both are cleaned text."""
    return f"{severity:<{max(level, 4)}} {called:<16} "


def _open(cases: list[Case], now: datetime, marks: Signs, level: int, *, wide: bool) -> tuple[Row, ...]:
    if not cases:
        return (row("No incident is open.", "dim"), row("n declares one    D starts a practice drill", "dim"))
    head = Row(
        ((f"{_named('sev', 'id', level)}title", "dim"),),
        ((_columns("phase", "left", "update", wide=wide), "dim"),),
    )
    return (
        head,
        *(_line(case, glance(case.incident, case.playbook, now), marks, level, wide=wide) for case in cases),
    )


def _columns(phase: str, left: str, update: str, *, wide: bool) -> str:
    return (
        f"{cut(phase, 18):<18} {left:>9} {update:>12}"
        if wide
        else f"{cut(phase, 11):<11} {left:>7} {update:>7}"
    )


def _line(case: Case, answers: Glance, marks: Signs, level: int, *, wide: bool) -> Row:
    incident = case.incident
    place = (
        f"{answers.phase_number}/{answers.phase_count} {clean(answers.phase_title, NAME)}"
        if answers.phase_number
        else incident.status
    )
    late = answers.left is not None and answers.left < timedelta(0)
    left = (
        "no limit" if answers.left is None else f"-{spoken(-answers.left)}" if late else spoken(answers.left)
    )
    update = answers.clocks.update
    due = "" if update is None else spoken(update.left(answers.clocks.now))
    soon = update is not None and update.share(answers.clocks.now) >= 0.75
    drill: tuple[tuple[str, str], ...] = (("DRILL ", "waiting"),) if incident.declared.drill else ()
    return Row(
        (
            (_named(_level(case), clean(incident.id, NAME), level), "bold"),
            *drill,
            (clean(incident.title, TITLE), "text"),
        ),
        (
            (
                _columns(place, left, f"{due} {marks.risk}" if soon else due, wide=wide),
                "over" if late else "text",
            ),
        ),
        key=case.id,
    )


def _unreadable(trouble: Unreadable, level: int) -> Row:
    """An incident that is there and cannot be shown: nobody may believe that there is none."""
    text = f"{_named('?', clean(trouble.id, NAME), level)}cannot be read: {trouble.reason}"
    return Row(((clean(text, TITLE), "over"),), key=trouble.id)


def _closed(case: Case, now: datetime, level: int) -> Row:
    incident = case.incident
    answers = glance(incident, case.playbook, now)
    within = answers.left is None or answers.left >= timedelta(0)
    verdict = "within the limit" if within else f"over by {spoken(-answers.left)}" if answers.left else ""
    if incident.declared.decision != "hotfix":
        verdict = "not a hotfix"
    return Row(
        ((f"{_named(_level(case), clean(incident.id, NAME), level)}{clean(incident.title, TITLE)}", "text"),),
        ((f"{spoken(answers.clocks.elapsed):>8}  {verdict}", "dim" if within else "risk"),),
        key=case.id,
    )


def _invitation(*, wide: bool) -> tuple[Row, ...]:
    gap = "          " if wide else "     "
    more = " from markdown" if wide else ""
    words = (
        "n  declare an incident",
        "D  run a practice drill" if wide else "D  practice drill",
        f"i  import a playbook{more}",
    )
    return (row(), row("   " + gap.join(words)))
