"""Carries intents out one at a time, in order, off the event loop; what comes back is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hotfix_tui.domain.errors import HotfixError, NeedsAnswer
from hotfix_tui.domain.intents import Intent
from hotfix_tui.domain.record import record
from hotfix_tui.service.incidents import Case, IncidentService


@record(frozen=True, slots=True)
class Outcome:
    """What came of an intent: the newest case, or why not."""

    intent: Intent
    case: Case | None = None
    said: str = ""
    """What is said once it is done; empty where nothing new was written."""
    error: HotfixError | None = None

    @property
    def wants(self) -> NeedsAnswer | None:
        """The one more thing that would make it a yes."""
        return self.error if isinstance(self.error, NeedsAnswer) else None


class Carrier:
    """The queue between the keys and the disk."""

    def __init__(self, incidents: IncidentService, done: Callable[[Outcome], None]) -> None:
        """`done` is called on the event loop after each intent, in order."""
        self._incidents = incidents
        self._done = done
        self._queue: asyncio.Queue[tuple[Case, Intent, str]] = asyncio.Queue()
        self._carrying: asyncio.Future[Case] | None = None
        self._open = 0

    def put(self, case: Case, intent: Intent, said: str) -> None:
        """Ask for an intent on a case; it is decided on the newest state of it."""
        self._open += 1
        self._queue.put_nowait((case, intent, said))

    @property
    def busy(self) -> bool:
        """Whether something that was asked for has no outcome that was told."""
        return self._open > 0

    async def run(self) -> None:
        """Carry out what is asked for, for ever."""
        while True:
            case, intent, said = await self._queue.get()
            try:
                newer = await asyncio.shield(self._ask(case, intent))
                outcome = Outcome(intent, newer, said if newer.length > case.length else "")
            except HotfixError as error:
                outcome = Outcome(intent, said=said, error=error)
            self._done(outcome)
            self._open -= 1

    async def finish(self) -> None:
        """Carry out what was asked for and is not done, with nobody left to hear of it: a key that was pressed counts.

        What cannot be done, or lacks an answer, is let go.
        """
        if self._carrying is not None:
            with suppress(HotfixError):
                await self._carrying
        while not self._queue.empty():
            case, intent, _ = self._queue.get_nowait()
            with suppress(HotfixError):
                await self._ask(case, intent)

    def _ask(self, case: Case, intent: Intent) -> asyncio.Future[Case]:
        self._carrying = asyncio.ensure_future(asyncio.to_thread(self._incidents.ask, case, intent))
        return self._carrying


def with_answer(intent: Intent, wanted: str, answer: str) -> Intent:
    """The same intent with its reason, evidence or value filled in."""
    changed: Any = intent
    result: Intent = replace(changed, **{wanted: answer})
    return result
