"""The review of an import: the document beside what was understood of it, entry by entry; nothing is written here."""

from __future__ import annotations

from textual import on

from hotfix_tui.importing.reviewing import ACCEPTED, DROPPED, HEADING, Entry
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens import reviewpicture as picture
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.help import HelpScreen, Section
from hotfix_tui.tui.screens.reviewview import ReviewView
from hotfix_tui.tui.widgets.listing import Listing
from hotfix_tui.tui.widgets.picks import Picks


class ReviewScreen(ReviewView):
    """Leaves with the decisions, or with None where nothing is to be written."""

    BINDINGS = [
        ("j,down", "move(1)", "Down"),
        ("k,up", "move(-1)", "Up"),
        ("g,home", "ends(False)", "Top"),
        ("G,end", "ends(True)", "End"),
        ("ctrl+d,pagedown", "page(1)", "Page down"),
        ("ctrl+u,pageup", "page(-1)", "Page up"),
        ("tab,shift+tab", "side", "Other side"),
        ("enter", "accept", "Accept"),
        ("r", "role", "Change role"),
        ("d,x", "drop", "Leave out"),
        ("u", "undo", "Undo"),
        ("n", "unsure(1)", "Next unsure"),
        ("N", "unsure(-1)", "Previous unsure"),
        ("w", "write", "Write"),
        ("question_mark,f1", "help", "Help"),
        ("q", "leave", "Back"),
    ]

    # --- moving

    @on(Listing.Moved)
    def _moved(self, event: Listing.Moved) -> None:
        event.stop()
        self._said = ""
        self.show()

    def _side(self) -> Listing:
        return self.query_one("#lines", Listing) if self._reading else self.query_one(Picks)

    def action_move(self, by: int) -> None:
        """Move the cursor, or scroll the document."""
        self._side().move(by)

    def action_page(self, pages: int) -> None:
        """Half a page."""
        self._side().move(pages * max(self._side().size.height // 2, 1))

    def action_ends(self, last: bool) -> None:  # noqa: FBT001 - an action passes it so
        """The first or the last one."""
        self._side().move_to_end(last=last)

    def action_side(self) -> None:
        """The other side: it has the keys, and on a narrow screen it is the one in sight."""
        self._reading = not self._reading
        self._side().focus()
        self.set_class(self._reading, "-reading")
        self.call_after_refresh(self.show)

    def action_unsure(self, direction: int) -> None:
        """The next entry that nobody was sure of and nobody has decided about."""
        made, keys = self.decisions, [one.key for one in self._entries]
        at = keys.index(self.query_one(Picks).key) if keys else 0
        order = (
            [*self._entries[at + 1 :], *self._entries[:at]]
            if direction > 0
            else [*self._entries[:at][::-1], *self._entries[:at:-1]]
        )
        found = next((one for one in order if not one.origin.sure and one.key not in made), None)
        if found is None:
            self._say("No other entry is unsure.")
        else:
            self.query_one(Picks).go(found.key)

    # --- deciding

    def action_accept(self) -> None:
        """It is as it was understood; on to the next one."""
        here = self._here
        if here is not None and here.kind == HEADING:
            self._say("Nothing was taken from under this heading: r makes something of it, d leaves it.")
        elif here is not None:
            self._decide(here, ACCEPTED)

    def action_drop(self) -> None:
        """It does not come into the playbook; on to the next one."""
        here = self._here
        if here is not None:
            self._decide(here, DROPPED)

    def action_role(self) -> None:
        """It is something else."""
        here = self._here
        if here is None or not here.roles:
            self._say("This can only be accepted or left out.")
            return

        def chosen(role: str | None) -> None:
            if role is not None:
                self._decide(here, role)

        choices = tuple(Choice(role, role) for role in here.roles)
        self.app.push_screen(ChooseScreen(f"What is “{here.title}”?", choices), chosen)

    def _decide(self, here: Entry, role: str) -> None:
        self._history = (*self._history, (here.key, role))
        picks = self.query_one(Picks)
        self._said = ""
        keys = [one.key for one in self._entries]
        picks.go(keys[min(keys.index(here.key) + 1, len(keys) - 1)])
        self.show()

    def action_undo(self) -> None:
        """Take the last decision back, and go there."""
        if not self._history:
            self._say("Nothing was decided yet.")
            return
        key, role = self._history[-1]
        self._history = self._history[:-1]
        self.query_one(Picks).go(key)
        self._say(f"“{role}” was taken back.")

    def _say(self, text: str) -> None:
        self._said = text
        self.show()

    # --- leaving

    def action_write(self) -> None:
        """Leave with the decisions."""
        self.dismiss(self.decisions)

    def action_leave(self) -> None:
        """Leave; what was decided is not thrown away without a question."""
        if self._reading:
            self.action_side()
        elif not self._history:
            self.dismiss(None)
        else:
            self._ask_whether()

    def _ask_whether(self) -> None:
        def chosen(answer: str | None) -> None:
            if answer == "leave":
                self.dismiss(None)
            elif answer == "write":
                self.action_write()

        choices = (
            Choice("stay", "Go on"),
            Choice("write", "Write the playbook", picture.summary(self.decisions), key="w"),
            Choice("leave", "Leave, nothing is written", key="l"),
        )
        self.app.push_screen(ChooseScreen("Leave the review?", choices), chosen)

    def action_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(HelpScreen((KEYS, MARKED)))


KEYS = Section(
    "Review",
    (
        ("j k g G", "move"),
        ("enter", "accept, and on to the next"),
        ("r", "it is something else"),
        ("d x", "leave it out"),
        ("u", "take the last decision back"),
        ("n N", "next, previous unsure one"),
        ("tab", "document, or entries"),
        ("w", "write the playbook"),
        ("esc q", "back"),
    ),
)
MARKED = Section(
    "Marks",
    (
        ("[?]", "unsure: look first"),
        ("[ ]", "understood"),
        ("[x]", "accepted"),
        ("[>]", "something else now"),
        ("[-]", "left out"),
    ),
)
