"""A job's live output, and a copied text in full width for terminals without a clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import ComposeResult
from textual.widget import Widget

from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.lineview import LineView
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

BEAT = 0.2
"""Seconds between two looks at what a running job wrote."""


class OutputScreen(Dialog[None]):
    """A job's output; it follows the end while it stands there."""

    BINDINGS = [("q", "leave", "Back"), ("l", "leave", "Back"), ("y", "copy", "Copy"), ("x", "stop", "Stop")]

    def __init__(
        self,
        title: str,
        lines: Iterable[str],
        state: str = "",
        *,
        news: Callable[[], tuple[tuple[str, ...], str]] | None = None,
        stop: Callable[[], None] | None = None,
    ) -> None:
        """All of it is untrusted text. `news` gives what came since and how the job stands; `stop` asks to end it."""
        super().__init__(title, state)
        self._lines = tuple(lines)
        self._state = state
        self._news = news
        self._stop = stop
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """The lines."""
        yield LineView(self._lines, follow=True)
        yield Sheet(self._keys)

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()
        if self._news is not None:
            self.set_interval(BEAT, self._take)

    def _keys(self, _: int) -> tuple[Row, ...]:
        stop = "   x stops the job" if self._stop is not None else ""
        return (row(f"j k g G scroll   y copies{stop}   esc goes back", "dim"),)

    def _take(self) -> None:
        """Show what came since; nothing new draws nothing."""
        assert self._news is not None
        lines, state = self._news()
        if lines or state != self._state:
            self._state = state
            self.add(lines, state)

    def action_stop(self) -> None:
        """Ask whether the job shall end."""
        if self._stop is not None:
            self._stop()

    def add(self, lines: Iterable[str], state: str = "") -> None:
        """Show what the job wrote since, in a batch, and how it stands."""
        self.query_one(LineView).add(lines)
        if state:
            self.frame.head(self.heading, state)

    def action_copy(self) -> None:
        """Copy all of it."""
        self.post_message(CopyWanted(self.query_one(LineView).text))


class CopiedScreen(Dialog[None]):
    """The copied text alone over the whole width, so that a terminal's own selection gets nothing else."""

    BINDINGS = [("q", "leave", "Back"), ("enter", "leave", "Back")]

    def __init__(self, text: str, how: str) -> None:
        """`how` says which way was used, or why none worked."""
        super().__init__("Copied")
        self._text = text
        self._how = how

    def compose(self) -> ComposeResult:
        """No frame: nothing but the text and one line."""
        yield Sheet(self._line, classes="line")
        yield LineView(self._text.split("\n"))

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()

    def _line(self, width: int) -> tuple[Row, ...]:
        return (*(row(line, "bold") for line in folded(f"{self._how}  (esc goes back)", width)), row())
