"""Hands keys on one after the other: each once all that the one before it does is done.

A slow link brings `s`, a whole reason and enter in one packet. Textual gives them all to what has the focus at that
moment; the dialog that the first one opens comes too late, and the reason would be commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

from hotfix_tui.tui.settling import settle

if TYPE_CHECKING:
    from hotfix_tui.tui.safe_app import SafeApp

ALONE = 0.25
"""Seconds after the last key from which one is alone: what that did is done, and nobody waits for it."""

Typed = events.Key | events.Paste


class Typing:
    """The keys that came, in their order."""

    def __init__(self, app: SafeApp, hand_on: Callable[[Typed], Awaitable[None]]) -> None:
        """`hand_on` gives a key to what has the focus now."""
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Typed] = deque()
        self._task: asyncio.Task[None] | None = None
        self._last = -ALONE

    @property
    def waits(self) -> bool:
        """Whether a key has not been handed on."""
        return bool(self._waiting)

    async def take(self, event: Typed) -> None:
        """Hand a key on now if it is alone, else behind the others."""
        now = asyncio.get_running_loop().time()
        alone = self._task is None and now - self._last >= ALONE
        self._last = now
        if alone:
            await self._hand_on(event)
            return
        self._waiting.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._hand_all_on(), name="typing")

    async def _hand_all_on(self) -> None:
        try:
            while self._waiting:
                await settle(self._app, keys=False)
                await self._hand_on(self._waiting.popleft())
        except Exception as error:  # noqa: BLE001  (handed on: it ends the console)
            self._app._handle_exception(error)  # noqa: SLF001  (watched by test_textual_pin)
        finally:
            self._task = None
