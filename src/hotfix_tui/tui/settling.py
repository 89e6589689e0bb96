"""Waits until every key that was typed has been heeded: a key on its way up is a message in some widget's queue."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

ROUNDS = 10
"""So many turns of the event loop with nothing waiting, one after the other, are quiet: a handler may be between two messages."""
LONGEST = 1.0
"""Seconds after which what is still waiting is given up."""


async def settle(app: App[Any]) -> None:
    """Return once no screen or widget has anything waiting."""
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    quiet = 0
    while quiet < ROUNDS and loop.time() < until:
        await asyncio.sleep(0)
        quiet = 0 if _is_busy(app) else quiet + 1


def _is_busy(app: App[Any]) -> bool:
    if app.message_queue_size:
        return True
    return any(
        node.message_queue_size
        for screen in app.screen_stack
        for node in screen.walk_children(with_self=True)
    )
