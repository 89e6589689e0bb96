"""`hotfix list` and `hotfix log`: every incident, and the story of one."""

from __future__ import annotations

import json

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.codec import encode
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.glance import glance
from hotfix_tui.domain.story import Line, story
from hotfix_tui.service.incidents import Case

_RANK = {"active": 0, "resolved": 1, "closed": 2}


@click.command(cls=CommandBase, name="list")
@click.option("--open", "only_open", is_flag=True, help="Leave out closed ones.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_command(only_open: bool, as_json: bool) -> None:
    """List the incidents, open ones first, and before them those that cannot be read."""
    session = current()
    survey = session.incidents.survey()
    cases = sorted(survey.cases, key=lambda case: _RANK[case.incident.status])
    if only_open:
        cases = [case for case in cases if case.incident.status != "closed"]
    if as_json:
        emit(
            incidents=[_data(case) for case in cases],
            unreadable=[{"id": one.id, "reason": one.reason} for one in survey.unreadable],
        )
    elif cases or survey.unreadable:
        lost = [("?", one.id, "unreadable", "-", "-", one.reason) for one in survey.unreadable]
        say(*table([*lost, *(_row(case) for case in cases)]))
    else:
        tell(
            "No incident is open. Declare one with: hotfix declare"
            if only_open
            else "There are no incidents."
        )


def _row(case: Case) -> tuple[str, ...]:
    incident = case.incident
    now = current().now
    answers = glance(incident, case.playbook, now)
    phase = (
        f"{answers.phase_number}/{answers.phase_count} {answers.phase_title}" if answers.phase_number else "-"
    )
    left = f"{spoken(answers.left)} left" if answers.left is not None and incident.ended_at is None else "-"
    taken = f"took {spoken(answers.clocks.elapsed)}" if incident.ended_at else left
    drill = "DRILL " if incident.declared.drill else ""
    return (incident.severity, case.id, incident.status, phase, taken, drill + incident.title)


def _data(case: Case) -> dict[str, object]:
    incident = case.incident
    now = current().now
    return {
        "id": case.id,
        "title": incident.title,
        "status": incident.status,
        "severity": incident.severity,
        "drill": incident.declared.drill,
        "phase": incident.phase,
        "started_at": incident.started_at.isoformat(),
        "declared_at": incident.declared_at.isoformat(),
        "elapsed_seconds": int(clocks(incident, case.playbook, now).elapsed.total_seconds()),
        "repository": incident.declared.repository,
        "lead": incident.roles.get("lead", ""),
    }


@click.command(cls=CommandBase, name="log")
@click.argument("id", default="", metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="Every event as it is stored, in one JSON object.")
def log_command(id: str, as_json: bool) -> None:
    """Print an incident's story, in the order in which it happened; what was undone is marked."""
    session = current()
    case = session.case(id)
    if as_json:
        emit(id=case.id, events=_events(case), unreadable=[q.reason for q in case.quarantined])
        return
    lines = story(case.incident, case.playbook)
    say(*table([(f"{line.at:%Y-%m-%d %H:%M:%SZ}", line.by, _marked(line.text, line)) for line in lines]))
    for aside in case.quarantined:
        tell(f"Entry {aside.position} cannot be read: {aside.reason}")


def _marked(text: str, line: Line) -> str:
    words = [word for word in ("undone", "backdated", "unknown") if getattr(line, word)]
    return f"{text} ({', '.join(words)})" if words else text


def _events(case: Case) -> list[dict[str, object]]:
    found = []
    for event in case.incident.log:
        data = json.loads(encode(event))
        data["data"].pop("source", None)  # the playbook's whole text: `hotfix playbook show` prints it
        found.append({"id": event.id, "undone": event.id in case.incident.undone, **data})
    return found
