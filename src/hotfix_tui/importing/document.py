"""A document, read: its lines, what was cut out, its blocks and its outline, with a way from a line to its section."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import blocks, fences, text
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.inline import label
from hotfix_tui.importing.outline import Outline, Section
from hotfix_tui.importing.understood import Repair


class Document:
    """Everything that the later stages look at."""

    def __init__(self, data: bytes) -> None:
        mended = text.read(data)
        cut = fences.cut(mended.text)
        found, repairs = blocks.parse(cut)
        self.text = mended.text
        self.lines = cut.lines
        self.source = tuple(mended.text.split("\n"))
        self.parts = cut.parts
        self.fences = tuple(part for part in cut.parts if part.kind == "fence")
        self.blocks = found
        last = len(self.source) - (1 if len(self.source) > 1 and not self.source[-1] else 0)
        self.outline = Outline(found, max(1, last))
        self.repairs: tuple[Repair, ...] = (*mended.repairs, *cut.repairs, *repairs)
        self._starts = [section.first for section in self.outline.sections]

    @property
    def sections(self) -> list[Section]:
        """Every section, in the document's order."""
        return self.outline.sections

    def section_at(self, line: int) -> Section:
        """The section that a line stands in: the innermost one."""
        at = bisect_right(self._starts, line) - 1
        return self.outline.sections[at] if at >= 0 else self.outline.top

    def everything(self) -> Iterator[tuple[Section, Block]]:
        """Every block that stands directly in a section, with it."""
        for section in (self.outline.top, *self.outline.sections):
            for block in section.blocks:
                yield section, block

    def heading_before(self, section: Section, block: Block) -> str:
        """The text of the label that stands right over a block: a line that ends with a colon, or is all bold."""
        at = next((n for n, one in enumerate(section.blocks) if one.first == block.first), 0)
        return over(section.blocks, at)


def over(siblings: Sequence[Block], at: int) -> str:
    """The label right over the block at this place among its siblings; "" for none."""
    if at == 0 or siblings[at - 1].kind != "paragraph":
        return ""
    line = siblings[at - 1].text.split("\n")[-1].strip()
    found = label(line)
    if line.endswith((":", "：", ":**", ":*", "：**")) or (found and found.strong and not _long(found.value)):
        return line
    return ""


def _long(value: str) -> bool:
    return len(value) > 80
