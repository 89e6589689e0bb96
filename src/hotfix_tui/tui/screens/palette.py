"""The command palette: every command, found by a few of its letters, with its keys so that they can be learned.

Our own rather than Textual's, whose highlighter reads titles as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.fuzzy import FuzzySearch
from textual.widget import Widget
from textual.widgets import Input

from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.tui.commands import COMMANDS, Command
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.screens.help import KEYLESS, key_names
from hotfix_tui.tui.widgets.field import Field
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, Span, row
from hotfix_tui.tui.widgets.sheet import Sheet


class PaletteScreen(Dialog[str]):
    """Leaves with a command's id."""

    BINDINGS = [
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
        ("pagedown", "move(8)", "Page down"),
        ("pageup", "move(-8)", "Page up"),
    ]

    def __init__(
        self, commands: tuple[Command, ...] = COMMANDS, keys: Mapping[str, str] | None = None
    ) -> None:
        """`keys` are the user's own, by command id."""
        super().__init__("Commands", "enter runs  esc closes")
        self._commands = commands
        self._keys = keys or {}
        self._search = FuzzySearch()
        self._found = len(commands)

    def body(self) -> Iterable[Widget]:
        """The field, the commands that fit, and how many."""
        yield Field(placeholder="type some letters of a command", id="search")
        picks = Picks(id="commands")
        picks.sign = self.signs.cursor
        yield picks
        yield Sheet(self._count)

    def on_mount(self) -> None:
        """Type at once; every command is listed."""
        super().on_mount()
        self._show()
        self.set_focus(self.query_one(Input))

    def _show(self) -> None:
        query = self.query_one(Input).value.strip()
        found = _best(self._search, query, self._commands)
        self._found = len(found)
        listing = self.query_one(Listing)
        rows = tuple(self._row(command, offsets) for command, offsets in found)
        listing.show(rows or (row("no command fits", "dim"),))
        if found:
            listing.move_to_end(last=False)
        self.query_one(Sheet).redraw()

    def _row(self, command: Command, offsets: frozenset[int]) -> Row:
        keys = key_names(command, self._keys, ascii=self.ascii)
        right: Span = ("" if keys == KEYLESS else keys, "accent")
        return Row(_lit(clean(command.title, TITLE), offsets), (right,), command.id)

    def _count(self, _: int) -> tuple[Row, ...]:
        return (
            row(),
            row(f"{self._found} of {len(self._commands)} commands   the keys stand at the right", "dim"),
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    @on(Listing.Chosen)
    def _clicked(self, event: Listing.Chosen) -> None:
        event.stop()
        self._take()

    def _take(self) -> None:
        if self._found and (key := self.query_one(Listing).key):
            self.dismiss(key)

    def action_move(self, by: int) -> None:
        """Move the cursor; the field keeps the letters."""
        self.query_one(Listing).move(by)


def _best(
    search: FuzzySearch, query: str, commands: tuple[Command, ...]
) -> tuple[tuple[Command, frozenset[int]], ...]:
    """The commands that fit, the best first; all in their own order without a query."""
    if not query:
        return tuple((command, frozenset()) for command in commands)
    scored = []
    for place, command in enumerate(commands):
        score, offsets = search.match(query, clean(command.title, TITLE))
        by_id = search.match(query, command.id)[0]
        if score or by_id:
            scored.append((-max(score, by_id / 2), place, command, frozenset(offsets)))
    return tuple((command, offsets) for _, _, command, offsets in sorted(scored, key=lambda one: one[:2]))


def _lit(title: str, offsets: frozenset[int]) -> tuple[Span, ...]:
    """The title with the letters that fit made bold."""
    if not offsets:
        return ((title, "text"),)
    return tuple((letter, "bold" if at in offsets else "text") for at, letter in enumerate(title))
