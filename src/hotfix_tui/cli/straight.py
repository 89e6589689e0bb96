"""`hotfix` and `hotfix open [ID]` by the shortest way: at 3 a.m. the console is waited for, so it does without click."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from hotfix_tui.cli.codes import INTERRUPTED, NoIncident
from hotfix_tui.cli.pipes import prepare_streams
from hotfix_tui.cli.session import Session
from hotfix_tui.domain.errors import HotfixError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotfix_tui.service.incidents import Case
    from hotfix_tui.service.services import Services
    from hotfix_tui.service.settings import Settings

COMPLETE = "_HOTFIX_COMPLETE"
"""Set where a shell asks click for completions rather than for the console."""


def show(words: Sequence[str]) -> int | None:
    """Show the console and return the exit code; None, and nothing shown, where the long way has more to say."""
    if COMPLETE in os.environ or _unusable():
        return None
    prepare_streams()
    session = Session({}, _be_silent)
    gc.disable()  # start-up only makes things that stay; SafeApp.on_ready turns it on again
    try:
        ready = _ready(session, words)
        return None if ready is None else _run(*ready)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.enable()
        session.close()


def _ready(session: Session, words: Sequence[str]) -> tuple[Services, Case | None] | None:
    """What the console stands on; None when something is to be told instead."""
    try:
        case = _case(session, words)  # first: what is to be said of it is part of the services
        return session.services, case
    except Exception:  # noqa: BLE001  (the long way meets it again, and tells it)
        return None


def _run(services: Services, case: Case | None) -> int:
    from hotfix_tui.tui.launch import run_console

    try:
        return run_console(services, case)
    except Exception as error:  # noqa: BLE001  (the last resort, as on the long way)
        from hotfix_tui.cli.root import explain

        return explain(error)


class _MoreToSay(HotfixError):
    """The settings have warnings to tell first."""


def _be_silent(settings: Settings) -> None:
    """Raises: _MoreToSay."""
    if settings.warnings:
        raise _MoreToSay


def _case(session: Session, words: Sequence[str]) -> Case | None:
    """The case to open; None for the list of incidents. Raises: NoIncident and all that reading one raises."""
    try:
        return session.case(words[1] if len(words) > 1 else "")
    except NoIncident:
        if words:
            raise
        return None


def _unusable() -> bool:
    from hotfix_tui.tui.environment import unusable

    try:
        return bool(unusable(os.environ, stdin_tty=sys.stdin.isatty(), stderr_tty=sys.stderr.isatty()))
    except (AttributeError, ValueError):  # a closed stream, or none
        return True
