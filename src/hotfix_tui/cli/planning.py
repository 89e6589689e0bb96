"""What commands that run something share: a plan is shown exactly, confirmed at its level, run with a journal."""

from __future__ import annotations

import signal
import threading

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.output import emit, interactive, safe, say, tell
from hotfix_tui.cli.session import Session
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import visible_argv
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.common.texts import words_of
from hotfix_tui.operations.plan import Plan, Standing
from hotfix_tui.operations.showing import told
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.journal import Progress

WAYS = "Go on with: hotfix op resume, op undo, op abort or op leave"


def make(case: Case, name: str, site: Site, words: tuple[str, ...]) -> Plan:
    """The plan of an operation, with what `--with NAME=VALUE` chose. Raises: UsageError; Refused; PortFailure."""
    operation = OPERATIONS[name]
    words_too = words_of(case.playbook) if operation.texts else frozenset()
    known = {choice.name for choice in operation.choices} | words_too
    given = {}
    for word in words:
        key, equals, value = word.partition("=")
        if key not in known or not equals:
            raise click.UsageError(f"“{safe(word)}” is no choice of {name}; {_choices(name)}")
        given[key] = value
    lacking = [choice for choice in operation.choices if choice.required and not given.get(choice.name)]
    if lacking:
        raise click.UsageError(f"{name} wants {lacking[0].title}: --with {lacking[0].name}=…")
    return operation.plan(operation.prepare(site, case.incident, case.playbook, given), site)


def _choices(name: str) -> str:
    names = [choice.name for choice in OPERATIONS[name].choices]
    return f"it has {', '.join(names)}: --with {names[0]}=…" if names else "it has none."


def show(plan: Plan, site: Site) -> None:
    """The plan as text: why, what was checked, and each exact command with its effect and its way back."""
    say(plan.title, f"in    {site.repository.root}", f"why   {plan.why}")
    say(*(f"{'ok   ' if one.ok else 'NO   ' if one.blocks else 'note '} {one.text}" for one in plan.findings))
    for number, step in enumerate(plan.steps, start=1):
        say(f"{number}. {step.title}", *(f"   {line}" for line in told(step)))
        say(f"   {step.effect}: {step.changes}")
        say(f"   way back: {step.way_back or visible_argv(step.inverse) or 'none'}")
        if step.final:
            say(f"--- no way back after this: {step.final}")


def data(plan: Plan, standings: dict[str, Standing] | None = None) -> dict[str, object]:
    """The plan for `--json`; with what the site says of each step where it was asked."""
    standings = standings or {}
    return {
        "operation": plan.operation,
        "title": plan.title,
        "level": plan.level,
        "word": plan.word,
        "blocked": list(plan.blocked),
        "findings": [{"ok": one.ok, "text": one.text, "blocks": one.blocks} for one in plan.findings],
        "steps": [
            {
                "id": step.id,
                "title": step.title,
                "argv": list(step.argv),
                "edits": [edit.path for edit in step.edits],
                "effect": step.effect,
                "changes": step.changes,
                "level": step.level,
                "inverse": list(step.inverse),
                "way_back": step.way_back,
                "final": step.final,
                **_standing(standings.get(step.id)),
            }
            for step in plan.steps
        ],
    }


def _standing(standing: Standing | None) -> dict[str, str]:
    return {"state": standing.state, "observed": standing.observed} if standing else {}


def confirmed(plan: Plan, *, yes: bool, typed: str) -> bool:
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


def carry_out(
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
            case, plan, site, item=item, run=run, on_progress=tell_progress, cancelled=stop.is_set
        )
    finally:
        signal.signal(signal.SIGINT, before)
    return ended(case, plan, as_json=as_json, stopped=stop.is_set())


def ended(case: Case, plan: Plan, *, as_json: bool, run: str = "", stopped: bool = False) -> int:
    """Tell how the run ended, the newest of the operation where none is named; its exit code.

    `stopped` says that ctrl+c was pressed meanwhile.
    """
    records = case.incident.operations
    record = (
        records[run] if run in records else [r for r in records.values() if r.operation == plan.operation][-1]
    )
    if as_json:
        steps = [{"id": s.step, "state": s.state, "detail": s.detail} for s in record.steps]
        emit(
            id=case.id,
            plan=data(plan),
            ran=True,
            run=record.run,
            outcome="unfinished" if record.state == "running" else record.state,
            detail=record.last_words,
            steps=steps,
        )
    if record.state == "running":
        why = f" {record.last_words}" if record.last_words else ""
        tell(f"{plan.title}: unfinished.{why}", WAYS)
    else:
        tell(f"{plan.title}: {record.state}{f': {record.detail}' if record.detail else ''}")
    if stopped and record.state != "done":
        return codes.INTERRUPTED
    return codes.OK if record.state in _WANTED else codes.COMMAND


_WANTED = ("done", "undone", "left", "cancelled")
"""How an operation stands where all that was asked for is done."""


def tell_progress(news: Progress) -> None:
    """One line of what happens now."""
    tell(f"  {news.text}" if news.state == "line" else f"[{news.state}] {news.step} {news.text}".rstrip())
