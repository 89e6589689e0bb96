"""Runs the checks of items: what they see is attached as evidence, and no item is ticked by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hotfix_tui.checks import CHECKS, Check, Observed
from hotfix_tui.domain.applying import provable
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.intents import AttachEvidence
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.proof import CHECK, followed, proof
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean, one_line
from hotfix_tui.ports import Finished, Site, at_home
from hotfix_tui.service.incidents import Case, IncidentService

FRESH = timedelta(minutes=1)
"""How long after its tick an item is looked at whose check is only about that moment."""

_ABOUT_MAIN = frozenset(CHECKS) - {
    "tree-clean",
    "tests-passed",
    "registry-shows",
    "file-exists",
    "url-answers",
}
"""The checks for which it matters what the main branch is called here."""
COMMANDS = frozenset({"tests-passed", "registry-shows"})
"""The checks that run the item's command."""
WIDE = 300
"""The most characters of a command's line that are kept: all lines and the sentence below them fit."""


@record(frozen=True, slots=True)
class Looked:
    """What was seen of one item."""

    item: Item
    seen: Observed


def runs_a_command(item: Item) -> bool:
    """Whether looking at it runs the command that it names."""
    return bool(item.command) and item.check in COMMANDS


class CheckRunner:
    """Looks when somebody asks, and by itself again at what was ticked, or was looked at."""

    def __init__(
        self, incidents: IncidentService, may_run: Callable[[Case], None] = lambda case: None
    ) -> None:
        """Record through `incidents`; `may_run` refuses what carries a playbook that nobody trusted."""
        self._incidents = incidents
        self._may_run = may_run

    def look(self, case: Case, item: Item, site: Site) -> Observed:
        """What the item's check sees now; why nobody can say is told by the answer, too. Nothing is recorded."""
        check = CHECKS.get(item.check)
        if check is None:
            why = f"this hotfix has no check “{item.check}”" if item.check else "it names no check"
            return Observed(ok=None, text=why)
        try:
            if check.reach == "playbook":
                self._may_run(case)
            placed = _placed(site, check)
            playbook = (
                at_home(case.playbook, placed.repository) if check.name in _ABOUT_MAIN else case.playbook
            )
            return check.look(placed, case.incident, playbook, item)
        except Refused as error:
            return Observed(ok=None, text=str(error))
        except PortFailure as error:
            return Observed(ok=None, text=f"{error.message} {error.hint}".strip())

    def check(
        self,
        case: Case,
        wanted: Iterable[Item],
        site: Site,
        *,
        on_line: Callable[[str], None] = lambda line: None,
        on_look: Callable[[Looked], None] = lambda looked: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Case, tuple[Looked, ...]]:
        """Look at each item and record what was seen; the newest case, and every sight, also those that say nothing.

        When `cancelled` answers True the items that are left are not looked at, and a running command is ended.
        Raises: PortFailure when it cannot be recorded.
        """
        watched = replace(site, shell=_Watched(site, on_line, cancelled))
        found: list[Looked] = []
        for item in wanted:
            if cancelled():
                break
            looked = Looked(item, self.look(case, item, watched))
            if cancelled():
                break
            case = self._record(case, looked)
            found.append(looked)
            on_look(looked)
        return case, tuple(found)

    def again(self, case: Case, site: Site) -> Case:
        """Look again at what was ticked or tells of a look, where that needs nothing but this clone; the newest case.

        Only news is recorded: a tick that is proven now, or contradicted, and what became so. Raises: PortFailure.
        """
        for item in provable(case.incident, case.playbook):
            if not self._due(case, item):
                continue
            before = proof(item, case.incident.item(item.id))
            seen = self.look(case, item, site)
            if seen.ok is not None and seen.ok is not before.ok:
                case = self._record(case, Looked(item, seen))
        return case

    def _due(self, case: Case, item: Item) -> bool:
        check, told = CHECKS.get(item.check), case.incident.item(item.id)
        if check is None or check.reach != "local" or not followed(told):
            return False
        if check.lasting or told.mark == "open":
            return True
        last = proof(item, told).at
        since = told.at
        unseen = since is not None and (last is None or last < since)
        return unseen and since is not None and self._incidents.now - since < FRESH

    def _record(self, case: Case, looked: Looked) -> Case:
        seen = looked.seen
        if seen.ok is None:
            return case
        text = "\n".join((*(clean(line, WIDE) for line in seen.lines), one_line(seen.text, LINE)))
        return self._incidents.ask(case, AttachEvidence(looked.item.id, CHECK, text, seen.ok))


def _placed(site: Site, check: Check) -> Site:
    """The site for one look. Git's settings are read once for it, unless a command of the playbook may change them."""
    if not isinstance(site.shell, _Watched):
        site = replace(site, shell=_Watched(site))
    if check.reach == "playbook":
        return site
    return replace(site, repository=site.repository.still(), history=site.history.still())


@record(frozen=True, slots=True)
class _Watched:
    """The machine's programs, git in its safe surroundings among them, with their lines told and a way to end them."""

    site: Site
    on_line: Callable[[str], None] = lambda line: None
    cancelled: Callable[[], bool] = lambda: False

    def which(self, program: str) -> str:
        """Where the program is."""
        return self.site.shell.which(program)

    def run(
        self,
        argv: Sequence[str],
        folder: Path,
        on_line: Callable[[str], None] = lambda line: None,
        cancelled: Callable[[], bool] = lambda: False,
        timeout: float = 60.0,
    ) -> Finished:
        """Run it as it is asked for, and tell of it. Raises: PortFailure."""

        def tell(line: str) -> None:
            self.on_line(line)
            on_line(line)

        def over() -> bool:
            return self.cancelled() or cancelled()

        if argv[:1] and argv[0] == "git":
            return self.site.repository.run(argv, tell, over, timeout)
        return self.site.shell.run(argv, folder, tell, over, timeout)
