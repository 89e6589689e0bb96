"""Looking at git and at the surroundings, for the panes and for home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hotfix_tui.domain.drift import clock_risks
from hotfix_tui.domain.errors import HotfixError, PortFailure
from hotfix_tui.domain.glance import Risk
from hotfix_tui.ports import LogSource, Site
from hotfix_tui.service.ahead import Ahead
from hotfix_tui.service.health import Finding
from hotfix_tui.service.incidents import Case, Survey
from hotfix_tui.service.logs import log_files
from hotfix_tui.service.sight import Sight, look_at
from hotfix_tui.service.watching import WorkflowWatch
from hotfix_tui.service.way_back import WayBack, way_back
from hotfix_tui.service.way_back import seen as seen_back
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.view import GitFacts

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp


class Seeing(Background):
    """What can be seen without changing anything."""

    _known_drift = timedelta(0)
    _back: WayBack | None = None
    _back_of: tuple[object, ...] = ()
    """What `_back` was found out from."""

    def __init__(self, app: HotfixApp, ahead: Ahead[tuple[Site, Sight]] | None = None) -> None:
        """`ahead` is the first look at git for the first incident, where that has begun already."""
        super().__init__(app)
        self._workflows = WorkflowWatch()
        self._ahead = ahead

    def clock_risks(self) -> tuple[Risk, ...]:
        """That the machine's clock was changed, until somebody says that they know."""
        return clock_risks(self.services.clock.drift(), self._known_drift)

    def acknowledge_clock(self) -> None:
        """Somebody knows that the clock was changed; only a further change is told again."""
        if not self.clock_risks():
            self.app.say("The machine's clock was not changed.")
            return
        self._known_drift = self.services.clock.drift()
        self.app.say("noted; the clocks here count on as before, whatever the machine's clock says")

    def logs(self, case: Case) -> tuple[LogSource, ...]:
        """The logs to follow for the case; one that cannot be opened is told."""
        sources = []
        for path in log_files(case, self.services.settings):
            try:
                sources.append(self.services.open_log(path))
            except HotfixError as error:
                self.app.warn(str(error))
        return tuple(sources)

    def look_at_git(self, case: Case) -> GitFacts:
        """What git says now; called from the thread that looks outside."""
        ahead, self._ahead = self._ahead, None
        try:
            site, seen = ahead.answer() if ahead else look_at(self.services, case)
        except PortFailure as error:
            return GitFacts(trouble=f"{error.message} {error.hint}".strip())
        return self._told(site, seen, case)

    def seen_ahead(self, case: Case) -> GitFacts:
        """What git said while the console was still being loaded, if that is known by now."""
        found = self._ahead.found if self._ahead else None
        return self._told(*found, case) if found else GitFacts()

    def _told(self, site: Site, seen: Sight, case: Case) -> GitFacts:
        runs = self._workflows.look(site, case)
        lines, risks = (*seen.where.lines, *runs.lines), (*seen.where.risks, *runs.risks)
        back = self._back if self._back_of[:1] == (case.id,) else None
        return GitFacts(seen.status, lines, risks, seen.commits, seen.step, back=back)

    def look_back(self, case: Case, facts: GitFacts) -> GitFacts:
        """The same with what rolling back would do now, tried again only when something of it has changed."""
        if facts.trouble:
            return facts
        try:
            site = self.site(case)
            now = seen_back(site, case)
            if now != self._back_of:
                self._back, self._back_of = way_back(site, case), now
        except PortFailure as error:
            return replace(facts, back=WayBack("blocked", f"{error.message} {error.hint}".strip()))
        return replace(facts, back=self._back)

    def home(self, then: Callable[[tuple[Survey, tuple[Finding, ...]]], None]) -> None:
        """Read the incidents, and at once what must be known about the next one."""
        self.background(lambda: (self.services.incidents.survey(), self._notices()), then, name="home")

    def examine(self, then: Callable[[tuple[Finding, ...]], None]) -> None:
        """Look at what the next incident would need; this may take seconds."""
        self.background(self.services.examine, then, name="examine")

    def _notices(self) -> tuple[Finding, ...]:
        said = (self.services.notice, *self.services.settings.warnings)
        return (*(Finding("warn", "notice", one) for one in said if one), self._playbook())

    def _playbook(self) -> Finding:
        try:
            loaded = self.services.library.load(self.services.settings.playbook)
        except HotfixError as error:
            return Finding("fail", "playbook", str(error).partition("\n")[0], "hotfix playbook list")
        if loaded.passed_over:
            return Finding("warn", "playbook", loaded.warning, "hotfix playbook check")
        return Finding("ok", "playbook", f"{loaded.entry.title} ({loaded.entry.origin})")
