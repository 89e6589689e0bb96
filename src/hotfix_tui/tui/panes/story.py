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


class StoryPane(Pane):
    """Every event as a line; undone ones greyed, those of a newer console marked."""

    NUMBER: ClassVar[str] = "5"
    NAME: ClassVar[str] = "Story so far"
    SCOPE: ClassVar[str] = "story"
    BINDINGS: ClassVar[list[Binding]] = bindings("story", target="screen.")  # type: ignore[assignment]

    def depends(self, view: View) -> tuple[object, ...]:
        """The case alone."""
        return (view.case,)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """The lines, oldest first."""
        return tuple(_line(line) for line in story(view.case.incident, view.case.playbook))

    def heading(self, view: View) -> str:
        """The name and the key that adds to it."""
        return f"{self.NAME}  a adds a note"

    def key_for(self, rows: tuple[Row, ...], at: int) -> str:
        """The newest line, unless somebody reads further up."""
        at_end = self.key in ("", self.rows[-1].key if self.rows else "")
        return rows[-1].key if at_end and rows else super().key_for(rows, at)


def _line(line: Line) -> Row:
    role = "unknown" if line.unknown else "dim" if line.undone else "text"
    text = clean(line.text, TITLE)
    told = f"[undone] {text}" if line.undone else text
    when = f"{line.at:%H:%M}{'*' if line.backdated else ' '}"
    return Row(
        ((when, "dim"), (told, role)), ((clean(line.by, NAME), "dim"),) if line.by else (), key=line.event
    )
