"""A drill is an incident like any other, marked, on a sandbox of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.adapters.playbook_folders import PlaybookFolders
from hotfix_tui.adapters.sandbox import make_sandbox
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.loading import read
from hotfix_tui.service.drills import Sandbox, start_drill
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.service.logs import log_files
from hotfix_tui.service.settings import Settings

NOW = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)


class Desk:
    """What a drill needs, over a real database, the built-in playbooks and real git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = SqliteStore(folder / "data")
        self.library = PlaybookFolders(None, folder / "config")
        self.incidents = IncidentService(
            self.store, lambda source: read(source, "playbook"), FrozenClock(NOW), "robin"
        )

    def sandbox(self) -> Sandbox:
        """A new sandbox without an application."""
        return make_sandbox(self.folder / "data" / "drills", NOW, lambda log: None)

    def start(self) -> Case:
        """Start a drill."""
        return start_drill(self.incidents, self.library, self.sandbox, find_repository)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_drill_is_a_marked_p0_that_has_begun(desk: Desk) -> None:
    """It says that it is practice in mark, id and title; it is a P0 by the rules, and its clocks run already."""
    case = desk.start()
    incident = case.incident
    assert incident.declared.drill
    assert incident.id.startswith("HF-D-")
    assert incident.title.startswith("Practice: ")
    assert (incident.severity, incident.declared.decision, incident.status) == ("P0", "hotfix", "active")
    assert incident.declared.rule
    assert NOW - timedelta(minutes=15) < incident.started_at < NOW
    assert incident.phase == case.playbook.phases[0].id


def test_a_drill_has_the_sandbox_and_its_versions(desk: Desk) -> None:
    """Repository, base, next version and branch are the sandbox's; the briefing names the repair on main."""
    declared = desk.start().incident.declared
    assert Path(declared.repository).is_relative_to(desk.folder / "data" / "drills")
    assert (declared.base, declared.fix, declared.branch) == ("v1.0.4", "1.0.5", "hotfix/v1.0.5")


def test_what_the_drill_says_is_on_disk(desk: Desk) -> None:
    """The case that is shown is the one that the store gives back."""
    case = desk.start()
    assert desk.incidents.open(case.id).incident == case.incident


def test_two_drills_do_not_meet(desk: Desk) -> None:
    """Each drill has its own incident and its own sandbox, also within one second."""
    first, second = desk.start(), desk.start()
    assert first.id != second.id
    assert first.incident.declared.repository != second.incident.declared.repository


def test_without_a_sandbox_nothing_is_declared(desk: Desk) -> None:
    """A drill that cannot be prepared leaves no incident behind."""

    def fail() -> Sandbox:
        raise PortFailure("Drill", "no room.")

    with pytest.raises(PortFailure):
        start_drill(desk.incidents, desk.library, fail, find_repository)
    assert desk.store.incidents() == ()


def test_a_playbook_whose_worst_answers_lead_elsewhere_is_practised_all_the_same(desk: Desk) -> None:
    """When the rules do not say hotfix, the drill takes the first severity that is one, with a reason."""
    loaded = desk.library.load()
    tame = replace(
        loaded.playbook,
        rules=tuple(replace(rule, severity="P1", decision=None) for rule in loaded.playbook.rules),
    )

    class Tame:
        """A library of one playbook that calls nothing a hotfix."""

        entries = desk.library.entries

        def load(self, id: str = "") -> object:
            return replace(loaded, playbook=tame)

    case = start_drill(desk.incidents, Tame(), desk.sandbox, find_repository)  # type: ignore[arg-type]
    assert case.incident.severity == "P0"
    assert case.incident.declared.reason == "a practice drill"


def test_a_drill_follows_its_own_log(desk: Desk) -> None:
    """A log named in a configuration file is the real product's; only `--log` beats the sandbox's own."""
    case = desk.start()
    real = (Path("/var/log/real.log"),)
    settings = Settings(desk.folder, desk.folder, desk.folder)
    own = (Path(case.incident.declared.repository).parent / "keyhole.log",)
    assert log_files(case, settings) == own
    assert log_files(case, replace(settings, log_files=real, origins={"log_files": "config.toml:3"})) == own
    assert log_files(case, replace(settings, log_files=real, origins={"log_files": "flag"})) == real
