"""`hotfix run` and `hotfix unfinished`: a plan is shown with its exact commands, confirmed, and run with a journal."""

from __future__ import annotations

import signal
import threading
from typing import Literal

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.arguments import find_item
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, safe, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import visible_argv
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.operations.showing import told
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.journal import Progress
from hotfix_tui.service.operations import Unfinished


@click.command(cls=CommandBase, name="run")
@click.argument("word", metavar="ITEM|OPERATION")
@click.option("-n", "--dry-run", is_flag=True, help="Show the plan and its exact commands; run nothing.")
@click.option("--yes", is_flag=True, help="Run it without asking (up to level 2).")
@click.option(
    "--confirm", "typed", default="", metavar="WORD", help="The word that a level 3 plan wants typed."
)
@click.option("--base", default="", metavar="TAG", help="For branch: a tag, main or latest-release.")
@click.option("--branch", default="", metavar="NAME", help="For branch: the branch's name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the plan and its outcome.")
def run_command(
    word: str, dry_run: bool, yes: bool, typed: str, base: str, branch: str, as_json: bool
) -> int:
    """Show the plan of an item or an operation, and run it once it is confirmed."""
    session = current()
    case = session.case()
    name, item = _operation(case, word, session)
    site = session.site(case)
    operation = OPERATIONS[name]
    choice = {key: value for key, value in (("base", base), ("branch", branch)) if value}
    plan = operation.plan(operation.prepare(site, case.incident, case.playbook, choice), site)
    if not as_json:
        _show(plan, site)
    if dry_run:
        if as_json:
            emit(id=case.id, plan=_data(plan), ran=False)
        return codes.REFUSED if plan.blocked else codes.OK
    if plan.blocked:
        raise Refused(f"{plan.title}: {'; '.join(plan.blocked)}.")
    session.may_write()
    session.services.may_run(case)
    if not _confirmed(plan, yes=yes, typed=typed):
        tell("Nothing was run.")
        return codes.FAILED
    return _run(session, case, plan, site, item=item, as_json=as_json)


def _operation(case: Case, word: str, session: Session) -> tuple[str, str]:
    """The operation's name and the item that it answers. Raises: UsageError; Refused."""
    if word in OPERATIONS:
        found = (i for p in case.playbook.phases for i in p.items if i.operation == word)
        return word, next((item.id for item in found), "")
    item = find_item(case, word)
    if item.operation in OPERATIONS:
        return item.operation, item.id
    if item.command:
        session.services.may_run(case)
        known = values(case.incident, session.now)
        exact = visible_argv([fill(part, known) for part in item.command])
        say(exact)
        raise Refused(f"“{item.text}” is a command that you run yourself; then: hotfix done {word}")
    raise Refused(f"There is nothing to run for “{item.text}”: do it by hand, then: hotfix done {word}")


def _show(plan: Plan, site: Site) -> None:
    """The plan as text: why, what was checked, and each exact command with its effect and its way back."""
    say(plan.title, f"in    {site.repository.root}", f"why   {plan.why}")
    say(*(f"{'ok   ' if one.ok else 'NO   ' if one.blocks else 'note '} {one.text}" for one in plan.findings))
    for number, step in enumerate(plan.steps, start=1):
        say(f"{number}. {step.title}", *(f"   {line}" for line in told(step)))
        say(f"   {step.effect}: {step.changes}")
        say(f"   way back: {step.way_back or visible_argv(step.inverse) or 'none'}")
        if step.final:
            say(f"--- no way back after this: {step.final}")


def _data(plan: Plan) -> dict[str, object]:
    return {
        "operation": plan.operation,
        "title": plan.title,
        "level": plan.level,
        "blocked": list(plan.blocked),
        "findings": [{"ok": one.ok, "text": one.text, "blocks": one.blocks} for one in plan.findings],
        "steps": [
            {
                "id": s.id,
                "title": s.title,
                "argv": list(s.argv),
                "effect": s.effect,
                "changes": s.changes,
                "level": s.level,
                "inverse": list(s.inverse),
                "way_back": s.way_back,
                "edits": [edit.path for edit in s.edits],
                "final": s.final,
            }
            for s in plan.steps
        ],
    }


def _confirmed(plan: Plan, *, yes: bool, typed: str) -> bool:
    """Whether a person, or a script in so many words, wants it. Raises: Refused where neither said so."""
    if plan.level == 3:
        if not typed and interactive():
            typed = click.prompt(safe(f"This cannot be undone. Type {plan.word} to run it"), err=True)
        if typed != plan.word:
            raise Refused(f"This cannot be undone; say --confirm {plan.word}")
        return True
    if yes or plan.level == 0:
        return True
    if not interactive():
        raise Refused("Nobody is there to confirm; say --yes, or --dry-run to look only.")
    return click.confirm("Run it", err=True)


def _run(
    session: Session,
    case: Case,
    plan: Plan,
    site: Site,
    *,
    item: str,
    as_json: bool,
    run: str = "",
) -> int:
    """Run the plan; ctrl+c stops it between or within its steps, and the journal says how far it came."""
    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        case = session.services.runner.run(
            case, plan, site, item=item, run=run, on_progress=_tell_progress, cancelled=stop.is_set
        )
    finally:
        signal.signal(signal.SIGINT, before)
    return _ended(case, plan, as_json=as_json)


def _ended(case: Case, plan: Plan, *, as_json: bool) -> int:
    record = [one for one in case.incident.operations.values() if one.operation == plan.operation][-1]
    if as_json:
        steps = [{"id": s.step, "state": s.state, "detail": s.detail} for s in record.steps]
        emit(
            id=case.id,
            plan=_data(plan),
            ran=True,
            run=record.run,
            outcome="unfinished" if record.state == "running" else record.state,
            detail=record.last_words,
            steps=steps,
        )
    if record.state == "running":
        why = f" {record.last_words}" if record.last_words else ""
        tell(f"{plan.title}: unfinished.{why}")
        tell("Go on with: hotfix unfinished --continue, --undo or --leave")
    else:
        tell(f"{plan.title}: {record.state}{f': {record.detail}' if record.detail else ''}")
    return _CODES.get(record.state, codes.COMMAND)


_CODES = {
    "done": codes.OK,
    "undone": codes.OK,
    "left": codes.OK,
    "cancelled": codes.INTERRUPTED,
    "running": codes.INTERRUPTED,
}
"""How an operation stands after it was run, to exit code."""


def _tell_progress(news: Progress) -> None:
    tell(f"  {news.text}" if news.state == "line" else f"[{news.state}] {news.step} {news.text}".rstrip())


@click.command(cls=CommandBase, name="unfinished")
@click.option("--continue", "way", flag_value="continue", help="Run the steps that are left.")
@click.option("--undo", "way", flag_value="undo", help="Take back the steps that were done.")
@click.option("--leave", "way", flag_value="leave", help="Record that it stays as it is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def unfinished_command(way: Literal["continue", "undo", "leave"] | None, as_json: bool) -> int:
    """Show an operation that did not end, and where git says its steps stand; continue, undo or leave it."""
    session = current()
    case = session.case()
    if not any(record.state == "running" for record in case.incident.operations.values()):
        tell("No operation is unfinished.")
        if as_json:
            emit(id=case.id, unfinished=[])
        return codes.OK
    site = session.site(case)
    left = session.services.runner.unfinished(case, site)
    if way is None:
        _show_left(case, left, as_json=as_json)
        return codes.OK
    session.may_write()
    first = left[0]
    if way == "continue":
        item = case.incident.operations[first.run].item
        return _run(session, case, first.plan, site, item=item, as_json=as_json, run=first.run)
    if way == "undo":
        case = session.services.runner.undo(case, first, site, on_progress=_tell_progress)
    else:
        case = session.services.runner.leave(case, first)
    return _ended(case, first.plan, as_json=as_json)


def _show_left(case: Case, left: tuple[Unfinished, ...], *, as_json: bool) -> None:
    if as_json:
        emit(
            id=case.id,
            unfinished=[
                {
                    "run": one.run,
                    "title": one.plan.title,
                    "steps": [
                        {"id": s.id, "state": at.state, "observed": at.observed} for s, at in one.standings
                    ],
                }
                for one in left
            ],
        )
        return
    for one in left:
        say(f"“{one.plan.title}” has not ended.")
        say(*(f"  {standing.state}: {step.title} ({standing.observed})" for step, standing in one.standings))
    tell("Go on with: hotfix unfinished --continue, --undo or --leave")
