"""What is wrong with the process that a document describes, or was not understood: each with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hotfix_tui.importing.understood import Notice, Understood

Rule = Callable[[Understood], Iterator[Notice]]


def found(document: Understood) -> tuple[Notice, ...]:
    """Everything that is found, in the order of the rules."""
    return tuple(warning for rule in RULES for warning in rule(document))


def _no_phases(document: Understood) -> Iterator[Notice]:
    if not document.phases:
        yield Notice(
            "no-phases",
            0,
            "No phases were found: neither numbered headings nor an ordered list of steps.",
            "Number the headings of the steps, or choose phases in the review.",
        )


RULES: tuple[Rule, ...] = (_no_phases,)
