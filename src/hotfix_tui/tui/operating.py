"""Operations from the console: plan, show, confirm, run; after a crash continue, undo or leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.errors import NeedsWord
from hotfix_tui.domain.templates import asked
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Choice, Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import MUST_CONFIRM, new_run
from hotfix_tui.service.unfinished import Unfinished, remaining, undoing
from hotfix_tui.tui.changing import Changing
from hotfix_tui.tui.jobs import Jobs


class Operating(Jobs):
    """The git and version operations of one console."""

    def plan(self, operation: str, item: str, given: Mapping[str, str] | None = None) -> None:
        """Make the plan of an operation and show it; what the operation cannot know by itself is asked for first."""
        console = self.app.console_screen
        if console is None:
            return
        found = OPERATIONS.get(operation)
        if found is None:
            self.app.say(
                f"There is no operation “{operation}” yet: do it by hand, then mark the item.", bad=True
            )
            return
        named = any(one.name == "item" for one in found.choices)
        choice = {**({"item": item} if named and item else {}), **(given or {})}
        lacking = next((one for one in found.choices if one.required and one.name not in choice), None)
        if lacking is not None:
            self._choose(operation, item, choice, lacking)
            return
        case = console.present

        def make() -> tuple[Plan, Site] | NeedsWord:
            self.services.may_run(case)
            site = self.site(case)
            try:
                parameters = found.prepare(site, case.incident, case.playbook, choice)
            except NeedsWord as needed:
                return needed
            return found.plan(parameters, site), site

        def made(plan: tuple[Plan, Site] | NeedsWord) -> None:
            self.app.say("")  # it has been read
            if isinstance(plan, NeedsWord):
                titles = {one.name: one.title for one in found.choices}
                wanted = Choice(plan.word, titles.get(plan.word) or asked(plan.word))
                self._choose(operation, item, choice, wanted, str(plan) if plan.word in titles else "")
            else:
                change = Changing(self.app, found, case.playbook, choice, partial(self.plan, operation, item))
                self._confirm(case, item, plan, change.begin if change.choices else None)

        self.app.say("reading git")
        self.background(make, made, name="plan")

    def _choose(
        self, operation: str, item: str, choice: dict[str, str], lacking: Choice, why: str = ""
    ) -> None:
        """Ask for what is lacking, and tell why, then go on."""

        def answered(text: str | None) -> None:
            if text:
                self.plan(operation, item, {**choice, lacking.name: text})

        from hotfix_tui.tui.screens.ask import AskScreen

        title = OPERATIONS[operation].title
        self.app.push_screen(AskScreen(f"{title}: {lacking.title}", lacking.name, hint=why), answered)

    def _confirm(
        self, case: Case, item: str, made: tuple[Plan, Site], change: Callable[[], None] | None
    ) -> None:
        plan, site = made
        then = partial(self._run, case, plan, site, item=item, run=new_run())
        self._ask(case, plan, site, item, then, change)

    def _ask(
        self,
        case: Case,
        shown: Plan,
        site: Site,
        item: str,
        then: Callable[[], None],
        change: Callable[[], None] | None = None,
    ) -> None:
        """Show what will run, and go on after a yes; `change` lets what was chosen be changed first."""
        from hotfix_tui.tui.screens.confirm import CHANGE, Answer, ConfirmScreen

        def answered(answer: Answer | None) -> None:
            if answer == CHANGE and change is not None:
                change()
            elif answer is True:
                then()
            else:
                self.app.say("Cancelled: nothing ran.")

        label = labels(case.incident, case.playbook).get(item, "")
        where, may = str(site.repository.root), change is not None
        self.app.push_screen(ConfirmScreen(shown, where=where, label=label, may_change=may), answered)

    def _run(self, case: Case, plan: Plan, site: Site, *, item: str, run: str) -> None:
        if not self._may_begin():
            return
        output = self.begin(case.id, plan.title)
        action = partial(
            self.services.runner.run,
            case,
            plan,
            site,
            item=item,
            run=run,
            on_progress=partial(self.told, output),
            cancelled=output.stop.is_set,
        )
        self._work(plan, run, action)

    def _may_begin(self) -> bool:
        if self.services.settings.read_only:
            self.app.say("This console only reads. Start it without --read-only to run anything.", bad=True)
        elif self.output is not None and self.busy:
            self.app.say(
                f"“{self.output.name}” runs now; l shows its output, and x there stops it.", bad=True
            )
        else:
            return True
        return False

    def _work(self, plan: Plan, run: str, action: Callable[[], Case]) -> None:
        self.background(action, partial(self._ran, plan, run), name="operation", failed=self._failed)

    def _failed(self, why: str) -> None:
        self.end("failed", why)
        self.app.say(why, bad=True)

    def _ran(self, plan: Plan, run: str, case: Case) -> None:
        console = self.app.console_screen
        record = case.incident.operations[run]
        stopped = record.state == "running"
        state = "unfinished" if stopped else record.state
        self.end(state, record.last_words)
        if console is not None and console.present.id == case.id:
            console.case = case if case.length >= console.present.length else console.present
            console.look_again()
        why = f": {record.last_words}" if state == "failed" or plan.operation == "command" else ""
        why += "   l shows all of it" if state == "failed" else ""
        self.app.say(f"{plan.title}: {state}{why}", bad=state == "failed")
        if stopped:
            self.look_for_unfinished(case, say_none=False)

    def look_for_unfinished(self, case: Case, *, say_none: bool) -> None:
        """Ask git where operations without an outcome stand, and offer the ways on."""
        if self.output is not None and self.busy and self.output.case == case.id:
            if say_none:
                self.app.say(f"“{self.output.name}” runs now; l shows its output.")
            return
        if not any(o.state == "running" for o in case.incident.operations.values()):
            if say_none:
                self.app.say("No operation is unfinished.")
            return

        def look() -> tuple[tuple[Unfinished, ...], Site]:
            site = self.site(case)
            return self.services.runner.unfinished(case, site), site

        self.background(look, partial(self._offer, case), name="reconcile")

    def _offer(self, case: Case, found: tuple[tuple[Unfinished, ...], Site]) -> None:
        left, site = found
        if not left:
            return

        def answered(way: str | None) -> None:
            if way is not None:
                self._go_on(case, left[0], site, way)

        from hotfix_tui.tui.screens.unfinished import UnfinishedScreen

        self.app.push_screen(UnfinishedScreen(left[0]), answered)

    def _go_on(self, case: Case, left: Unfinished, site: Site, way: str) -> None:
        """Go the way that was chosen; what leaves the machine, or cannot be undone, is confirmed first."""
        record, runner = case.incident.operations[left.run], self.services.runner
        if way == "continue":
            shown = remaining(left)
            then = partial(self._run, case, left.plan, site, item=record.item, run=left.run)
        elif way == "undo":
            shown, then = undoing(left, record), partial(self._end, case, left, site, runner.undo)
        elif way == "stop":
            shown, then = replace(left.plan, steps=()), partial(self._end, case, left, site, runner.abort)
        else:
            shown, then = replace(left.plan, steps=()), partial(self._leave, case, left)
        if shown.level >= MUST_CONFIRM:
            self._ask(case, shown, site, record.item, then)
        else:
            then()

    def _end(self, case: Case, left: Unfinished, site: Site, how: Callable[..., Case]) -> None:
        """End the operation by `how`, undo or abort."""
        if self._may_begin():
            told = partial(self.told, self.begin(case.id, left.plan.title))
            self._work(left.plan, left.run, partial(how, case, left, site, on_progress=told))

    def _leave(self, case: Case, left: Unfinished) -> None:
        if self._may_begin():
            self.begin(case.id, left.plan.title)
            self._work(left.plan, left.run, partial(self.services.runner.leave, case, left))
