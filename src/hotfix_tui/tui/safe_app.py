"""An application that hostile text, dead terminals and its own mistakes cannot turn against its user."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor
from textual.worker import Worker, WorkerState

from hotfix_tui.tui.crash import BROKEN, report
from hotfix_tui.tui.driver import SafeDriver
from hotfix_tui.tui.filters import ControlFilter
from hotfix_tui.tui.settling import settle
from hotfix_tui.tui.typing import Typed, Typing

_COLOURLESS = (NoColor(),)


class SafeApp(App[None]):
    """The base of the console: safe driver, last net, no actions for text to run, crashes in one sentence."""

    crash_folder: ClassVar[Path | None] = None
    """Where crash reports go; set before running, else none is written."""

    def __init__(self) -> None:
        super().__init__(driver_class=SafeDriver)
        self.last_words = ""
        """The sentence to print once the terminal is restored; empty after a clean end."""
        self._window_name = ""
        self._leaving = False
        self._typing = Typing(self, self._hand_on)

    def wear(self, theme: str) -> None:
        """Choose the theme before the start; assigning it would have Textual read every style twice."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)

    def on_ready(self) -> None:
        """Collect garbage again, now that what start-up made is there to stay."""
        gc.freeze()
        gc.enable()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the net under them.

        Without colours the terminal's own are left alone. Textual's Monochrome would make black on black of a
        theme that has only these.
        """
        found = [f for f in super().get_line_filters() if not (self.no_color and isinstance(f, Monochrome))]
        return [*found, *(_COLOURLESS if self.no_color else ()), ControlFilter()]

    async def on_event(self, event: events.Event) -> None:
        """Forward a key once the one before it has been heeded."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._typing.take(event)
        else:
            await super().on_event(event)

    async def _hand_on(self, event: Typed) -> None:
        await super().on_event(event)

    @property
    def keys_wait(self) -> bool:
        """Whether a key that was typed has not been heeded yet."""
        return self._typing.waits

    @property
    def is_carrying(self) -> bool:
        """Whether something that was asked for is being carried out, and a key typed since may be meant for what comes of it."""
        return False

    def leave(self) -> None:
        """End once everything that was typed before has been heeded; asked again, at once."""
        if self._leaving:
            self.exit()
            return
        self._leaving = True
        self.run_worker(self._leave(), name="leaving")

    async def _leave(self) -> None:
        await settle(self)
        self.exit()

    async def action_quit(self) -> None:
        """Leave."""
        self.leave()

    async def action_simulate_key(self, key: str) -> None:
        """No key is pressed by text."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing is written where text says."""

    def _fatal_error(self) -> None:
        """End, with a report instead of a traceback with its local variables."""
        error = self._exception or RuntimeError("unknown")
        self.last_words = self.last_words or report(error, self.crash_folder)
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End, with a report; what was to be printed is not."""
        self._return_code = 1
        self.last_words = self.last_words or report(
            self._exception or RuntimeError("the screen failed"), self.crash_folder
        )
        self._close_messages_no_wait()

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """A failed worker that does not end the console is shown, once."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None and not event.worker.exit_on_error:
            self.notify(report(error, self.crash_folder, BROKEN), severity="error", markup=False)

    def repaint_if_drained(self) -> None:
        """Paint anew after a stalled terminal took output again."""
        driver = self._driver
        if isinstance(driver, SafeDriver) and driver.drained():
            self.refresh(layout=True)

    def name_window(self, name: str) -> None:
        """Give the terminal's window a name; only a change is sent."""
        if name == self._window_name or self._driver is None or self.is_headless:
            return
        self._window_name = name
        safe = "".join(c for c in name if c.isprintable() and c.isascii())[:60]
        self._driver.write(f"\x1b]2;{safe}\x07")
