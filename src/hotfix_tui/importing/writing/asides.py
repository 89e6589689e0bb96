"""Lists in a phase that ask for nothing: examples, and what a severity means, are read beside the work and not ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.importing import words
from hotfix_tui.importing.understood import Origin, Phase
from hotfix_tui.importing.writing.plan import Plan, line, place

_IN_LIST = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s|\s+\S|\s*$")
"""An item of a list, what is indented below one, or nothing."""


def asides(plan: Plan, phase: Phase) -> tuple[tuple[str, Origin], ...]:
    """What stands in the phase's lists and is no task: a label above the list names examples or a severity."""
    text = plan.found.text.split("\n") if any(not origin.sure for _, origin in phase.todo) else ()
    return tuple(
        (said, origin)
        for said, origin in phase.todo
        if not origin.sure and _explains(plan, label(text, origin.first))
    )


def remarks(plan: Plan, phase: Phase) -> tuple[str, ...]:
    """The same as comments, so that nothing is lost."""
    return tuple(f"{place(plan.document, origin)}  {line(said)}" for said, origin in asides(plan, phase))


def _explains(plan: Plan, label: str) -> bool:
    named = {word.casefold() for word in re.findall(r"[\w-]+", label)}
    return words.about("example", label) or any(one.id.casefold() in named for one in plan.found.severities)


def label(text: Sequence[str], first: int) -> str:
    """The line above the list in which line `first` stands; empty where that is a heading, or there is none."""
    at = min(first - 2, len(text) - 1)
    while at >= 0 and _IN_LIST.match(text[at]):
        at -= 1
    return "" if at < 0 or text[at].startswith("#") else text[at]
