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
from hotfix_tui.ports.site import (
    Shell,
    Site,
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
    "Changes",
    "Clock",
    "Commit",
    "EventStore",
    "Finished",
    "History",
    "Log",
    "LogSource",
    "Pending",
    "Quarantined",
    "Repository",
    "RepositoryStatus",
    "Shell",
    "Site",
    "Tag",
    "WorkTree",
]
