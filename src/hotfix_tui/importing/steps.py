"""The ordered list that is the main procedure, where no headings are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.concepts import NOT_STEPS, TOPICS
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import label, plain, title_of
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section


@record(frozen=True, slots=True)
class Listed:
    """Steps that are no headings: an ordered list, or labels."""

    blocks: tuple[Block, ...]
    titles: tuple[str, ...]
    reason: str


FEWEST = 3
"""So many ordered items may be a procedure."""


def listed_steps(document: Document) -> Listed | None:
    """The ordered list that is the main procedure, where no headings are: the best one by its place and length."""
    best: tuple[float, Listed] | None = None
    first = document.sections[0] if document.sections else document.outline.top
    topic = [concept for concept in TOPICS if first.level == 1 and words.about(concept, first.title)]
    for section in (document.outline.top, *document.sections):
        items = [
            item
            for block in section.blocks
            if block.kind == "list"
            for item in block.children
            if item.number >= 0
        ]
        run = _running(items)
        if len(run) < FEWEST:
            continue
        path = [s for s in (section, *section.above()) if s.index >= 0]
        if _is_aside(path, topic):
            continue
        score = (
            min(len(run), 12)
            + 10.0 * any(words.about("process", s.title) for s in path[:1])
            + 3.0 * any(words.about("process", s.title) for s in path[1:])
        )
        score += 3 * (sum(words.stage(i.text[:80]) is not None for i in run) * 2 >= len(run))
        score += 3 * any(len(i.children) > 1 for i in run)
        titles = tuple(_item_title(item) for item in run)
        found = Listed(tuple(run), titles, f'an ordered list under "{plain(section.title)[:50]}"')
        if best is None or score > best[0]:
            best = (score, found)
    return best[1] if best else None


def _is_aside(path: Sequence[Section], topic: Sequence[str]) -> bool:
    """Whether a list stands where no steps are.

    Under a heading about steps, what the whole document is about does not matter, nor an overview around it.
    """
    own = words.about("process", path[0].title) if path else False
    return any(
        words.about(concept, section.title)
        for n, section in enumerate(path)
        for concept in NOT_STEPS
        if not (section.level == 1 and len(path) > 1)
        and not (own and (concept in topic or (n and concept == "overview")))
    )


def _running(items: Sequence[Block]) -> list[Block]:
    """The items whose numbers run on from 1, over several lists; "1. 1. 1. 4." runs on as well."""
    run: list[Block] = []
    for item in items:
        if (not run and item.number in (0, 1)) or (
            run and item.number in (run[-1].number, run[-1].number + 1, len(run) + 1)
        ):
            run.append(item)
        elif run:
            break
    return run


def _item_title(item: Block) -> str:
    first = re.sub(r"^\[[ xX]\]\s*", "", item.text.split("\n")[0])
    found = label(first)
    if found and found.strong:
        return found.name
    strong = re.match(r"^\s*(?:\*\*|__)(?P<text>[^*_]{3,80})(?:\*\*|__)", first)
    return title_of(strong["text"]) if strong else plain(first)[:100]


def labelled_steps(document: Document) -> Listed | None:
    """Labels in bold with running numbers ("**Step 1: Find it**"), where neither headings nor a list are the steps."""
    best: Listed | None = None
    for section in (document.outline.top, *document.sections):
        found = [(n, title) for n, block in enumerate(section.blocks) if (title := _bold_step(block))]
        if len(found) < 2:
            continue
        path = [s for s in (section, *section.above()) if s.index >= 0]
        if any(words.about(c, s.title) for s in path for c in NOT_STEPS if s.level > 1):
            continue
        places = [number.place for _, title in found if (number := numbered(title))]
        if places != list(range(places[0], places[0] + len(places))) or places[0] > 1:
            continue
        ends = [section.blocks[n].first - 1 for n, _ in found[1:]] + [max(b.last for b in section.blocks)]
        blocks = tuple(
            Block("item", section.blocks[n].first, end, title, number=place)
            for (n, title), end, place in zip(found, ends, places, strict=True)
        )
        if best is None or len(blocks) > len(best.blocks):
            best = Listed(blocks, tuple(title for _, title in found), "labels in bold with running numbers")
    return best


def _bold_step(block: Block) -> str:
    """The text of a paragraph that is a step's label and nothing else."""
    line = block.text.split("\n")[0].strip()
    if block.kind != "paragraph" or not line.startswith(("**", "__")) or len(line) > 140:
        return ""
    found = numbered(line)
    return plain(line) if found and found.kind in ("step", "") else ""
