"""The order of tables beside each other: where the document has another one, and a text put into it by whole lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.loading.blocks import ITEMS, Block, Blocks, Name, blocks, ends


@record(frozen=True, slots=True)
class Group:
    """Tables of one kind in one place: the phases, the items of a phase."""

    parent: Name
    kind: str

    @property
    def name(self) -> Name:
        """What the group is called, as a table of its kind without a label."""
        return (*self.parent, self.kind, "")


@record(frozen=True, slots=True)
class Order:
    """How the tables that all have in common stand in each text; by their labels."""

    group: Group
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def orders(base: Blocks, ours: Blocks, theirs: Blocks) -> Iterator[Order]:
    """Every group whose order the document has changed since the base, and that stands otherwise here."""
    was, mine, now = _groups(base), _groups(ours), _groups(theirs)
    known = len(base.blocks) > 1  # an empty text is one block: then nobody knows the base
    for group, wanted in now.items():
        here = mine.get(group, ())
        before = was.get(group, ()) if known else here
        common = {*wanted} & {*here} & {*before}
        order = Order(
            group, *(tuple(one for one in names if one in common) for names in (before, here, wanted))
        )
        if order.theirs != order.ours and (order.theirs != order.base or not known):
            yield order


def labels(text: Blocks, name: Name) -> tuple[str, ...]:
    """The labels of a group's tables, in their order."""
    return next((found for group, found in _groups(text).items() if group.name == name), ())


def reordered(text: str, wanted: Collection[tuple[Name, tuple[str, ...]]]) -> str:
    """The text with the tables of each group in the wanted order; each takes its comments and all inside it along."""
    for name, order in wanted:
        text = _in_order(text, name, order)
    return text


def _in_order(text: str, name: Name, order: tuple[str, ...]) -> str:
    found = blocks(text)
    until = ends(found)
    here = {b.name[-1]: b for b in found.blocks if _group(b).name == name and b.name[-1] in order}
    places = sorted((block.start, until[block.name]) for block in here.values())
    lines = list(found.lines)
    coming = [here[label] for label in order if label in here]
    for (start, end), block in reversed([*zip(places, coming, strict=True)]):
        lines[start:end] = found.lines[block.start : until[block.name]]
    return "\n".join(lines)


def _groups(text: Blocks) -> dict[Group, tuple[str, ...]]:
    found: dict[Group, tuple[str, ...]] = {}
    for block in text.blocks:
        group = _group(block)
        found[group] = (*found.get(group, ()), block.name[-1])
    return found


def _group(block: Block) -> Group:
    return Group(block.parent, "item" if block.kind in ITEMS else ".".join(block.kind))
