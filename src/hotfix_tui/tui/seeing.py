"""Looking at git and at the surroundings, for the panes and for home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from textwrap import wrap

from hotfix_tui.domain.drift import clock_risks
from hotfix_tui.domain.errors import HotfixError, PortFailure
from hotfix_tui.domain.glance import Risk
from hotfix_tui.service.incidents import Case, Survey
from hotfix_tui.service.sight import look
from hotfix_tui.service.whereabouts import whereabouts
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.view import GitFacts


class Seeing(Background):
    """What can be seen without changing anything."""

    _known_drift = timedelta(0)

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

    def look_at_git(self, case: Case) -> GitFacts:
        """What git says now; called from the thread that looks outside."""
        try:
            seen = look(self.repository(case), case)
        except PortFailure as error:
            return GitFacts(trouble=f"{error.message} {error.hint}".strip())
        return GitFacts(seen.status, seen.where.lines, seen.where.risks, seen.commits)

    def home(self, then: Callable[[tuple[Survey, tuple[str, ...]]], None]) -> None:
        """Read the incidents and what the next one would need."""
        self.background(lambda: (self.services.incidents.survey(), self._surroundings()), then, name="home")

    def _surroundings(self) -> tuple[str, ...]:
        lines = list(wrap(self.services.notice, 76))
        try:
            repository = self.repository(None)
            seen = whereabouts(repository.status(), base="", branch="")
            lines.append(f"repository  {repository.root.name}: {', '.join(seen.lines[:2])}")
        except PortFailure as error:
            lines.append(f"repository  {error.message}")
        try:
            entry = self.services.library.load(self.services.settings.playbook).entry
            lines.append(f"playbook    {entry.title} ({entry.origin})")
        except HotfixError as error:
            lines.append(f"playbook    {error}")
        return tuple(lines) + tuple(self.services.settings.warnings)
