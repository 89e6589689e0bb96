"""The terminal driver: Textual's, hardened against bad bytes, stalled links and stops it was not told of.

It stands on Textual's internals, so Textual is pinned tightly and tests/tui/test_textual_pin.py watches them.
"""

from __future__ import annotations

import os
import selectors
import termios
import tty
from collections.abc import Callable
from queue import Full
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from hotfix_tui.tui.input_stream import InputStream

POLL_SECONDS = 0.1


class SafeDriver(LinuxDriver):
    """Never blocks the event loop on output, never dies of input, never starts twice."""

    on_gone: Callable[[], None] | None = None
    """Called from the input thread when the terminal has gone."""
    dropped = 0
    """Frames given up because the terminal did not take them; once it does, all is painted anew."""

    def write(self, data: str) -> None:
        """Queue output; when the terminal takes none, drop it rather than wait."""
        writer = self._writer_thread
        if writer is None:
            return
        try:
            writer._queue.put_nowait(data)  # noqa: SLF001  (watched by test_textual_pin)
        except Full:
            self.dropped += 1

    def drained(self) -> bool:
        """Whether frames were dropped and the terminal takes output again; asked once a second."""
        writer = self._writer_thread
        if self.dropped and writer is not None and writer._queue.empty():  # noqa: SLF001  (as above)
            self.dropped = 0
            return True
        return False

    def close(self) -> None:
        """Stop the output thread, unless the terminal takes nothing: then it dies with the process."""
        writer = self._writer_thread
        if writer is None:
            return
        try:
            writer._queue.put(None, timeout=1.0)  # noqa: SLF001  (as above)
        except Full:
            return
        writer.join(timeout=1.0)

    def _sigcont_application(self, *args: Any) -> None:
        """Go on after a stop: after our own as Textual does, after another's without starting twice."""
        if self._must_signal_resume:
            super()._sigcont_application(*args)
            self._paint_anew()
        elif self._auto_restart and self._writer_thread is not None and self._key_thread is not None:
            # Not here: the handler may interrupt this very thread while it holds the lock of the output's queue.
            self._app.call_later(self._take_terminal_again)

    def _take_terminal_again(self) -> None:
        """The shell may have changed the terminal while we were stopped: set it as it was and paint anew."""
        try:
            attributes = termios.tcgetattr(self.fileno)
            attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
            attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
            attributes[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
        except termios.error:
            return
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l")
        self._enable_mouse_support()
        self._paint_anew()

    def _paint_anew(self) -> None:
        """Whatever stands on the terminal now is not what was painted; a resize to the same size says nothing of that."""
        self._app.call_later(self._app.refresh, layout=True)

    def run_input_thread(self) -> None:
        """Read until the end; a mistake of ours ends the console with a report that names it."""
        try:
            self._listen()
        except Exception as error:  # noqa: BLE001  (handed on: it ends the console)
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001  (watched by test_textual_pin)

    def _listen(self) -> None:
        """Read until the end; a terminal that has gone is told once and then left alone."""
        stream = InputStream(debug=self._debug)
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        try:
            while not self.exit_event.is_set():
                ready = selector.select(POLL_SECONDS)
                if ready and not self._read(stream):
                    self.exit_event.wait()
                    return
                for message in stream.tick(idle=not ready):
                    self.process_message(message)
        finally:
            selector.close()

    def _read(self, stream: InputStream) -> bool:
        """Take in what is there; False when the terminal has gone."""
        try:
            data = os.read(self.fileno, 4096)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            data = b""
        if not data:
            if self.on_gone is not None:
                self.on_gone()
            return False
        for message in stream.feed(data):
            self.process_message(message)
        return True
