"""The words that people type for items, phases and moments, as the things they mean."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from hotfix_tui.domain.applying import labels, phases
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.moments import parse_moment
from hotfix_tui.domain.roles import find_role
from hotfix_tui.domain.text import clean

if TYPE_CHECKING:
    from hotfix_tui.domain.playbook import Item, Phase
    from hotfix_tui.service.incidents import Case


def find_item(case: Case, word: str) -> Item:
    """The item with this number ("3.4") or id. Raises: UsageError."""
    names = labels(case.incident, case.playbook)
    by_label = {label: id for id, label in names.items()}
    item = case.playbook.item(by_label.get(word, word.lower()))
    if item is None:
        known = [*by_label, *by_label.values()]
        raise click.UsageError(f"There is no item “{clean(word, 40)}” in {case.id}.{_close(word, known)}")
    return item


def moved(before: Case, after: Case) -> str:
    """That items have other numbers than before: what stands on an older screen would mark another one."""
    old, new = (labels(case.incident, case.playbook) for case in (before, after))
    id = next((id for id, label in old.items() if new.get(id, label) != label), "")
    return (
        f"Numbers have moved: what was {old[id]} is {new[id]} now. Look before you mark by number."
        if id
        else ""
    )


def find_phase(case: Case, word: str) -> Phase:
    """The phase with this number, id or title, or the "next" one. Raises: UsageError."""
    order = phases(case.incident, case.playbook)
    if word == "next":
        return _after(case, order)
    if word.isdecimal() and 1 <= int(word) <= len(order):
        return order[int(word) - 1]
    found = next((phase for phase in order if word.lower() in {phase.id.lower(), phase.title.lower()}), None)
    if found is None:
        raise click.UsageError(
            f"There is no phase “{clean(word, 40)}” in {case.id}.{_close(word, [phase.id for phase in order])}"
        )
    return found


def _after(case: Case, order: tuple[Phase, ...]) -> Phase:
    """The phase after the running one, else the first that was never entered. Raises: Refused."""
    ids = [phase.id for phase in order]
    here = ids.index(case.incident.phase) + 1 if case.incident.phase in ids else 0
    later = order[here:] if here else tuple(p for p in order if p.id not in case.incident.phases)
    if not later:
        raise Refused("This is the last phase. Next: hotfix resolve, then hotfix close.")
    return later[0]


def known_role(case: Case, word: str, besides: tuple[str, ...] = ()) -> str:
    """The id of the role that the word names: the playbook's, somebody's, or one of `besides`.

    A playbook that names none takes any. Raises: UsageError with those that exist, the nearest first.
    """
    incident, playbook = case.incident, case.playbook
    found, named = find_role(playbook, word), (*(role.id for role in playbook.roles), *besides)
    known = dict.fromkeys(find_role(playbook, role) for role in (*named, *incident.roles))
    if named and found.lower() not in {role.lower() for role in known}:
        from difflib import get_close_matches

        near = get_close_matches(found, known, n=len(known), cutoff=0.0)
        raise click.UsageError(f"There is no role “{clean(word, 40)}”; there are {clean(', '.join(near))}.")
    return found


def moment(word: str, now: datetime) -> datetime | None:
    """The moment that the word names; None for no word. Raises: UsageError."""
    if not word:
        return None
    try:
        return parse_moment(word.strip(), now)
    except Refused as error:
        raise click.UsageError(str(error)) from error


def _close(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else f" There are {', '.join(known[:30])}."
