"""Commands about people: escalation, contacts, roles, and quiet for a while."""

from __future__ import annotations

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.alarms import ringing
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.escalation import find_step, ladder, names_to_reach, standing
from hotfix_tui.domain.outgoing import outgoing
from hotfix_tui.domain.playbook import Rung
from hotfix_tui.domain.roles import Part, parts, title_of
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens import peoplepicture as picture
from hotfix_tui.tui.screens.phase_actions import PhaseActions

OTHER = " "
"""The choice of a role that the playbook does not name; no role has it as its id."""
EVERY = "*"
"""The choice of every alarm that rings; no alarm is called so."""


class PeopleActions(PhaseActions):
    """Whom to reach, and who does what."""

    # --- escalation

    def action_escalate(self) -> None:
        """Choose a rung, see whom to reach, and record that it was taken."""
        incident = self.present.incident
        now = self.console_app.services.clock.now()
        steps = ladder(incident, self.present.playbook)
        if not steps:
            self.say("This playbook has no escalation; C shows its contacts.", bad=True)
            return
        choices = tuple(
            Choice(s.rung.id, f"{n} {s.rung.title}", standing(s, incident, now))
            for n, s in enumerate(steps, 1)
        )
        first = next((s.rung.id for s in steps if not s.taken), "")
        self.choice("Escalate: which rung?", choices, self._rung, current=first)

    def _rung(self, id: str) -> None:
        """Show the rung and its people."""
        case, now = self.present, self.console_app.services.clock.now()
        step = find_step(case.incident, case.playbook, id)
        if step is None:
            return
        template = case.playbook.template(step.rung.template)
        role = title_of(case.playbook, step.rung.role)
        names = [n for n in names_to_reach(case.incident, case.playbook, step.rung) if n != role]

        def answered(wanted: str | None) -> None:
            if wanted:
                self.question(
                    f"Whom did you reach: {step.rung.title}?",
                    lambda text: taken(text, sent=wanted == "sent"),
                    hint="who, then how: Kim, by phone",
                    initial=f"{names[0]}, " if len(names) == 1 else step.rung.channel,
                )

        def taken(text: str, *, sent: bool) -> None:
            self.ask(_escalate(step.rung, text), "escalation recorded   u undoes")
            if sent:
                self.ask(i.MarkSent(step.rung.template, step.rung.channel), "escalation and message recorded")

        from hotfix_tui.tui.screens.letter import LetterScreen

        screen = LetterScreen(
            f"Escalate  {id}",
            lambda width: picture.rung_rows(case, step, now, width),
            outgoing(case.incident, template, now).text if template else "",
            record="record that you did it",
        )
        self.app.push_screen(screen, answered)

    def action_contacts(self) -> None:
        """Show whom to reach, and whether they can be reached now."""
        from hotfix_tui.tui.screens.contacts import ContactsScreen

        self.app.push_screen(ContactsScreen(self.present, self.console_app.services.clock.now()))

    # --- roles

    def action_role(self) -> None:
        """Choose a role and say who has it."""
        cast = parts(self.present.incident, self.present.playbook)
        people = tuple(Choice(part.id, part.title, _holder(part)) for part in cast)
        first = next((part.id for part in cast if part.missing), "")
        self.choice(
            "Which role?", (*people, Choice(OTHER, "another role …")), self._role_chosen, current=first
        )

    def _role_chosen(self, id: str) -> None:
        if id == OTHER:
            self.question("Which role, and who?", self._other_role, hint="for example: scribe Kim")
            return
        cast = {part.id: part for part in parts(self.present.incident, self.present.playbook)}
        part = cast[id]
        self.question(
            f"Who is {part.title}?",
            lambda person: self.ask(i.AssignRole(id, person), f"{part.title} is {person}"),
            hint=part.text,
            initial=part.person if part.named else "",
        )

    def _other_role(self, text: str) -> None:
        role, _, person = text.partition(" ")
        self.ask(i.AssignRole(role, person.strip()), f"{role} is {person.strip()}")

    # --- alarms

    def action_snooze(self) -> None:
        """Keep an alarm quiet for a while: the one that rings, or the chosen one of several."""
        case, now = self.present, self.console_app.services.clock.now()
        rings = ringing(case.incident, case.playbook, now)
        rest = spoken(case.playbook.alarms.snooze)

        def quiet(clock: str) -> None:
            self.ask(i.Snooze("" if clock == EVERY else clock), f"quiet for {rest}   u undoes")

        if len(rings) <= 1:
            quiet(EVERY)
            return
        choices = tuple(Choice(r.alarm.clock, r.alarm.text) for r in rings)
        self.choice(f"Which alarm rests for {rest}?", (Choice(EVERY, "all of them"), *choices), quiet)


def _escalate(rung: Rung, text: str) -> i.Escalate:
    """The record of "Kim, by phone"; words without a comma say how where a rung names only a channel."""
    person, _, how = text.partition(",")
    if not how and rung.channel and not rung.role:
        person, how = "", person
    return i.Escalate(rung.id, how.strip(), person.strip())


def _holder(part: Part) -> str:
    if part.named:
        return part.person
    wanted = "name somebody" if part.required else "nobody"
    return f"{part.person} stands in" if part.person else wanted
