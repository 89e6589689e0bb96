"""How a way back is told: as items, as sentences with a command, as the rows of a table, as code that no shell runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.inline import plain, unsigned
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.runnable import is_known
from hotfix_tui.importing.understood import Command

WHEN = re.compile(
    r"(?i)\bwhen\b|trigger|criteri|decision|indicator|signs|wann|auslöser|kriterien|quand|critère|cuándo|quando|gatilho|critério|когда|критери|"
    r"ne zaman|tetik|何时|什么时候|触发|いつ|条件|基準|判断|언제|조건|기준"
)
"""What is about when to go back, and not how."""
_CODE = re.compile(r"`[^`]+`")
_COMMAND = re.compile(r"`(?P<code>[^`\n]{3,200})`")
_ACTION = re.compile(
    r"(?i)action|step|command|procedure|how\b|maßnahm|befehl|schritt|commande|acción|comando|ação|passo|действ|команд|eylem|adım|komut|操作|措施|命令|步骤|手順|対応|コマンド|조치|명령"
)
_CODED = frozenset(
    [
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
    ]
)
"""Languages of fences that go back without a shell."""
TELLING = 3
"""So many words say what to do."""


def all_steps(section: Section) -> list[str]:
    """The steps below a heading, at any depth."""
    return [step for one in section.walk() for step in own_steps(one)]


def own_steps(section: Section) -> Iterator[str]:
    """Ordered items, and bullets with code in them or under a title that promises steps, right below a heading."""
    over = ""
    promised = words.about("process", section.title)
    for block in section.blocks:
        for steps in _lists(block) if not WHEN.match(unsigned(over)) else ():
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


def told(section: Section) -> Iterator[str]:
    """Sentences that name a command in code."""
    for block in section.blocks:
        if block.kind == "paragraph":
            for sentence in re.split(r"(?<=[.。!?])\s+", " ".join(block.text.split("\n"))):
                if any(" " in one["code"] and is_known(one["code"]) for one in _COMMAND.finditer(sentence)):
                    yield unsigned(sentence)[:300]


def rows(section: Section) -> Iterator[str]:
    """The rows of a table that says what is done in which case."""
    for block in section.blocks:
        if block.kind != "table" or len(block.rows) < 2:
            continue
        head = [plain(cell) for cell in block.rows[0]]
        at = next((n for n, cell in enumerate(head) if n and _ACTION.search(cell)), None)
        if at is not None:
            yield from (
                ": ".join((plain(row[0]), plain(row[at])))[:300]
                for row in block.rows[1:]
                if at < len(row) and row[at].strip()
            )


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


def coded(blocks: Iterable[Block], commands: Sequence[Command]) -> Iterator[str]:
    """Code that no shell runs, such as SQL: its language and first line."""
    known = {c.origin.first for c in commands}
    for block in blocks:
        part = block.part
        if part and part.kind == "fence" and part.language in _CODED and part.first not in known:
            first = next((line.strip() for line in part.text.split("\n") if line.strip(" -#/*")), "")
            if first:
                yield f"{part.language}: {first}"[:300]
