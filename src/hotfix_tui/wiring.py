"""The composition root: settings in, adapters chosen, services out. Nothing is opened before it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hotfix_tui.adapters.import_files import ImportFiles
    from hotfix_tui.adapters.sqlite_store import SqliteStore
    from hotfix_tui.domain.playbook import Playbook
    from hotfix_tui.loading import Names
    from hotfix_tui.ports import Clock, LogSource, Repository, Runs, Site
    from hotfix_tui.service.health import Finding
    from hotfix_tui.service.incidents import Case, IncidentService
    from hotfix_tui.service.library import Library, Loaded
    from hotfix_tui.service.remarks import Remark
    from hotfix_tui.service.services import Services
    from hotfix_tui.service.settings import Settings
    from hotfix_tui.service.trust import Trust, TrustStore

CARRIED = "the incident's playbook"
"""What an incident's playbook is called where something is wrong with it."""


def read_settings(flags: Mapping[str, Any], environ: Mapping[str, str], folder: Path) -> Settings:
    """The settings in force. Raises: Refused when the file that `--config` names cannot be used."""
    from hotfix_tui.adapters import configuration
    from hotfix_tui.adapters.umask import keep_private

    keep_private()
    return configuration.read_settings(flags, environ, folder, _key_ids)


def _key_ids() -> frozenset[str]:
    from hotfix_tui.tui.commands import COMMANDS

    return frozenset(command.id for command in COMMANDS)


def open_clock() -> Clock:
    """The clock that HOTFIX_NOW asks for, else the system's. Raises: Refused when HOTFIX_NOW is no time."""
    from hotfix_tui.adapters.clock import clock_from

    return clock_from(os.environ)


def open_store(settings: Settings, *, look_through: bool = False) -> SqliteStore:
    """The store in the data folder, made when it is not there; a damaged one is refused. Raises: PortFailure."""
    from hotfix_tui.adapters.sqlite_store import SqliteStore
    from hotfix_tui.adapters.umask import keep_private
    from hotfix_tui.domain.errors import PortFailure

    keep_private()
    if not settings.data_dir.is_absolute():
        raise PortFailure(
            "Data folder", "you have no home folder.", "Set HOTFIX_DATA_DIR to a folder of yours."
        )
    return SqliteStore(settings.data_dir, look_through=look_through)


def open_whole_store(settings: Settings, clock: Callable[[], Clock]) -> tuple[SqliteStore, str]:
    """The store, looked through, and a sentence when it was damaged and a new one took its place. Raises: PortFailure."""
    from hotfix_tui.adapters.sqlite_failures import Damaged

    try:
        return open_store(settings, look_through=True), ""
    except Damaged:
        from hotfix_tui.adapters.sqlite_salvage import open_mended

        return open_mended(settings.data_dir, f"{clock().now():%Y%m%d-%H%M%SZ}")


def open_incidents(settings: Settings, store: SqliteStore, clock: Clock) -> IncidentService:
    """The incidents alone: enough for the commands that read or change one."""
    from hotfix_tui.service.incidents import IncidentService

    def read_kept(source: str) -> Playbook:
        from hotfix_tui.adapters.playbook_cache import PlaybookCache

        return PlaybookCache(settings.data_dir).read(source, CARRIED)

    return IncidentService(
        store, read_kept, clock, settings.by, lambda source: open_trust(settings).keep(source)
    )


def open_trust(settings: Settings) -> Trust:
    """Which playbooks may run something."""
    from hotfix_tui.adapters.playbook_folders import PlaybookFolders
    from hotfix_tui.service.trust import Trust

    return Trust(open_trusted(settings), PlaybookFolders(None, settings.config_dir).own_digests)


def read_playbook(source: str) -> Playbook:
    """The playbook whose text an incident carries, read from that text. Raises: Refused with every problem."""
    from hotfix_tui.loading import read

    return read(source, CARRIED)


def open_library(settings: Settings) -> Library:
    """The playbooks of the repository, of the user and the built-in ones."""
    from hotfix_tui.adapters.configuration import work_tree
    from hotfix_tui.adapters.playbook_folders import PlaybookFolders

    def read(source: bytes, shown: str) -> Playbook:
        from hotfix_tui.adapters.playbook_cache import PlaybookCache

        return PlaybookCache(settings.data_dir, _names()).read(source, shown)

    return PlaybookFolders(work_tree(settings.repository_dir), settings.config_dir, read)


def load_playbook_file(path: Path, shown: str) -> Loaded:
    """The playbook in this file. Raises: Refused with every problem; PortFailure."""
    from hotfix_tui.adapters.playbook_folders import load_file
    from hotfix_tui.loading import read

    return load_file(path, shown, lambda source, name: read(source, name, _names()))


def open_import_files(settings: Settings) -> ImportFiles:
    """Where imported playbooks lie."""
    from hotfix_tui.adapters.import_files import ImportFiles

    return ImportFiles(settings.repository_dir, settings.config_dir)


def look_at(loaded: Loaded, settings: Settings, clock: Clock) -> tuple[Remark, ...]:
    """What is unwise in a playbook, also in what it says about this repository and this machine."""
    from hotfix_tui.adapters.around import world
    from hotfix_tui.service.remarks import remarks

    return remarks(loaded, world(settings.repository_dir, clock.now(), loaded.entry.origin))


def remarks_on(path: Path, settings: Settings, clock: Clock) -> tuple[str, ...]:
    """What is unwise in a playbook file, as lines. Raises: Refused with every problem; PortFailure."""
    said = look_at(load_playbook_file(path, str(path)), settings, clock)
    return tuple(line for one in said for line in (str(one), *([f"    {one.todo}"] if one.todo else [])))


def _names() -> Names:
    """What a playbook may call for. A running incident is not held to it: it may come from a newer hotfix."""
    from hotfix_tui.checks import CHECKS
    from hotfix_tui.loading import Names
    from hotfix_tui.operations import OPERATIONS

    return Names(tuple(OPERATIONS), tuple(CHECKS))


def find_repository(folder: Path) -> Repository:
    """The repository around a folder. Raises: PortFailure when there is none, or no git."""
    from hotfix_tui.adapters.git_repository import find_repository as find

    return find(folder)


def find_site(folder: Path, clock: Clock, settings: Settings) -> Site:
    """The repository around a folder, with all that may be used there. Raises: PortFailure when there is none, or no git."""
    from hotfix_tui.adapters.git_environment import GitSettings
    from hotfix_tui.adapters.site import find_site as find

    return find(folder, clock, GitSettings(trusts=open_trusted(settings).has))


def open_trusted(settings: Settings) -> TrustStore:
    """The hashes that the operator trusted: playbooks, and what repositories may start."""
    from hotfix_tui.adapters.trust_files import TrustFiles

    return TrustFiles(settings.data_dir)


def open_runs(settings: Settings) -> Runs | None:
    """The commands of operations that outlive the console; None where the system cannot say which of them live."""
    from hotfix_tui.adapters.run_folders import RunFolders
    from hotfix_tui.adapters.run_places import can_supervise

    return RunFolders(settings.data_dir / "runs") if can_supervise() else None


def open_log(path: Path) -> LogSource:
    """Follow a file. Raises: PortFailure when it cannot be followed."""
    from hotfix_tui.adapters.file_tail import FileTail

    return FileTail(path)


def write_text(path: Path, text: str, replace: bool) -> None:  # noqa: FBT001  (the port's signature)
    """Write a file whole or not at all. Raises: PortFailure."""
    from hotfix_tui.adapters.files import write_text as write

    write(path, text, replace)


def start_drill(settings: Settings, incidents: IncidentService, clock: Clock) -> Case:
    """Make a sandbox in the data folder and declare a practice incident on it. Raises: Refused; PortFailure."""
    from hotfix_tui.adapters.sandbox import make_sandbox
    from hotfix_tui.service import drills

    def sandbox() -> drills.Sandbox:
        return make_sandbox(settings.data_dir / "drills", clock.now())

    return drills.start_drill(incidents, open_library(settings), sandbox, find_repository, settings.playbook)


def examine(settings: Settings) -> tuple[Finding, ...]:
    """What the next incident will need and how it is, without what takes long: `hotfix doctor` looks closer."""
    from hotfix_tui.adapters.health import examine_data
    from hotfix_tui.adapters.surroundings import examine_git, examine_ssh

    data = examine_data(settings.data_dir, database=False)
    return (*examine_git(settings.repository_dir), *examine_ssh(settings.repository_dir), *data)


def open_services(
    settings: Settings, store: SqliteStore | None = None, clock: Clock | None = None
) -> Services:
    """Everything that a front end needs; `store` and `clock` are opened when they are not given. Raises: PortFailure."""
    from hotfix_tui.adapters.umask import of_programs
    from hotfix_tui.service.checking import CheckRunner
    from hotfix_tui.service.operations import OperationRunner
    from hotfix_tui.service.services import Services

    store = store or open_store(settings)
    clock = clock or open_clock()
    incidents = open_incidents(settings, store, clock)
    return Services(
        settings=settings,
        clock=clock,
        incidents=incidents,
        library=open_library(settings),
        runner=OperationRunner(incidents, open_trust(settings).must, partial(open_runs, settings)),
        checker=CheckRunner(incidents, open_trust(settings).must),
        may_run=open_trust(settings).must,
        find_site=partial(find_site, clock=clock, settings=settings),
        open_log=open_log,
        write_text=write_text,
        start_drill=lambda: start_drill(settings, incidents, clock),
        close=store.close,
        examine=lambda: examine(settings),
        import_files=lambda: open_import_files(settings),
        remarks_on=lambda path: remarks_on(path, settings, clock),
        umask=of_programs(),
    )
