"""An application with nothing in it but the widgets that are tested."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from rich.style import Style
from textual.app import App, ComposeResult
from textual.widget import Widget

from hotfix_tui.tui.theme import THEME
from hotfix_tui.tui.widgets.frame import Frame
from hotfix_tui.tui.widgets.rows import Row, row
from tests.tui.host import SHEETS


class Shelf(App[None]):
    """Shows widgets in a frame, which knows the roles."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*SHEETS]
    CSS = """
    Frame { border: solid white; height: 1fr; }
    Listing, LineView { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Board { height: auto; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *shown: Widget) -> None:
        super().__init__()
        self.shown = shown
        self.register_theme(THEME)
        self.theme = THEME.name

    def compose(self) -> ComposeResult:
        """The frame with the widgets."""
        with Frame("tested"):
            yield from self.shown

    @property
    def lines(self) -> list[str]:
        """What stands inside the frame, line by line, as a terminal shows it."""
        strips = self.screen._compositor.render_strips()
        return [strip.text[1:-1].rstrip(" ▁▂▃▄▅▆▇█▎") for strip in strips[1:-1]]


def keyed(*texts: str) -> tuple[Row, ...]:
    """Rows whose text is their key."""
    return tuple(row(text, key=text) for text in texts)


def numbered(count: int) -> tuple[Row, ...]:
    """Rows with the keys "0", "1" and so on."""
    return tuple(row(f"line {n}", key=str(n)) for n in range(count))


def unstyled(role: str) -> Style:
    """Every role looks the same, where looks do not matter."""
    return Style.null()


def of_role(role: str) -> Style:
    """A look that tells which role it is of."""
    return Style(meta={"role": role})
