"""The four answers in words, on one line, and as data."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain.applying import labels, provable
from hotfix_tui.domain.clocks import SOON, Clocks, Countdown, PhaseClock
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.glance import Glance
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.proof import proof
from hotfix_tui.domain.text import clean, visible_argv
from hotfix_tui.service.incidents import Case

ZERO = timedelta(0)


def status_line(case: Case, seen: Glance) -> str:
    """For tmux and prompts: `P0 3/8 Fix 3h31m upd 4m! risk 2`."""
    incident = case.incident
    drill = "DRILL " if incident.declared.drill else ""
    where = f"{seen.phase_number}/{seen.phase_count} {seen.phase_title}" if seen.phase_number else ""
    parts = [drill + incident.severity, where or incident.status]
    if incident.ended_at is None and seen.left is not None:
        parts.append(spoken(seen.left) + ("!" if seen.left < ZERO else ""))
    update, now = seen.clocks.next_update, seen.now
    if update is not None:
        near = update.share(now) >= SOON
        parts.append(f"upd {spoken(update.left(now))}{'!' if near else ''}")
    if seen.risks:
        parts.append(f"risk {len(seen.risks)}")
    return clean(" ".join(parts), 200)


def status_words(case: Case, seen: Glance, git: tuple[str, ...]) -> tuple[str, ...]:
    """The four answers and what git says, a line each."""
    incident = case.incident
    drill = "PRACTICE DRILL. " if incident.declared.drill else ""
    head = f"{incident.severity} {case.id} {clean(incident.title)}. {drill}{incident.status.capitalize()}."
    lines = [head, f"WHERE  {_where(case, seen)}", f"NEXT   {_next(case, seen)}"]
    lines.append(f"LEFT   {_left(case, seen)}")
    risks = "; ".join(risk.text for risk in seen.risks)
    lines.append(f"RISK   {len(seen.risks)}: {risks}" if risks else "RISK   nothing known")
    if git:
        lines.append(f"GIT    {'; '.join(git)}")
    return tuple(lines)


def _where(case: Case, seen: Glance) -> str:
    if not seen.phase_number:
        status = case.incident.status
        return "between phases" if status == "active" else status
    current = seen.clocks.current
    assert current is not None
    return f"phase {seen.phase_number} of {seen.phase_count}: {seen.phase_title}, for {spoken(current.spent)}"


def _next(case: Case, seen: Glance) -> str:
    step = seen.next
    words = f"{step.label} {step.text}".strip()
    if step.operation:
        return f"{words}    run: hotfix run {step.label}"
    if step.command:
        from hotfix_tui.domain.templates import fill, values

        known = values(case.incident, seen.clocks.now)
        return f"{words}    command: {visible_argv([fill(part, known) for part in step.command])}"
    return words


def _left(case: Case, seen: Glance) -> str:
    clocks, told = seen.clocks, []
    if case.incident.ended_at is not None:
        told.append(_taken(seen))
    elif seen.limit is not None:
        what = "to resolve" if seen.limit.name == "resolve" else "to the total maximum"
        told.append(_counting(seen.limit, clocks, what))
    current = clocks.current
    if current is not None and current.left is not None:
        limit = "target" if current.phase.target and current.spent <= current.phase.target else "maximum"
        over = current.left < ZERO
        told.append(
            f"phase {spoken(-current.left)} over its {limit}"
            if over
            else f"phase {spoken(current.left)} to {limit}"
        )
    if clocks.update is not None:
        told.append(_due("update", clocks.update.left(clocks.now)))
    told += [_due(one.text, one.due - seen.now) for one in clocks.owed]
    if clocks.forecast is not None:
        told.append(f"at this pace done about {clocks.forecast:%H:%M}Z")
    return "; ".join(told) or f"no limit runs; it took {spoken(clocks.elapsed)}"


def _taken(seen: Glance) -> str:
    """How long it took once it has ended, held against the limit that it had."""
    taken = f"it took {spoken(seen.clocks.elapsed)}"
    if seen.left is None:
        return taken
    return f"{taken}, {'over' if seen.left < ZERO else 'within'} the limit by {spoken(abs(seen.left))}"


def _due(name: str, left: timedelta) -> str:
    return f"{name} overdue by {spoken(-left)}" if left < ZERO else f"{name} due in {spoken(left)}"


def _counting(limit: Countdown, clocks: Clocks, what: str) -> str:
    left = limit.left(clocks.now)
    if left < ZERO:
        return f"OVER LIMIT by {spoken(-left)} {what} (was {limit.due:%H:%M}Z)"
    return f"{spoken(left)} {what} (by {limit.due:%H:%M}Z)"


def over_limits(seen: Glance) -> tuple[str, ...]:
    """The names of the limits that have passed: what `--check` is about."""
    clocks = seen.clocks
    counted = (clocks.respond, clocks.resolve, clocks.limit, clocks.update)
    over = [one.name for one in counted if one is not None and one.left(clocks.now) < ZERO]
    over += [one.text for one in clocks.owed if one.due < seen.now]
    current = clocks.current
    if current is not None and current.alarm == "over-limit":
        over.append(f"phase {current.number}")
    return tuple(over)


def answers_data(case: Case, seen: Glance) -> dict[str, object]:
    """The four answers as data; times in seconds, moments in UTC."""
    incident, clocks, step = case.incident, seen.clocks, seen.next
    return {
        "id": case.id,
        "title": incident.title,
        "status": incident.status,
        "severity": incident.severity,
        "drill": incident.declared.drill,
        "line": status_line(case, seen),
        "now": clocks.now.isoformat(),
        "started_at": incident.started_at.isoformat(),
        "elapsed_seconds": int(clocks.elapsed.total_seconds()),
        "phase": {"number": seen.phase_number, "count": seen.phase_count, "title": seen.phase_title},
        "phases": [phase_data(clock) for clock in clocks.phases],
        "next": {
            "label": step.label,
            "text": step.text,
            "item": step.item,
            "command": list(step.command),
            "operation": step.operation,
        },
        "left_seconds": None if seen.left is None else int(seen.left.total_seconds()),
        "due": {
            one.name: one.due.isoformat()
            for one in (clocks.respond, clocks.resolve, clocks.target, clocks.limit, clocks.update)
            if one is not None
        },
        "owed": [
            {"id": one.id, "text": one.text, "due": one.due.isoformat(), "kind": one.kind}
            for one in clocks.owed
        ],
        "forecast": clocks.forecast.isoformat() if clocks.forecast else None,
        "over": list(over_limits(seen)),
        "risks": [{"text": risk.text, "level": risk.level} for risk in seen.risks],
        "proofs": [proof_data(case, item) for item in provable(case.incident, case.playbook)],
        "roles": dict(incident.roles),
        "milestones": {name: at.isoformat() for name, at in incident.milestones.items()},
    }


def proof_data(case: Case, item: Item) -> dict[str, object]:
    """How an item stands with its check, as JSON."""
    found = proof(item, case.incident.item(item.id))
    return {
        "item": item.id,
        "label": labels(case.incident, case.playbook).get(item.id, ""),
        "text": item.text,
        "check": item.check,
        "state": found.state,
        "observed": found.text,
        "at": found.at.isoformat() if found.at else None,
    }


def phase_data(clock: PhaseClock) -> dict[str, object]:
    """A phase as JSON; times in seconds."""
    phase = clock.phase
    return {
        "number": clock.number,
        "id": phase.id,
        "title": phase.title,
        "state": clock.state,
        "spent_seconds": int(clock.spent.total_seconds()),
        "target_seconds": int(phase.target.total_seconds()) if phase.target else None,
        "maximum_seconds": int(phase.maximum.total_seconds()) if phase.maximum else None,
        "alarm": clock.alarm,
    }
