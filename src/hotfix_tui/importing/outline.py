"""The document as a tree of sections: each heading with the blocks below it and the sections inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotfix_tui.importing.blocks import Block


class Section:
    """A heading, what stands below it before the next heading, and the sections inside it."""

    def __init__(self, index: int, title: str, level: int, first: int, parent: Section | None) -> None:
        self.index = index
        self.title = title
        self.level = level
        self.first = first
        self.last = first
        self.parent = parent
        self.blocks: list[Block] = []
        self.inside: list[Section] = []
        self.role = ""
        self.reason = ""
        self.sure = True

    def walk(self) -> Iterator[Section]:
        """This section and all inside it, in the document's order."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.inside))

    def all_blocks(self) -> Iterator[Block]:
        """Every block of the section and of those inside it, lists and quotes opened."""
        for section in self.walk():
            for block in section.blocks:
                yield from block.walk()

    def above(self) -> Iterator[Section]:
        """The sections around this one, the nearest first, without the document itself."""
        section = self.parent
        while section is not None and section.index >= 0:
            yield section
            section = section.parent


class Outline:
    """All sections of a document. `top` is the document itself: level 0, no title."""

    def __init__(self, blocks: Sequence[Block], last: int) -> None:
        self.top = Section(-1, "", 0, 1, None)
        self.sections: list[Section] = []
        current = self.top
        for block in blocks:
            if block.kind != "heading":
                current.blocks.append(block)
                continue
            while current.level >= block.level:
                assert current.parent is not None
                current.last = block.first - 1
                current = current.parent
            section = Section(len(self.sections), block.text, block.level, block.first, current)
            current.inside.append(section)
            self.sections.append(section)
            current = section
        at: Section | None = current
        while at is not None:
            at.last = last
            at = at.parent
