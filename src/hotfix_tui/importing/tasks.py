"""Task items: the boxes of a document, live ones and those inside fences, with everything that is written at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import times
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.fences import Part
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.inline import label, plain, title_of, unsigned
from hotfix_tui.importing.understood import Minutes, Origin, Task

_TASK = re.compile(
    r"^(?P<indent>[ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[ xX])\](?:[ \t]+(?P<text>.*))?$"
)
_BARE = re.compile(r"^(?P<indent>[ \t>]*)\[(?P<mark>[ xX]?)\][ \t]+(?P<text>\S.*)$")
_SIGN = re.compile(
    r"^(?P<indent>[ \t>]*)(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>[☐☑☒□▢◻⬜🔲🗹🗷❏❑❐❒])\ufe0f?[ \t]*(?P<text>\S.*)$"
)
_TICKED = "xX☑☒🗹🗷"
_IF = r"(?:only )?(?:if|when|unless|where|wenn|falls|sofern|si|sauf si|se|caso|jeśli|jeżeli|если|при|якщо|indien|als|om|eğer|jika|nếu)"
_BRACKETED = re.compile(
    rf"[(（\[](?P<all>(?:{_IF}\b|only\b|nur\b|solo\b|seulement\b|только\b|optional\b|如果|若|もし|必要に応じて|만약)[^()（）\[\]]{{0,80}}|[^()（）\[\]]{{0,60}}(?:の場合|時|場合のみ|경우|only)|[^()（）\[\]]{{0,40}}\bvarsa)[)）\]]",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"^(?P<all>{_IF}\b[^,:，：]{{2,60}})[,:，：]", re.IGNORECASE)
_TRAILS = re.compile(
    r"\s(?P<all>(?:only )?(?:if|when|unless|falls|wenn|si|se|если|якщо|indien|jeśli|eğer)\s(?!it's|it is)[^.;:()]{3,60})$",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:check|verify|determine|decide|confirm|ask|see|assess|evaluate|know|test|consider|prüfen|vérifier|verificar|проверить)\b",
    re.IGNORECASE,
)
IRREVERSIBLE = re.compile(
    r"irreversib|cannot be undone|can't be undone|not reversible|point of no return|no undo|no way back|unumkehrbar|irréversib|необратим|"
    r"geri alınamaz|不可逆|不可撤销|取り消せ|元に戻せ|되돌릴 수 없|nieodwracaln|onomkeerbaar",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"time[- ]sensitive|time[- ]critical|immediately\b|without delay|asap\b|⏰|zeitkritisch|unverzüglich|urgent\b|urgente\b|immédiatement|"
    r"inmediatamente|imediatamente|срочно|немедленно|acil\b|立即|马上|直ちに|至急|즉시",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[\s—–:-]*(?:[\u2300-\u27bf\U0001f000-\U0001faff]\ufe0f?\s*)+(?P<word>[A-ZÀ-Þ][A-ZÀ-Þ -]{3,30})?\s*$"
)
_CHOICES = re.compile(
    r"(?::|\?)\s*(?P<all>[^\s/:?()][^/:?()]{0,20}(?:\s/\s[^/:?()]{1,20}){1,4})\s*(?:\([^)]*\))?\s*$"
)
_BLANK = re.compile(r"_{3,}\s*(?P<unit>[%\w]{0,12})")
_BLOCKER = re.compile(
    r"^\W*(?:blocker|blocking|stop|sperre|bloquant|bloqueante|блокер|阻断|阻塞)\b", re.IGNORECASE
)
_WHOLE_NOTE = 300


@record(frozen=True, slots=True)
class Box:
    """A line with a box."""

    line: int
    indent: int
    ticked: bool
    text: str
    pseudo: bool


def boxes(document: Document) -> tuple[Box, ...]:
    """Every box outside fences, in order."""
    return tuple(_boxes(enumerate(document.lines, 1)))


def boxes_inside(part: Part) -> tuple[Box, ...]:
    """Every box in a fence."""
    return tuple(_boxes(zip(part.inner, part.text.split("\n"), strict=False)))


def _boxes(lines: Iterator[tuple[int, str]] | enumerate[str] | zip[tuple[int, str]]) -> Iterator[Box]:
    for number, line in lines:
        if "[" not in line and line.isascii():
            continue
        found = _TASK.match(line)
        if found:
            yield _box(number, found, pseudo=False)
        elif other := _BARE.match(line) or _SIGN.match(line):
            yield _box(number, other, pseudo=True)


def _box(number: int, found: re.Match[str], *, pseudo: bool) -> Box:
    indent = len(found["indent"].expandtabs(4).replace(">", ""))
    return Box(
        number,
        indent,
        found["mark"] in _TICKED and found["mark"] != "",
        (found["text"] or "").strip(),
        pseudo,
    )


class TaskReader:
    """Boxes become task items, each with its place in the lists."""

    def __init__(self, document: Document, ids: Ids) -> None:
        self.document = document
        self.ids = ids
        self.places: dict[int, tuple[Block, str, Block | None]] = {}
        """The list item at a line: the item, the label over its list, the item around it."""
        for section in (document.outline.top, *document.sections):
            self._place(section.blocks, "", None)

    def _place(self, siblings: Sequence[Block], over: str, around: Block | None) -> None:
        waiting: list[tuple[Sequence[Block], str, Block | None]] = [(siblings, over, around)]
        while waiting:
            blocks, over, around = waiting.pop()
            for at, block in enumerate(blocks):
                if block.kind == "item":
                    self.places[block.first] = (block, over, around)
                    waiting.append((block.children, "", block))
                elif block.kind in ("list", "quote"):
                    own = _over(blocks, at) if block.kind == "list" else ""
                    waiting.append((block.children, own or over, around))

    def live(self, found: Sequence[Box]) -> tuple[Task, ...]:
        """The task items of boxes outside fences."""
        made: list[Task] = []
        by_line: dict[int, str] = {}
        for box in found:
            block, over, around = self.places.get(box.line, (None, "", None))
            under = ""
            while around is not None and not under:
                under = by_line.get(around.first, "")
                around = self.places[around.first][2]
            task = self._task(box, over, under, block)
            by_line[box.line] = task.id
            made.append(task)
        return tuple(made)

    def inside(self, part: Part) -> tuple[Task, ...]:
        """The task items of a fence."""
        return tuple(self._task(box, "", "", None) for box in boxes_inside(part))

    def _task(self, box: Box, over: str, under: str, block: Block | None) -> Task:
        section = self.document.section_at(box.line)
        source = box.text
        text, condition, minutes = _apart(source)
        blank = _BLANK.search(source)
        choices = _choices(source)
        notes = tuple(_notes(block)) if block else ()
        reason = "a box without a list marker" if box.pseudo else "a task item"
        return Task(
            id=self.ids.new(text or source or "item"),
            text=text,
            source=source,
            section=section.title,
            group=over,
            ticked=box.ticked,
            under=under,
            condition=condition,
            minutes=minutes,
            irreversible=bool(IRREVERSIBLE.search(source)),
            time_sensitive=bool(_URGENT.search(source)),
            choices=choices,
            value=blank is not None,
            unit=blank["unit"] if blank else "",
            notes=notes,
            blocker=next((note for note in notes if _BLOCKER.match(note)), ""),
            origin=Origin(box.line, max(box.line, block.last if block else 0), reason, sure=not box.pseudo),
        )


def _over(blocks: Sequence[Block], at: int) -> str:
    """The label over a list, in plain words."""
    if at == 0 or blocks[at - 1].kind != "paragraph":
        return ""
    line = blocks[at - 1].text.split("\n")[-1].strip()
    found = label(line)
    if found and found.value and not found.value.startswith(("(", "（", "-", "–", "—")):
        return ""
    looks = line.endswith((":", "：", "**", "__", ":*")) or line.startswith(("**", "__"))
    return title_of(line) if looks and len(line) < 120 and not re.match(r"\[[ xX]\]", line) else ""


def _notes(block: Block) -> Iterator[str]:
    """Plain list items and paragraphs below a task item."""
    for child in block.children:
        if child.kind == "list":
            for item in child.children:
                if not re.match(r"\[[ xX]\]", item.text):
                    yield plain(item.text)[:_WHOLE_NOTE]
        elif child.kind == "paragraph" and child.first != block.first:
            yield plain(child.text)[:_WHOLE_NOTE]


def condition_of(source: str) -> str:
    """When an item applies, as written; "" for always."""
    return _condition(plain(source))[0]


def _condition(text: str) -> tuple[str, str]:
    """The condition, and the text without it where it stood in brackets."""
    found = _BRACKETED.search(text)
    if found:
        return found["all"].strip(), (text[: found.start()].rstrip() + text[found.end() :]).strip()
    leads = _LEADS.match(text)
    if leads:
        return leads["all"].strip(), text
    trails = _TRAILS.search(text)
    if trails and not _WHETHER.search(text[: trails.start()]):
        return trails["all"].strip(), text
    return "", text


def _apart(source: str) -> tuple[str, str, Minutes | None]:
    """The text without condition, time and marks; the condition; the time."""
    condition, text = _condition(plain(source))
    bare = times.without(text)
    minutes = times.of_title(text) if bare != text else None
    if minutes is None:
        upper = times.minutes(text)
        minutes = upper if upper and upper[0] == 0 and upper[1] > 1 and "<" not in text else None
    text = _MARKS.sub("", bare).strip()
    choice = _CHOICES.search(text)
    if choice and _choices(source):
        text = text[: choice.start()].strip()
    return unsigned(text) or unsigned(source), condition, minutes


def _choices(source: str) -> tuple[str, ...]:
    found = _CHOICES.search(plain(source))
    if not found:
        return ()
    options = tuple(option.strip() for option in found["all"].split(" / "))
    short = all(len(option.split()) <= 2 for option in options)
    return options if short and len(set(options)) == len(options) else ()
