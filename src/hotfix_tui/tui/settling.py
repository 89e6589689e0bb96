"""Waits until every key that was typed has been heeded: a key on its way up is a message in some widget's queue."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotfix_tui.tui.safe_app import SafeApp

ROUNDS = 10
"""So many turns of the event loop with nothing waiting, one after the other, are quiet: a handler may be between two messages."""
LONGEST = 1.0
"""Seconds after which what is still waiting is given up."""
BREATH = 0.001
"""Seconds between two looks at something that is carried out by another thread."""


async def settle(app: SafeApp, *, keys: bool = True) -> None:
    """Return once no screen or widget has anything waiting, what was asked for is carried out and, with `keys`, no key waits."""
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    quiet = 0
    while quiet < ROUNDS and loop.time() < until:
        carrying = app.is_carrying
        await asyncio.sleep(BREATH if carrying else 0)
        quiet = 0 if carrying or (keys and app.keys_wait) or _has_messages(app) else quiet + 1


def _has_messages(app: SafeApp) -> bool:
    if app.message_queue_size:
        return True
    return any(
        node.message_queue_size
        for screen in app.screen_stack
        for node in screen.walk_children(with_self=True)
    )
