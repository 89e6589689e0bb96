"""`hotfix op`: git and version operations; each is planned, shown, confirmed and run, and taken up again after a crash."""

from __future__ import annotations

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import FamilyBase
from hotfix_tui.cli.output import emit, say, tell
from hotfix_tui.cli.planning import WAYS, carry_out, confirmed, data, ended, make, show, tell_progress
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.applying import procedures
from hotfix_tui.domain.errors import Refused
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import MUST_CONFIRM
from hotfix_tui.service.unfinished import Unfinished, remaining, undoing

NAME = click.argument("name", type=click.Choice(tuple(OPERATIONS)), metavar="NAME")
WITH = click.option("--with", "words", multiple=True, metavar="NAME=VALUE", help="A choice: hotfix op list")
YES = click.option("--yes", is_flag=True, help="Run it without asking (up to level 2).")
TYPED = click.option(
    "--confirm", "typed", default="", metavar="TEXT", help="What a level 3 plan wants typed."
)
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object.")


@click.group(cls=FamilyBase, name="op", context_settings={"help_option_names": ["-h", "--help"]})
def op_command() -> None:
    """Plan and run git and version operations; take up what did not end."""


@op_command.command("list")
@JSON
def list_operations(as_json: bool) -> None:
    """List the operations, and what can be chosen for each with `--with`."""
    if as_json:
        emit(
            operations=[
                {
                    "name": one.name,
                    "title": one.title,
                    "choices": [
                        {"name": c.name, "title": c.title, "required": c.required} for c in one.choices
                    ],
                }
                for one in OPERATIONS.values()
            ]
        )
        return
    for one in OPERATIONS.values():
        say(f"{one.name:<12} {one.title}")
        say(
            *(
                f"{'':<12} --with {c.name}=…  {c.title}{' (needed)' if c.required else ''}"
                for c in one.choices
            )
        )


@op_command.command("plan")
@NAME
@WITH
@JSON
def plan_operation(name: str, words: tuple[str, ...], as_json: bool) -> int:
    """Show what an operation would do now, and where each of its steps stands; run nothing."""
    session = current()
    case = session.case()
    return plan_and_run(session, case, name, words, dry_run=True, as_json=as_json)


@op_command.command("run")
@NAME
@WITH
@YES
@TYPED
@JSON
def run_operation(name: str, words: tuple[str, ...], yes: bool, typed: str, as_json: bool) -> int:
    """Show an operation's plan, and run it once it is confirmed."""
    session = current()
    case = session.case()
    item = answered_by(case, name)
    return plan_and_run(session, case, name, words, item=item, yes=yes, typed=typed, as_json=as_json)


def answered_by(case: Case, name: str) -> str:
    """The id of the first item that the operation does; empty when the playbook has none."""
    found = (i.id for p in case.playbook.phases for i in p.items if i.operation == name)
    return next(found, "")


def plan_and_run(
    session: Session,
    case: Case,
    name: str,
    words: tuple[str, ...] = (),
    *,
    item: str = "",
    dry_run: bool = False,
    yes: bool = False,
    typed: str = "",
    as_json: bool = False,
) -> int:
    """Show the plan and, unless it is only looked at, run it once it is confirmed; the exit code."""
    if not dry_run:
        session.services.may_run(case)
    site = session.site(case)
    plan = make(case, name, site, words)
    if not as_json:
        show(plan, site)
    if dry_run:
        if as_json:
            emit(id=case.id, plan=data(plan, {s.id: s.look(site) for s in plan.steps}), ran=False)
        return codes.REFUSED if plan.blocked else codes.OK
    if plan.blocked:
        raise Refused(f"{plan.title}: {'; '.join(plan.blocked)}.")
    session.may_write()
    if not confirmed(plan, yes=yes, typed=typed):
        tell("Nothing was run.")
        return codes.FAILED
    return carry_out(session, case, plan, site, item=item or begun_by(case, plan), as_json=as_json)


def begun_by(case: Case, plan: Plan) -> str:
    """The id of the step that a rollback does, once that rollback was started; empty otherwise."""
    wanted = plan.parameters.get("rollback", "")
    started = (p for p in procedures(case.incident, case.playbook) if p.id == wanted)
    return next((i.id for p in started for i in p.items if i.operation == plan.operation), "")


def _left(session: Session, case: Case, site: Site) -> Unfinished:
    """The operation that has not ended. Raises: Refused when there is none."""
    found = session.services.runner.unfinished(case, site)
    if not found:
        raise Refused("No operation is unfinished.")
    return found[0]


def _agreed(shown: Plan, site: Site, *, yes: bool, typed: str, as_json: bool) -> bool:
    """Whether what leaves the machine or cannot be undone was confirmed; the rest needs no second word."""
    if not as_json:
        show(shown, site)
    if shown.level < MUST_CONFIRM or confirmed(shown, yes=yes, typed=typed):
        return True
    tell("Nothing was run.")
    return False


@op_command.command("resume")
@YES
@TYPED
@JSON
def resume_operation(yes: bool, typed: str, as_json: bool) -> int:
    """Run the steps that are left of the operation that did not end; a command of it that still runs is followed.

    One that has ended meanwhile is not run again: its exit code is its outcome.
    """
    session = current()
    case = session.case()
    site = session.site(case)
    left = _left(session, case, site)
    session.may_write()
    for step, at in left.standings:
        if at.state in ("running", "ended", "lost"):
            tell(f"{step.title}: {at.observed}")
    if not _agreed(remaining(left), site, yes=yes, typed=typed, as_json=as_json):
        return codes.FAILED
    item = case.incident.operations[left.run].item
    return carry_out(session, case, left.plan, site, item=item, as_json=as_json, run=left.run)


@op_command.command("undo")
@YES
@TYPED
@JSON
def undo_operation(yes: bool, typed: str, as_json: bool) -> int:
    """Take back the steps that were done of the operation that did not end, the last one first."""
    session = current()
    case = session.case()
    site = session.site(case)
    left = _left(session, case, site)
    session.may_write()
    if not _agreed(
        undoing(left, case.incident.operations[left.run]), site, yes=yes, typed=typed, as_json=as_json
    ):
        return codes.FAILED
    case = session.services.runner.undo(case, left, site, on_progress=tell_progress)
    return ended(case, left.plan, as_json=as_json, run=left.run)


@op_command.command("abort")
@JSON
def abort_operation(as_json: bool) -> int:
    """End the step that stopped halfway, or stop its command, and the operation with it; what was done before stays."""
    session = current()
    case = session.case()
    site = session.site(case)
    left = _left(session, case, site)
    session.may_write()
    case = session.services.runner.abort(case, left, site, on_progress=tell_progress)
    return ended(case, left.plan, as_json=as_json, run=left.run)


@op_command.command("leave")
@JSON
def leave_operation(as_json: bool) -> int:
    """Record that the operation that did not end stays as it is."""
    session = current()
    case = session.case()
    left = _left(session, case, session.site(case))
    session.may_write()
    case = session.services.runner.leave(case, left)
    return ended(case, left.plan, as_json=as_json, run=left.run)


@op_command.command("unfinished")
@JSON
def unfinished_operation(as_json: bool) -> int:
    """Show the operation that did not end, and where git and the remote say that each of its steps stands."""
    session = current()
    case = session.case()
    if not any(record.state == "running" for record in case.incident.operations.values()):
        tell("No operation is unfinished.")
        if as_json:
            emit(id=case.id, unfinished=[])
        return codes.OK
    left = session.services.runner.unfinished(case, session.site(case))
    if as_json:
        emit(
            id=case.id,
            unfinished=[
                {"run": one.run, **data(one.plan, {step.id: at for step, at in one.standings})}
                for one in left
            ],
        )
        return codes.OK
    for one in left:
        say(f"“{one.plan.title}” has not ended.")
        say(*(f"  {at.state}: {step.title} ({at.observed})" for step, at in one.standings))
    tell(WAYS)
    return codes.OK
