"""Looking whether items are really done: in the background, at once by a key, and again by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.applying import labels, provable
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.proof import followed, proof
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.checking import Looked, runs_a_command
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.operating import Operating

Result = tuple[Case, tuple[Looked, ...]]


class Checking(Operating):
    """The checks of one console."""

    def check_again(self, case: Case) -> Case:
        """The case after another look at what is followed; called from the thread that looks outside. Raises: PortFailure."""
        if self.services.settings.read_only or case.incident.status == "closed":
            return case
        if not any(followed(case.incident.item(item.id)) for item in provable(case.incident, case.playbook)):
            return case
        return self.services.checker.again(case, self.site(case))

    def check(self, case: Case, item: Item) -> None:
        """Look at one item; a command of the playbook is shown first."""
        if not item.check:
            self.app.say("It names no check: nobody but you can say whether it is done.", bad=True)
        elif runs_a_command(item):
            self._plan_command(case, item)
        else:
            self._look_at(case, (item,))

    def _ran(self, plan: Plan, run: str, case: Case) -> None:
        """Once an operation is done, look at once where only the remote can say what is so now."""
        super()._ran(plan, run, case)
        record = case.incident.operations[run]
        if record.state != "done":
            return
        item = case.playbook.item(record.item)
        if item is not None and _asks_remote(item):
            self._look_at(case, (item,))
        self.ask_remote(case, besides=record.item)

    def ask_remote(self, case: Case, *, besides: str = "") -> None:
        """Ask the remote again about what it did not have; only what it has by now is news."""
        wanted = tuple(
            item
            for item in provable(case.incident, case.playbook)
            if item.id != besides and _asks_remote(item) and _lacking(case, item)
        )
        if wanted:
            self.background(partial(self._seen, case, wanted), self._take, name="check")

    def check_all(self, case: Case) -> None:
        """Look at every item that can be proven without running a command of the playbook."""
        every = provable(case.incident, case.playbook)
        wanted = tuple(item for item in every if not runs_a_command(item))
        if wanted:
            self._look_at(case, wanted, left=len(every) - len(wanted))
        else:
            self.app.say("No item here can be proven without running a command: v looks at one.")

    def _look_at(self, case: Case, wanted: tuple[Item, ...], left: int = 0) -> None:
        self.app.say("looking" if len(wanted) == 1 else f"looking at {len(wanted)} items")
        self.background(partial(self._seen, case, wanted), partial(self._looked, left=left), name="check")

    def _seen(self, case: Case, wanted: tuple[Item, ...]) -> Result:
        site, checker = self.site(case), self.services.checker
        if self.services.settings.read_only:
            return case, tuple(Looked(item, checker.look(case, item, site)) for item in wanted)
        return checker.check(case, wanted, site)

    def _take(self, result: Result) -> None:
        case, _ = result
        console = self.app.console_screen
        if console is not None and console.present.id == case.id and case.length > console.present.length:
            console.case = case

    def _looked(self, result: Result, *, left: int = 0) -> None:
        self._take(result)
        case, found = result
        if len(found) == 1:
            self._say_one(case, found[0])
        elif found:
            self._say_all(case, found, left)

    def _say_one(self, case: Case, one: Looked) -> None:
        told = case.incident.item(one.item.id)
        if one.seen.ok is None:
            self.app.say(f"could not be asked: {one.seen.text}", bad=True)
        elif told.mark == "done":
            state = "proven" if one.seen.ok else "contradicted"
            self.app.say(f"{state}: {one.seen.text}", bad=not one.seen.ok)
        elif one.seen.ok:
            self.app.say(f"it is so, space marks it done: {one.seen.text}")
        else:
            self.app.say(f"not yet: {one.seen.text}")

    def _say_all(self, case: Case, found: tuple[Looked, ...], left: int) -> None:
        names = labels(case.incident, case.playbook)
        wrong = [
            one.item
            for one in found
            if proof(one.item, case.incident.item(one.item.id)).state == "contradicted"
        ]
        unsaid = sum(one.seen.ok is None for one in found)
        parts = [f"{sum(one.seen.ok is True for one in found)} of {len(found)} are so"]
        parts += (
            [f"contradicted: {', '.join(names.get(item.id, item.id) for item in wrong)}"] if wrong else []
        )
        parts += [f"{unsaid} could not be asked"] if unsaid else []
        parts += [f"{left} run a command: v on each"] if left else []
        self.app.say("; ".join(parts), bad=bool(wrong))

    # --- a command of the playbook

    def _plan_command(self, case: Case, item: Item) -> None:
        """Show the exact command as it is shown when it is run for itself, and run it after a yes."""
        if not self._may_begin():
            return

        def make() -> tuple[Plan, Site]:
            self.services.may_run(case)
            command, site = OPERATIONS["command"], self.site(case)
            given = command.prepare(site, case.incident, case.playbook, {"item": item.id})
            kept = "Its end is kept as the item's evidence."
            return replace(command.plan(given, site), title=f"Look: {item.text}", why=kept), site

        self.background(make, partial(self._show_command, case, item), name="plan")

    def _show_command(self, case: Case, item: Item, made: tuple[Plan, Site]) -> None:
        plan, site = made
        self._ask(case, plan, site, item.id, partial(self._run_command, case, item, plan, site))

    def _run_command(self, case: Case, item: Item, plan: Plan, site: Site) -> None:
        if not self._may_begin():
            return
        output = self.begin(case.id, plan.title)

        def look() -> Result:
            return self.services.checker.check(
                case, (item,), site, on_line=output.write, cancelled=output.stop.is_set
            )

        self.background(look, self._command_ended, name="operation", failed=self._failed)

    def _command_ended(self, result: Result) -> None:
        seen = result[1][0].seen if result[1] else None
        state = "cancelled" if seen is None else "done" if seen.ok else "failed"
        self.end(state, seen.text if seen else "")
        self._looked(result)


def _asks_remote(item: Item) -> bool:
    known = CHECKS.get(item.check)
    return known is not None and known.reach == "remote"


def _lacking(case: Case, item: Item) -> bool:
    told = case.incident.item(item.id)
    return told.mark == "open" and proof(item, told).ok is False
