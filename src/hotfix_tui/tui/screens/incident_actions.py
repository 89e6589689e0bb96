"""Commands about the incident as a whole: notes, milestones, approvals, its end, undo."""

from __future__ import annotations

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.gates import approvers
from hotfix_tui.domain.moments import moment_of, note_moment, told, understood
from hotfix_tui.domain.promises import UPDATE
from hotfix_tui.domain.roles import title_of
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens.people_actions import PeopleActions


class IncidentActions(PeopleActions):
    """What is recorded about the incident."""

    def action_note(self) -> None:
        """Add a note, dated back by @03:10 or -12m."""

        def write(text: str) -> None:
            try:
                words, at = note_moment(text, self.console_app.services.clock.now())
            except Refused as error:
                self.say(str(error), bad=True)
                return
            now = self.console_app.services.clock.now()
            self.ask(i.AddNote(words, at), f"noted at {told(at, now)}" if at else "noted")

        self.question(
            "Note for the story",
            write,
            wanted="note",
            hint="@03:10 or -12m at the beginning dates it back",
            reading=lambda text: understood(text, self.console_app.services.clock.now()),
        )

    def action_milestone(self) -> None:
        """Mark a milestone."""
        marked = self.present.incident.milestones
        choices = tuple(
            Choice(m.id, m.title, f"{marked[m.id]:%H:%M}Z" if m.id in marked else "")
            for m in self.present.playbook.milestones
        )
        self.choice("Which moment is reached?", choices, self._when)

    def _when(self, milestone: str) -> None:
        """Ask when it was, now being the answer at hand."""
        clock = self.console_app.services.clock
        titles = {one.id: one.title for one in self.present.playbook.milestones}

        def mark(text: str) -> None:
            try:
                at = moment_of(text, clock.now())
            except Refused as error:
                self.say(str(error), bad=True)
                return
            self.ask(
                i.MarkMilestone(milestone, at), f"{titles[milestone]}, {told(at or clock.now(), clock.now())}"
            )

        self.question(
            f"When was it: {titles[milestone]}?",
            mark,
            wanted="time",
            hint="now, or 03:10, -12m, 2026-11-21T03:10Z",
            initial="now",
            reading=lambda text: told(moment_of(text, clock.now()) or clock.now(), clock.now()),
        )

    def action_sent(self) -> None:
        """Record that an update was sent."""
        now = self.console_app.services.clock.now()
        runs = clocks(self.present.incident, self.present.playbook, now).update is not None
        self.ask(i.MarkSent(UPDATE), "update recorded; its clock starts again" if runs else "update recorded")

    def action_approve(self) -> None:
        """Record an approval: which role, who, and how."""
        roles = approvers(self.present.incident, self.present.playbook) or ("release manager",)

        def who(role: str) -> None:
            self.question(
                f"Who approved as {role}, and how?",
                lambda person: self.ask(i.GiveApproval(role, *_person_and_how(person)), "approval recorded"),
                hint="for example: Kim, by phone",
            )

        self.choice(
            "Who has to approve?",
            tuple(Choice(role, title_of(self.present.playbook, role)) for role in roles),
            who,
        )

    def action_resolve(self) -> None:
        """Mark the incident resolved."""
        self.ask_resolution()

    def action_close(self) -> None:
        """Close the incident."""
        self.ask_to_close()

    def action_reopen(self) -> None:
        """Make it active again; the rules ask for the reason."""
        self.ask(i.Reopen(""), "active again")

    def action_postmortem(self) -> None:
        """Preview the post-mortem."""
        self.console_app.work.postmortem(self.present)

    def action_unfinished(self) -> None:
        """Continue, undo or leave an unfinished operation."""
        self.console_app.work.look_for_unfinished(self.present, say_none=True)

    def action_output(self) -> None:
        """Show the newest job's output; it grows while the job runs."""
        self.console_app.work.show_output()

    def action_stop(self) -> None:
        """Stop the running operation, after a question."""
        self.console_app.work.ask_stop()

    def action_acknowledge(self) -> None:
        """Say that the change of the machine's clock is known."""
        self.console_app.work.acknowledge_clock()

    def action_undo(self) -> None:
        """Take back my newest record."""
        self.ask(i.Undo(), "undone   U redoes")

    def action_redo(self) -> None:
        """Take back the newest undo."""
        self.ask(i.Redo(), "redone")


def _person_and_how(text: str) -> tuple[str, str]:
    person, _, how = text.partition(",")
    return person.strip(), how.strip()
