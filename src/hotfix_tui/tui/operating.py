"""Operations from the console: plan, show, confirm, run; after a crash continue, undo or leave."""

from __future__ import annotations

from functools import partial

from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import Progress, Unfinished
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.view import Job


class Operating(Background):
    """The git and version operations of one console."""

    _cancelled = False

    def plan(self, operation: str, item: str) -> None:
        """Make the plan of an operation and show it."""
        console = self.app.console_screen
        if console is None:
            return
        found = OPERATIONS.get(operation)
        if found is None:
            self.app.say(
                f"There is no operation “{operation}” yet: do it by hand, then mark the item.", bad=True
            )
            return
        case = console.present

        def make() -> tuple[Plan, Repository]:
            repository = self.repository(case)
            parameters = found.prepare(repository, case.incident, case.playbook, {})
            return found.plan(parameters, repository), repository

        self.app.say("reading git")
        self.background(make, partial(self._confirm, case, item), name="plan")

    def _confirm(self, case: Case, item: str, made: tuple[Plan, Repository]) -> None:
        plan, repository = made

        def answered(yes: bool | None) -> None:  # noqa: FBT001  (a dialog's result)
            if yes:
                self._run(case, plan, repository, item=item, run="")

        from hotfix_tui.tui.screens.confirm import ConfirmScreen

        self.app.push_screen(ConfirmScreen(plan, where=str(repository.root)), answered)

    def _run(self, case: Case, plan: Plan, repository: Repository, *, item: str, run: str) -> None:
        if self.services.settings.read_only:
            self.app.say("This console only reads. Start it without --read-only to run anything.", bad=True)
            return
        self._job(plan.title, "running", "")
        self._cancelled = False
        action = partial(
            self.services.runner.run,
            case,
            plan,
            repository,
            item=item,
            run=run,
            on_progress=lambda news: self.app.call_from_thread(self._progress, plan, news),
            cancelled=lambda: self._cancelled,
        )
        self.background(action, partial(self._ran, plan), name="operation")

    def _progress(self, plan: Plan, news: Progress) -> None:
        detail = news.text or f"{news.step} {news.state}"
        self._job(plan.title, "failed" if news.state == "failed" else "running", detail)

    def _ran(self, plan: Plan, case: Case) -> None:
        console = self.app.console_screen
        record = next(
            (o for o in reversed(tuple(case.incident.operations.values())) if o.title == plan.title), None
        )
        state = record.state if record else "done"
        self._job(plan.title, state, record.detail if record else "")
        if console is not None and console.present.id == case.id:
            console.case = case if case.length >= console.present.length else console.present
            console.look_again()
        self.app.say(f"{plan.title}: {state}", bad=state == "failed")

    def _job(self, title: str, state: str, detail: str) -> None:
        console = self.app.console_screen
        if console is not None:
            console.note_job(Job(title, state, self.services.clock.now(), detail))

    def cancel(self) -> None:
        """Ask the running operation to stop."""
        self._cancelled = True

    def look_for_unfinished(self, case: Case, *, say_none: bool) -> None:
        """Ask git where operations without an outcome stand, and offer the ways on."""
        if not any(o.state == "running" for o in case.incident.operations.values()):
            if say_none:
                self.app.say("No operation is unfinished.")
            return

        def look() -> tuple[tuple[Unfinished, ...], Repository]:
            repository = self.repository(case)
            return self.services.runner.unfinished(case, repository), repository

        self.background(look, partial(self._offer, case), name="reconcile")

    def _offer(self, case: Case, found: tuple[tuple[Unfinished, ...], Repository]) -> None:
        left, repository = found
        if not left:
            return

        def answered(way: str | None) -> None:
            if way is not None:
                self._go_on(case, left[0], repository, way)

        from hotfix_tui.tui.screens.unfinished import UnfinishedScreen

        self.app.push_screen(UnfinishedScreen(left[0]), answered)

    def _go_on(self, case: Case, left: Unfinished, repository: Repository, way: str) -> None:
        if way == "continue":
            item = case.incident.operations[left.run].item
            self._run(case, left.plan, repository, item=item, run=left.run)
        elif way == "undo":
            undo = partial(self.services.runner.undo, case, left, repository, on_progress=lambda news: None)
            self.background(undo, partial(self._ran, left.plan), name="operation")
        else:
            self.background(
                partial(self.services.runner.leave, case, left),
                partial(self._ran, left.plan),
                name="operation",
            )
