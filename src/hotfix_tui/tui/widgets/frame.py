"""A frame: a border with a heading at its left and a note at its right, both plain text."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content

from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.tui.text import plain
from hotfix_tui.tui.widgets.rows import COMPONENTS, cut

LINES = {"heavy": "━", "solid": "─", "round": "─", "double": "═"}
"""The border types that we use, and what their top is drawn with; any other is drawn in ASCII."""


class Frame(Vertical):
    """Holds widgets in a border; `head()` changes its words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(
        self, heading: str = "", note: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._heading = heading
        self._note = note

    def head(self, heading: str, note: str = "") -> None:
        """Write these words, untrusted text, into the border's top."""
        self._heading, self._note = heading, note
        self._write()

    def on_resize(self) -> None:
        """Put the note where the right edge is now."""
        self._write()

    def _write(self) -> None:
        room = self.outer_size.width - 6
        note = cut(clean(self._note, TITLE), max(room - 8, 0))
        heading = cut(clean(self._heading, TITLE), max(room - cell_len(note) - 3, 4))
        gap = room - cell_len(heading) - cell_len(note) - 2
        kind, colour = self.styles.border_top
        line = plain(f" {LINES.get(kind, '-') * gap} ", f"{colour.css} not bold")
        right = Content.assemble(line, plain(note)) if note and gap > 0 else Content()
        self.border_title = Content.assemble(plain(heading), right)
