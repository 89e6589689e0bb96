"""Commands of the panes: go there, zoom, find, copy, follow the log."""

from __future__ import annotations

from hotfix_tui.domain.applying import is_open, items
from hotfix_tui.domain.gates import current_section
from hotfix_tui.tui.panes.git import NEXT
from hotfix_tui.tui.panes.log import LogPane
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.screens.git_actions import GitActions
from hotfix_tui.tui.summary import summary


class PaneActions(GitActions):
    """What is done with the pane that has the keys."""

    def action_copy(self) -> None:
        """Copy what is under the cursor."""
        pane = self.focused if isinstance(self.focused, Pane) else self.pane(self.current)
        if isinstance(pane, LogPane):
            self.console_app.copy(pane.visible_text, "the lines in sight")
            return
        item = self.item if pane.SCOPE == "checklist" else None
        if item is not None and item.command:
            self.hand_over(item)
            return
        step = pane.view.git.step if pane.view is not None and pane.key == NEXT else None
        if step is not None:
            self.console_app.copy(step.command, "the command")
            return
        text = next((r.text.strip() for r in pane.rows if r.key and r.key == pane.key), pane.text)
        self.console_app.copy(text, "the line")

    def action_copy_status(self) -> None:
        """Copy a summary of the status."""
        self.console_app.copy(summary(self.present, self.console_app.services.clock.now()), "the status")

    def action_show(self, scope: str) -> None:
        """Go to the pane of this scope."""
        self.show_pane(scope)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._step_pane(-1)

    def _step_pane(self, by: int) -> None:
        order = [pane.SCOPE for pane in self.panes]
        self.show_pane(order[(order.index(self.current) + by) % len(order)])

    def action_zoom(self) -> None:
        """Give this pane the whole body, or give it back."""
        self.zoomed = not self.zoomed
        self.show_pane(self.current)

    def action_find(self) -> None:
        """Find in this pane."""
        pane = self.pane(self.current)

        def look(needle: str) -> None:
            if not pane.find(needle):
                self.say(f"“{needle}” is not in this pane.", bad=True)

        self.question(f"Find in {pane.NAME.lower()}", look)

    def action_find_next(self) -> None:
        """Go to the next match, or the next open item."""
        self._find_again(1)

    def action_find_previous(self) -> None:
        """Go to the previous match, or the previous open item."""
        self._find_again(-1)

    def _find_again(self, direction: int) -> None:
        pane = self.pane(self.current)
        if pane.finding:
            if not pane.find_again(direction):
                self.say("No further match.")
            return
        self._to_open_item(direction)

    def _to_open_item(self, direction: int) -> None:
        case, pane = self.present, self.pane("checklist")
        shown = current_section(case.incident, case.playbook, self.shown_phase)
        listed = items(case.incident, shown) if shown else ()
        ids = [item.id for item in listed]
        here = ids.index(pane.key) if pane.key in ids else 0
        ahead = [
            x.id for n, x in enumerate(listed) if (n - here) * direction > 0 and is_open(case.incident, x)
        ]
        if not ahead:
            self.say("No open item in that direction.")
            return
        self.show_pane("checklist")
        pane.go(ahead[0] if direction > 0 else ahead[-1])

    def action_follow(self) -> None:
        """Follow the end of the log, or stay."""
        self._log_pane.toggle_follow()

    def action_next_warning(self) -> None:
        """Go to the next warning."""
        if not self._log_pane.go_to_level("warn"):
            self.say("No warning in view.")

    def action_next_error(self) -> None:
        """Go to the next error."""
        if not self._log_pane.go_to_level("error"):
            self.say("No error in view.")

    @property
    def _log_pane(self) -> LogPane:
        pane = self.pane("log")
        assert isinstance(pane, LogPane)
        return pane

    def action_refresh(self) -> None:
        """Look at git and the disk again."""
        self.look_again()
        self.say("looking again")
        self.console_app.work.ask_remote(self.present)

    def action_back(self) -> None:
        """End the search, then the zoom."""
        pane = self.pane(self.current)
        if pane.finding:
            pane.find("")
        elif self.zoomed:
            self.action_zoom()

    def action_back_or_quit(self) -> None:
        """Go back to the list of incidents; the clocks run on."""
        self.console_app.leave_console()
