"""The real application on a real repository and a frozen clock, for tests and pictures of its screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.file_tail import FileTail
from hotfix_tui.adapters.files import write_text
from hotfix_tui.adapters.playbook_folders import PlaybookFolders
from hotfix_tui.adapters.run_folders import RunFolders
from hotfix_tui.adapters.site import find_site
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.incident import fold
from hotfix_tui.loading import read
from hotfix_tui.service.checking import CheckRunner
from hotfix_tui.service.health import Finding
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.services import Services
from hotfix_tui.service.settings import Settings
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.environment import Terminal
from hotfix_tui.tui.screens.console import ConsoleScreen
from hotfix_tui.tui.view import View
from tests.fakes import FakeStore
from tests.git_fixtures import Sandbox, sandbox

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
HOSTILE = "Unlock [/x] [red] crash \x1b]52;c;UFdO\x07\u202egnp"
EXAMINED = (
    Finding("ok", "git", "git version 2.43.0"),
    Finding("ok", "repository", "app (main, clean)"),
    Finding("ok", "remote", "origin"),
    Finding("warn", "ssh", "the agent holds no key", "ssh-add"),
    Finding("ok", "data", "yours alone"),
)
LOG = (
    "2026-11-21T03:12:40Z INFO  ready\n"
    "2026-11-21T03:12:58Z WARN  retry=3\n"
    "2026-11-21T03:13:01Z ERROR [/api] bad path\n"
    "2026-11-21T03:13:09Z INFO  healthy 41ms\n"
)


@dataclass
class Stage:
    """Everything behind one application."""

    services: Services
    clock: FrozenClock
    store: FakeStore
    repository: Sandbox
    case: Case

    def app(self, *, ascii: bool = False, no_color: bool = False, home: bool = False) -> HotfixApp:
        """The application, on the case or on home."""
        terminal = Terminal(ascii=ascii, no_color=no_color)
        return HotfixApp(self.services, terminal, None if home else self.case)

    def later(self, **duration: float) -> None:
        """Move the clock."""
        self.clock.move(timedelta(**duration))

    def ask(self, *intents: i.Intent) -> None:
        """Carry out intents behind the application's back."""
        for intent in intents:
            self.case = self.services.incidents.ask(self.case, intent)


def no_drill() -> Case:
    """These tests start no drill."""
    raise AssertionError("no drill was asked for")


def stage(
    folder: Path,
    *,
    title: str = "Vault unlock crash on Windows",
    read_only: bool = False,
    playbook: str = "",
) -> Stage:
    """An incident declared at 03:14 on a repository whose latest release is v1.0.4."""
    repository = sandbox(folder)
    log = folder / "app.log"
    log.write_text(LOG)
    clock, store = FrozenClock(START), FakeStore("0011223344556677")
    incidents = IncidentService(store, lambda source: read(source, "incident"), clock, "ops1")
    library = PlaybookFolders(None, folder / "config")
    settings = Settings(
        folder / "data", folder / "config", repository.root, by="ops1", log_files=(log,), read_only=read_only
    )
    services = Services(
        settings=settings,
        clock=clock,
        incidents=incidents,
        library=library,
        runner=OperationRunner(incidents, open_runs=lambda: RunFolders(folder / "data" / "runs")),
        checker=CheckRunner(incidents),
        find_site=partial(find_site, clock=clock),
        open_log=FileTail,
        write_text=write_text,
        start_drill=no_drill,
        close=store.close,
        examine=lambda: EXAMINED,
    )
    loaded = library.load(playbook)
    worst = {question.id: question.answers[0].key for question in loaded.playbook.questions}
    wanted = i.Declare(
        title,
        answers=worst if playbook else {"danger": "y"},
        base="v1.0.4",
        fix="1.0.5",
        branch="hotfix/v1.0.5",
        repository=str(repository.root),
        source=loaded.source,
        digest="0123456789abcdef" * 4,  # the pictures outlive edits of the playbook
    )
    return Stage(services, clock, store, repository, incidents.declare(loaded.playbook, wanted))


def worked(folder: Path, **options: Any) -> Stage:
    """The same a while later: a phase done, one running over its target, notes, a skipped item."""
    made = stage(folder, **options)
    made.later(minutes=3)
    made.ask(i.MarkItem("confirmed", "done"), i.MarkItem("no-workaround", "done"))
    made.later(minutes=4)
    made.ask(
        i.MarkItem("impact", "done", value="about 300 of 5000"),
        i.MarkItem("approach", "done"),
        i.AddNote("only on Windows 11", at=START - timedelta(minutes=6)),
        i.MarkMilestone("cause-found"),
    )
    made.ask(i.EnterPhase("fix", reason="the branch is made by hand"), i.MarkSent("update"))
    made.later(minutes=28)
    made.ask(i.MarkItem("tests-added", "skipped", reason="the harness is broken too"))
    return made


async def ready(pilot: Pilot[None]) -> None:
    """Wait until git and the log were seen and drawn."""
    app = pilot.app
    assert isinstance(app, HotfixApp)
    for _ in range(400):
        screen = app.console_screen
        if screen is None or (screen.view and _looked_around(screen.view)):
            break
        await pilot.pause(0.02)
    working = [worker for worker in app.workers if worker.name != "carrier"]
    if working:
        await app.workers.wait_for_complete(working)
    await pilot.pause()


def _looked_around(view: View) -> bool:
    """Whether git, the way back and the log were seen."""
    goes_back = (
        any(one.kind for one in view.case.playbook.rollbacks) and view.case.incident.status == "active"
    )
    return bool(view.git.lines and view.log.name and (view.git.back or not goes_back))


def console(app: HotfixApp) -> ConsoleScreen:
    """The console's screen."""
    found = app.console_screen
    assert found is not None
    return found


def drawn(app: HotfixApp) -> str:
    """What is on the screen, as text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def shows(pilot: Pilot[None], *texts: str, gone: str = "") -> str:
    """Wait until all of these are on the screen and `gone` is not; what is on it then."""
    app = pilot.app
    assert isinstance(app, HotfixApp)
    for _ in range(500):
        seen = drawn(app)
        if all(text in seen for text in texts) and not (gone and gone in seen):
            return seen
        await pilot.pause(0.01)
    raise AssertionError(f"not on the screen: {texts}, or still there: {gone!r}\n{drawn(app)}")


def what_is_shown_is_on_disk(made: Stage, app: HotfixApp) -> None:
    """The invariant: folding the stored events gives the state on the screen."""
    assert fold(made.store.read(made.case.id).events) == console(app).present.incident


Drive = Callable[[Pilot[None]], Any]


def driven(*keys: str) -> Drive:
    """Brings the application into the state that is pictured."""

    async def drive(pilot: Pilot[None]) -> None:
        await ready(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return drive
