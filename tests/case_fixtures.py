"""An incident in a real database, with a playbook that is only what git needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.run_folders import RunFolders
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.playbook import GitRules, Item, Phase, Playbook, Severity
from hotfix_tui.service.incidents import Case, IncidentService

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
PLAYBOOK = Playbook(
    id="team",
    title="Team",
    severities=(Severity("P0", "Critical", "all is down", "hotfix"),),
    phases=(
        Phase("branch", "Branch", items=(Item("make-branch", "Create the branch", operation="branch"),)),
    ),
)


def playbook_with(git: GitRules) -> Playbook:
    """The same playbook with other rules for git."""
    return replace(PLAYBOOK, git=git)


class Desk:
    """The incident service over a real database in `folder`, and one declared incident."""

    def __init__(self, folder: Path, playbook: Playbook = PLAYBOOK) -> None:
        self.folder = folder
        self.store = SqliteStore(folder)
        self.playbook = playbook
        self.incidents = IncidentService(self.store, lambda source: playbook, FrozenClock(START), "robin")

    def declare(
        self, title: str = "Unlocking fails", *, base: str = "", branch: str = "", fix: str = ""
    ) -> Case:
        """A new P0 incident."""
        intent = Declare(title, severity="P0", reason="seen", digest="d", base=base, branch=branch, fix=fix)
        return self.incidents.declare(self.playbook, intent)

    def open_runs(self) -> RunFolders:
        """The commands of its operations, each under its supervisor."""
        return RunFolders(self.folder / "runs")

    def only(self) -> Case:
        """The one incident as it is on disk now."""
        (id,) = self.store.incidents()
        return self.incidents.open(id)
