"""What all dialogs share: a frame, a way out, and deafness to keys that were typed before the dialog was seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.widget import Widget

from hotfix_tui.tui.marks import Signs, signs
from hotfix_tui.tui.widgets.frame import Frame
from hotfix_tui.tui.widgets.rows import COMPONENTS

Result = TypeVar("Result")

HOLD_OFF = 0.4
"""Seconds for which a dialog that confirms something ignores keys (RELIABILITY.md §7.2)."""


class Dialog(ModalScreen[Result], Generic[Result]):
    """A screen over the others that is left with a result, or with None by esc."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    BINDINGS = [("escape", "leave", "Back")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    monotonic: Callable[[], float] = staticmethod(time.monotonic)
    """Counts seconds; tests put their own in its place."""
    hold_off: float = 0.0
    """Seconds after its opening before it hears; dialogs that confirm have HOLD_OFF."""

    def __init__(self, heading: str, note: str = "") -> None:
        super().__init__()
        self.heading = heading
        self.note = note
        self._opened = 0.0
        self._is_left = False

    def compose(self) -> ComposeResult:
        """The body in its frame."""
        with Frame(self.heading, self.note, classes="dialog"):
            yield from self.body()

    def body(self) -> Iterable[Widget]:
        """What stands in the frame."""
        return ()

    def on_mount(self) -> None:
        """From now on its patience counts."""
        self._opened = self.monotonic()
        self.set_class(self.ascii, "-ascii")
        self.fit()

    def on_resize(self) -> None:
        """Fit the new size."""
        self.fit()

    def fit(self) -> None:
        """What scrolls leaves room for what stands below it: the buttons are always in sight."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        for scroll in self.query(".dialog > VerticalScroll"):
            others = [child for child in self.frame.children if child is not scroll]
            taken = sum(child.outer_size.height + child.styles.margin.height for child in others)
            scroll.styles.max_height = max(self.app.size.height - taken - self.frame.gutter.height, 3)

    @property
    def ascii(self) -> bool:
        """Whether only ASCII may be drawn."""
        return bool(getattr(self.app, "ascii", False))

    @property
    def signs(self) -> Signs:
        """The signs that decorate in this mode."""
        return signs(ascii=self.ascii)

    @property
    def awake(self) -> bool:
        """Whether it was seen long enough that a key can be meant for it."""
        return self.monotonic() - self._opened >= self.hold_off

    @property
    def frame(self) -> Frame:
        """The frame around the dialog."""
        return self.query_one(".dialog", Frame)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, once: whoever leaves again in the same moment finds nobody."""
        if self._is_left:
            return AwaitComplete()
        self._is_left = True
        return super().dismiss(result)

    def action_leave(self) -> None:
        """Go back without a result."""
        self.dismiss(None)
