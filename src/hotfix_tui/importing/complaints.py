"""What is wrong with the process that a document describes, or was not understood: each with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from hotfix_tui.importing import lint_git, lint_reading, lint_times
from hotfix_tui.importing.understood import Notice, Understood

Rule = Callable[[Understood], Iterator[Notice]]
MOST = 20
"""How many notices of one rule are told."""

RULES: tuple[Rule, ...] = (
    lint_reading.nothing_found,
    lint_times.waits,
    lint_times.sums,
    lint_times.differing,
    lint_times.only_once,
    lint_times.steps_and_times,
    lint_git.comes_back,
    lint_git.traps,
    lint_reading.contradictions,
    lint_reading.unfilled_contacts,
    lint_reading.dated_contacts,
    lint_reading.said_twice,
    lint_reading.empty_phases,
)
"""Every rule, in the order of what is told."""


def found(document: Understood) -> tuple[Notice, ...]:
    """Everything that is found, in the order of the rules."""
    return tuple(notice for rule in RULES for notice in islice(rule(document), MOST))
