"""The rules of flags, ways, procedures and fields."""

from __future__ import annotations

from collections.abc import Iterable

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import accepted_value
from hotfix_tui.domain.playbook import Playbook, Rollback, Scenario
from hotfix_tui.domain.text import MESSAGE, one_line


def set_flag(
    incident: Incident, playbook: Playbook, intent: i.SetFlag, context: i.Context
) -> tuple[Draft, ...]:
    """A fact became known, or proved wrong."""
    if all(flag.id != intent.flag for flag in playbook.flags):
        raise _unknown("flag", intent.flag, (flag.id for flag in playbook.flags))
    if (intent.flag in incident.flags) == intent.on:
        return ()
    return (Draft(e.FlagChanged(intent.flag, intent.on, one_line(intent.reason))),)


def choose_way(
    incident: Incident, playbook: Playbook, intent: i.ChooseWay, context: i.Context
) -> tuple[Draft, ...]:
    """The way, and with "rollback" the procedure that the playbook names for it."""
    if incident.way == intent.way:
        return ()
    chosen = Draft(e.WayChosen(intent.way, one_line(intent.reason)))
    first = begun_by_way(incident, playbook) if intent.way == "rollback" else None
    return (chosen, Draft(e.ProcedureStarted(first.id))) if first else (chosen,)


def begun_by_way(incident: Incident, playbook: Playbook) -> Rollback | Scenario | None:
    """What the way "rollback" starts: the procedure that the playbook names for it, unless it has begun."""
    first = playbook.rollback_first.rollback if playbook.rollback_first else ""
    return playbook.procedure(first) if first and first not in incident.procedures else None


def start_procedure(
    incident: Incident, playbook: Playbook, intent: i.StartProcedure, context: i.Context
) -> tuple[Draft, ...]:
    """A rollback or scenario, with the flags that the scenario's card says."""
    procedure = playbook.procedure(intent.procedure)
    if procedure is None:
        raise _unknown("rollback or scenario", intent.procedure, (p.id for p in playbook.procedures()))
    if procedure.id in incident.procedures:
        return ()
    if isinstance(procedure, Scenario) and procedure.exercise and not incident.declared.drill:
        raise Refused(f"“{procedure.title}” is for drills only.")
    flags = procedure.flags if isinstance(procedure, Scenario) else ()
    known_now = tuple(Draft(e.FlagChanged(f, on=True)) for f in flags if f not in incident.flags)
    return (*known_now, Draft(e.ProcedureStarted(procedure.id, one_line(intent.reason))))


def fill_field(
    incident: Incident, playbook: Playbook, intent: i.FillField, context: i.Context
) -> tuple[Draft, ...]:
    """An answer; an empty one takes it back."""
    field = playbook.field(intent.field)
    if field is None:
        raise _unknown("field", intent.field, (f.id for f in playbook.fields()))
    value = accepted_value(field, one_line(intent.value, MESSAGE))
    return () if incident.fields.get(field.id, "") == value else (Draft(e.FieldFilled(field.id, value)),)


def _unknown(what: str, name: str, known: Iterable[str]) -> Refused:
    names = ", ".join(known)
    return Refused(f"There is no {what} “{one_line(name, 40)}” in this playbook; it has {names or 'none'}.")
