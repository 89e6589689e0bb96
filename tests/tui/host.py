"""An application with nothing in it but the dialog that is tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from hotfix_tui._resources import styles_dir
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.safe_app import SafeApp
from hotfix_tui.tui.theme import PLAIN, THEME
from hotfix_tui.tui.widgets.sheet import Sheet

WIDE, NARROW = (120, 36), (80, 24)
SHEETS: list[PurePath] = sorted(
    styles_dir().glob("*.tcss"), key=lambda path: (path.name != "app.tcss", path.name)
)


class Host(SafeApp):
    """Pushes one screen and keeps what it is left with."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*SHEETS]
    ENABLE_COMMAND_PALETTE = False
    get_theme_variable_defaults = HotfixApp.get_theme_variable_defaults

    def __init__(self, make: Callable[[], Screen[Any]], *, ascii: bool = False, awake: bool = True) -> None:
        """`awake` lets a dialog that confirms hear at once, as if it had been seen for a while."""
        super().__init__()
        self.ascii = ascii
        self.results: list[Any] = []
        self.copied: list[str] = []
        self._make = make
        self._awake = awake
        self.register_theme(THEME)
        self.wear(PLAIN if self.no_color else THEME.name)

    def compose(self) -> ComposeResult:
        """Something behind the dialog."""
        yield Static("the console", markup=False)

    def on_mount(self) -> None:
        """Push the dialog."""
        screen = self._make()
        if self._awake and hasattr(screen, "hold_off"):
            screen.hold_off = 0.0
        self.push_screen(screen, self.results.append)

    def on_copy_wanted(self, event: CopyWanted) -> None:
        """Keep what was to be copied."""
        self.copied.append(event.text)

    @property
    def drawn(self) -> str:
        """Everything on the screen, row by row, as a terminal shows it."""
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())

    @property
    def shown(self) -> str:
        """What the rows of the top screen say."""
        return "\n".join(sheet.text for sheet in self.screen.query(Sheet))


async def press(make: Callable[[], Screen[Any]], keys: Sequence[str], *, awake: bool = True) -> Host:
    """The application after these keys."""
    app = Host(make, awake=awake)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
    return app
