"""Commands about the process: rollback or fix, scenario cards, facts, fields."""

from __future__ import annotations

from collections.abc import Callable

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.applying import applies
from hotfix_tui.domain.outgoing import offered, outgoing
from hotfix_tui.domain.playbook import Field, Rollback, Scenario
from hotfix_tui.domain.process_rules import begun_by_way
from hotfix_tui.domain.promises import owed_words
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens.asking import Asking


class ProcessActions(Asking):
    """What is decided about the way of working."""

    def action_way(self) -> None:
        """Decide: roll back first, or fix."""
        first = self.present.playbook.rollback_first
        choices = (
            Choice("rollback", "yes: roll back first", key="y"),
            Choice("fix", "no: fix it", key="n"),
        )

        def why(way: str) -> None:
            self.question(
                "Why?",
                lambda reason: self.ask(i.ChooseWay("rollback" if way == "rollback" else "fix", reason), way),
            )

        def chosen(way: str) -> None:
            begun = begun_by_way(self.present.incident, self.present.playbook) if way == "rollback" else None
            self._once_sure(begun, lambda: why(way))

        self.choice(first.question if first else "Is rolling back faster than fixing?", choices, chosen)

    def action_start(self) -> None:
        """Start a scenario card or a rollback: its actions join the checklist."""
        case = self.present
        choices = tuple(
            Choice(p.id, p.title, _note(p, begun=p.id in case.incident.procedures))
            for p in case.playbook.procedures()
            if not (isinstance(p, Scenario) and p.exercise and not case.incident.declared.drill)
        )
        if choices:
            self.choice("What is started?", choices, self._start)
        else:
            self.say("This playbook has no scenario cards and no rollbacks.")

    def _start(self, id: str) -> None:
        if id in self.present.incident.procedures:
            self._show(id)
        else:
            self._once_sure(self.present.playbook.procedure(id), lambda: self._ask_start(id))

    def _once_sure(self, procedure: Rollback | Scenario | None, then: Callable[[], None]) -> None:
        """Go on once the word is typed that a rollback wants; at once where none is wanted."""
        word = procedure.confirm if isinstance(procedure, Rollback) else ""
        if not isinstance(procedure, Rollback) or not word:
            then()
            return

        def typed(text: str) -> None:
            if text == word:
                then()
            else:
                self.say(f"Not started: “{word}” was not typed.", bad=True)

        warning = self._warning(procedure) or "sure?"
        self.question(f"{procedure.title}: {warning} Type {word} in full", typed)

    def _warning(self, rollback: Rollback) -> str:
        """What is said before it, about the releases that were seen; before anybody has looked it names none."""
        view = self.pane("git").view
        back = view.git.back if view is not None else None
        known = values(self.present.incident, self.console_app.services.clock.now())
        unseen = {**known, "fix": "the release that is out", "base": "the one before"}
        return (back.warning(rollback.id) if back else "") or fill(rollback.warning, unseen)

    def _ask_start(self, id: str) -> None:
        procedure = self.present.playbook.procedure(id)
        self.ask(i.StartProcedure(id), f"started: {procedure.title if procedure else id}   u undoes")
        self._show(id)

    def _show(self, id: str) -> None:
        self.shown_phase = id
        self.show_pane("checklist")
        self.tick()

    def action_message(self) -> None:
        """Choose a template; its text is shown with what is known filled in."""
        incident, playbook = self.present.incident, self.present.playbook
        now, sent = self.console_app.services.clock.now(), {message.template for message in incident.sent}
        due = {t.id: owed_words(incident, playbook, t, now) for t in playbook.templates}
        fitting = sorted(offered(incident, playbook), key=lambda t: not due[t.id])
        choices = tuple(
            Choice(t.id, t.title, due[t.id] or ("sent" if t.id in sent else t.channel)) for t in fitting
        )
        if choices:
            self.choice("Which message?", choices, self._show_message)
        else:
            self.say("This playbook has no templates.")

    def _show_message(self, id: str) -> None:
        template = self.present.playbook.template(id)
        assert template is not None
        message = outgoing(self.present.incident, template, self.console_app.services.clock.now())

        def taken(wanted: str | None) -> None:
            if wanted:
                self.ask(i.MarkSent(id, template.channel), f"sent: {template.title}   u undoes")

        from hotfix_tui.tui.screens.message import MessageScreen

        self.app.push_screen(MessageScreen(message), taken)

    def action_flag(self) -> None:
        """Say that a fact became known, or proved wrong."""
        known = self.present.incident.flags
        choices = tuple(
            Choice(f.id, f.text, "yes" if f.id in known else "no") for f in self.present.playbook.flags
        )
        if choices:
            self.choice(
                "Which fact changes?",
                choices,
                lambda flag: self.ask(i.SetFlag(flag, flag not in known), "the checklist follows"),
            )
        else:
            self.say("This playbook asks for no facts.")

    def action_fill(self) -> None:
        """Fill in a field: of the declaration, of the post-mortem, of the criteria of success."""
        incident, playbook = self.present.incident, self.present.playbook
        fields = {f.id: f for f in playbook.fields() if applies(incident, f.when)}
        choices = tuple(
            Choice(f.id, f.text, incident.fields.get(f.id, "required" if f.required else ""))
            for f in fields.values()
        )
        if choices:
            self.choice("Which field?", choices, lambda name: self._fill(fields[name]))
        else:
            self.say("This playbook has no fields to fill in.")

    def _fill(self, field: Field) -> None:
        answers = ("yes", "no") if field.kind == "yes-no" else field.choices
        if answers:
            shown = tuple(Choice(answer, answer) for answer in answers)
            self.choice(field.text, shown, lambda value: self.ask(i.FillField(field.id, value), "filled in"))
        else:
            self.question(
                field.text,
                lambda value: self.ask(i.FillField(field.id, value), "filled in"),
                hint=field.hint or field.unit,
                initial=self.present.incident.fields.get(field.id, ""),
            )


def _note(procedure: Rollback | Scenario, *, begun: bool) -> str:
    kind = "rollback" if isinstance(procedure, Rollback) else f"scenario {procedure.severity}".strip()
    return f"{kind}, started" if begun else kind
