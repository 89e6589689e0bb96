"""Ways back: sections about going back to a former state that have concrete steps or commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.back_elsewhere import inside_steps, of_labels, user_ways
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.concepts import goes_back
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import plain, title_of, unsigned
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.runnable import is_known
from hotfix_tui.importing.understood import Command, Origin, Rollback, RollbackKind

_WHEN = re.compile(
    r"(?i)\bwhen\b|trigger|criteri|decision|indicator|signs|wann|auslöser|kriterien|quand|critère|cuándo|quando|gatilho|critério|когда|критери|"
    r"ne zaman|tetik|何时|什么时候|触发|いつ|条件|基準|判断|언제|조건|기준"
)
_CRITERIA = re.compile(
    r"(?i)criteri|decision|\bvs\b|versus|trigger|kriteri|critère|gatilho|критери|tetik|基準|基准|기준|触发"
)
_BY_USER = re.compile(
    r"(?i)\bby users?\b|\(users?\)|for users?|users?'? (?:can|rollback)|manual rollback \(user|utilisateur|nutzer|usuario|usuário|пользовател|用户|ユーザー|사용자"
)
_OR = re.compile(r"^\s*#\s*(?:or\b|alternativ|oder\b|ou\b|o bien|или\b|veya\b|或)", re.IGNORECASE)
_PLAN_ONLY = re.compile(r"(?i)test|drill|when not|lessons|history|faq|checklist|verif")
_CODE = re.compile(r"`[^`]+`")
_COMMAND = re.compile(r"`(?P<code>[^`\n]{3,200})`")


def rollbacks(document: Document, commands: Sequence[Command]) -> tuple[Rollback, ...]:
    """Every way back, in the document's order."""
    found: list[Rollback] = []
    seen: set[int] = set()
    for section in document.sections:
        if section.index in seen or not _is_about(section):
            continue
        if section.level == 1 and any(_is_about(s) for s in section.walk() if s is not section):
            continue
        if _CRITERIA.search(section.title) and not _commands(section, commands):
            continue  # when to go back, and not how
        seen |= {s.index for s in section.walk()}
        found += _of_section(section, commands)
    found += of_labels(document, commands, seen)
    return (*found, *inside_steps(document, commands, [one.origin for one in found]), *user_ways(document))


def _is_about(section: Section) -> bool:
    title = section.title
    return (
        goes_back(title)
        and not re.search(r"(?i)\bstash\b", title)
        and not (
            words.about("drill", title) or words.about("checklist", title) or words.about("template", title)
        )
    )


def _of_section(section: Section, commands: Sequence[Command]) -> list[Rollback]:
    triggers = _triggers(section)
    inside = [s for s in section.inside if not _WHEN.search(s.title) and not words.about("template", s.title)]
    whole = [s for s in inside if _steps(s) or _commands(s, commands) or [*_coded(s.all_blocks(), commands)]]
    made: list[Rollback] = []
    steps_word = [s for s in whole if words.about("process", s.title) or words.about("rollback", s.title)]
    own = Rollback(
        plain(section.title),
        tuple(_own_steps(section)) or tuple(_coded(section.blocks, commands)) or tuple(_told(section)),
        _own_commands(section, commands),
        triggers,
        origin=_origin(section, section.first),
    )
    parts = _labelled(section, commands, triggers)
    if parts:
        made += parts
    elif own.steps or own.commands:
        made += _split(own)
    numbered = [
        s
        for s in inside
        if re.match(r"\W*(?:[^\W\d_]+\s)?\d+[.):]", unsigned(s.title))
        and not re.match(r"(?i)\W*(?:method|option|scenario|tier|level|case|variant)", unsigned(s.title))
    ]
    if len(numbered) >= 2 and whole and all(s in numbered for s in whole):
        steps = tuple(plain(s.title) for s in numbered)
        return [
            Rollback(
                plain(section.title),
                steps,
                _commands(section, commands),
                triggers,
                origin=_origin(section, section.first),
            )
        ]
    for one in whole:
        made += _labelled(one, commands, triggers) or _split(
            _one(one, commands, triggers, parent=section if one in steps_word else None)
        )
    return made


def _one(
    section: Section, commands: Sequence[Command], triggers: tuple[str, ...], parent: Section | None
) -> Rollback:
    by: RollbackKind = "user" if _BY_USER.search(section.title) else "maintainer"
    steps = tuple(step for s in section.walk() for step in _own_steps(s))
    steps = steps or tuple(_coded(section.all_blocks(), commands))
    return Rollback(
        plain(section.title),
        steps,
        _commands(section, commands),
        triggers,
        by=by,
        origin=_origin(section, section.first),
    )


def _origin(section: Section, first: int) -> Origin:
    return Origin(first, section.last, "a heading about going back, with steps or commands below it")


def _split(rollback: Rollback) -> list[Rollback]:
    """One for each alternative, where a comment in the commands says "or"."""
    made = [rollback]
    for command in rollback.commands:
        lines = command.text.split("\n")
        at = next((n for n, line in enumerate(lines) if n and _OR.match(line)), None)
        if at is None:
            continue
        title = lines[at].lstrip("# ").strip() or rollback.title
        rest = Command(
            "\n".join(lines[at:]),
            command.language,
            command.section,
            Origin(command.origin.first + 1 + at, command.origin.last, "an alternative in a fence"),
        )
        made.append(
            Rollback(
                title[:1].upper() + title[1:],
                (),
                (rest,),
                rollback.triggers,
                by=rollback.by,
                origin=rest.origin,
            )
        )
    return made


def _labelled(section: Section, commands: Sequence[Command], triggers: tuple[str, ...]) -> list[Rollback]:
    """Two or more labels in bold, each over a list or fence of its own: as many ways back."""
    parts: list[Rollback] = []
    for n, block in enumerate(section.blocks[:-1]):
        after = section.blocks[n + 1]
        if block.kind != "paragraph" or not re.match(
            r"^\s*(?:\*\*|__)[^*]{2,80}(?:\*\*|__)\s*:?\s*$", block.text
        ):
            continue
        if _WHEN.search(block.text) or after.kind not in ("list", "part"):
            continue
        mine = tuple(c for c in commands if after.first <= c.origin.first <= after.last)
        steps = tuple(unsigned(item.text)[:200] for item in after.children) if after.kind == "list" else ()
        if (
            after.kind == "list" and (len(steps) >= 2 and any(i.number >= 0 for i in after.children))
        ) or mine:
            by: RollbackKind = "user" if _BY_USER.search(block.text) else "maintainer"
            parts.append(
                Rollback(
                    f"{plain(section.title)}: {title_of(block.text)}",
                    steps,
                    mine,
                    triggers,
                    by=by,
                    origin=Origin(
                        block.first, after.last, "a label over steps under a heading about going back"
                    ),
                )
            )
    return parts if len(parts) >= 2 else []


def _triggers(section: Section) -> tuple[str, ...]:
    found: list[str] = []
    for one in section.walk():
        if one is not section and _WHEN.search(one.title):
            found += [unsigned(i.text)[:200] for b in one.blocks if b.kind == "list" for i in b.children]
    for block in section.blocks:
        if (
            block.kind == "paragraph"
            and not found
            and re.match(r"(?i)^\W*(?:if|when|falls|wenn|si|se|если|eğer|如果|もし)\b", block.text)
        ):
            found.append(unsigned(block.text).rstrip(":：")[:200])
    return tuple(found)[:12]


def _steps(section: Section) -> list[str]:
    return [step for one in section.walk() for step in _own_steps(one)]


def _own_steps(section: Section) -> Iterator[str]:
    """Ordered items, and bullets with code in them or under a title that promises steps, right below a heading."""
    over = ""
    promised = words.about("process", section.title)
    for block in section.blocks:
        for steps in _lists(block) if not _WHEN.match(unsigned(over)) else ():
            concrete = [item for item in steps.children if _is_concrete(item)]
            ordered = any(item.number >= 0 for item in steps.children)
            coded = any(_CODE.search(item.text) for item in concrete)
            told = promised and all(len(item.text.split()) >= TELLING for item in concrete)
            if coded or ((ordered or told) and len(concrete) >= 2):
                yield from (unsigned(item.text)[:300] for item in concrete)
        over = block.text.split("\n")[-1] if block.kind == "paragraph" else ""


def _lists(block: Block) -> Iterator[Block]:
    """A list, and the ordered ones inside it that an item only leads to: "If it fails:"."""
    if block.kind == "list":
        yield block
        for item in block.children:
            if item.text.split("\n")[0].rstrip().endswith((":", "：")):
                yield from (b for b in item.children if b.kind == "list")


def _told(section: Section) -> Iterator[str]:
    """Sentences that name a command in code."""
    for block in section.blocks:
        if block.kind == "paragraph":
            for sentence in re.split(r"(?<=[.。!?])\s+", " ".join(block.text.split("\n"))):
                if any(" " in one["code"] and is_known(one["code"]) for one in _COMMAND.finditer(sentence)):
                    yield unsigned(sentence)[:300]


TELLING = 3
"""So many words say what to do."""


def _is_concrete(item: Block) -> bool:
    """Whether an item says something to do: not an empty line of a form, nor a box to tick."""
    text = unsigned(item.text)
    said = "".join(
        unsigned(block.text)
        for block in item.walk()
        if block is not item and block.kind == "paragraph" and block.first != item.first
    )
    if re.match(r"\[[ xX]\]|\[[^\[\]]*\]$", item.text):
        return False
    return len(re.findall(r"\w", text)) >= 3 and not (text.endswith((":", "：")) and not said)


def _coded(blocks: Iterable[Block], commands: Sequence[Command]) -> Iterator[str]:
    """Code that no shell runs, such as SQL: its language and first line."""
    known = {c.origin.first for c in commands}
    for block in blocks:
        part = block.part
        if part and part.kind == "fence" and part.language in _CODED and part.first not in known:
            first = next((line.strip() for line in part.text.split("\n") if line.strip(" -#/*")), "")
            if first:
                yield f"{part.language}: {first}"[:300]


_CODED = frozenset(
    {
        "sql",
        "mysql",
        "psql",
        "plsql",
        "tsql",
        "python",
        "py",
        "js",
        "javascript",
        "ts",
        "ruby",
        "php",
        "hcl",
        "groovy",
    }
)


def _own_commands(section: Section, commands: Sequence[Command]) -> tuple[Command, ...]:
    last = min((s.first for s in section.inside), default=section.last + 1)
    return tuple(c for c in commands if section.first <= c.origin.first < last)


def _commands(section: Section, commands: Sequence[Command]) -> tuple[Command, ...]:
    return tuple(c for c in commands if section.first <= c.origin.first <= section.last)
