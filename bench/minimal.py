"""What the console is compared with: Textual's own list of twenty lines, and nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Minimal(App[None]):
    """A list to move in."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The list."""
        yield OptionList(*(f"line {number}" for number in range(20)))


if __name__ == "__main__":
    Minimal().run()
