"""A document that is imported again: what it wants otherwise, as a difference to read, and who decides about it."""

from __future__ import annotations

from collections.abc import Callable

import click

from hotfix_tui.cli.output import interactive, tell
from hotfix_tui.domain.errors import Refused
from hotfix_tui.loading.merging import Difference
from hotfix_tui.service.differing import told
from hotfix_tui.service.importing import Again


def show(case: Again, say: Callable[..., None]) -> None:
    """Say everything that the document wants, conflicts last and marked, and what was kept."""
    conflicts = len(case.conflicts)
    for one in sorted(case.wanted, key=lambda one: one.conflict):
        say(*told(one))
    changes = len(case.wanted) - conflicts
    said = f"{_count(changes, 'change')} of the document, {_count(conflicts, 'conflict')}"
    tell(f"{said}, {_count(case.by_hand, 'hand edit')} kept." if case.known else f"{said}.")
    if not case.known:
        tell(
            "What the last import wrote is not there any more, so nobody knows which edits were made by hand."
        )


def taken(case: Again, accept: str) -> tuple[Difference, ...]:
    """What is taken of the document: its changes, and of the conflicts those that somebody wants.

    Raises: Refused when there are conflicts and nobody is there to decide.
    """
    asked = accept or ("ask" if interactive() else "")
    if case.conflicts and not asked:
        raise Refused("Both changed the same; nothing was written. Say --accept ours or --accept theirs.")
    if asked == "ask" and case.conflicts and not interactive():
        raise Refused("Nobody is there to answer; say --accept ours or --accept theirs.")
    return tuple(one for one in case.wanted if not one.conflict or _theirs(one, asked))


def _theirs(one: Difference, accept: str) -> bool:
    if accept != "ask":
        return accept == "theirs"
    tell(*told(one))
    return (
        str(
            click.prompt(
                "Keep yours, or take the document's", type=click.Choice(("yours", "document")), err=True
            )
        )
        == "document"
    )


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'s' if number != 1 else ''}"
