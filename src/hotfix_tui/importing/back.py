"""Ways back: sections about going back to a former state that have concrete steps or commands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.back_elsewhere import inside_steps, of_labels, user_ways
from hotfix_tui.importing.back_steps import WHEN, all_steps, coded, own_steps, rows, told
from hotfix_tui.importing.concepts import goes_back
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import plain, title_of, unsigned
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Command, Origin, Rollback, RollbackKind

_CRITERIA = re.compile(
    r"(?i)criteri|decision|\bvs\b|versus|trigger|kriteri|critère|gatilho|критери|tetik|基準|基准|기준|触发"
)
_BY_USER = re.compile(
    r"(?i)\bby users?\b|\(users?\)|for users?|users?'? (?:can|rollback)|manual rollback \(user|utilisateur|nutzer|usuario|usuário|пользовател|用户|ユーザー|사용자"
)
_OR = re.compile(r"^\s*#\s*(?:or\b|alternativ|oder\b|ou\b|o bien|или\b|veya\b|或)", re.IGNORECASE)
_PLAN_ONLY = re.compile(r"(?i)test|drill|when not|lessons|history|faq|checklist|verif")


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
        and not re.search(r"(?i)\bstash\b|readiness", title)
        and not (
            words.about("drill", title) or words.about("checklist", title) or words.about("template", title)
        )
    )


def _of_section(section: Section, commands: Sequence[Command]) -> list[Rollback]:
    triggers = _triggers(section)
    inside = [s for s in section.inside if not WHEN.search(s.title) and not words.about("template", s.title)]
    whole = [
        s for s in inside if all_steps(s) or _commands(s, commands) or [*coded(s.all_blocks(), commands)]
    ]
    made: list[Rollback] = []
    steps_word = [s for s in whole if words.about("process", s.title) or words.about("rollback", s.title)]
    own = Rollback(
        plain(section.title),
        tuple(own_steps(section))
        or tuple(coded(section.blocks, commands))
        or tuple(told(section))
        or tuple(rows(section)),
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
    steps = tuple(step for s in section.walk() for step in own_steps(s))
    steps = steps or tuple(coded(section.all_blocks(), commands))
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
        if WHEN.search(block.text) or after.kind not in ("list", "part"):
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
        if one is not section and WHEN.search(one.title):
            found += [unsigned(i.text)[:200] for b in one.blocks if b.kind == "list" for i in b.children]
    for block in section.blocks:
        if (
            block.kind == "paragraph"
            and not found
            and re.match(r"(?i)^\W*(?:if|when|falls|wenn|si|se|если|eğer|如果|もし)\b", block.text)
        ):
            found.append(unsigned(block.text).rstrip(":：")[:200])
    return tuple(found)[:12]


def _own_commands(section: Section, commands: Sequence[Command]) -> tuple[Command, ...]:
    last = min((s.first for s in section.inside), default=section.last + 1)
    return tuple(c for c in commands if section.first <= c.origin.first < last)


def _commands(section: Section, commands: Sequence[Command]) -> tuple[Command, ...]:
    return tuple(c for c in commands if section.first <= c.origin.first <= section.last)
