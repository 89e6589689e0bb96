"""Work in the background: git, plans, drills, exports. It runs in threads; its results come back as intents or news."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.app import SuspendNotSupported

from hotfix_tui.domain.errors import HotfixError, PortFailure
from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.domain.postmortem import Document, render
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.library import Loaded
from hotfix_tui.service.operations import Progress, Unfinished
from hotfix_tui.service.suggestions import suggest
from hotfix_tui.service.whereabouts import whereabouts
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.declare import DeclareScreen
from hotfix_tui.tui.screens.declareform import Start
from hotfix_tui.tui.screens.postmortem import PostmortemScreen
from hotfix_tui.tui.screens.unfinished import UnfinishedScreen
from hotfix_tui.tui.view import GitFacts, Job

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp

T = TypeVar("T")


class Work:
    """What the application does off the event loop; every result is taken in on it."""

    def __init__(self, app: HotfixApp) -> None:
        self._app = app
        self._services = app.services
        self._cancelled = False

    def _background(self, action: Callable[[], T], then: Callable[[T], None], *, name: str) -> None:
        """Run `action` in a thread and hand its result on; a failure is said in its one sentence."""

        def run() -> None:
            try:
                result = action()
            except HotfixError as error:
                self._app.call_from_thread(self._app.say, str(error), bad=True)
            else:
                self._app.call_from_thread(then, result)

        self._app.run_worker(run, thread=True, name=name, group=name)

    def _repository(self, case: Case | None) -> Repository:
        declared = case.incident.declared.repository if case else ""
        return self._services.find_repository(
            Path(declared) if declared else self._services.settings.repository_dir
        )

    # --- seeing

    def look_at_git(self, case: Case) -> GitFacts:
        """What git says now; called from the thread that looks outside."""
        try:
            repository = self._repository(case)
            status = repository.status()
            base = case.incident.declared.base
            commits = repository.commits(f"refs/tags/{base}", "HEAD", 10) if base and status.head else ()
        except PortFailure as error:
            return GitFacts(trouble=f"{error.message} {error.hint}".strip())
        seen = whereabouts(status, base=base, branch=case.incident.declared.branch, commits=commits)
        return GitFacts(status, seen.lines, seen.risks, commits)

    def home(self, then: Callable[[tuple[tuple[Case, ...], tuple[str, ...]]], None]) -> None:
        """Read the incidents and what the next one would need."""
        self._background(lambda: (self._services.incidents.list(), self._surroundings()), then, name="home")

    def _surroundings(self) -> tuple[str, ...]:
        lines = []
        try:
            repository = self._repository(None)
            seen = whereabouts(repository.status(), base="", branch="", commits=())
            lines.append(f"repository  {repository.root.name}: {', '.join(seen.lines[:2])}")
        except PortFailure as error:
            lines.append(f"repository  {error.message}")
        try:
            entry = self._services.library.load(self._services.settings.playbook).entry
            lines.append(f"playbook    {entry.title} ({entry.origin})")
        except HotfixError as error:
            lines.append(f"playbook    {error}")
        return tuple(lines) + tuple(self._services.settings.warnings)

    # --- operations

    def plan(self, operation: str, item: str) -> None:
        """Make the plan of an operation and show it."""
        console = self._app.console_screen
        if console is None:
            return
        found = OPERATIONS.get(operation)
        if found is None:
            self._app.say(
                f"There is no operation “{operation}” yet: do it by hand, then mark the item.", bad=True
            )
            return
        case = console.present

        def make() -> tuple[Plan, Repository]:
            repository = self._repository(case)
            parameters = found.prepare(repository, case.incident, case.playbook, {})
            return found.plan(parameters, repository), repository

        self._app.say("reading git")
        self._background(make, partial(self._confirm, case, item), name="plan")

    def _confirm(self, case: Case, item: str, made: tuple[Plan, Repository]) -> None:
        plan, repository = made

        def answered(yes: bool | None) -> None:  # noqa: FBT001  (a dialog's result)
            if yes:
                self._run(case, plan, repository, item=item, run="")

        self._app.push_screen(ConfirmScreen(plan, where=str(repository.root)), answered)

    def _run(self, case: Case, plan: Plan, repository: Repository, *, item: str, run: str) -> None:
        if self._services.settings.read_only:
            self._app.say("This console only reads. Start it without --read-only to run anything.", bad=True)
            return
        self._job(plan.title, "running", "")
        self._cancelled = False
        action = partial(
            self._services.runner.run,
            case,
            plan,
            repository,
            item=item,
            run=run,
            on_progress=lambda news: self._app.call_from_thread(self._progress, plan, news),
            cancelled=lambda: self._cancelled,
        )
        self._background(action, partial(self._ran, plan), name="operation")

    def _progress(self, plan: Plan, news: Progress) -> None:
        detail = news.text or f"{news.step} {news.state}"
        self._job(plan.title, "failed" if news.state == "failed" else "running", detail)

    def _ran(self, plan: Plan, case: Case) -> None:
        console = self._app.console_screen
        record = next(
            (o for o in reversed(tuple(case.incident.operations.values())) if o.title == plan.title), None
        )
        state = record.state if record else "done"
        self._job(plan.title, state, record.detail if record else "")
        if console is not None and console.present.id == case.id:
            console.case = case if case.length >= console.present.length else console.present
            console.look_again()
        self._app.say(f"{plan.title}: {state}", bad=state == "failed")

    def _job(self, title: str, state: str, detail: str) -> None:
        console = self._app.console_screen
        if console is not None:
            console.note_job(Job(title, state, self._services.clock.now(), detail))

    def cancel(self) -> None:
        """Ask the running operation to stop."""
        self._cancelled = True

    def look_for_unfinished(self, case: Case, *, say_none: bool) -> None:
        """Ask git where operations without an outcome stand, and offer the ways on."""
        if not any(o.state == "running" for o in case.incident.operations.values()):
            if say_none:
                self._app.say("No operation is unfinished.")
            return

        def look() -> tuple[tuple[Unfinished, ...], Repository]:
            repository = self._repository(case)
            return self._services.runner.unfinished(case, repository), repository

        self._background(look, partial(self._offer, case), name="reconcile")

    def _offer(self, case: Case, found: tuple[tuple[Unfinished, ...], Repository]) -> None:
        left, repository = found
        if not left:
            return

        def answered(way: str | None) -> None:
            if way is not None:
                self._go_on(case, left[0], repository, way)

        self._app.push_screen(UnfinishedScreen(left[0]), answered)

    def _go_on(self, case: Case, left: Unfinished, repository: Repository, way: str) -> None:
        if way == "continue":
            item = case.incident.operations[left.run].item
            self._run(case, left.plan, repository, item=item, run=left.run)
        elif way == "undo":
            undo = partial(self._services.runner.undo, case, left, repository, on_progress=lambda news: None)
            self._background(undo, partial(self._ran, left.plan), name="operation")
        else:
            self._background(
                partial(self._services.runner.leave, case, left),
                partial(self._ran, left.plan),
                name="operation",
            )

    # --- declaring

    def declare(self) -> None:
        """Read the playbook and the repository, then ask the questions."""

        def prepare() -> tuple[Loaded, Start]:
            loaded = self._services.library.load(self._services.settings.playbook)
            try:
                repository: Repository | None = self._repository(None)
            except PortFailure:
                repository = None
            found = suggest(repository, loaded.playbook, "")
            by = self._services.settings.by
            return loaded, Start(found.base, "latest release", found.fix, found.branch, by, found.repository)

        self._background(prepare, self._ask_triage, name="declare")

    def _ask_triage(self, prepared: tuple[Loaded, Start]) -> None:
        loaded, start = prepared

        def answered(intent: Declare | ChangeSeverity | None) -> None:
            if isinstance(intent, Declare):
                whole = replace(intent, source=loaded.source, digest=loaded.digest)
                declare = partial(self._services.incidents.declare, loaded.playbook, whole)
                self._background(declare, self._app.open_case, name="declare")

        self._app.push_screen(DeclareScreen(loaded.playbook, self._services.clock.now, start), answered)

    def retriage(self, case: Case) -> None:
        """Ask the questions of an incident again."""

        def answered(intent: Declare | ChangeSeverity | None) -> None:
            console = self._app.console_screen
            if isinstance(intent, ChangeSeverity) and console is not None:
                console.ask(intent, f"severity is {intent.severity} now; the clocks follow")

        screen = DeclareScreen(
            case.playbook, self._services.clock.now, case=case, answers=case.incident.declared.answers
        )
        self._app.push_screen(screen, answered)

    def drill(self) -> None:
        """Make a sandbox and open a practice incident on it."""
        make = self._services.start_drill
        self._app.say("making a sandbox")
        self._background(make, self._app.open_case, name="drill")

    # --- the post-mortem

    def postmortem(self, case: Case) -> None:
        """Render the post-mortem and show it."""
        now = self._services.clock.now()
        document = render(case.incident, case.playbook, now)
        severity = case.playbook.severity(case.incident.severity)
        due = ""
        if severity and severity.postmortem_due:
            ended = case.incident.closed_at or case.incident.resolved_at or now
            due = f"{ended + severity.postmortem_due:%Y-%m-%d}"
        screen = PostmortemScreen(
            f"{case.id} {case.incident.title}",
            document.text,
            redacted=document.redacted,
            open_questions=document.open_questions,
            due=due,
        )

        def wanted(what: str | None) -> None:
            if what == "copy":
                self._app.copy(document.text, "the post-mortem")
            elif what == "export":
                self._export(case, document)

        self._app.push_screen(screen, wanted)

    def _export(self, case: Case, document: Document) -> None:
        root = Path(case.incident.declared.repository or self._services.settings.repository_dir)
        path = root / f"post-mortem-{case.id}.md"

        def write() -> Path:
            target = next(p for p in _free_names(path) if not p.exists())
            self._services.write_text(target, document.text, False)
            return target

        self._background(write, lambda target: self._app.say(f"written: {target}"), name="export")

    # --- the shell

    def shell(self) -> None:
        """Run the person's shell in the repository, with HOTFIX_* set, and come back."""
        console = self._app.console_screen
        case = console.present if console else None
        environment = {**os.environ, **(_shell_environment(case) if case else {})}
        root = case.incident.declared.repository if case else ""
        folder = root if root and Path(root).is_dir() else str(self._services.settings.repository_dir)
        shell = os.environ.get("SHELL") or "/bin/sh"
        try:
            with self._app.suspend():
                print(f"\nhotfix: the clock runs on. Leave this shell to come back ({folder}).\n")  # noqa: T201
                subprocess.run([shell], env=environment, cwd=folder, check=False)
        except (SuspendNotSupported, OSError) as error:
            self._app.say(f"No shell can be opened here: {error}", bad=True)
            return
        if console is not None:
            console.look_again()


def _free_names(path: Path) -> list[Path]:
    return [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, 1000))]


def _shell_environment(case: Case) -> dict[str, str]:
    declared = case.incident.declared
    return {
        "HOTFIX_INCIDENT": case.id,
        "HOTFIX_SEVERITY": case.incident.severity,
        "HOTFIX_BASE": declared.base,
        "HOTFIX_FIX": declared.fix,
        "HOTFIX_BRANCH": declared.branch,
    }
