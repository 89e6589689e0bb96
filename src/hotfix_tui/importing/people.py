"""Whom to reach: contacts in tables, lists, labelled lines and bare fences; rungs of escalation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.concepts import IN_BRACKETS
from hotfix_tui.importing.document import Document, over
from hotfix_tui.importing.imperative import is_imperative
from hotfix_tui.importing.inline import Label, label, plain, unsigned
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.reaching import ADDRESS, COLUMN, MAIL, ROLE_COLUMN, WHEN_COLUMN, of_label, of_row
from hotfix_tui.importing.runnable import is_runnable
from hotfix_tui.importing.scripts import fold
from hotfix_tui.importing.understood import Contact, Origin, Rung

NAMED = 6
"""A rung of so few words names who is called next."""
_URL = re.compile(r"https?://")
_COLUMNS = re.compile(r"\s{2,}|\t")
"""What parts the columns of a text that is no table."""


_WAY = re.compile(
    r"(?i)e-?mail|phone|tél|tel\b|slack|teams|chat|hours|horaire|availab|disponib|pager|web|url|site|portal|mobile|correo|courriel|почта|телефон|邮箱|电话|メール|電話|메일|전화"
)
_OTHERS = ("severity", "metric", "checklist", "rollback", "reference", "template")
"""What a section inside one of contacts may be about instead."""
_BRACKETED = re.compile(r"(\*\*[^*]+?)\*\*\s*(\([^()]*\))\s*:")
"""A name in bold with its role in brackets: "**Kim** (lead): kim@example.org"."""
_META = re.compile(
    r"(?i)updated|version|review|status|document|last |maintain|aktualis|mise à jour|actualiz|atualiz|обновлен|更新|最終|업데이트|repository|hours$"
)
_SENTENCE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{8}")
"""A stretch of signs without a break: a sentence where words are not parted by blanks."""
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},? \d{4}",
    re.IGNORECASE,
)


class PeopleReader:
    """Goes through the sections that tell whom to reach."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.contacts: list[Contact] = []
        self.rungs: list[Rung] = []
        self._climbing: list[Contact] = []
        """Whom rungs of escalation name: contacts where there are no others."""
        for section in (document.outline.top, *document.sections):
            self._section(section)
        self.contacts = self.contacts or self._climbing

    def _section(self, section: Section) -> None:
        path = [s.title for s in (section, *section.above()) if s.index >= 0]
        near = path[:2]
        nearest = next((t for t in near if words.about("contact", t) or words.about("escalation", t)), "")
        other = path and path[0] != nearest and any(words.about(c, path[0]) for c in _OTHERS)
        contact = words.about("contact", nearest) and not words.about("checklist", path[0]) and not other
        escalation = bool(nearest) and not contact
        if any(words.about("template", title) for title in near) and not contact:
            return
        for siblings, n in _opened(_without_footer(section)):
            block = siblings[n]
            above = over(siblings, n)
            says = contact or (bool(above) and words.about("contact", above))
            climbs = (escalation and not contact) or (bool(above) and words.about("escalation", above))
            if block.kind == "table":
                self._table(block, says=says, climbs=climbs)
            elif (
                block.kind == "list" and says and (_is_flow(path[0], block) or self._channels(section, block))
            ):
                continue
            elif block.kind == "list" and (says or climbs):
                self._list(block, climbs=climbs, other=bool(above) and not words.about("contact", above))
            elif block.kind == "paragraph":
                self._paragraph(block, says=says)
            elif says and not climbs and _is_text(block):
                self._fence(block)

    def _channels(self, section: Section, block: Block) -> bool:
        """One contact for a list that gives the ways to reach the one whom the heading names."""
        found = [label(item.text.split("\n")[0]) for item in block.children]
        if len(found) < 2 or not all(one and _WAY.search(one.name) for one in found):
            return False
        said = {one.name: plain(one.value) for one in found if one}
        reach = [value for name, value in said.items() if not WHEN_COLUMN.search(name)]
        phone = next(
            (v for n, v in said.items() if re.search(r"(?i)phone|tél|tel|电话|電話|전화|телефон", n)), ""
        )
        hours = next((v for n, v in said.items() if WHEN_COLUMN.search(n)), "")
        origin = Origin(block.first, block.last, "the ways to reach one contact")
        self.contacts.append(
            Contact(plain(section.title), "", reach[0] if reach else "", phone, hours, origin)
        )
        return True

    def _table(self, block: Block, *, says: bool, climbs: bool) -> None:
        head = [plain(cell) for cell in block.rows[0]]
        columns = [bool(COLUMN.search(fold(cell))) for cell in head]
        roles = any(ROLE_COLUMN.search(fold(cell)) or words.about("escalation", cell) for cell in head)
        if not (says or (any(columns) and (roles or climbs or columns[0])) or (climbs and roles)):
            return
        if not says and any(words.about("severity", cell) for cell in head[:1]):
            return
        reached = any(columns) or roles or any(ADDRESS.search(cell) for row in block.rows[1:] for cell in row)
        if not reached or _is_matrix(block.rows[1:]):
            return
        for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True):
            if any(cell.strip() for cell in row):
                self.contacts.append(of_row(head, [plain(cell) for cell in row], line))

    def _list(self, block: Block, *, climbs: bool, other: bool) -> None:
        for item in block.children:
            found = label(_BRACKETED.sub(r"\1 \2**:", item.text.split("\n")[0]))
            said = unsigned(item.text)
            inner = next((block for block in item.children if block.kind == "list"), None)
            if found and not found.value and inner is not None and not climbs:
                self._list(inner, climbs=False, other=other)
                continue
            if found and _META.search(found.name):
                continue
            origin = Origin(item.first, item.last, "an item of a list of contacts")
            if climbs:
                after = times.minutes(said)
                self.rungs.append(
                    Rung(
                        said,
                        (after[0] if after[0] != after[1] and after[0] else after[1]) if after else None,
                        Origin(item.first, item.last, "an item of an escalation list"),
                    )
                )
                if item.number >= 0:
                    self._climbing += _of_rung(found, said, origin)
            elif found and found.value and (found.strong or (not other and _names(found.name, found.value))):
                if (
                    not _URL.match(plain(found.value))
                    or ADDRESS.search(_URL.sub("", found.value))
                    or found.strong
                ):
                    self.contacts.append(of_label(found.name, plain(found.value), origin))
            elif ADDRESS.search(said) and not _URL.search(item.text) and "](" not in item.text:
                self.contacts.append(of_label(said.split(" - ")[0], said, origin))
            elif (
                not found
                and not other
                and "](" not in item.text
                and len(said.split()) <= 4
                and all(len(unsigned(i.text).split()) <= 8 for i in block.children)
            ):
                self.contacts.append(Contact(said, origin=origin))

    def _paragraph(self, block: Block, *, says: bool) -> None:
        for n, line in enumerate(block.text.split("\n")):
            found = label(line)
            if not found or not found.value:
                continue
            origin = Origin(block.first + n, block.first + n, "a labelled line that tells whom to reach")
            value = plain(found.value)
            if (
                says
                and (found.strong or _names(found.name, value))
                and not words.about("escalation", found.name)
            ) or (
                (words.about("escalation", found.name) or words.about("contact", found.name))
                and re.search(MAIL, value)
            ):
                self.contacts.append(of_label(found.name, value, origin))

    def _fence(self, block: Block) -> None:
        part = block.part
        assert part is not None
        for number, line in zip(part.inner, part.text.split("\n"), strict=False):
            origin = Origin(number, number, "a line of a fence of contacts")
            found = label(line)
            columns = [unsigned(column) for column in _COLUMNS.split(line.strip())]
            if found and found.value and len(found.name.split()) <= 5:
                self.contacts.append(of_label(found.name, found.value, origin))
            elif not found and len(columns) >= 2 and ADDRESS.search(columns[1]):
                self.contacts.append(of_label(columns[0], " ".join(columns[1:]), origin))


def _is_flow(title: str, block: Block) -> bool:
    """Whether a list under a heading about a flow says what to do, step by step, and not whom to reach."""
    if not words.about("process", title) or any(item.number < 0 for item in block.children):
        return False
    return sum(
        len(unsigned(item.text).split()) > 6 or _SENTENCE.search(item.text) is not None
        for item in block.children
    ) * 2 > len(block.children)


def _is_matrix(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table says by letters who takes part in what (R, A, C, I), and not how to reach anybody."""
    cells = [plain(cell) for row in rows for cell in row[1:] if cell.strip()]
    return bool(cells) and all(len(cell) <= MARKS for cell in cells)


MARKS = 3
"""So few characters are a mark: "R", "A/R", "-"."""


def _opened(blocks: Sequence[Block]) -> Iterator[tuple[Sequence[Block], int]]:
    """Blocks and those inside quotes, each with its siblings."""
    for n, block in enumerate(blocks):
        if block.kind == "quote":
            yield from _opened(block.children)
        else:
            yield blocks, n


def _without_footer(section: Section) -> Sequence[Block]:
    """The blocks of a section without labelled lines behind a rule: they are about the document."""
    at = next((n for n, block in enumerate(section.blocks) if block.kind == "rule"), None)
    if at is None or any(block.kind in ("list", "table", "part") for block in section.blocks[at:]):
        return section.blocks
    return section.blocks[:at]


def _is_text(block: Block) -> bool:
    """Whether a block is a fence that is no command."""
    part = block.part
    return part is not None and part.kind == "fence" and not is_runnable(part.language, part.text)


def _of_rung(found: Label | None, said: str, origin: Origin) -> list[Contact]:
    """Whom a rung names: a label with an address, or a few words that are no work."""
    if found:
        reached = found.strong and ADDRESS.search(found.value)
        return [of_label(found.name, plain(found.value), origin)] if reached else []
    return [Contact(said, origin=origin)] if _is_name(said) else []


def _is_name(said: str) -> bool:
    """Whether a rung names who is called next, and not what is done."""
    return (
        len(IN_BRACKETS.sub("", said).split()) <= NAMED
        and not is_imperative(said)
        and not re.search(r"[`:：]", said)
    )


def _names(name: str, value: str) -> bool:
    """Whether a plain label and its value name a person or team, and not something to look at."""
    if _URL.match(value):
        return False
    return len(re.sub(r"[(（][^()（）]*[)）]", "", name).split()) <= 4 and len(value.split()) <= 12
