"""Declaring from the console, answering the questions again, and practice drills."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.library import Loaded
from hotfix_tui.tui.background import Background

if TYPE_CHECKING:
    from hotfix_tui.tui.screens.declareform import Draft, Start

_SEVERITY_CHANGED = "severity is {} now; the clocks follow"


class Declaring(Background):
    """Everything that begins with the questions."""

    _draft: Draft | None = None
    """What was typed and not declared; the next declaration begins with it."""

    def declare(self) -> None:
        """Read the playbook and the repository, then ask the questions."""
        if not self.may_write():
            return
        from hotfix_tui.tui.screens.declareform import Start

        def prepare() -> tuple[Loaded, Start]:
            from hotfix_tui.service.doubts import beside
            from hotfix_tui.service.suggestions import suggest

            loaded = self.services.library.load(self.services.settings.playbook)
            try:
                repository: Repository | None = self.site(None).repository
            except PortFailure:
                repository = None
            found = suggest(repository, loaded.playbook, "")
            by = self.services.settings.by
            start = Start(found.base, "latest release", found.fix, found.branch, by, found.repository)
            too = beside(self.services.incidents.list(), found.repository)
            warning = " ".join(filter(None, (*found.warnings, too)))
            return loaded, replace(start, versions=found.versions, warning=warning)

        self.background(prepare, self._with_which, name="declare")

    def _with_which(self, prepared: tuple[Loaded, Start]) -> None:
        """Where the team's playbook is broken, ask whether the other one will do."""
        loaded = prepared[0]
        if not loaded.passed_over:
            self._ask_triage(prepared)
            return

        def chosen(id: str | None) -> None:
            if id == "on":
                self._ask_triage(prepared)

        from hotfix_tui.tui.choice import Choice
        from hotfix_tui.tui.screens.choose import ChooseScreen

        choices = (
            Choice("back", "Go back and mend it", "hotfix playbook check"),
            Choice("on", f"Declare with “{loaded.entry.title}”", loaded.entry.origin),
        )
        self.app.warn(loaded.broken)
        self.app.push_screen(ChooseScreen("Your playbook is broken", choices), chosen)

    def _ask_triage(self, prepared: tuple[Loaded, Start]) -> None:
        loaded, start = prepared

        from hotfix_tui.tui.screens.declare import DeclareScreen
        from hotfix_tui.tui.screens.declareview import NO_DRAFT

        screen = DeclareScreen(loaded.playbook, self.services.clock.now, start, draft=self._draft or NO_DRAFT)

        def answered(intent: Declare | ChangeSeverity | None) -> None:
            self._draft = screen.draft
            if isinstance(intent, Declare):
                whole = replace(intent, source=loaded.source, digest=loaded.digest)
                declare = partial(self.services.incidents.declare, loaded.playbook, whole)
                self.background(declare, self._declared, name="declare")

        self.app.push_screen(screen, answered)

    def _declared(self, case: Case) -> None:
        self._draft = None
        self.app.open_case(case)

    def retriage(self, case: Case) -> None:
        """Ask the questions of an incident again."""

        def answered(intent: Declare | ChangeSeverity | None) -> None:
            console = self.app.console_screen
            if isinstance(intent, ChangeSeverity) and console is not None:
                same = intent.severity == console.present.incident.severity
                said = "answers recorded; the severity stays" if same else _SEVERITY_CHANGED
                console.ask(intent, said.format(intent.severity))

        from hotfix_tui.tui.screens.declare import DeclareScreen

        self.app.push_screen(DeclareScreen(case.playbook, self.services.clock.now, case=case), answered)

    def drill(self) -> None:
        """Make a sandbox and open a practice incident on it."""
        if not self.may_write():
            return
        make = self.services.start_drill
        self.app.say("making a sandbox")
        self.background(make, self.app.open_case, name="drill")
