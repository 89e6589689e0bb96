"""A playbook that was imported, edited by hand, and is imported again: what the document wants now, entry by entry.

Three texts are held against each other: the one that the last import wrote (base), the one that lies there now (ours)
and the one that this import would write (theirs). What only one side changed is that side's; what both changed is a
conflict, and somebody decides. Hand edits are never changed without being asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from hotfix_tui.domain.record import record
from hotfix_tui.loading.blocks import Block, Blocks, Name, blocks
from hotfix_tui.loading.ordering import orders

Kind = Literal["added", "removed", "changed", "moved", "ordered"]
NONE: Any = None
"""Stands for a key or table that is not there; TOML has no value like it."""


@record(frozen=True, slots=True)
class Difference:
    """One thing that the document wants otherwise than the playbook has it."""

    name: Name
    """The table."""
    key: str
    """The key in it; empty for the table as a whole."""
    kind: Kind
    """What the document wants of it."""
    conflict: bool
    """Whether a hand has changed the same thing."""
    base: Any
    """What the last import wrote."""
    ours: Any
    """What stands there now."""
    theirs: Any
    """What the document says now; where it is None it says nothing any more."""


@record(frozen=True, slots=True)
class Three:
    """The three texts, read."""

    base: Blocks
    ours: Blocks
    theirs: Blocks

    def found(self, name: Name) -> tuple[Block | None, Block | None, Block | None]:
        """The table of this name in each of them."""
        return self.base.named.get(name), self.ours.named.get(name), self.theirs.named.get(name)


def three(base: str, ours: str, theirs: str) -> Three:
    """The three texts, read; `base` is empty where nobody knows it, and every difference is a conflict then.

    Raises: ValueError when one of them is no TOML.
    """
    return Three(blocks(base), blocks(ours), blocks(theirs))


def differences(texts: Three) -> tuple[Difference, ...]:
    """Everything that the document wants otherwise, in the order of the document; what it lost comes last."""
    names = dict.fromkeys((*texts.theirs.named, *texts.base.named))
    found = (one for name in names for one in _of(name, *texts.found(name)))
    return (*found, *_ordered(texts))


def _ordered(texts: Three) -> Iterator[Difference]:
    """Tables that stand in another order in the document: phases, items, severities."""
    for order in orders(texts.base, texts.ours, texts.theirs):
        by_hand = order.ours != order.base or len(texts.base.blocks) == 1
        values = list(order.base), list(order.ours), list(order.theirs)
        yield Difference(order.group.name, "", "ordered", by_hand, *values)


def kept(texts: Three) -> tuple[tuple[Name, str], ...]:
    """What was changed by hand since the last import: each table with the key, empty for the whole of it."""
    names = dict.fromkeys((*texts.ours.named, *texts.base.named))
    return tuple(one for name in names for one in _by_hand(name, *texts.found(name)[:2]))


def _by_hand(name: Name, base: Block | None, ours: Block | None) -> Iterator[tuple[Name, str]]:
    if base is None or ours is None:
        if base is not ours:
            yield name, ""
        return
    for key in dict.fromkeys((*ours.entries, *base.entries)):
        if ours.values.get(key, NONE) != base.values.get(key, NONE):
            yield name, key


def _of(name: Name, base: Block | None, ours: Block | None, theirs: Block | None) -> Iterator[Difference]:
    if theirs is not None and ours is not None:
        yield from _fields(name, base, ours, theirs)
    elif theirs is not None:
        if base is None or _changed(
            base, theirs
        ):  # taken out by hand, and left alone by the document: it stays out
            yield Difference(
                name, "", "added", base is not None, base and base.values, NONE, dict(theirs.values)
            )
    elif base is not None and ours is not None:
        yield Difference(name, "", "removed", _changed(base, ours), base.values, ours.values, NONE)


def _changed(one: Block, other: Block) -> bool:
    return one.values != other.values or one.parent != other.parent


def _fields(name: Name, base: Block | None, ours: Block, theirs: Block) -> Iterator[Difference]:
    if ours.parent != theirs.parent and (base is None or base.parent != theirs.parent):
        was = base.parent if base else NONE
        yield Difference(name, "", "moved", was != ours.parent, was, ours.parent, theirs.parent)
    for key in dict.fromkeys((*theirs.entries, *(base.entries if base else ()))):
        was = base.values.get(key, NONE) if base else NONE
        mine, now = ours.values.get(key, NONE), theirs.values.get(key, NONE)
        if now not in (was, mine):
            kind: Kind = "added" if mine is NONE else "removed" if now is NONE else "changed"
            yield Difference(name, key, kind, mine != was, was, mine, now)
