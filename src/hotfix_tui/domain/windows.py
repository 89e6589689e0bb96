"""When something may be done and by when: windows after events, waits, recurring checks."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotfix_tui.domain.applying import is_open, items, sections
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Due, Item, Phase, Playbook
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Window:
    """From when and until when; None where there is no limit or its event has not come."""

    opens: datetime | None = None
    closes: datetime | None = None
    waits_for: str = ""
    """The event that must come first; empty once it came."""


_NONE = Window()


def moment(incident: Incident, name: str) -> datetime | None:
    """When the named event came: "declared", "resolved", "closed", a milestone, a phase or procedure entered, an item done."""
    fixed = {
        "declared": incident.declared_at,
        "resolved": incident.resolved_at,
        "closed": incident.closed_at,
    }
    if name in fixed:
        return fixed[name]
    if name in incident.milestones:
        return incident.milestones[name]
    if name in incident.phases:
        return incident.phases[name].first_entered
    if name in incident.procedures:
        return incident.procedures[name]
    told = incident.item(name)
    return told.at if told.mark == "done" else None


def window(incident: Incident, due: Due | None) -> Window:
    """The window that `due` says, as far as it is known (X.2)."""
    if due is None:
        return _NONE
    since = moment(incident, due.after)
    if since is None:
        return Window(waits_for=due.after)
    return Window(
        since + due.wait if due.wait else None,
        since + due.within if due.within else None,
    )


def item_window(incident: Incident, section: Phase, item: Item) -> Window:
    """From when and until when the item may be done: its own window, and how long a wait or a recurring check lasts."""
    if item.due is None and item.kind not in ("wait", "recurring"):
        return _NONE
    found = window(incident, item.due)
    length = {"wait": item.wait, "recurring": item.lasts}.get(item.kind)
    start = moment(incident, item.due.after if item.due else section.id)
    if length is None or start is None:
        return found
    return Window(max(filter(None, (found.opens, start + length))), found.closes, found.waits_for)


@record(frozen=True, slots=True)
class Round:
    """A recurring item's next check."""

    item: Item
    section: str
    since: datetime
    due: datetime
    done: int
    """How often it was checked."""
    of: int
    """How often it is to be checked."""


@lately()
def rounds(incident: Incident, playbook: Playbook) -> tuple[Round, ...]:
    """The next check of every recurring item that is open and whose time has come (S4.CHK.13, S3.COM.3)."""
    found = []
    for section in sections(incident, playbook):
        for item in items(incident, section):
            if item.kind != "recurring" or item.every is None or not is_open(incident, item):
                continue
            after = moment(incident, item.due.after if item.due else section.id)
            if after is None:
                continue
            checked = incident.item(item.id).checked
            last = max((*checked, after))
            of = max(int((item.lasts or item.every) / item.every), 1)
            found.append(Round(item, section.id, last, last + item.every, len(checked), of))
    return tuple(found)


@record(frozen=True, slots=True)
class DueItem:
    """An open item with a moment by which it must be done."""

    item: Item
    since: datetime
    due: datetime


@lately()
def due_items(incident: Incident, playbook: Playbook) -> tuple[DueItem, ...]:
    """The open items whose window closes, soonest first."""
    found = []
    for section in sections(incident, playbook):
        for item in items(incident, section):
            if item.due is None:
                continue
            closes = window(incident, item.due).closes
            if closes is not None and is_open(incident, item):
                since = moment(incident, item.due.after)
                assert since is not None
                found.append(DueItem(item, since, closes))
    return tuple(sorted(found, key=lambda one: one.due))


def phase_wait(incident: Incident, phase: Phase, now: datetime) -> timedelta:
    """How much longer the running phase must last at this severity; zero when it may be left (S0.GAT.1).

    Each visit waits anew: what is waited for is the newest build, not the one before.
    """
    until = lasts_until(incident, phase)
    return max(until - now, timedelta(0)) if until else timedelta(0)


def lasts_until(incident: Incident, phase: Phase) -> datetime | None:
    """Until when the running phase must last; None when it does not run, or may be left at any time."""
    told, least = incident.phases.get(phase.id), phase.wait_at(incident.severity)
    return told.entered + least if told and told.entered and least else None


def waits(incident: Incident, section: Phase, item: Item) -> bool:
    """Whether the item is for later: its event has not come, or it is checked again and again."""
    return item.kind == "recurring" or bool(item_window(incident, section, item).waits_for)


def event_name(playbook: Playbook, name: str) -> str:
    """What people call the named event."""
    milestone = next((m.title for m in playbook.milestones if m.id == name), "")
    phase, item = playbook.phase(name), playbook.item(name)
    return milestone or (phase.title if phase else "") or (item.text if item else name)
