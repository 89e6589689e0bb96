"""What the core needs of the world, as contracts. Every implementation passes tests/contracts."""

from hotfix_tui.ports.git import (
    Changes,
    Commit,
    Finished,
    History,
    Pending,
    Repository,
    RepositoryStatus,
    Tag,
)
from hotfix_tui.ports.mains import at_home
from hotfix_tui.ports.making import Content, Habits, Making
from hotfix_tui.ports.rehearsing import Rehearsal, Rehearsed, Stage, Taking
from hotfix_tui.ports.running import Asked, LeftRunning, Ran, Runs
from hotfix_tui.ports.site import (
    Answer,
    Shell,
    Site,
    Web,
    WorkTree,
)
from hotfix_tui.ports.storing import (
    Clock,
    EventStore,
    Log,
    LogSource,
    Quarantined,
)

__all__ = [
    "Answer",
    "Asked",
    "Changes",
    "Clock",
    "Commit",
    "Content",
    "EventStore",
    "Finished",
    "Habits",
    "History",
    "LeftRunning",
    "Log",
    "LogSource",
    "Making",
    "Pending",
    "Quarantined",
    "Ran",
    "Rehearsal",
    "Rehearsed",
    "Repository",
    "RepositoryStatus",
    "Runs",
    "Shell",
    "Site",
    "Stage",
    "Tag",
    "Taking",
    "Web",
    "WorkTree",
    "at_home",
]
