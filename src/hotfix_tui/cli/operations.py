"""`hotfix run`: what an item does is shown with its exact commands, confirmed, and run with a journal."""

from __future__ import annotations

import click

from hotfix_tui.cli.arguments import find_item
from hotfix_tui.cli.op import answered_by, plan_and_run
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.session import current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.incidents import Case


@click.command(cls=CommandBase, name="run")
@click.argument("word", metavar="ITEM|OPERATION")
@click.option("-n", "--dry-run", is_flag=True, help="Show the plan and its exact commands; run nothing.")
@click.option("--yes", is_flag=True, help="Run it without asking (up to level 2).")
@click.option(
    "--confirm", "typed", default="", metavar="WORD", help="The word that a level 3 plan wants typed."
)
@click.option(
    "--with", "words", multiple=True, metavar="NAME=VALUE", help="A choice of the operation: hotfix op list"
)
@click.option("--base", default="", metavar="TAG", help="The same as --with base=TAG.")
@click.option("--branch", default="", metavar="NAME", help="The same as --with branch=NAME.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the plan and its outcome.")
def run_command(
    word: str,
    dry_run: bool,
    yes: bool,
    typed: str,
    words: tuple[str, ...],
    base: str,
    branch: str,
    as_json: bool,
) -> int:
    """Show the plan of an item or an operation, and run it once it is confirmed."""
    session = current()
    case = session.case()
    name, item = _operation(case, word)
    if any(choice.name == "item" for choice in OPERATIONS[name].choices) and item:
        words = (f"item={item}", *words)
    chosen = tuple(f"{key}={value}" for key, value in (("base", base), ("branch", branch)) if value)
    return plan_and_run(
        session,
        case,
        name,
        (*words, *chosen),
        item=item,
        dry_run=dry_run,
        yes=yes,
        typed=typed,
        as_json=as_json,
    )


def _operation(case: Case, word: str) -> tuple[str, str]:
    """The operation's name and the item that it answers. Raises: UsageError; Refused."""
    if word in OPERATIONS:
        return word, answered_by(case, word)
    item = find_item(case, word)
    if item.operation in OPERATIONS:
        return item.operation, item.id
    if item.command:
        return "command", item.id
    raise Refused(f"There is nothing to run for “{item.text}”: do it by hand, then: hotfix done {word}")
