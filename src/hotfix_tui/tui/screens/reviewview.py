"""The review's widgets and how they are drawn; what keys do stands in review.py."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from hotfix_tui.importing.reviewing import Entry, entries
from hotfix_tui.importing.understood import Origin, Understood
from hotfix_tui.tui.screens import reviewpicture as picture
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.frame import Frame
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet

TOLD = 3
"""Rows for what is said about the entry under the cursor."""


class ReviewView(Dialog[dict[str, str]]):
    """Draws both sides; `show()` does so again."""

    def __init__(self, found: Understood, name: str) -> None:
        """`name` is the document's; all of it is untrusted text."""
        super().__init__("Review")
        self._document = name
        self._entries = entries(found)
        self._by_key = {one.key: one for one in self._entries}
        self._text = found.text.split("\n")
        self._history: tuple[tuple[str, str], ...] = ()
        self._said = ""
        self._rows: dict[int, int] = {}
        self._reading = False

    # --- the picture

    def compose(self) -> ComposeResult:
        """Both sides, what is said about the entry, and the keys."""
        yield Sheet(self._top, id="top")
        with Container(id="sides"):
            with Frame("Understood", id="understood"):
                picks = Picks(id="entries")
                picks.sign = self.signs.cursor
                yield picks
            with Frame(self._document, id="document"):
                yield Listing(id="lines")
        yield Sheet(self._told, id="told")
        yield Sheet(self._keys, id="keys")

    def on_mount(self) -> None:
        """The first unsure entry has the cursor."""
        super().on_mount()
        self.query_one(Picks).focus()
        self.show()

    def on_resize(self) -> None:
        """Draw for the new width once both sides have theirs."""
        self.call_after_refresh(self.show)

    @property
    def decisions(self) -> dict[str, str]:
        """What was decided last about each entry."""
        return dict(self._history)

    @property
    def _here(self) -> Entry | None:
        return self._by_key.get(self.query_one(Picks).key)

    def show(self) -> None:
        """Draw everything; the document stands at the entry's lines."""
        self.set_class(self._reading, "-reading")
        made = self.decisions
        picks = self.query_one(Picks)
        rows = tuple(picture.entry(one, made.get(one.key, ""), self.signs) for one in self._entries)
        picks.show(rows or (row("nothing was understood", "dim"),))
        self._show_document()
        for sheet in self.query(Sheet):
            sheet.redraw()

    def _show_document(self) -> None:
        here, listing = self._here, self.query_one("#lines", Listing)
        if not listing.size.width:
            return
        rows, self._rows = picture.document(self._text, here.origin if here else None, listing.size.width)
        listing.show(rows)
        where = f":{picture.lines(here)}" if here else ""
        self.query_one("#document", Frame).head(self._document, where)
        if here is not None:
            self.call_after_refresh(self._stand_at, here.origin)

    def _stand_at(self, origin: Origin) -> None:
        """Bring an entry's lines into sight, with a few before them where there is room."""
        listing = self.query_one("#lines", Listing)
        first = self._rows.get(origin.first, 0)
        last = self._rows.get(origin.last + 1, first + 1)
        room = max(listing.size.height - (last - first), 0)
        listing.scroll_to(y=max(first - min(room // 2, 3), 0), animate=False)

    def _top(self, width: int) -> tuple[Row, ...]:
        return (picture.top(self._document, self._entries, self.decisions, width),)

    def _told(self, width: int) -> tuple[Row, ...]:
        here = self._here if self.is_mounted else None
        role = self.decisions.get(here.key, "") if here else ""
        return picture.told(here, role, self._said, width, TOLD)

    def _keys(self, width: int) -> tuple[Row, ...]:
        return (picture.keys(width, ascii=self.ascii, history=bool(self._history)),)
