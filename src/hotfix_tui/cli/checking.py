"""`hotfix check`: items held against git, the remote and the playbook's commands; what is seen is recorded."""

from __future__ import annotations

from collections.abc import Iterable

import click

from hotfix_tui.checks import CHECKS
from hotfix_tui.cli import codes
from hotfix_tui.cli.arguments import find_item
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, safe, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.cli.statuswords import proof_data
from hotfix_tui.domain.applying import labels, provable
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.intents import MarkItem
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.proof import proof
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import MESSAGE, TITLE, clean, visible_argv
from hotfix_tui.service.checking import Looked, runs_a_command
from hotfix_tui.service.incidents import Case

MARKS = {True: "[x]", False: "[!]", None: "[?]"}
"""What was seen, in the marks of the console."""


@click.command(cls=CommandBase, name="check")
@click.argument("words", nargs=-1, metavar="[ITEM]…")
@click.option("--all", "every", is_flag=True, help="Every item that names a check, also of other phases.")
@click.option("--list", "listing", is_flag=True, help="Only show how items stand; look at nothing.")
@click.option("--done", "tick", is_flag=True, help="Mark what is proven as done.")
@click.option("--yes", is_flag=True, help="Run the commands that some checks run without asking.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check_command(
    words: tuple[str, ...], every: bool, listing: bool, tick: bool, yes: bool, as_json: bool
) -> int:
    """Look whether items are really done, by number (3.4) or id; without one, those of the running phase.

    What is seen is recorded as evidence, and nothing is ticked unless you say --done. 0: all is so. 1: something is
    not so. 7: nothing is wrong, but something could not be asked.
    """
    session = current()
    case = session.case()
    wanted = _wanted(case, words, every=every or (listing and not words))
    if listing:
        return _list(case, wanted, as_json=as_json)
    if not wanted:
        raise Refused("No item here names a check. See: hotfix check --all, and docs/checks.md")
    asked = len(wanted)
    wanted = tuple(
        item for item in wanted if yes or not runs_a_command(item) or _may_run(session, case, item)
    )
    passed_over = len(wanted) < asked
    case, found = _look(session, case, wanted)
    if tick:
        case = _tick(session, case, found)
    if as_json:
        emit(id=case.id, items=[_data(case, one.item, one) for one in found])
    else:
        _say(case, found)
    return _code(found) or (codes.COMMAND if passed_over else codes.OK)


def _wanted(case: Case, words: tuple[str, ...], *, every: bool) -> tuple[Item, ...]:
    """The items to look at. Raises: UsageError for a word that names none; Refused for one without a check."""
    if words:
        named = [find_item(case, word) for word in words]
        lacking = next((item for item in named if not item.check), None)
        if lacking is not None:
            raise Refused(
                f"“{clean(lacking.text, TITLE)}” names no check: nobody but you can say whether it is so."
            )
        return tuple(named)
    listed = provable(case.incident, case.playbook)
    phase = case.playbook.phase(case.incident.phase)
    if every or phase is None:
        return listed
    return tuple(item for item in listed if item in phase.items)


def _may_run(session: Session, case: Case, item: Item) -> bool:
    """Whether somebody wants its command to run now; where nobody can answer it is passed over, and that is said."""
    known = values(case.incident, session.now)
    shown = visible_argv([fill(part, known) for part in item.command])
    if interactive():
        return click.confirm(safe(f"{item.text}: run {shown}"), err=True)
    tell(f"Not looked at: {clean(item.text, TITLE)} runs {shown}; say --yes")
    return False


def _look(session: Session, case: Case, wanted: Iterable[Item]) -> tuple[Case, tuple[Looked, ...]]:
    """What is seen, recorded unless this is read-only. Raises: PortFailure."""
    checker, site = session.services.checker, session.site(case)
    if session.settings.read_only:
        return case, tuple(Looked(item, checker.look(case, item, site)) for item in wanted)
    return checker.check(case, wanted, site, on_line=lambda line: tell(f"  {line}"))


def _tick(session: Session, case: Case, found: tuple[Looked, ...]) -> Case:
    """Mark what is proven; what else an item asks for is said, and it stays open."""
    for one in found:
        if one.seen.ok and case.incident.item(one.item.id).mark != "done":
            try:
                case = session.ask(case, MarkItem(one.item.id, "done"))
            except (Refused, PortFailure) as error:
                tell(f"not marked: {error}")
    return case


def _say(case: Case, found: tuple[Looked, ...]) -> None:
    names = labels(case.incident, case.playbook)
    for one in found:
        state = proof(one.item, case.incident.item(one.item.id)).state
        word = state if one.seen.ok is not None else "could not be asked"
        label = names.get(one.item.id, one.item.id)
        say(f"{MARKS[one.seen.ok]} {label} {clean(one.item.text, TITLE)}  ({word})")
        say(f"      {clean(one.seen.text, MESSAGE)}")


def _list(case: Case, wanted: tuple[Item, ...], *, as_json: bool) -> int:
    names = labels(case.incident, case.playbook)
    if as_json:
        emit(id=case.id, items=[_data(case, item) for item in wanted])
        return codes.OK
    for item in wanted:
        found = proof(item, case.incident.item(item.id))
        seen = f": {clean(found.text, MESSAGE)}, {found.at:%m-%d %H:%M}Z" if found.at else ""
        say(f"{found.state:12} {names.get(item.id, item.id)} {clean(item.text, TITLE)} ({item.check}){seen}")
    return codes.OK


def _data(case: Case, item: Item, looked: Looked | None = None) -> dict[str, object]:
    known = CHECKS.get(item.check)
    data = {**proof_data(case, item), "reach": known.reach if known else ""}
    if looked is not None:
        data |= {"ok": looked.seen.ok, "seen": looked.seen.text, "lines": list(looked.seen.lines)}
    return data


def _code(found: tuple[Looked, ...]) -> int:
    said = {one.seen.ok for one in found}
    if False in said:
        return codes.FAILED
    return codes.COMMAND if None in said else codes.OK
