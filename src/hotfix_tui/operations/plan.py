"""A plan: the exact commands of an operation, what each changes, how to see that it happened, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from hotfix_tui.domain.record import record
from hotfix_tui.ports import Repository

Level = Literal[0, 1, 2, 3]
"""The confirm levels of SCREENS.md §1.3: 0 none, 1 "y", 2 "y" with Cancel focused, 3 a word is typed."""


@record(frozen=True, slots=True)
class Standing:
    """Where a step stands in the world, never in memory."""

    state: Literal["not-done", "done", "conflict"]
    observed: str
    """What was seen, as a sentence; untrusted text."""


@record(frozen=True, slots=True)
class PlannedStep:
    """One command of a plan."""

    id: str
    title: str
    argv: tuple[str, ...]
    effect: Literal["reads", "writes"]
    changes: str
    """What it changes, in words; for a reading step, what it looks at."""
    look: Callable[[Repository], Standing]
    """Tells from the repository itself whether the step has already happened."""
    level: Level = 1
    inverse: tuple[str, ...] = ()
    """The command that takes it back; empty when there is none."""
    way_back: str = ""
    """The way back in words; "no way back" where there is none."""


@record(frozen=True, slots=True)
class Finding:
    """Something that was checked before a plan is confirmed."""

    ok: bool
    text: str
    blocks: bool = True
    """Whether the plan must not run while it is not ok."""


@record(frozen=True, slots=True)
class Plan:
    """An operation ready to be shown, confirmed and run."""

    operation: str
    title: str
    why: str
    parameters: Mapping[str, str]
    """All that is needed to build the very same plan again after a crash."""
    steps: tuple[PlannedStep, ...]
    findings: tuple[Finding, ...] = ()
    word: str = ""
    """What is typed to confirm at level 3."""

    @property
    def level(self) -> Level:
        """The highest confirm level among its steps."""
        return max((step.level for step in self.steps), default=0)

    @property
    def blocked(self) -> tuple[str, ...]:
        """Why the plan must not run now; empty when it may."""
        return tuple(finding.text for finding in self.findings if finding.blocks and not finding.ok)
