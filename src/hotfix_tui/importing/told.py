"""Records and notices that a document only tells about: what is to be in them, and where they go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document, over
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.inline import plain, title_of, unsigned
from hotfix_tui.importing.understood import Origin, Template

_INCLUDE = re.compile(
    r"(?i)^(?:include|includes|including|mention|describe|cover|state|note|record|document|it (?:has|names)|contains?|inclure|mentionner|décrire|"
    r"incluir|mencionar|describir|descrever|enthält|nenne|beschreibe|includere|opisać|zawiera|указать|включить|описать|вказати|belirt|ekle|"
    r"包含|包括|写明|記載|含める|포함|기재)\W+(?P<parts>.+)$"
)
_FILE = re.compile(r"`(?P<file>[\w./-]+\.(?:md|markdown|txt|rst|adoc|wiki))`")
_PARTS = re.compile(
    r"\s*(?:[,;、，]|\band\b|\bet\b|\bund\b|\by\b|\be\b|\bи\b|\bve\b|和|及|と)\s*(?:\band\b\s*)?"
)
_NOTICE = re.compile(
    r"\bwith (?:an? |the )?(?P<what>[A-Z]{4,}\b[\w -]{0,20}? (?:notice|banner|warning|note))\b"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
FEWEST = 3
"""So many parts make a form."""


def told(document: Document, ids: Ids) -> Iterator[Template]:
    """The records whose parts a list names, and the notices that a step names by their first word."""
    for section, block in document.everything():
        if block.kind == "list":
            at = next(n for n, one in enumerate(section.blocks) if one is block)
            title = title_of(over(section.blocks, at)) or plain(section.title)
            yield from _record(block.children, title, section.title, ids)
    for part in document.fences:
        for n, line in enumerate(part.text.split("\n")):
            found = _NOTICE.search(line[:300])
            if found and re.match(r"\s*#\s*-\s", line):
                at = part.first + 1 + n
                origin = Origin(at, at, "a notice that a step tells about", sure=False)
                title, body = found["what"], f"{found['what'].split()[0]}: {line.strip(' #-')}"
                yield Template(ids.new(title), title, "document", body, origin=origin)


def _record(items: Sequence[Block], title: str, section: str, ids: Ids) -> Iterator[Template]:
    file = next((found["file"] for item in items if (found := _FILE.search(item.text))), "")
    for item in items if file else ():
        found = _INCLUDE.match(unsigned(item.text.split("\n")[0]))
        parts = (
            [part.strip(" .") for part in _PARTS.split(found["parts"]) if part.strip(" .")] if found else []
        )
        if len(parts) >= FEWEST and all(_NAME.fullmatch(part) for part in parts):
            body = "\n\n".join(f"## {part[:1].upper()}{part[1:]}\n" for part in parts)
            origin = Origin(
                items[0].first, items[-1].last, f"a record in {file}, told by its parts", sure=False
            )
            yield Template(
                ids.new(title), title, "document", body, channel=file, section=section, origin=origin
            )
