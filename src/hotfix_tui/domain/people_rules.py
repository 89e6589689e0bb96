"""The rules about escalation and alarms: what becomes of `Escalate` and `Snooze`."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.alarms import Alarm, alarms, ringing
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.escalation import find_step, ladder, names_to_reach
from hotfix_tui.domain.events import Draft
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, TITLE, clean

LONGEST = 24 * 60
"""The most minutes for which an alarm can be snoozed."""


def escalate(
    incident: Incident, playbook: Playbook, intent: i.Escalate, context: i.Context
) -> tuple[Draft, ...]:
    """The event of a rung that was taken; taking it once more, to try again, is another one.

    Raises: Refused when there is no such rung in this incident.
    """
    step = find_step(incident, playbook, intent.rung)
    if step is None:
        known = ", ".join(one.rung.id for one in ladder(incident, playbook))
        has = f"it has {known}" if known else "it has none"
        raise Refused(f"There is no rung “{clean(intent.rung, 40)}” of escalation in this incident; {has}.")
    names = names_to_reach(incident, playbook, step.rung)
    person = clean(intent.person.strip(), NAME) or (names[0] if len(names) == 1 else "")
    return (Draft(e.Escalated(step.rung.id, person, clean(intent.how.strip(), TITLE))),)


def snooze(incident: Incident, playbook: Playbook, intent: i.Snooze, context: i.Context) -> tuple[Draft, ...]:
    """The event that lets one alarm rest, or all that ring.

    Raises: Refused when nothing rings, when no alarm has this name, or for longer than a day.
    """
    minutes = intent.minutes or max(playbook.alarms.snooze // timedelta(minutes=1), 1)
    if not 0 < minutes <= LONGEST:
        raise Refused("An alarm rests for at least one minute and at most a day (1440).")
    if intent.alarm:
        found = _named(alarms(incident, playbook, context.now), intent.alarm)
    else:
        found = tuple(ring.alarm for ring in ringing(incident, playbook, context.now))
    if not found:
        raise Refused("No alarm rings now.")
    return (Draft(e.AlarmSnoozed(tuple(alarm.id for alarm in found), minutes)),)


def _named(known: tuple[Alarm, ...], name: str) -> tuple[Alarm, ...]:
    found = tuple(alarm for alarm in known if name in (alarm.id, alarm.clock))
    if not found and known:
        names = ", ".join(alarm.clock for alarm in known)
        raise Refused(f"There is no alarm “{clean(name, 40)}” now; there are {names}.")
    return found
