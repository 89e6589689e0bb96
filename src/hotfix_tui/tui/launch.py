"""Starts the console in a terminal, guards it, and says what remains to be said once the terminal is back."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from hotfix_tui.domain.text import clean
from hotfix_tui.service.ahead import Ahead
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.services import Services
from hotfix_tui.service.sight import look_at
from hotfix_tui.tui.descriptors import own_terminal
from hotfix_tui.tui.environment import prepare, terminal, unusable

if TYPE_CHECKING:
    from hotfix_tui.tui.safe_app import SafeApp

LOG = "hotfix.log"
"""Where everything goes that would be written over the screen."""
CANNOT = 2
"""The exit code where no console can be shown (SCREENS.md §5)."""


def run_console(services: Services, case: Case | None, review: tuple[str, str] | None = None) -> int:
    """Show the console until its end; the exit code. `review` is a document to import at once, and where to."""
    trouble = unusable(os.environ, stdin_tty=_is_tty(sys.stdin), stderr_tty=_is_tty(sys.stderr))
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return CANNOT
    settings = services.settings
    found = terminal(os.environ, ascii=settings.ascii, no_color=settings.no_color)
    prepare(os.environ, found)
    ahead = Ahead(lambda: look_at(services, case)) if case is not None else None  # while the rest is loaded
    gc.disable()  # start-up only makes things that stay; SafeApp.on_ready turns it on again
    from hotfix_tui.tui.app import HotfixApp

    return run_app(HotfixApp(services, found, case, review, ahead), settings.data_dir, mouse=settings.mouse)


def _is_tty(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty and isatty())
    except ValueError:
        return False


def run_app(app: SafeApp, data_dir: Path, *, mouse: bool = True) -> int:
    """Run a guarded application; 0, 1 after a crash, 128 + n after signal n."""
    from hotfix_tui.tui.driver import SafeDriver
    from hotfix_tui.tui.guard import ExitGuard

    type(app).crash_folder = data_dir / "crashes"
    _log_to(data_dir)
    loop = asyncio.new_event_loop()

    def leave(_: int) -> None:
        loop.call_soon_threadsafe(app.leave)

    guard = ExitGuard(leave)
    SafeDriver.on_gone = staticmethod(guard.gone)
    with own_terminal(data_dir / LOG):
        guard.install()
        try:
            app.run(mouse=mouse, loop=loop)
        finally:
            guard.end()
        if guard.signal:
            guard.leave()
    if app.last_words:
        print(clean(app.last_words, 1000), file=sys.stderr)  # noqa: T201
        return 1
    return app.return_code or 0


def _log_to(data_dir: Path) -> None:
    """Send what libraries would write on the screen into the log file instead."""
    logging.captureWarnings(True)
    warnings.simplefilter("default")
    logging.basicConfig(level=logging.WARNING, handlers=[_Late(data_dir / LOG)], force=True)


class _Late(logging.Handler):
    """Writes into a file that is turned over at 5 MB. Most runs log nothing, so all that takes is loaded late."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record; where that cannot be done it is dropped, for there is no other place."""
        try:
            if self._file is None:
                from logging.handlers import RotatingFileHandler

                self._file = RotatingFileHandler(self._path, maxBytes=5_000_000, backupCount=3, delay=True)
            self._file.handle(record)
        except OSError:
            self._file = logging.NullHandler()
