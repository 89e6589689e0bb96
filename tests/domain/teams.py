"""A playbook with people in it: templates that promise, rungs, roles and contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotfix_tui.domain.alarms import alarms, ringing
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.playbook import (
    Alarms,
    Budget,
    Condition,
    Contact,
    Due,
    Role,
    Rung,
    Severity,
    Template,
)
from tests.domain.worlds import PLAYBOOK, World
from tests.events import START

MINUTE = timedelta(minutes=1)

TEAM = replace(
    PLAYBOOK,
    severities=(Severity("P0", "Critical", "down", "hotfix"), Severity("P1", "High", "bad", "hotfix")),
    templates=(
        Template("notice", "Notice", "We look.", audience="users", promise=240 * MINUTE),
        Template("all-clear", "All clear", "It works.", audience="users"),
        Template("ask", "Question", "Who?", audience="the team", promise=20 * MINUTE),
        Template("update", "Update", "Still here.", audience="everybody"),
        Template("told", "Announcement", "Released.", audience="users", due=Due("found", within=30 * MINUTE)),
        Template("later", "Follow-up", "A day on.", due=Due("resolved", wait=1440 * MINUTE)),
        Template("law", "Notice to the authority", "…", when=Condition(("P1",)), due=Due(within=60 * MINUTE)),
    ),
    roles=(
        Role("commander", "Incident commander", delegate="@planner", required=True),
        Role("builder", "Builder", delegate="@builder"),
        Role("security", "Security"),
    ),
    contacts=(
        Contact("commander", "Kim", "kim@example.org", "+49 1", "always"),
        Contact("builder", "Robin", available="Mon-Fri 09:00-17:00", timezone="Europe/Berlin"),
        Contact("Security", "Sascha", when=Condition(("P1",))),
    ),
    escalations=(
        Rung("status", "Status page", 30 * MINUTE, channel="status page"),
        Rung("channel", "Emergency channel", channel="#emergency"),
        Rung("team", "Call the builder", 5 * MINUTE, role="Builder", template="ask"),
        Rung("board", "Call the board", 15 * MINUTE, when=Condition(("P1",))),
    ),
    alarms=Alarms(nag_every=10 * MINUTE, nags=2, snooze=15 * MINUTE),
)
"""Nothing else rings in it: its severities and phases have no limits."""

LIMITED = replace(
    TEAM,
    budget=Budget(60 * MINUTE, 180 * MINUTE),
    severities=(
        Severity("P0", "Critical", "down", "hotfix", 20 * MINUTE, 120 * MINUTE, update_every=40 * MINUTE),
    ),
    phases=(replace(TEAM.phases[0], target=20 * MINUTE, maximum=40 * MINUTE), TEAM.phases[1]),
    escalations=(),
)
"""The same with limits instead of rungs."""


def at(minutes: float) -> datetime:
    """So many minutes after the declaration."""
    return START + minutes * MINUTE


def risks(world: World, minutes: float) -> list[tuple[str, str]]:
    """The risks of people so many minutes after the declaration: those of the items are left out."""
    found = glance(world.state, world.playbook, at(minutes)).risks
    return [(risk.text, risk.level) for risk in found if " blocks " not in risk.text]


def ringing_at(world: World, minutes: float) -> list[tuple[str, int]]:
    """What rings so many minutes after the declaration, with how often it nagged."""
    return [(ring.alarm.clock, ring.nag) for ring in ringing(world.state, world.playbook, at(minutes))]


def alarms_at(world: World, minutes: float) -> list[tuple[str, str]]:
    """The alarms so many minutes after the declaration."""
    return [(alarm.id, alarm.text) for alarm in alarms(world.state, world.playbook, at(minutes))]


OLD = (
    Contact("lead", "Kim", valid_from=date(2025, 1, 13), valid_until=date(2026, 1, 24)),
    Contact("lead", "Robin", valid_until=date(2026, 1, 24), available="always"),
    Contact("lead", "Sascha", valid_from=date(2026, 12, 1)),
)
"""Contacts whose dates have passed, or are still to come."""
