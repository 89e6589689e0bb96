"""`hotfix done` and `hotfix skip`: the checklist without the console."""

from __future__ import annotations

import click

from hotfix_tui.cli.arguments import find_item
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.applying import labels
from hotfix_tui.domain.glance import next_step
from hotfix_tui.domain.intents import MarkItem
from hotfix_tui.domain.moments import clock
from hotfix_tui.domain.windows import rounds
from hotfix_tui.service.incidents import Case


@click.command(cls=CommandBase, name="done")
@click.argument("items", nargs=-1, required=True, metavar="ITEM…")
@click.option("--value", default="", metavar="VALUE", help="The answer that the item asks for.")
@click.option("--evidence", default="", metavar="TEXT", help="What shows that it was really done.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is done early, or with parts open.")
@click.option("--undo", "again", is_flag=True, help="Open the item again.")
def done_command(items: tuple[str, ...], value: str, evidence: str, reason: str, again: bool) -> None:
    """Mark items done, by number (3.4) or id; --undo opens them again."""
    session = current()
    case = session.case()
    for item in [find_item(case, word) for word in items]:
        intent = MarkItem(item.id, "open") if again else MarkItem(item.id, "done", reason, value, evidence)
        case = session.ask(case, intent)
        _told(case, item.id, "open again" if again else _done(case, item.id))


@click.command(cls=CommandBase, name="skip")
@click.argument("item", metavar="ITEM")
@click.option("--reason", default="", metavar="TEXT", help="Why it is skipped.")
def skip_command(item: str, reason: str) -> None:
    """Skip an item, by number (3.4) or id, with a reason."""
    session = current()
    case = session.case()
    found = find_item(case, item)
    case = session.ask(case, MarkItem(found.id, "skipped", reason))
    _told(case, found.id, f"skipped: {case.incident.item(found.id).reason}")


def _done(case: Case, item: str) -> str:
    """Done, or how many of its rounds a recurring item has."""
    turn = next((turn for turn in rounds(case.incident, case.playbook) if turn.item.id == item), None)
    return f"checked, {turn.done} of {turn.of}; again at {clock(turn.due, current().now)}" if turn else "done"


def _told(case: Case, item: str, what: str) -> None:
    found = case.playbook.item(item)
    label = labels(case.incident, case.playbook).get(item, item)
    tell(f"{label} {found.text if found else item}: {what}.", f"Next: {next_words(case)}")


def next_words(case: Case) -> str:
    """The next thing to do, in words."""
    following = next_step(case.incident, case.playbook, current().now)
    return f"{following.label} {following.text}".strip()


__all__ = ["done_command", "next_words", "skip_command"]
