"""One run of a command: settings, clock and store, each opened when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotfix_tui import wiring
from hotfix_tui.cli.codes import NotHere
from hotfix_tui.cli.meant import meant, remarks
from hotfix_tui.domain.errors import NeedsAnswer, Refused
from hotfix_tui.domain.text import TITLE, clean

if TYPE_CHECKING:
    from datetime import datetime

    from hotfix_tui.adapters.import_files import ImportFiles
    from hotfix_tui.adapters.sqlite_store import SqliteStore
    from hotfix_tui.domain.intents import Intent
    from hotfix_tui.ports import Clock, Site
    from hotfix_tui.service.incidents import Case, IncidentService
    from hotfix_tui.service.services import Services
    from hotfix_tui.service.settings import Settings


class Session:
    """What the commands stand on."""

    def __init__(self, flags: dict[str, Any], on_settings: Callable[[Settings], None]) -> None:
        """Read nothing yet; `flags` is what was said on the command line; settings are shown once they are read."""
        self._flags = flags
        self._on_settings = on_settings
        self._close: list[Callable[[], None]] = []
        self._notice = ""
        self.hurried = False
        """Whether the answer is wanted at once, by a prompt."""

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; their warnings are told once.

        Raises: UsageError for a broken `--config`, and where `--repo` names no folder.
        """
        try:
            folder = _folder(self._flags.get("repo") or "")
            settings = wiring.read_settings(self._flags, os.environ, folder.absolute())
        except Refused as error:
            from click import UsageError

            raise UsageError(str(error)) from error
        self._on_settings(settings)
        return settings

    @cached_property
    def clock(self) -> Clock:
        """The clock."""
        return wiring.open_clock()

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    @cached_property
    def store(self) -> SqliteStore:
        """The store, open until the command ends. Raises: PortFailure.

        It is looked through first, and mended when it is damaged, by whatever command comes first: that costs half
        a millisecond. Only the short line, which a prompt asks for every second and whose messages nobody reads, and
        read-only mode do neither: they say what is wrong.
        """
        if self.hurried or self.settings.read_only:
            store = wiring.open_store(self.settings)
        else:
            store, self._notice = wiring.open_whole_store(self.settings, lambda: self.clock)
            self._warn(self._notice)
        self._close.append(store.close)
        return store

    @cached_property
    def incidents(self) -> IncidentService:
        """The incidents."""
        return wiring.open_incidents(self.settings, self.store, self.clock)

    @cached_property
    def import_files(self) -> ImportFiles:
        """Where imported playbooks lie."""
        return wiring.open_import_files(self.settings)

    @cached_property
    def services(self) -> Services:
        """Everything, for the console and for operations."""
        opened = wiring.open_services(self.settings, self.store, self.clock)
        return replace(opened, incidents=self.incidents, notice=self._notice)

    def site(self, case: Case) -> Site:
        """The repository of the case, else of the folder that was named. Raises: PortFailure."""
        return self.services.find_site(
            Path(case.incident.declared.repository or self.settings.repository_dir)
        )

    @cached_property
    def root(self) -> str:
        """The top of the work tree where the command was started; empty outside of one. No git is started."""
        from hotfix_tui.adapters.configuration import work_tree

        return str(work_tree(self.settings.repository_dir) or "")

    @staticmethod
    def _home(root: str) -> str:
        from hotfix_tui.adapters.configuration import main_tree

        return main_tree(root)

    def case(self, id: str = "") -> Case:
        """The case with this id, else the one that `--incident` names, else the open one here.

        What is not obvious of it is told.

        Raises: NoSuchIncident; NoIncident; PortFailure.
        """
        wanted = id or self.settings.incident
        case = self._named(wanted) if wanted else self._open_one()
        if not id and not self.hurried:
            self._remark(*remarks(case, self.root, self.settings))
        return case

    def _warn(self, *sentences: str) -> None:
        for sentence in filter(None, sentences):
            from hotfix_tui.cli.output import complain  # late, as below

            complain(f"hotfix: {sentence}")

    def _named(self, wanted: str) -> Case:
        known = {id.upper(): id for id in self.store.incidents()}
        return self.incidents.open(known.get(wanted.upper(), clean(wanted, 40)))

    def _open_one(self) -> Case:
        survey = self.incidents.survey()
        if not self.hurried:
            self._warn(*(str(trouble) for trouble in survey.unreadable))
        try:
            return meant(survey.cases, self.root, self._home)
        except NotHere as error:
            self._notice = f"{self._notice} {error}".strip()
            raise

    def _remark(self, *sentences: str) -> None:
        """Tell what is true of the incident that was taken; the console shows it, too."""
        if sentences:
            from hotfix_tui.cli.output import tell  # late, as above

            tell(*sentences)
            self._notice = " ".join(filter(None, (self._notice, *sentences)))

    def may_write(self) -> None:
        """Raises: Refused in read-only mode."""
        if self.settings.read_only:
            origin = self.settings.origins.get("read_only", "--read-only")
            raise Refused(
                f"Nothing is written in read-only mode ({'--read-only' if origin == 'flag' else origin})."
            )

    def ask(self, case: Case, intent: Intent) -> Case:
        """Carry out the intent; a missing reason or value is asked for where somebody can answer.

        Where it gives items other numbers, that is told.

        Raises: Refused; PortFailure.
        """
        self.may_write()
        try:
            after = self.incidents.ask(case, intent)
        except NeedsAnswer as error:
            import click  # late: `status --line` does without it

            from hotfix_tui.cli.output import interactive

            if not interactive():
                raise Refused(f"{error} Say it with --{error.wanted}.") from error
            answer = click.prompt(clean(str(error), TITLE * 2), err=True)
            changed: Any = intent
            return self.ask(case, replace(changed, **{error.wanted: answer}))
        from hotfix_tui.cli.arguments import moved  # late, as above
        from hotfix_tui.cli.output import tell

        tell(*filter(None, (moved(case, after),)))
        return after

    def close(self) -> None:
        """Let go of what was opened."""
        while self._close:
            self._close.pop()()


def _folder(named: str) -> Path:
    """The folder to act in. Raises: Refused when the one that was named is none."""
    folder = Path(named or _here())
    with suppress(RuntimeError):  # ~somebody, whom nobody knows here
        folder = folder.expanduser()
    if named and not folder.is_dir():
        what = "that is a file, not a folder" if folder.exists() else "there is no such folder"
        raise Refused(f"-C {clean(named, TITLE)}: {what}.")
    return folder


def _here() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return "/"


def current() -> Session:
    """The session of the running command, the same for its whole life."""
    import click  # late, as above

    from hotfix_tui.cli.options import PREFIX, said
    from hotfix_tui.cli.output import tell

    context = click.get_current_context()

    def heed(settings: Settings) -> None:
        if settings.ascii:
            context.meta[PREFIX + "ascii"] = True
        tell(*settings.warnings)

    root = context.find_root()
    if not isinstance(root.obj, Session):
        root.obj = Session(said(context), heed)
        root.call_on_close(root.obj.close)
    return root.obj
