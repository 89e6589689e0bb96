"""Commands about phases and severity: the gates and the reasons are the rules' business."""

from __future__ import annotations

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.applying import latest_phase, phases, sections
from hotfix_tui.tui.screens.asking import Asking


class PhaseActions(Asking):
    """Looking at phases, entering them, changing the severity."""

    def _turn(self, by: int) -> None:
        order = [section.id for section in sections(self.present.incident, self.present.playbook)]
        shown = self.shown_phase or latest_phase(self.present.incident, self.present.playbook)
        at = order.index(shown) + by if shown in order else -1
        if 0 <= at < len(order):
            self.shown_phase = order[at]
            self.tick()
        elif shown in order:
            self.say("This is the last checklist; [ goes back." if by > 0 else "This is the first checklist.")

    def action_previous_phase(self) -> None:
        """Show the phase before the shown one."""
        self._turn(-1)

    def action_next_phase(self) -> None:
        """Show the phase after the shown one."""
        self._turn(1)

    def action_advance(self) -> None:
        """End this phase and enter the next one; after the last one resolve the incident, then close it."""
        order = phases(self.present.incident, self.present.playbook)
        ids = [phase.id for phase in order]
        at = ids.index(self.present.incident.phase) if self.present.incident.phase in ids else -1
        if self.present.incident.phase == "" and self.present.incident.phases:
            at = max(ids.index(id) for id in self.present.incident.phases if id in ids)
        if at + 1 < len(ids):
            self._enter(ids[at + 1])
        elif self.present.incident.status == "active":
            self.ask_resolution()
        else:
            self.ask_to_close()

    def action_enter_phase(self) -> None:
        """Enter the phase under the cursor; a procedure is shown."""
        key = self.pane("phases").key
        if key in self.present.incident.procedures:
            self.shown_phase = key
            self.show_pane("checklist")
            self.tick()
        elif key:
            self._enter(key)

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

    def ask_resolution(self) -> None:
        """Ask how it is known that users are well again."""
        self.question(
            "How do you know that users are well again?", lambda note: self.ask(i.Resolve(note), "resolved")
        )

    def ask_to_close(self) -> None:
        """Close the incident; the rules ask for a reason when something is open."""
        self.ask(i.Close(), "closed. Export the post-mortem with p. Go to bed.")
