"""Pane 4: the end of a growing log, in bounded memory; only the lines in sight are ever drawn."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import ClassVar

from textual.binding import Binding
from textual.strip import Strip

from hotfix_tui.domain.loglines import brief, level
from hotfix_tui.domain.text import clean
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, row, strip_of
from hotfix_tui.tui.widgets.sheet import folded

LIMIT = 10_000
"""The lines kept in view; older ones stay in the file (RELIABILITY.md D.6)."""
_ROLES = {"error": "over", "warn": "risk", "": "text"}


class LogPane(Pane):
    """The lines that came, the newest last; it follows the end until somebody scrolls away."""

    NUMBER: ClassVar[str] = "4"
    NAME: ClassVar[str] = "Log"
    SCOPE: ClassVar[str] = "log"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("log", target="screen.")  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[tuple[str, str]] = deque(maxlen=LIMIT)
        self._following = True

    def depends(self, view: View) -> tuple[object, ...]:
        """The title's words; the lines come by `extend`."""
        return (view.log, self._following)

    def heading(self, view: View) -> str:
        """The files' names and whether its end is followed."""
        if not view.log.name:
            return self.NAME
        return f"{self.NAME}  {'following' if self._following else 'not following'} {view.log.name}"

    def subheading(self, view: View) -> str:
        """The errors of the last five minutes."""
        errors = view.log.errors
        return f"{errors} error{'s' if errors != 1 else ''} in 5 min" if errors else ""

    def alarm(self, view: View) -> str:
        """How many errors the last five minutes had."""
        return f"{view.log.errors}!" if view.log.errors else ""

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """What is said while there is no line."""
        if self._lines:
            return ()
        nothing = "No log is followed. Start with: hotfix --log FILE"
        text = "No line has come yet." if view.log.name else nothing
        return tuple(row(line, "dim") for line in folded(text, width))

    def extend(self, lines: tuple[str, ...]) -> None:
        """Take in new lines, untrusted text, and paint once."""
        if not lines:
            return
        self._lines.extend((clean(brief(line)), level(line)) for line in lines[-LIMIT:])
        self._resize_virtual()
        if self._following:
            self.scroll_end(animate=False, immediate=True)
        self.refresh()

    def _resize_virtual(self) -> None:
        self.measure(max(len(self._lines), len(self.rows)))

    def draw_for_size(self) -> None:
        """Keep the end in sight at the new size."""
        super().draw_for_size()
        self._resize_virtual()
        if self._following:
            self.scroll_end(animate=False, immediate=True)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show the rows only while no line has come."""
        super().show(rows)
        self._resize_virtual()

    def render_line(self, y: int) -> Strip:
        """The line in sight at `y`."""
        if not self._lines:
            return super().render_line(y)
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        text, kind = self._lines[at]
        role = "match" if self._needle and self._needle in text.lower() else _ROLES[kind]
        return strip_of(row(text, role), width, self.style_of)

    @property
    def text(self) -> str:
        """The lines in view, for copying and for tests."""
        return "\n".join(text for text, _ in self._lines) or super().text

    @property
    def visible_text(self) -> str:
        """The lines in sight now."""
        top = self.scroll_offset.y
        return "\n".join(text for text, _ in islice(self._lines, top, top + self.size.height))

    # --- moving

    def move(self, by: int) -> None:
        """Scroll; moving away from the end stops following."""
        self.scroll_relative(y=by, animate=False)
        self._follow(self.scroll_offset.y + by >= self.max_scroll_y)

    def move_to_end(self, *, last: bool) -> None:
        """Scroll to the first or the last line."""
        self._follow(last)
        super().move_to_end(last=last)

    def toggle_follow(self) -> None:
        """Follow the end, or stay here."""
        self._follow(not self._following)
        if self._following:
            self.scroll_end(animate=False)

    def _follow(self, on: bool) -> None:  # noqa: FBT001  (the one thing it sets)
        self._following = on
        if self.view is not None:
            self._draw(self.view)

    def go_to_level(self, wanted: str) -> bool:
        """Scroll to the next line of this level below the first one in sight, around the end; whether there is one."""
        hits = [at for at, (_, kind) in enumerate(self._lines) if kind == wanted]
        return self._go_to(hits, 1)

    def find(self, needle: str) -> bool:
        """Mark the lines that hold `needle` and go to the first; whether there is one."""
        self._needle = needle.lower()
        self.refresh()
        return not needle or self.find_again(1)

    def find_again(self, direction: int, *, include_here: bool = False) -> bool:
        """Go to the next or the previous match, around the end; whether there is one."""
        hits = [
            at for at, (text, _) in enumerate(self._lines) if self._needle and self._needle in text.lower()
        ]
        return self._go_to(hits, direction)

    def _go_to(self, hits: list[int], direction: int) -> bool:
        if not hits:
            return False
        here = self.scroll_offset.y
        ahead = [at for at in hits if (at - here) * direction > 0]
        target = (ahead or hits)[0 if direction > 0 else -1]
        self._follow(False)
        self.scroll_to(y=target, animate=False)
        return True
