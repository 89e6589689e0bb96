"""What the document wants is written into a playbook that was edited by hand, line by line: all else stays as it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.loading.blocks import Block, Blocks, Lines, Name, ends
from hotfix_tui.loading.merging import Difference, Three
from hotfix_tui.loading.ordering import labels, reordered


@record(frozen=True, slots=True)
class _Edit:
    """Lines to put in the place of others; nothing is replaced where both numbers are one."""

    start: int
    end: int
    lines: Lines = ()


def patched(texts: Three, taken: Collection[Difference]) -> str:
    """Our text with what the document wants in `taken`; comments that nobody changed follow the document as well."""
    gone = _gone(texts, taken)
    moved = {one.name for one in taken if one.kind == "moved"} - gone
    edits: list[_Edit] = []
    own: dict[Name, Lines] = {}
    for block in texts.ours.blocks:
        inner = list(_inside(texts, block, taken))
        if block.name in gone:
            edits.append(_away(texts.ours, block))
        elif block.name in moved:
            own[block.name] = _apart(texts, block, inner)
            edits.append(_away(texts.ours, block))
        else:
            edits += inner
    edits += [*_coming(texts, taken, gone | moved, own), *_ending(texts)]
    text = "\n".join(_applied(texts.ours.lines, edits))
    return reordered(
        text, [(one.name, labels(texts.theirs, one.name)) for one in taken if one.kind == "ordered"]
    )


def _gone(texts: Three, taken: Collection[Difference]) -> set[Name]:
    """The tables to take out; one in which something stays is left, for its tables would fall to the one before."""
    gone = {one.name for one in taken if one.kind == "removed" and not one.key}
    leaving = gone | {one.name for one in taken if one.kind == "moved"}
    while held := {b.parent for b in texts.ours.blocks if b.parent in gone and b.name not in leaving}:
        gone -= held
        leaving -= held
    return gone


def _inside(texts: Three, block: Block, taken: Collection[Difference]) -> Iterator[_Edit]:
    """What changes within a table: its keys, and the comments that follow the document."""
    base, theirs = texts.base.named.get(block.name), texts.theirs.named.get(block.name)
    if theirs is None:
        return
    if base is not None and _lead(texts.base, base) == _lead(texts.ours, block):
        start, end = _lead_lines(block)
        yield _Edit(start, end, _lead(texts.theirs, theirs))
    wanted = {one.key: one for one in taken if one.name == block.name and one.key}
    for key, entry in block.entries.items():
        now = theirs.entries.get(key)
        mine = texts.ours.lines[entry.start : entry.end]
        was = base.entries.get(key) if base else None
        same = was is not None and texts.base.lines[was.start : was.end] == mine
        if key in wanted or (same and now and now.value == entry.value):
            yield _Edit(entry.start, entry.end, texts.theirs.lines[now.start : now.end] if now else ())
    for key, now in theirs.entries.items():
        if key in wanted and key not in block.entries:
            at = _place(block, theirs, key)
            yield _Edit(at, at, texts.theirs.lines[now.start : now.end])


def _place(block: Block, theirs: Block, key: str) -> int:
    """The line of our table where a new key goes: after those that stand before it in the document's."""
    before = list(theirs.entries)[: list(theirs.entries).index(key)]
    ends = [block.entries[name].end for name in before if name in block.entries]
    return max(ends, default=block.header + 1 if block.kind else block.end)


def _lead_lines(block: Block) -> tuple[int, int]:
    """The lines of a table's comment and header; of the first keys' the comment alone."""
    if block.kind:
        return block.start, block.header + 1
    return 0, min((entry.start for entry in block.entries.values()), default=0)


def _lead(text: Blocks, block: Block) -> Lines:
    return text.lines[slice(*_lead_lines(block))]


def _away(text: Blocks, block: Block) -> _Edit:
    start = block.start
    while start > 0 and not text.lines[start - 1].strip():
        start -= 1
    return _Edit(start, block.end)


def _apart(texts: Three, block: Block, inner: list[_Edit]) -> Lines:
    """A table that goes elsewhere: our keys under the header that it has there."""
    theirs = texts.theirs.named[block.name]
    keys = [
        _Edit(e.start - block.header - 1, e.end - block.header - 1, e.lines)
        for e in inner
        if e.start > block.header
    ]
    body = _applied(texts.ours.lines[block.header + 1 : block.end], keys)
    return (*_lead(texts.theirs, theirs), *body)


def _coming(
    texts: Three, taken: Collection[Difference], leaving: set[Name], moved: dict[Name, Lines]
) -> Iterator[_Edit]:
    """The tables that are new here, each after the one that stands before it in the document."""
    new = {one.name for one in taken if one.kind == "added" and not one.key} | set(moved)
    until = ends(texts.ours)
    at: dict[Name, int] = {
        b.name: until[b.name] for b in texts.ours.blocks if b.name not in leaving and b.name in until
    }
    own = {b.name: b.end for b in texts.ours.blocks if b.name not in leaving}
    last: dict[Name, int] = {}
    before = 0
    for block in texts.theirs.blocks:
        if block.name in new and (not block.parent or block.parent in own):
            place = last.get(block.parent, own.get(block.parent, 0))
            body = moved.get(block.name) or texts.theirs.lines[block.start : block.end]
            yield _Edit(place, place, (*_gap(texts, block, before), *body))
            at[block.name] = own[block.name] = place
        if block.name in at and _same_place(texts, block, new):
            last[block.parent] = at[block.name]
        before = block.end


def _same_place(texts: Three, block: Block, new: set[Name]) -> bool:
    return block.name in new or texts.ours.named[block.name].parent == block.parent


def _gap(texts: Three, block: Block, before: int) -> Lines:
    """What stands between a new table and the one before: the title of its kind with the first of its kind."""
    between = texts.theirs.lines[before : block.start]
    first = all(other.kind != block.kind for other in texts.ours.blocks)
    return between if first else tuple(line for line in between[:1] if not line.strip())


def _ending(texts: Three) -> Iterator[_Edit]:
    base, ours, theirs = (_tail(text) for text in (texts.base, texts.ours, texts.theirs))
    if base == ours:
        count = len(texts.ours.lines)
        yield _Edit(count - len(ours), count, theirs)


def _tail(text: Blocks) -> Lines:
    return text.lines[max((block.end for block in text.blocks), default=0) :]


def _applied(lines: Lines, edits: list[_Edit]) -> Lines:
    """The lines with all edits made; what is put in at one place stands in the order of the edits.

    It is done from the end, and at one line what goes is taken out before anything comes in.
    """
    changed = list(lines)
    numbered = sorted(enumerate(edits), key=lambda one: (one[1].start == one[1].end, -one[0]))
    for _, edit in sorted(numbered, key=lambda one: one[1].start, reverse=True):
        changed[edit.start : edit.end] = edit.lines
    return tuple(changed)
