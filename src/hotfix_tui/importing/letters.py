"""Texts that are written to be sent or filled in: what kind each is, for whom, and what is to be filled in."""

from __future__ import annotations

import re

from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.fences import Part
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.inline import label, plain, signless, title_of
from hotfix_tui.importing.letterkinds import kind_of, room
from hotfix_tui.importing.letterwords import (
    AUDIENCES,
    CHANNELS,
    GREETING,
    ISSUE,
    PLACEHOLDER,
    PROMISE,
    SENT,
    SUBJECT,
    TITLE,
    Around,
)
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.programs import SHELLS
from hotfix_tui.importing.told import told
from hotfix_tui.importing.understood import Origin, Template, TemplateKind


class LetterReader:
    """Finds the texts in fences, quotes, table cells and commands."""

    def __init__(self, document: Document, ids: Ids) -> None:
        self.document = document
        self.ids = ids
        self.found: list[Template] = []
        for section in (document.outline.top, *document.sections):
            path = tuple(
                s.title for s in (section, *section.above()) if s.index >= 0 and (s.level > 1 or s is section)
            )
            self._blocks(section, tuple(section.blocks), path, "")
        self.found += told(document, ids)
        self.found.sort(key=lambda template: template.origin.first)

    def _blocks(self, section: Section, blocks: tuple[Block, ...], path: tuple[str, ...], item: str) -> None:
        above = item
        for block in blocks:
            around = Around(above, path)
            if block.kind == "part" and block.part and block.part.kind == "fence":
                self._fence(section, block.part, around)
            elif block.kind == "quote":
                self._quote(section, block, around)
            elif block.kind == "table":
                self._table(section, block, around)
            elif block.kind == "list":
                for one in block.children:
                    self._blocks(section, one.children, path, _first_line(one.text) or above)
                    self._said(section, one, around)
            if block.kind == "paragraph" and not (item and block.text.startswith(item)):
                above = _above(block.text) or (item or "")
            elif block.kind not in ("part", "quote"):
                above = item

    def _fence(self, section: Section, part: Part, around: Around) -> None:
        kind = kind_of(part, around)
        if kind is None:
            if part.language in SHELLS or part.language in ("", "text"):
                self._commands(section, part, around)
            return
        self._add(
            section,
            part.text,
            around,
            kind,
            Origin(part.first, part.last, f'a text in a fence, under "{plain(around.said)[:60]}"'),
        )

    def _quote(self, section: Section, block: Block, around: Around) -> None:
        """A quote is a message where the words around say so."""
        text = "\n".join(b.text for b in block.walk() if b.kind == "paragraph")
        tells = SENT.search(around.near) or words.about("template", around.all)
        about = (
            words.about("communication", around.all)
            or words.about("template", around.all)
            or SENT.search(around.said)
        )
        speaks = GREETING.search(text) and (
            (len(text) > 50 and PLACEHOLDER.search(text))
            or words.about("communication", " / ".join(around.path))
        )
        if _LINKS.fullmatch(text) or _NOTE.match(text):
            return
        if len(text) > 30 and ((about and tells) or speaks) and not ISSUE.search(around.near):
            self._add(
                section, text, around, "message", Origin(block.first, block.last, "a quoted text to be sent")
            )

    def _table(self, section: Section, block: Block, around: Around) -> None:
        """Texts in the cells of a table of templates."""
        head = [plain(cell) for cell in block.rows[0]]
        column = next(
            (
                n
                for n, cell in enumerate(head)
                if n
                and (
                    words.about("template", cell)
                    or re.search(
                        r"(?i)message|text|wording|nachricht|mensaje|mensagem|сообщен|文案|文面|문구", cell
                    )
                )
            ),
            None,
        )
        if column is None:
            return
        for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True):
            cell = row[column] if column < len(row) else ""
            if (
                len(cell) >= 25
                and not _ELSEWHERE.match(plain(cell))
                and (_quoted(cell) or PLACEHOLDER.search(cell) or words.about("communication", around.all))
            ):
                self._add(
                    section,
                    plain(cell).strip('"“”'),
                    Around(plain(row[0]), around.path),
                    "message",
                    Origin(line, line, "a text in a table of templates"),
                )

    def _said(self, section: Section, item: Block, around: Around) -> None:
        """A list item that is a quoted message."""
        found = label(item.text)
        value = found.value if found else item.text
        if (
            _quoted(value)
            and len(value) > 40
            and not _LEADS_ON.match(plain(value))
            and (words.about("template", around.all) or words.about("communication", around.all))
        ):
            near = found.name if found else around.near
            self._add(
                section,
                plain(value).strip('"“”'),
                Around(near, around.path),
                "message",
                Origin(item.first, item.last, "a quoted text in a list of messages"),
            )

    def _commands(self, section: Section, part: Part, around: Around) -> None:
        """Texts inside commands: a commit of several lines, a pull request's body, an issue's, a quoted notice."""
        for kind, pattern in _IN_COMMANDS:
            found = pattern.search(part.text)
            if found and (kind != "commit" or found["text"].count("\n") >= 3):
                line = part.first + 1 + part.text.count("\n", 0, found.start())
                self._add(
                    section,
                    found["text"],
                    around,
                    kind,
                    Origin(line, line + found[0].count("\n"), "a text inside a command", sure=False),
                )

    def _add(self, section: Section, text: str, around: Around, kind: TemplateKind, origin: Origin) -> None:
        subject = SUBJECT.search(text) or TITLE.search(text)
        title = title_of(around.near) if around.near else plain(around.path[0]) if around.path else kind
        promise = PROMISE.search(text) if kind == "message" else None
        due = times.minutes(promise["when"]) if promise else None
        where = f"{(SUBJECT.match(text.strip()) and 'subject') or ''} {around.near} {around.path[0] if around.path else ''} {room(text)}"
        title = re.sub(r"^\[[ xX]\]\s*", "", title)
        title = times.without(title).rstrip(":：").strip()[:120] or kind
        self.found.append(
            Template(
                id=self.ids.new(title),
                title=title,
                kind=kind,
                body=text,
                subject=subject["text"].strip() if subject and kind in ("message", "document") else "",
                audience=next(
                    (
                        name
                        for name, pattern in AUDIENCES
                        if pattern.search(f"{around.near} {around.path[:1]}")
                    ),
                    "",
                ),
                channel=next((name for name, pattern in CHANNELS if pattern.search(where)), "")
                if kind == "message"
                else "",
                placeholders=tuple(dict.fromkeys(m[0] for m in PLACEHOLDER.finditer(text[:20_000])))[:40],
                promise=due[1] if due else None,
                section=section.title,
                origin=origin,
            )
        )


_IN_COMMANDS: tuple[tuple[TemplateKind, re.Pattern[str]], ...] = (
    ("commit", re.compile(r"git\s+commit\b[^\"\n]*-m\s+\"(?P<text>[^\"]*)\"")),
    (
        "pull-request",
        re.compile(r"gh\s+pr\s+create\b[^\"]*(?:\"[^\"]*\"[^\"]*)*?--body\s+\"(?P<text>[^\"]*)\""),
    ),
    ("document", re.compile(r"gh\s+issue\s+create\b[^\"]*--title\s+\"(?P<text>[^\"]*)\"")),
    ("message", re.compile(r"^(?P<text>\"[^\"\n]{20,300}\")$", re.MULTILINE)),
)


_LINKS = re.compile(r"(?:[^\[\]]{0,40}\[[^\[\]\n]{1,300}\]\([^()\n]{1,500}\))+[\s|,·.]*")
"""Nothing but links with a few words before each: where to read on."""


_LEADS_ON = re.compile(r"[\"“„«「『][^\"”“»」』]*[\"”“»」』]\s*(?:→|->|=>)")
"""Something quoted, and what it means: "no such column" → a migration is missing."""
_ELSEWHERE = re.compile(r"[\w.-]+/[\w./-]+\.\w{2,5}(?:\s|$)")
"""A file where the text stands."""
_NOTE = re.compile(
    r"(?i)\W*(?:todo|tl;?dr|note|warning|caution|important|prerequisite|tip|hinweis|achtung|attention|nota|atención|atenção|注意|说明|備考|참고|주의)\b"
)
"""What a remark to the reader begins with."""


_OF_DOCUMENT = re.compile(
    r"(?i)(?:process |document )?(?:owners?|maintainers?|maintained|authors?|last updated|updated|version|status)\b"
)
"""A label that tells about the document itself, and calls nothing that stands below it."""


def _quoted(text: str) -> bool:
    return bool(re.match(r"^\s*[\"“„«「『]", plain(text)))


def _first_line(text: str) -> str:
    return text.split("\n", maxsplit=1)[0].strip()


def _above(text: str) -> str:
    """The label over what follows: a paragraph's last line, where it ends with a colon or is emphasised."""
    line = text.rsplit("\n", maxsplit=1)[-1].strip()
    found = label(line)
    if found and found.value and _OF_DOCUMENT.match(found.name):
        return ""
    if line.endswith((":", "：")) or line.startswith(("**", "__", "*")):
        return line if len(line) < 160 else ""
    return line if len(line) < 60 and signless(line).endswith((":", "：")) else ""
