"""Chooses one of several: a severity, a milestone, a role, a phase."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from hotfix_tui.domain.text import MESSAGE, NAME, TITLE, clean
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.field import Field
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

HEADING = 30
"""The cells of a title that fit into the frame beside what the keys do."""


class ChooseScreen(Dialog[str]):
    """A list: j and k move, enter takes, a letter takes at once, / filters."""

    BINDINGS = [
        ("j,down", "move(1)", "Down"),
        ("k,up", "move(-1)", "Up"),
        ("g,home", "ends(False)", "Top"),
        ("G,end", "ends(True)", "End"),
        ("enter", "take", "Take"),
        ("slash", "filter", "Filter"),
        ("q", "leave", "Back"),
    ]

    def __init__(self, title: str, choices: tuple[Choice, ...], *, current: str = "") -> None:
        """`current` is the id under the cursor at first."""
        short = cell_len(title) <= HEADING
        super().__init__(title if short else "Choose", "enter takes  / filters  esc leaves")
        self._question = "" if short else title
        self._choices = choices
        self._current = current

    def body(self) -> Iterable[Widget]:
        """The question where it is too long for the frame, the filter, hidden until it is asked for, and the list."""
        if self._question:
            yield Sheet(self._question_rows)
        field = Field(placeholder="filter", id="filter")
        field.display = False
        yield field
        picks = Picks(id="choices")
        picks.sign = self.signs.cursor
        yield picks

    def _question_rows(self, width: int) -> tuple[Row, ...]:
        lines = folded(clean(self._question, MESSAGE), width)
        return (*(row(line, "bold") for line in lines), row())

    def on_mount(self) -> None:
        """Show all of them."""
        super().on_mount()
        self.query_one(Listing).focus()
        self._show()
        self.query_one(Listing).go(self._current)

    def _show(self) -> None:
        listing = self.query_one(Listing)
        rows = self._rows()
        asked = sum(len(self._question_rows(sheet.size.width)) for sheet in self.query(Sheet))
        listing.styles.height = max(min(len(rows), max(self.app.size.height - 8 - asked, 3)), 1)
        listing.show(rows)

    def _rows(self) -> tuple[Row, ...]:
        needle = self.query_one(Input).value.strip().lower()
        lettered = any(choice.key for choice in self._choices)
        found = tuple(
            _row(choice, lettered=lettered)
            for choice in self._choices
            if needle in f"{choice.text} {choice.note}".lower()
        )
        return found or (row("nothing fits the filter", "dim"),)

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    @on(Listing.Chosen)
    def _clicked(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        """A choice's own letter takes it."""
        if isinstance(self.focused, Input) or not event.character:
            return
        for choice in self._choices:
            if choice.key and choice.key == event.character:
                event.stop()
                self.dismiss(choice.id)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Listing).move(by)

    def action_ends(self, last: bool) -> None:  # noqa: FBT001 - an action passes it so
        """Move to the first or the last one."""
        self.query_one(Listing).move_to_end(last=last)

    def action_take(self) -> None:
        """Leave with the one under the cursor."""
        if key := self.query_one(Listing).key:
            self.dismiss(key)

    def action_filter(self) -> None:
        """Type to filter."""
        self.query_one(Field).display = True
        self.set_focus(self.query_one(Input))

    def action_leave(self) -> None:
        """Leave the field first, then the screen."""
        if self.query_one(Input).has_focus:
            self.query_one(Listing).focus()
        else:
            self.dismiss(None)


def _row(choice: Choice, *, lettered: bool) -> Row:
    letter = (f"{choice.key or ' '} ", "accent") if lettered else ("", "text")
    left = (letter, (clean(choice.text, TITLE), "text"))
    return Row(left, ((clean(choice.note, NAME), "dim"),) if choice.note else (), choice.id)
