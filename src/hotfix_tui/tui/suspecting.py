"""Suspects from the console: ranked, tried and shown off the event loop."""

from __future__ import annotations

from functools import partial

from hotfix_tui.domain.suspects import Made, Suspect
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.suspects import DryRun, Lineup, dry_run, line_up
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.screens.suspects import ChangeScreen, SuspectsScreen

TRIED = 10
"""How many of the likeliest are tried at once; any other one when it is looked at."""


class SuspectSearch(Background):
    """One search for what may have broken it."""

    def __init__(self, app: HotfixApp, case: Case, log: str = "") -> None:
        """`log` is what the log pane has in sight."""
        super().__init__(app)
        self._case = case
        self._screen = SuspectsScreen(self._find, self._look, log)

    def begin(self) -> None:
        """Show the screen; it asks by itself."""
        self.app.push_screen(self._screen)

    def _find(self, trace: str) -> None:
        self.background(
            partial(self._line_up, trace), self._found, name="suspects", failed=self._screen.trouble
        )

    def _line_up(self, trace: str) -> Lineup:
        case = self._case
        return line_up(self.site(case), case.playbook, base=case.incident.declared.base, trace=trace)

    def _found(self, lineup: Lineup) -> None:
        self._screen.show(lineup)
        known = self._screen.tried
        wanted = [one.made for one in lineup.suspects[:TRIED] if one.made.oid not in known]
        self.background(partial(self._try, wanted), self._screen.learn, name="dry-run")

    def _try(self, wanted: list[Made]) -> dict[str, DryRun]:
        site = self.site(self._case)
        return {made.oid: dry_run(site, made) for made in wanted}

    def _look(self, one: Suspect) -> None:
        self.background(partial(self._read, one.made), partial(self._show, one.made), name="change")

    def _read(self, made: Made) -> tuple[str, DryRun]:
        site = self.site(self._case)
        return site.history.shown(made.oid), dry_run(site, made)

    def _show(self, made: Made, said: tuple[str, DryRun]) -> None:
        text, tried = said
        if self._screen.is_current:
            self.app.push_screen(ChangeScreen(f"{made.oid[:9]} {made.subject}", text, tried.words))
