"""Pane 5: the story so far, the newest line last."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding

from hotfix_tui.domain.story import Line, story
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row
from hotfix_tui.tui.widgets.sheet import folded

READING = 60
"""From this width on long lines are folded rather than cut."""


class StoryPane(Pane):
    """Every event as a line; undone ones greyed, those of a newer console marked."""

    NUMBER: ClassVar[str] = "5"
    NAME: ClassVar[str] = "Story so far"
    SCOPE: ClassVar[str] = "story"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("story", target="screen.")  # type: ignore[assignment]

    def depends(self, view: View) -> tuple[object, ...]:
        """The case alone."""
        return (view.case,)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The lines, oldest first."""
        lines = story(view.case.incident, view.case.playbook)
        return tuple(part for line in lines for part in _rows(line, width))

    def heading(self, view: View) -> str:
        """The name and the key that adds to it."""
        return f"{self.NAME}  a adds a note"

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """The newest line, unless somebody reads further up."""
        at_end = self.key in ("", _newest(self.rows))
        return _newest(rows) if at_end else super().key_for(rows, at)


def _rows(line: Line, width: int) -> tuple[Row, ...]:
    """A line's rows: all of it where there is room to read, its beginning beside other panes."""
    role = "unknown" if line.unknown else "dim" if line.undone else "text"
    by = clean(line.by, NAME)
    text = f"[undone] {line.text}" if line.undone else line.text
    first, *rest = folded(text, width - len(by) - 8) if width >= READING else (clean(text, TITLE),)
    when = f"{line.at:%H:%M}{'*' if line.backdated else ' '}"
    head = Row(((when, "dim"), (first, role)), ((by, "dim"),) if by else (), key=line.event)
    return (head, *(Row(((" " * 8, "dim"), (part, role))) for part in rest))


def _newest(rows: tuple[Row, ...]) -> str:
    return next((row.key for row in reversed(rows) if row.key), "")
