"""What the console's commands do: each action asks for one thing, most through a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.clocks import UPDATE
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.gates import is_open, items, phases
from hotfix_tui.domain.moments import note_moment
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import visible_argv
from hotfix_tui.tui.commands import command
from hotfix_tui.tui.messages import Asked
from hotfix_tui.tui.panes.log import LogPane
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.choose import Choice, ChooseScreen
from hotfix_tui.tui.screens.item import ItemScreen
from hotfix_tui.tui.screens.moving import Moving
from hotfix_tui.tui.summary import summary

if TYPE_CHECKING:
    from hotfix_tui.service.incidents import Case
    from hotfix_tui.tui.app import HotfixApp


class ConsoleActions(Moving):
    """The commands of one incident's screen."""

    current: str
    shown_phase: str
    zoomed: bool
    panes: tuple[Pane, ...]

    # What the console screen provides.
    @property
    def present(self) -> Case:
        """The case on the screen."""
        raise NotImplementedError

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Say one sentence at the bottom."""
        raise NotImplementedError

    def show_pane(self, scope: str) -> None:
        """Bring a pane into sight."""
        raise NotImplementedError

    def tick(self) -> None:
        """Make the view anew."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Look at git at once."""
        raise NotImplementedError

    @property
    def console_app(self) -> HotfixApp:
        """The application."""
        from hotfix_tui.tui.app import HotfixApp

        assert isinstance(self.app, HotfixApp)
        return self.app

    def ask(self, intent: i.Intent, said: str = "") -> None:
        """Ask for something; it is carried out in order, off the event loop."""
        self.post_message(Asked(intent, said))

    def question(
        self,
        text: str,
        then: Callable[[str], None],
        *,
        wanted: str = "answer",
        hint: str = "",
        initial: str = "",
    ) -> None:
        """Ask the person for one line and go on with it."""

        def answered(answer: str | None) -> None:
            if answer is not None and answer.strip():
                then(answer.strip())

        self.app.push_screen(AskScreen(text, wanted, hint=hint, initial=initial), answered)

    def choice(self, title: str, choices: tuple[Choice, ...], then: Callable[[str], None]) -> None:
        """Let the person choose one thing and go on with it."""

        def chosen(id: str | None) -> None:
            if id is not None:
                then(id)

        self.app.push_screen(ChooseScreen(title, choices), chosen)

    # --- the checklist

    @property
    def _item(self) -> Item | None:
        """The item under the checklist's cursor."""
        return self.present.playbook.item(self._pane("checklist").key)

    def _pane(self, scope: str) -> Pane:
        return next(pane for pane in self.panes if scope == pane.SCOPE)

    def action_toggle_item(self) -> None:
        """Mark the item done, or open again."""
        item = self._item
        if item is None:
            self.say("There is no item under the cursor.", bad=True)
        elif is_open(self.present.incident, item):
            self.ask(i.MarkItem(item.id, "done"), f"done: {item.text}   u undoes")
        else:
            self.ask(i.MarkItem(item.id, "open"), f"open again: {item.text}   u undoes")

    def action_skip(self) -> None:
        """Skip the item; the rules ask for the reason."""
        if self._item:
            self.ask(i.MarkItem(self._item.id, "skipped"), f"skipped: {self._item.text}   u undoes")

    def action_open(self) -> None:
        """Open the item's details."""
        item = self._item
        if item is not None:
            self.app.push_screen(
                ItemScreen(self.present, item.id, self.console_app.services.clock.now()), self._after_item
            )

    def _after_item(self, action: str | None) -> None:
        if action:
            self.call_later(self.run_action, command(action).action)

    def action_run(self) -> None:
        """Preview what the item runs, then run it."""
        item = self._item
        if item is None or not (item.operation or item.command):
            self.say("This item has no command: do it, then mark it with space.")
        elif item.operation:
            self.console_app.work.plan(item.operation, item.id)
        else:
            self._hand_over(item)

    def _hand_over(self, item: Item) -> None:
        """Copy the item's exact command, to be run in the person's own shell (`!`)."""
        now = self.console_app.services.clock.now()
        known = values(self.present.incident, now)
        self.console_app.copy(visible_argv(tuple(fill(part, known) for part in item.command)), "the command")

    def action_branch(self) -> None:
        """Plan the hotfix branch."""
        item = next(
            (x for p in self.present.playbook.phases for x in p.items if x.operation == "branch"), None
        )
        self.console_app.work.plan("branch", item.id if item else "")

    # --- phases and severity

    def _turn(self, by: int) -> None:
        order = [phase.id for phase in phases(self.present.incident, self.present.playbook)]
        shown = self.shown_phase or self.present.incident.phase or (order[0] if order else "")
        if shown in order:
            self.shown_phase = order[min(max(order.index(shown) + by, 0), len(order) - 1)]
            self.tick()

    def action_previous_phase(self) -> None:
        """Show the phase before the shown one."""
        self._turn(-1)

    def action_next_phase(self) -> None:
        """Show the phase after the shown one."""
        self._turn(1)

    def action_advance(self) -> None:
        """End this phase and enter the next one."""
        order = phases(self.present.incident, self.present.playbook)
        ids = [phase.id for phase in order]
        at = ids.index(self.present.incident.phase) if self.present.incident.phase in ids else -1
        if self.present.incident.phase == "" and self.present.incident.phases:
            at = max(ids.index(id) for id in self.present.incident.phases if id in ids)
        if at + 1 < len(ids):
            self._enter(ids[at + 1])
        else:
            self.action_resolve()

    def action_enter_phase(self) -> None:
        """Enter the phase under the cursor."""
        if self._pane("phases").key:
            self._enter(self._pane("phases").key)

    def _enter(self, phase: str) -> None:
        self.shown_phase = ""
        found = self.present.playbook.phase(phase)
        self.ask(i.EnterPhase(phase), f"phase {found.title if found else phase} began")

    def _grade(self, by: int) -> None:
        order = [severity.id for severity in self.present.playbook.severities]
        here = order.index(self.present.incident.severity) if self.present.incident.severity in order else 0
        if not 0 <= here + by < len(order):
            self.say(
                f"{self.present.incident.severity} is the {'worst' if by < 0 else 'mildest'} severity here."
            )
            return
        self.ask(
            i.ChangeSeverity(order[here + by], ""), f"severity is {order[here + by]} now; the clocks follow"
        )

    def action_worse(self) -> None:
        """Raise the severity; the rules ask for the reason."""
        self._grade(-1)

    def action_milder(self) -> None:
        """Lower the severity; the rules ask for the reason."""
        self._grade(1)

    def action_retriage(self) -> None:
        """Answer the triage questions again."""
        self.console_app.work.retriage(self.present)

    # --- the incident

    def action_note(self) -> None:
        """Add a note, dated back by @03:10 or -12m."""

        def write(text: str) -> None:
            try:
                words, at = note_moment(text, self.console_app.services.clock.now())
            except Refused as error:
                self.say(str(error), bad=True)
                return
            self.ask(i.AddNote(words, at), "noted")

        self.question("Note for the story", write, hint="@03:10 or -12m at the beginning dates it back")

    def action_milestone(self) -> None:
        """Mark a milestone."""
        marked = self.present.incident.milestones
        choices = tuple(
            Choice(m.id, m.title, f"{marked[m.id]:%H:%M}Z" if m.id in marked else "")
            for m in self.present.playbook.milestones
        )
        self.choice(
            "Which moment is reached?",
            choices,
            lambda name: self.ask(i.MarkMilestone(name), "milestone marked"),
        )

    def action_sent(self) -> None:
        """Record that an update was sent."""
        self.ask(i.MarkSent(UPDATE), "update recorded; its clock starts again")

    def action_approve(self) -> None:
        """Record an approval: which role, who, and how."""
        severity = self.present.playbook.severity(self.present.incident.severity)
        roles = severity.approvals if severity and severity.approvals else ("release manager",)

        def who(role: str) -> None:
            self.question(
                f"Who approved as {role}, and how?",
                lambda person: self.ask(i.GiveApproval(role, *_person_and_how(person)), "approval recorded"),
                hint="for example: Kim, by phone",
            )

        self.choice("Who has to approve?", tuple(Choice(role, role) for role in roles), who)

    def action_role(self) -> None:
        """Give a role to a person."""

        def assign(text: str) -> None:
            role, _, person = text.partition(" ")
            self.ask(i.AssignRole(role, person.strip()), f"{role} is {person.strip()}")

        self.question("Which role, and who?", assign, hint="for example: lead Kim")

    def action_resolve(self) -> None:
        """Mark the incident resolved."""
        self.question(
            "How do you know that users are well again?", lambda note: self.ask(i.Resolve(note), "resolved")
        )

    def action_close(self) -> None:
        """Close the incident; the rules ask for a reason when something is open."""
        self.ask(i.Close(), "closed. Export the post-mortem with p. Go to bed.")

    def action_reopen(self) -> None:
        """Make it active again; the rules ask for the reason."""
        self.ask(i.Reopen(""), "active again")

    def action_postmortem(self) -> None:
        """Preview the post-mortem."""
        self.console_app.work.postmortem(self.present)

    def action_unfinished(self) -> None:
        """Continue, undo or leave an unfinished operation."""
        self.console_app.work.look_for_unfinished(self.present, say_none=True)

    def action_undo(self) -> None:
        """Take back my newest record."""
        self.ask(i.Undo(), "undone   U redoes")

    def action_redo(self) -> None:
        """Take back the newest undo."""
        self.ask(i.Redo(), "redone")

    def action_copy(self) -> None:
        """Copy what is under the cursor."""
        pane = self.focused if isinstance(self.focused, Pane) else self._pane(self.current)
        if isinstance(pane, LogPane):
            self.console_app.copy(pane.visible_text, "the lines in sight")
            return
        item = self._item if pane.SCOPE == "checklist" else None
        if item is not None and item.command:
            self._hand_over(item)
            return
        text = next((r.text.strip() for r in pane.rows if r.key and r.key == pane.key), pane.text)
        self.console_app.copy(text, "the line")

    def action_copy_status(self) -> None:
        """Copy a summary of the status."""
        self.console_app.copy(summary(self.present, self.console_app.services.clock.now()), "the status")

    # --- panes

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
        pane = self._pane(self.current)

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
        pane = self._pane(self.current)
        if pane.finding:
            if not pane.find_again(direction):
                self.say("No further match.")
            return
        self._to_open_item(direction)

    def _to_open_item(self, direction: int) -> None:
        case, pane = self.present, self._pane("checklist")
        shown = case.playbook.phase(self.shown_phase or case.incident.phase)
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
        pane = self._pane("log")
        assert isinstance(pane, LogPane)
        return pane

    def action_refresh(self) -> None:
        """Look at git and the disk again."""
        self.look_again()
        self.say("looking again")

    def action_back(self) -> None:
        """End the search, then the zoom."""
        pane = self._pane(self.current)
        if pane.finding:
            pane.find("")
        elif self.zoomed:
            self.action_zoom()

    def action_back_or_quit(self) -> None:
        """Go back to the list of incidents; the clocks run on."""
        self.console_app.leave_console()


def _person_and_how(text: str) -> tuple[str, str]:
    person, _, how = text.partition(",")
    return person.strip(), how.strip()
