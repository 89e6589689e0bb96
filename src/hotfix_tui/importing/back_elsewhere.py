"""Ways back that no heading is about: under a label, inside other steps, in a text for users."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import label, plain, title_of, unsigned
from hotfix_tui.importing.runnable import code_lines, is_known
from hotfix_tui.importing.understood import Command, Origin, Rollback

_GOES_BACK = re.compile(
    r"(?i)(?<![\w-])(?:git\s+revert|rollout\s+undo|[\w:./-]{0,60}roll-?_?back(?![:_-](?:check|test|plan|dry|status|verify|list)\b)[\w:.-]{0,60}|pg_restore|mongorestore|(?:velero|backups?|flexible-server|snapshot|restic|wal-g|sql|rds)\s+restore[\w-]*|restore-db-[\w-]+|downgrade)(?![\w])"
)
_CODE = re.compile(r"`(?P<code>[^`\n]{3,200})`")
_BACK_COMMENT = re.compile(
    r"(?i)^#+\s*(?:\d+[.)]\s*)?(?:roll(?:ing)?[ -]?back|revert|restore (?:the (?:previous|last)|from (?:(?:a|the|last|latest) )?backup))\b(?!.*\?)"
)
_PLANS = re.compile(
    r"(?i)plan|prepar|vorbereit|prévoi|criteri|trigger|decid|document|test|verif|准备|计划|準備|準备|준비"
)
_QUOTED = re.compile(r"\"[^\"]*\"?|'[^']*'?")
_FOLDED = re.compile(r"(?i)<summary>(?:<[a-z]+>)*(?P<title>[^<>]{3,100})<")
LABEL = 100
"""A text is no label where it is so long."""
_ABOUT = re.compile(
    r"(?i)^\W*(?:gh|echo|printf|cd|ls|cat|less|grep|vim?|nano|code|open|mkdir|touch|cp|chmod|test|git\s+(?!revert)\S+)\b"
)


def inside_steps(
    document: Document, commands: Sequence[Command], known: Sequence[Origin]
) -> Iterator[Rollback]:
    """Every way back that no heading or label tells about, outside of those that are known."""
    for command in commands:
        if not _known(command.origin.first, known):
            line = next((line for line in code_lines(command.text) if _goes_back(line)), "") or _said(
                command.text
            )
            if line:
                title = plain(command.section) or line.strip()
                origin = Origin(
                    command.origin.first, command.origin.last, "a command that goes back", sure=False
                )
                yield Rollback(title, (), (command,), origin=origin)
    for item in _items(document):
        named = _names_it(item)
        if named and not _known(item.first, known):
            origin = Origin(item.first, item.last, "an item that is called a way back", sure=False)
            yield Rollback(named, tuple(_inner(item)), origin=origin)
            continue
        found = [one["code"] for one in _CODE.finditer(item.text) if _goes_back(one["code"])]
        if found and " " in found[0] and words.about("rollback", item.text) and not _known(item.first, known):
            origin = Origin(item.first, item.last, "a step that says how to go back", sure=False)
            yield Rollback(
                title_of(unsigned(item.text).split(":")[0])[:80], (unsigned(item.text)[:300],), origin=origin
            )


def _names_it(item: Block) -> str:
    """The bold title of an item that is called a way back, and says how: by its parts, or from click to click; else ""."""
    found = label(item.text.split("\n")[0]) or label(f"{item.text.split(chr(10))[0]}:")
    if (
        found is None
        or not found.strong
        or not words.about("rollback", found.name)
        or _PLANS.search(found.name)
    ):
        return ""
    return plain(found.name) if len(list(_inner(item))) >= 1 else ""


def _inner(item: Block) -> Iterator[str]:
    """The parts of an item, or the clicks that its text leads through."""
    parts = [unsigned(i.text)[:300] for b in item.children if b.kind == "list" for i in b.children]
    clicks = unsigned(item.text).split("→")
    if parts:
        yield from (part for part in parts if not re.fullmatch(r"\[[^\[\]]*\]", part))
    elif len(clicks) > CLICKS:
        yield from (click.strip()[:300] for click in clicks)


CLICKS = 2
"""So many arrows between words lead through a program's pages."""


def _said(text: str) -> str:
    """The comment that says that the command below it goes back; "" for none."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return next((a.lstrip("# ") for a, b in pairwise(lines) if _BACK_COMMENT.match(a) and is_known(b)), "")


def _items(document: Document) -> Iterator[Block]:
    """Every item of a list that is no box to tick."""
    for _, top in document.everything():
        for block in top.walk():
            if block.kind == "item" and not re.match(r"\[[ xX]?\]", block.text):
                yield block


def _goes_back(line: str) -> bool:
    """Whether a command goes back: not one that only names, reads or writes about it."""
    return not _ABOUT.match(line) and bool(_GOES_BACK.search(_QUOTED.sub("", line)))


def _known(line: int, origins: Sequence[Origin]) -> bool:
    return any(one.first <= line <= one.last for one in origins)


def of_labels(document: Document, commands: Sequence[Command], seen: Container[int]) -> list[Rollback]:
    """A label about going back, right over commands or ordered steps, in any other section."""
    found: list[Rollback] = []
    for section in document.sections:
        if section.index in seen:
            continue
        for n, block in enumerate(section.blocks[:-1]):
            text = _label(block)
            if not words.about("rollback", text):
                continue
            after = section.blocks[n + 1]
            if block.kind == "html" and after.kind == "paragraph" and n + 2 < len(section.blocks):
                after = section.blocks[n + 2]
            mine = tuple(c for c in commands if after.first <= c.origin.first <= after.last)
            steps = tuple(_steps(after))
            if mine or len(steps) >= 2:
                found.append(
                    Rollback(
                        title_of(text),
                        steps,
                        mine,
                        origin=Origin(
                            block.first, after.last, "a label about going back, over steps", sure=False
                        ),
                    )
                )
    return found


def _steps(block: Block) -> Iterator[str]:
    """The items of an ordered list, also of one that stands in a fence."""
    if block.kind == "list" and block.children[0].number >= 0:
        yield from (unsigned(item.text)[:200] for item in block.children)
    elif block.part is not None:
        lines = [
            line.strip()
            for line in block.part.text.split("\n")
            if line.strip() and not line.lstrip().startswith("#")
        ]
        if lines and all(re.match(r"\d{1,2}[.)]\s", line) for line in lines):
            yield from (line[:200] for line in lines)


def _label(block: Block) -> str:
    """What a block calls the one below it: a label in bold or with a colon, the title of what can be folded; else ""."""
    if block.kind == "html":
        found = _FOLDED.search(block.text)
        return found["title"] if found else ""
    text = block.text.split("\n")[-1] if block.kind == "paragraph" and block.text else ""
    told = text.rstrip().endswith((":", "：", "**")) or text.startswith(("**", "__"))
    return text if told and len(text) < LABEL else ""


def user_ways(document: Document) -> tuple[Rollback, ...]:
    """What users can do themselves, told in a text for them: a heading about going back with a command below it."""
    found: list[Rollback] = []
    for part in document.fences:
        if "#" not in part.text or not words.about("rollback", part.text):
            continue
        lines = part.text.split("\n")
        for n, line in enumerate(lines):
            if not re.match(r"\s*#{2,6}\s", line) or not words.about("rollback", line):
                continue
            body = lines[n + 1 : n + 12]
            fence = next((i for i, one in enumerate(body) if re.match(r"\s*(?:```|~~~)\w", one)), None)
            if fence is None or any(re.match(r"\s*#{1,6}\s", one) for one in body[:fence]):
                continue
            end = next(
                (i for i in range(fence + 1, len(body)) if re.match(r"\s*(?:```|~~~)", body[i])), len(body)
            )
            at = part.first + 1 + n
            command = Command(
                "\n".join(body[fence + 1 : end]).strip(),
                "bash",
                "",
                Origin(at + fence + 2, at + end, "a fence in a text for users"),
            )
            found.append(
                Rollback(
                    plain(line.strip().lstrip("#").strip()),
                    (),
                    (command,),
                    by="user",
                    origin=Origin(at, at + end + 1, "told to users in a template"),
                )
            )
    return tuple(found)
