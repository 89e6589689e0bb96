"""What the document says and the playbook has no place for: told as comments at the end, so that nothing is lost silently."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from hotfix_tui.domain.text import clean
from hotfix_tui.importing.understood import Origin, Section, Understood
from hotfix_tui.importing.writing.learning import how_often
from hotfix_tui.importing.writing.plan import Plan, line, place
from hotfix_tui.importing.writing.toml import comment
from hotfix_tui.importing.writing.unsaid import said, unsaid

_MOST = 300
"""How many lines of it are written; the document has the rest."""
_LONGEST = 160
"""How much of them is written, in characters."""
_TITLE = "# --- in the document, and not in this playbook ".ljust(100, "-")
_ENTRIES = tuple(f.name for f in fields(Understood) if f.name != "sections")


def rest(plan: Plan, written: str) -> Iterator[str]:
    """The comments, with their title; nothing where nothing is left. `written` is the playbook without them."""
    told = [*_drills(plan), *_lines(plan, written), *_mended(plan)]
    if told:
        yield f"\n{_TITLE}\n#\n"
        yield from (f"{comment(text)}\n" for text in told[:_MOST])
        if len(told) > _MOST:
            yield f"# … and {len(told) - _MOST} more\n"


def _drills(plan: Plan) -> Iterator[str]:
    for one in plan.found.drills:
        if how_often(one.text) is None:
            yield f"{place(plan.document, one.origin)}  to be practised, without saying how often: {line(one.text)}"


def _lines(plan: Plan, written: str) -> Iterator[str]:
    """What the playbook does not say: by its heading where nothing was taken from under it, else the lines."""
    heads = {section.origin.first: section.title for section in plan.found.sections}
    known = said([written, *heads.values(), *_whole(plan)])
    lost = [n for n in unsaid(plan.found.text, known) if n not in heads]
    told = [(origin, title) for origin, title in _sections(plan) if _any_within(lost, origin)]
    under = {n for origin, _ in told for n in range(origin.first, origin.last + 1)}
    text = plan.found.text.split("\n")
    for first, last in _runs([n for n in lost if n not in under]):
        told.append((Origin(first, last, ""), " ".join(text[first - 1 : last])))
    for origin, words in sorted(told, key=lambda pair: pair[0].first):
        yield f"{place(plan.document, origin)}  {clean(line(words), _LONGEST)}"


def _any_within(numbers: Sequence[int], origin: Origin) -> bool:
    at = bisect_left(numbers, origin.first)
    return at < len(numbers) and numbers[at] <= origin.last


def _whole(plan: Plan) -> Iterator[str]:
    """What the playbook says in other words: items without their conditions, texts with their placeholders."""
    yield from (task.source for task in plan.tasks.values())
    yield from (one.body for one in plan.found.templates)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other, as first and last."""
    first = last = 0
    for n in numbers:
        if n != last + 1:
            if last:
                yield first, last
            first = n
        last = n
    if last:
        yield first, last


def _sections(plan: Plan) -> Iterator[tuple[Origin, str]]:
    """The headings under which nothing was taken."""
    lines = plan.found.text.split("\n")
    taken = sorted(origin.first for name in _ENTRIES for origin in _origins(getattr(plan.found, name)))
    sections = plan.found.sections
    for section, until in zip(sections, [*(s.origin.first for s in sections), 0][1:], strict=True):
        last = until - 1 if until else section.origin.last
        at = bisect_left(taken, section.origin.first)  # the first line from here on that gave an entry
        if (at == len(taken) or taken[at] > last) and _says(lines, section, last):
            yield Origin(section.origin.first, last, ""), section.title


def _says(lines: Sequence[str], section: Section, last: int) -> bool:
    """Whether anything stands under the heading itself."""
    below = lines[section.origin.first : last]
    return any(text.strip(" \t\r-=*_#`~") for text in below)


def _origins(value: Any) -> Iterator[Origin]:
    if isinstance(value, Origin):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _origins(entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _origins(getattr(value, field.name))


def _mended(plan: Plan) -> Iterator[str]:
    for one in plan.found.repairs:
        at = f"{plan.document}:{one.line}" if one.line else plan.document
        yield f"{at}  mended in reading: {line(one.message)}"
