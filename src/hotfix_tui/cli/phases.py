"""`hotfix phase`: the phases and their clocks, and entering one."""

from __future__ import annotations

import click

from hotfix_tui.cli.arguments import find_phase
from hotfix_tui.cli.items import next_words
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import current
from hotfix_tui.cli.statuswords import phase_data
from hotfix_tui.domain.clocks import PhaseClock, clocks
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.intents import EnterPhase, LeavePhase
from hotfix_tui.service.incidents import Case

MARKS = {"waiting": "[ ]", "running": "[>]", "done": "[x]", "skipped": "[-]"}
ALARMS = {"": "", "soon": "near target", "over-target": "OVER TARGET", "over-limit": "OVER LIMIT"}


@click.command(cls=CommandBase, name="phase")
@click.argument("phase", default="list", metavar="[next|ID|NUMBER|leave|list]")
@click.option("--reason", default="", metavar="TEXT", help="Why to go on although its gate is closed.")
@click.option("--confirm", default="", metavar="WORD", help="The word that its gate wants typed in full.")
@click.option("--json", "as_json", is_flag=True, help="With list: one JSON object.")
def phase_command(phase: str, reason: str, confirm: str, as_json: bool) -> None:
    """List the phases with their clocks, enter one, or leave the running one.

    A closed gate (an open item, a wait) wants a reason.
    """
    session = current()
    case = session.case()
    if phase == "list":
        _list(case, clocks(case.incident, case.playbook, session.now).phases, as_json=as_json)
        return
    if phase == "leave":
        session.ask(case, LeavePhase(reason))
        tell(f"{case.id}: between phases.")
        return
    wanted = find_phase(case, phase)
    case = session.ask(case, EnterPhase(wanted.id, reason, confirm))
    tell(f"{case.id}: in phase {wanted.title}.", f"Next: {next_words(case)}")


def _list(case: Case, found: tuple[PhaseClock, ...], *, as_json: bool) -> None:
    if as_json:
        emit(id=case.id, phases=[phase_data(clock) for clock in found])
        return
    rows = [("", "", "phase", "target", "spent", "max", "")]
    for clock in found:
        target, maximum = clock.phase.target, clock.phase.maximum
        rows.append(
            (
                MARKS[clock.state],
                str(clock.number),
                f"{clock.phase.title} ({clock.phase.id})",
                spoken(target) if target else "-",
                spoken(clock.spent) if clock.state != "waiting" else "-",
                spoken(maximum) if maximum else "-",
                ALARMS[clock.alarm],
            )
        )
    say(*table(rows))
