"""The commits that may have broken it, ranked, with their reasons; a pasted trace ranks them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual import events, on
from textual.widget import Widget

from hotfix_tui.domain.suspects import Suspect
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.service.suspects import DryRun, Lineup
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.lineview import LineView
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

MARGIN = 6
"""Cells that stand before a reason, and beside the rows."""


class SuspectsScreen(Dialog[None]):
    """`enter` shows what a commit changes; `v` or a paste says what the trace names."""

    BINDINGS = [
        ("j,down", "move(1)", "Down"),
        ("k,up", "move(-1)", "Up"),
        ("g,home", "ends(False)", "Top"),
        ("G,end", "ends(True)", "End"),
        ("enter", "look", "Show"),
        ("v", "log", "Lines of the log"),
        ("q,B", "leave", "Back"),
    ]

    def __init__(self, find: Callable[[str], None], look: Callable[[Suspect], None], log: str = "") -> None:
        """`find` ranks by a trace, `look` shows a commit; `log` is what the log pane has in sight, untrusted text."""
        super().__init__("Suspects", "enter shows  esc back")
        self._find = find
        self._look = look
        self._log = log
        self._trouble = ""
        self.lineup: Lineup | None = None
        self.tried: dict[str, DryRun] = {}
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """What was looked at, the list, and the ways to give a trace."""
        yield Sheet(self._above, id="above")
        picks = Picks(id="suspects")
        picks.sign = self.signs.cursor
        yield picks
        yield Sheet(self._below, id="below")

    def on_mount(self) -> None:
        """Look without a trace at first."""
        super().on_mount()
        self.query_one(Picks).focus()
        self._draw()
        self._find("")

    def on_resize(self) -> None:
        """Fold the reasons anew."""
        super().on_resize()
        self._draw()

    def show(self, lineup: Lineup) -> None:
        """Show what was found."""
        self.lineup, self._trouble = lineup, ""
        self._draw()
        if self.is_attached:
            self.query_one(Picks).move_to_end(last=False)

    def trouble(self, sentence: str) -> None:
        """Say why nothing was found; untrusted text."""
        self._trouble = sentence
        self._draw()

    def learn(self, tried: Mapping[str, DryRun]) -> None:
        """Show how the dry runs ended, by object id."""
        self.tried = {**self.tried, **tried}
        self._draw()

    def _draw(self) -> None:
        if not self.is_attached:  # somebody left before the answer came
            return
        picks = self.query_one(Picks)
        width = max(self.app.size.width - MARGIN - 4, 20)
        found = self.lineup.suspects if self.lineup else ()
        picks.show(tuple(line for n, one in enumerate(found, 1) for line in self._rows(n, one, width)))
        for id in ("#above", "#below"):
            self.query_one(id, Sheet).redraw()
        picks.styles.height = max(min(len(picks.rows), self.app.size.height - 9), 1)

    def _rows(self, place: int, one: Suspect, width: int) -> tuple[Row, ...]:
        made = one.made
        left = ((f"{place:>3} {made.oid[:7]} ", "accent"), (clean(made.subject, TITLE), "bold"))
        head = Row(left, ((f"{made.at:%m-%d %H:%M}Z", "dim"),), made.oid)
        tried = self.tried.get(made.oid)
        told = [*one.reasons, *((tried.words,) if tried else ())]
        lines = folded("; ".join(told), width)
        return (head, *(row(f"    {line}", "text" if one.named else "dim") for line in lines))

    def _above(self, width: int) -> tuple[Row, ...]:
        if self._trouble:
            return tuple(row(line, "over") for line in folded(self._trouble, width))
        if self.lineup is None:
            return (row("looking" if self.ascii else "looking …", "dim"),)
        named = self.lineup.named
        words = f"the trace names {named}" if named else "no trace yet: ranked by size and age"
        return (
            row(self.lineup.heading, "bold"),
            *(row(line, "text" if named else "dim") for line in folded(words, width)),
        )

    def _below(self, width: int) -> tuple[Row, ...]:
        log = "v takes the lines in sight of the log, " if self._log else ""
        return (row(), *(row(line, "dim") for line in folded(f"{log}paste a trace to rank by it", width)))

    def on_paste(self, event: events.Paste) -> None:
        """A pasted trace ranks them anew."""
        event.stop()
        self._find(event.text)

    @on(Listing.Chosen)
    def _clicked(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_look()

    def action_log(self) -> None:
        """Rank by the lines of the log that are in sight."""
        if self._log:
            self._find(self._log)

    def action_look(self) -> None:
        """Show what the one under the cursor changes."""
        key = self.query_one(Picks).key
        found = (
            next((one for one in self.lineup.suspects if one.made.oid == key), None) if self.lineup else None
        )
        if found is not None:
            self._look(found)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        picks = self.query_one(Picks)
        picks.move(by)
        picks.reveal()

    def action_ends(self, last: bool) -> None:  # noqa: FBT001 - an action passes it so
        """Move to the first or the last one."""
        self.query_one(Picks).move_to_end(last=last)


class ChangeScreen(Dialog[None]):
    """What one commit changes, and whether it reverts cleanly."""

    BINDINGS = [("q,enter", "leave", "Back")]

    def __init__(self, title: str, text: str, verdict: str) -> None:
        """All of it is untrusted text."""
        super().__init__(clean(title, NAME), "esc back")
        self._text = text
        self._verdict = verdict
        self.add_class("-full")

    def body(self) -> Iterable[Widget]:
        """The change, and the dry run."""
        yield LineView(self._text.expandtabs(4).split("\n"))
        yield Sheet(self._state)

    def on_mount(self) -> None:
        """Keys scroll."""
        super().on_mount()
        self.query_one(LineView).focus()

    def _state(self, width: int) -> tuple[Row, ...]:
        return tuple(row(line, "bold") for line in folded(f"dry run: {self._verdict}", width))
