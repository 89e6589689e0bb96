"""A screen that is styled, laid out and painted once when it first comes into sight; Textual does so up to three times."""

from __future__ import annotations

from typing import Self

from textual import events, messages
from textual._time import get_time
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget


class Appearing(Screen[None]):
    """The first layout paints everything as it is; what was asked for until then needs no work of its own.

    Textual notes at each widget's first size that it wants to be laid out again; only a scroll bar that has come into
    sight makes that true.
    """

    _first_layout = False
    """Whether Textual is about to lay out and paint it for the first time."""
    _first_painted = 0.0
    """When that was done, on the clock of messages."""

    def come_first(self) -> None:
        """Be the first screen, and yet one that may give way to another: Textual asks for a callback to drop then."""
        self._push_result_callback(self, None)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come into sight. The first time every widget has its styles from being mounted: once is enough."""
        if not self.stack_updates:
            event.refresh_styles = False
            self._first_layout = self.is_attached

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint again; but what Textual asks for at the end of coming into sight, the first layout has just done."""
        if not self._first_layout or regions or layout or recompose:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._first_layout = False
        self._first_painted = get_time()
        widgets = self.walk_children(Widget, with_self=True)
        bars = any(widget.scrollbar_size_vertical or widget.scrollbar_size_horizontal for widget in widgets)
        for widget in widgets:
            widget._exchange_repaint_regions()  # noqa: SLF001  (as below): else its next change paints all of it again
            widget._repaint_required = widget._scroll_required = False  # noqa: SLF001  (watched by test_textual_pin)
            widget._layout_required = bars and widget._layout_required  # noqa: SLF001  (as above)
        return self

    def on_layout(self, message: messages.Layout) -> None:
        """Something wants to be laid out; if it did so before the first layout, that has done it."""
        if message.time < self._first_painted:
            message.stop()
            message.prevent_default()

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the new size. Of the size that it was laid out for Textual tells three times at the start."""
        if size != self._compositor.size or not self._first_painted:
            super()._screen_resized(size)

    def on_update(self, message: messages.Update) -> None:
        """A widget asks to be painted; if it did so before the first layout, that has painted it."""
        if message.time < self._first_painted:
            message.stop()
            message.prevent_default()
