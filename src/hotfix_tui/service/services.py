"""Everything a front end needs, put together once by wiring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hotfix_tui.domain.record import record

if TYPE_CHECKING:
    from hotfix_tui.ports import Clock, LogSource, Site
    from hotfix_tui.service.checking import CheckRunner
    from hotfix_tui.service.health import Finding
    from hotfix_tui.service.imports import ImportShelf
    from hotfix_tui.service.incidents import Case, IncidentService
    from hotfix_tui.service.library import Library
    from hotfix_tui.service.operations import OperationRunner
    from hotfix_tui.service.settings import Settings


@record(frozen=True, slots=True)
class Services:
    """The services of one running `hotfix`."""

    settings: Settings
    clock: Clock
    incidents: IncidentService
    library: Library
    runner: OperationRunner
    checker: CheckRunner
    find_site: Callable[[Path], Site]
    """The repository around a folder, with all that may be used there. Raises: PortFailure when there is none, or no git."""
    open_log: Callable[[Path], LogSource]
    """Follow a file. Raises: PortFailure when it cannot be followed."""
    write_text: Callable[[Path, str, bool], None]
    """Write a file whole or not at all; the flag allows replacing one. Raises: PortFailure."""
    start_drill: Callable[[], Case]
    """Make a sandbox and declare a practice incident on it. Raises: PortFailure."""
    close: Callable[[], None]
    """Let go of everything; what was acknowledged is kept."""
    may_run: Callable[[Case], None] = lambda case: None
    """Whether the incident's playbook is trusted to run something. Raises: Refused when it is not."""
    examine: Callable[[], tuple[Finding, ...]] = tuple
    """Look at git, the remote, ssh and the data folder; may take seconds."""
    import_files: Callable[[], ImportShelf] | None = None
    """Where documents and imported playbooks lie; None where nothing can be imported."""
    remarks_on: Callable[[Path], tuple[str, ...]] = lambda path: ()
    """What is wrong or unwise in a playbook file, as lines. Raises: HotfixError when it does not load."""
    umask: int = -1
    """Who may read what a program writes that the front end starts; -1: as hotfix's own files."""
    notice: str = ""
    """What happened while opening that must be said on the first screen; empty for nothing."""
