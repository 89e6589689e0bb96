"""A job's live output, and a copied text in full width for terminals without a clipboard."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.widget import Widget

from hotfix_tui.tui.screens.dialog import CopyWanted, Dialog
from hotfix_tui.tui.widgets.lineview import LineView
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded


class OutputScreen(Dialog[None]):
    """A job's output; it follows the end while it stands there."""

    BINDINGS = [("q", "leave", "Back"), ("l", "leave", "Back"), ("y", "copy", "Copy")]

    def __init__(self, title: str, lines: Iterable[str], state: str = "") -> None:
        """All of it is untrusted text."""
        super().__init__(title, state)
        self._lines = tuple(lines)
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """The lines."""
        yield LineView(self._lines, follow=True)
        yield Sheet(self._keys)

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()

    def _keys(self, _: int) -> tuple[Row, ...]:
        return (row("j k g G scroll   y copies   esc goes back", "dim"),)

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
