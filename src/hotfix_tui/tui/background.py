"""Work off the event loop: a thread does it, its result is taken in on the loop, its failure is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.ports import LeftRunning, Site
from hotfix_tui.service.incidents import Case

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp

T = TypeVar("T")


class Background:
    """The base of everything that works in threads for the application."""

    def __init__(self, app: HotfixApp) -> None:
        self.app = app
        self.services = app.services

    def background(
        self,
        action: Callable[[], T],
        then: Callable[[T], None],
        *,
        name: str,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run `action` in a thread and hand its result on; a failure is said in its one sentence, or given to `failed`."""
        told = failed or partial(self.app.say, bad=True)

        def run() -> None:
            try:
                result = action()
            except HotfixError as error:
                self.app.call_from_thread(told, str(error))
            except LeftRunning:
                return  # the console ends, and nobody is left to be told
            else:
                self.app.call_from_thread(then, result)

        self.app.run_worker(run, thread=True, name=name, group=name)

    def site(self, case: Case | None) -> Site:
        """The repository of the case, else of the folder where hotfix was started. Raises: PortFailure."""
        declared = case.incident.declared.repository if case else ""
        return self.services.find_site(Path(declared) if declared else self.services.settings.repository_dir)

    def may_write(self) -> bool:
        """Whether something may be changed; a console that only reads says that it does."""
        reads = self.services.settings.read_only
        if reads:
            self.app.say(
                "This console only reads. Start it without --read-only to change anything.", bad=True
            )
        return not reads
