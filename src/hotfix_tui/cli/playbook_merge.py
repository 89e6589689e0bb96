"""A document that is imported again: what it wants otherwise, as a difference to read, and who decides about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from hotfix_tui.cli.output import interactive, tell
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.loading.blocks import Name
from hotfix_tui.loading.merging import Difference
from hotfix_tui.service.importing import Again

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


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


def told(one: Difference) -> Iterator[str]:
    """One difference as lines: the sign, what it is about, and the values that stand against each other."""
    mark = "!" if one.conflict else _SIGNS[one.kind]
    yield f"{mark} {name(one.name)}{f', {clean(one.key)}' if one.key else ''}: {_words(one)}"
    if one.key or one.conflict:
        values = (("was", one.base), ("yours", one.ours), ("document", one.theirs))
        shown = [(who, value) for who, value in values if who != "was" or one.base not in (None, one.ours)]
        yield from (f"    {who:9}{_value(value)}" for who, value in shown)


def _words(one: Difference) -> str:
    if one.conflict:
        return {
            "added": "taken out by hand, changed in the document" if not one.key else "added in both",
            "removed": "gone from the document, changed by hand",
            "moved": "moved in the document and by hand",
        }.get(one.kind, "changed in both")
    if one.kind == "moved":
        return f"moves to {name(one.theirs)}"
    title = (
        (one.theirs or one.base or {}).get("text") or (one.theirs or one.base or {}).get("title")
        if not one.key
        else ""
    )
    return one.kind + (f"  “{clean(str(title), LINE)}”" if title else "")


def name(table: Name | None) -> str:
    """A table as a person would say it: phase “fix”, item “written”."""
    if not table:
        return "the top"
    if table == ("playbook",):
        return "playbook"
    pairs = zip(table[::2], table[1::2], strict=False)
    return ", ".join(f"{kind.split('.')[-1]} “{clean(label)}”" if label else kind for kind, label in pairs)


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, tuple):
        return name(value)
    if isinstance(value, dict):
        return "; ".join(f"{clean(str(key))} = {_value(entry)}" for key, entry in value.items())
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return clean(str(value).lower() if isinstance(value, bool) else str(value), LINE)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'s' if number != 1 else ''}"
