"""What an item's kind asks of it, where its parts stand, and circles of twins and flags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hotfix_tui.domain.playbook import Field, Item, Playbook
from hotfix_tui.loading.problems import Path
from hotfix_tui.loading.structure import Note

_WANTED: dict[str, tuple[str, ...]] = {
    "choice": ("choices",),
    "approval": ("role",),
    "wait": ("wait",),
    "recurring": ("every", "lasts"),
}
"""Kind to the keys that it cannot do without."""
_ONLY: dict[str, tuple[str, ...]] = {
    "choices": ("choice",),
    "wait": ("wait",),
    "every": ("recurring",),
    "lasts": ("recurring",),
    "at_least": ("number", "recurring"),
    "at_most": ("number", "recurring"),
    "below": ("number", "recurring"),
    "expect": ("yes-no", "choice"),
    "sets": ("yes-no",),
}
"""Key to the only kinds that it means something for."""


def items(playbook: Playbook, records: Iterable[tuple[Path, Any]], note: Note) -> None:
    """Note every item that cannot work."""
    found = [(path, record) for path, record in records if isinstance(record, Item)]
    for path, record in records:
        if isinstance(record, Item | Field):
            _kind(path, record, note)
    _parts(found, note)
    _circles(found, lambda item: item.twin, "twin", "twins", note)
    _flags(playbook, found, note)


def _kind(path: Path, record: Item | Field, note: Note) -> None:
    for key in _WANTED.get(record.kind, ()):
        if not getattr(record, key, True):
            note((*path, "kind"), f"an item of kind “{record.kind}” needs “{key}”.")
    for key, kinds in _ONLY.items():
        if getattr(record, key, None) not in (None, "", ()) and record.kind not in kinds:
            note((*path, key), f"“{key}” is only for items of kind {' or '.join(kinds)}.")
    least, most = record.at_least, record.at_most
    if least is not None and most is not None and least > most:
        note((*path, "at_least"), f"“at_least” {least:g} is above “at_most” {most:g}.")
    answers = ("yes", "no") if record.kind == "yes-no" else record.choices
    if record.expect and record.kind in _ONLY["expect"] and record.expect not in answers:
        note((*path, "expect"), f"“{record.expect}” is no answer; write one of {', '.join(answers)}.")


def _parts(found: Sequence[tuple[Path, Item]], note: Note) -> None:
    """A part stands in the same list as its whole, after it, with only other parts between."""
    home: tuple[Path, str] = ((), "")
    for path, item in found:
        if not item.under:
            home = (path[:-1], item.id)
        elif home != (path[:-1], item.under):
            note((*path, "under"), f"a part stands right after the item it is a part of, “{item.under}”.")


def _circles(
    found: Sequence[tuple[Path, Item]], follow: Callable[[Item], str], key: str, what: str, note: Note
) -> None:
    """Note the first item of every circle that `follow` leads around."""
    items = {item.id: item for _, item in found}
    told: set[str] = set()
    for path, item in found:
        seen = [item.id]
        at = items.get(follow(item))
        while at is not None and at.id not in seen:
            seen.append(at.id)
            at = items.get(follow(at))
        if at is not None and at.id == item.id and not told & set(seen):
            told |= set(seen)
            circle = " → ".join(f"“{id}”" for id in (*seen, item.id))
            note((*path, key), f"these {what} go round in a circle: {circle}. Name the other one once.")


def _flags(playbook: Playbook, found: Sequence[tuple[Path, Item]], note: Note) -> None:
    """An item that only its own answer could bring about never comes."""
    asked = {item.sets: item for _, item in found if item.sets}
    for path, item in found:
        waits = [flag for flag in item.when.flags if flag in asked]
        seen: set[str] = set()
        while waits:
            flag = waits.pop()
            if flag == item.sets:
                note((*path, "when"), f"it waits for the flag “{flag}”, which only it can lead to: a circle.")
                break
            if flag not in seen:
                seen.add(flag)
                waits += [further for further in asked[flag].when.flags if further in asked]
