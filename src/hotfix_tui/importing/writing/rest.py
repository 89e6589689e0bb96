"""What the document says and the playbook has no place for: told as comments at the end, so that nothing is lost silently."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from hotfix_tui.importing.understood import Origin, Section, Understood
from hotfix_tui.importing.writing.learning import how_often
from hotfix_tui.importing.writing.plan import Plan, line, place
from hotfix_tui.importing.writing.toml import comment

_MOST = 60
"""How many lines of it are written; the document has the rest."""
_TITLE = "# --- in the document, and not in this playbook ".ljust(100, "-")
_ENTRIES = tuple(f.name for f in fields(Understood) if f.name != "sections")


def rest(plan: Plan) -> Iterator[str]:
    """The comments, with their title; nothing where nothing is left."""
    said = [*_drills(plan), *_sections(plan), *_mended(plan)]
    if said:
        yield f"\n{_TITLE}\n#\n"
        yield from (f"{comment(text)}\n" for text in said[:_MOST])
        if len(said) > _MOST:
            yield f"# … and {len(said) - _MOST} more\n"


def _drills(plan: Plan) -> Iterator[str]:
    for one in plan.found.drills:
        if how_often(one.text) is None:
            yield f"{place(plan.document, one.origin)}  to be practised, without saying how often: {line(one.text)}"


def _sections(plan: Plan) -> Iterator[str]:
    """The headings under which nothing was taken."""
    lines = plan.found.text.split("\n")
    taken = sorted(origin.first for name in _ENTRIES for origin in _origins(getattr(plan.found, name)))
    sections = plan.found.sections
    for section, until in zip(sections, [*(s.origin.first for s in sections), 0][1:], strict=True):
        last = until - 1 if until else section.origin.last
        at = bisect_left(taken, section.origin.first)  # the first line from here on that gave an entry
        if (at == len(taken) or taken[at] > last) and _says(lines, section, last):
            own = Origin(section.origin.first, last, "")
            yield f"{place(plan.document, own)}  {line(section.title)}"


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
