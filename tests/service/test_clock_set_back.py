from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.intents import Declare, MarkItem
from hotfix_tui.service.incidents import IncidentService
from tests.case_fixtures import PLAYBOOK, START

CRASH = Declare("crash", severity="P0", reason="seen", source="-", digest="d")


def test_a_wall_clock_that_was_set_back_reorders_nothing(tmp_path: Path) -> None:
    """What is recorded later counts later, also when the clock was set back by hours between two starts."""
    store = SqliteStore(tmp_path)
    ahead = IncidentService(store, lambda source: PLAYBOOK, FrozenClock(START + timedelta(hours=2)), "robin")
    case = ahead.ask(ahead.declare(PLAYBOOK, CRASH), MarkItem("make-branch", "done"))
    behind = IncidentService(store, lambda source: PLAYBOOK, FrozenClock(START), "robin")
    case = behind.ask(behind.open(case.id), MarkItem("make-branch", "open"))
    folded = fold(store.read(case.id).events)
    store.close()
    assert folded == case.incident
    assert folded is not None
    assert folded.item("make-branch").mark == "open"
