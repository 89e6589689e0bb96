"""The text as a tree of blocks: markdown-it-py for what it does well, our own handling where strict parsing loses things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from hotfix_tui.domain.record import record
from hotfix_tui.importing import markup
from hotfix_tui.importing.fences import MARK, Cut, Part
from hotfix_tui.importing.understood import Repair

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "list", "item", "table", "part", "quote", "code", "html", "rule"]
SHORT_RULE = 3
"""So many dashes below a label are a rule; more of them make a heading of it."""
DEEPEST = 60
"""Lists and quotes nested deeper than this are read as text."""
_NO_SPACE = re.compile(r"^( {0,3}#{1,6})(?=[^\s#])(?!#)")
_MARKED = re.compile(rf"^{MARK}(\d+)$")


@record(frozen=True, slots=True)
class Block:
    """One block with what is in it. Lines count from 1."""

    kind: Kind
    first: int
    last: int
    text: str = ""
    """A heading's or paragraph's source text; a list item's own first paragraph."""
    level: int = 0
    """A heading's level."""
    number: int = -1
    """The written number of an item of an ordered list; -1 for a bullet."""
    children: tuple[Block, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells of a table; the first row is its head."""
    row_lines: tuple[int, ...] = ()
    """The line of each row."""
    part: Part | None = None
    """What was cut out here."""

    def walk(self) -> Iterator[Block]:
        """This block and all in it, in the document's order."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))


def parse(cut: Cut) -> tuple[tuple[Block, ...], tuple[Repair, ...]]:
    """The blocks of a text, and what had to be mended to read them."""
    lines, repairs = _mended(cut.lines)
    tokens = _parser().parse("\n".join(lines))
    return _Builder(lines, cut.parts).build(tokens), repairs


def _mended(lines: Sequence[str]) -> tuple[list[str], tuple[Repair, ...]]:
    """Headings get the space that they miss, and what strict markdown would take for a heading by accident stays text."""
    mended, first, count = [], 0, 0
    for n, line in enumerate(lines):
        line = markup.unfolded(line)  # noqa: PLW2901
        found = _NO_SPACE.match(line)
        if found and _is_heading(lines, n, found[1]):
            line = f"{found[1]} {line[found.end() :]}"  # noqa: PLW2901
            first, count = first or n + 1, count + 1
        mended.append(line)
    said = f"{count} heading{'s' * (count > 1)} without a space after the #"
    return mended, (Repair("heading-space", first, count, said),) if count else ()


def _is_heading(lines: Sequence[str], n: int, marks: str) -> bool:
    """Whether a line of #s and a word is a heading, and not a channel or an issue's number."""
    if len(marks.strip()) > 1:
        return not re.match(r"\s*#+[\d\W_]*$", lines[n])
    alone = all(not lines[i].strip() for i in (n - 1, n + 1) if 0 <= i < len(lines))
    begins = not any(line.strip() for line in lines[:n])
    return alone and begins and not re.match(r"\s*#\d+\b", lines[n])


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    md.disable(["fence", "reference"])
    md.core.ruler.enableOnly(["normalize", "block"])
    md.block.ruler.before("heading", "part", _part, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return md


def _part(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's signature)
    """The rule of markdown-it for the mark of a part that was cut out."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(MARK, at):
        return False
    if not silent:
        token = state.push("part", "", 0)
        token.content = state.src[at : state.eMarks[start]].strip()
        token.map = [start, start + 1]
        state.line = start + 1
    return True


class _Builder:
    """Tokens become blocks."""

    def __init__(self, lines: Sequence[str], parts: Sequence[Part]) -> None:
        self.lines = lines
        self.parts = parts
        self.open: list[tuple[Token, list[Block]]] = []
        self.found: list[Block] = []

    def build(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        """All blocks on the highest level."""
        rows: list[list[str]] = []
        starts: list[int] = []
        for token in tokens:
            if token.type in _OPENERS:
                self.open.append((token, []))
            elif token.type in _CLOSERS:
                opened, children = self.open.pop()
                self._add(self._whole(opened, children))
            elif token.type == "table_open":
                rows, starts = [], []
            elif token.type == "tr_open":
                rows.append([])
                starts.append((token.map or [0])[0] + 1)
            elif token.type == "table_close":
                first, last = starts[0], starts[-1]
                self._add(Block("table", first, last, rows=tuple(map(tuple, rows)), row_lines=tuple(starts)))
            elif token.type == "inline" and rows and token.level >= 3 and self._in_cell(token, rows):
                rows[-1].append(token.content)
            else:
                self._single(token)
            if token.type == "table_close":
                rows = []
        return tuple(self.found)

    def _in_cell(self, token: Token, rows: list[list[str]]) -> bool:
        return not self.open or self.open[-1][0].type not in ("paragraph_open", "heading_open")

    def _add(self, block: Block) -> None:
        (self.open[-1][1] if self.open else self.found).append(block)

    def _single(self, token: Token) -> None:
        first, last = _lines(token)
        if token.type == "part":
            number = _MARKED.match(token.content)
            if number:
                part = self.parts[int(number[1])]
                self._add(Block("part", part.first, part.last, part=part))
        elif token.type == "hr":
            self._add(Block("rule", first, last))
        elif token.type == "html_block":
            self._add(_html(first, last, token.content.rstrip("\n")))
        elif token.type == "code_block":
            self._add(Block("code", first, last, token.content.rstrip("\n")))
        elif token.type == "inline":
            self._add(Block("paragraph", first, last, token.content))

    def _whole(self, opened: Token, children: list[Block]) -> Block:
        first, last = _lines(opened)
        text = children[0].text if children else ""
        if opened.type == "paragraph_open":
            return Block("paragraph", first, last, text)
        if opened.type == "heading_open":
            return self._heading(opened, first, last, text)
        if opened.type == "list_item_open":
            number = int(opened.info) if opened.info.isdigit() else -1
            own = children[0].text if children and children[0].kind == "paragraph" else ""
            return Block(
                "item", first, self._end(children, first), own, number=number, children=tuple(children)
            )
        kind: Kind = "quote" if opened.type == "blockquote_open" else "list"
        return Block(kind, first, self._end(children, last), children=tuple(children))

    def _heading(self, opened: Token, first: int, last: int, text: str) -> Block:
        """A heading; text over a line of dashes is one only where it looks like one."""
        by_line = opened.markup in ("-", "=")
        underlined = len(self.lines[last - 1].strip()) > SHORT_RULE
        if by_line and ("\n" in text or (opened.markup == "-" and not underlined and _LABELLED.match(text))):
            return Block("paragraph", first, last - 1, text)
        return Block("heading", first, last, text.strip(), level=int(opened.tag[1]))

    def _end(self, children: Sequence[Block], otherwise: int) -> int:
        return max((child.last for child in children), default=otherwise)


def _html(first: int, last: int, source: str) -> Block:
    """A table where the HTML is one."""
    found = markup.table(source) if "<tr" in source.casefold() else None
    if found is None:
        return Block("html", first, last, source)
    rows, lines = found
    return Block("table", first, last, rows=rows, row_lines=tuple(first + line for line in lines))


_OPENERS = frozenset(
    {
        "paragraph_open",
        "heading_open",
        "bullet_list_open",
        "ordered_list_open",
        "list_item_open",
        "blockquote_open",
    }
)
_CLOSERS = frozenset(name.replace("_open", "_close") for name in _OPENERS)
_LABELLED = re.compile(r"^\s*(\*\*|__)?[^:*]{1,40}(:\s?(\*\*|__)|(\*\*|__)\s?:|:\s)|.*[.;,]$")


def _lines(token: Token) -> tuple[int, int]:
    first, last = token.map or [0, 1]
    return first + 1, max(last, first + 1)
